import type { Database } from '../database.ts';
import type { Pace } from './pace.ts';

/** Where a pace is kept: a workspace of ours. */
export interface PacedPlace {
  organizationId: string;
  workspaceId: string;
}

/** Milliseconds in which one call comes back. */
const apart = ({ perMinute }: Pace) => 60_000 / perMinute;

/**
 * The pace of each workspace, in the database because several processes send into one. It is a bucket that fills again
 * evenly, kept as the moment at which it will be full (the generic cell rate algorithm).
 */
export function paceStore({ pool }: Pick<Database, 'pool'>) {
  /**
   * `free`: when so many calls are there again. Those who wait were promised turns one after the other, so that they do
   * not all come back for the next one; whoever has not waited yet comes after all of them. The present is the one in
   * which the row is had: who waited for the row began before those who had it first, and would find their turn taken.
   */
  const turnSql = `
    UPDATE "Pace" p SET
      "spentUntil" = CASE WHEN asked.granted THEN asked.spent + asked.worth ELSE p."spentUntil" END,
      "promisedUntil" = CASE WHEN asked.granted THEN p."promisedUntil" ELSE asked.slot + asked.worth END
    FROM (
      SELECT *, free <= present AND ($6 OR promised <= present) AS granted, greatest(free, promised, present) AS slot
      FROM (
        SELECT present, greatest("spentUntil", present) AS spent, "spentUntil" - $5 * interval '1 millisecond' AS free,
          "promisedUntil" AS promised, $4 * interval '1 millisecond' AS worth
        FROM (
          SELECT "spentUntil", "promisedUntil", clock_timestamp() AS present
          FROM "Pace" WHERE "organizationId" = $1 AND "workspaceId" = $2 AND kind = $3 FOR UPDATE
        ) AS kept
      ) AS seen
    ) AS asked
    WHERE p."organizationId" = $1 AND p."workspaceId" = $2 AND p.kind = $3
    RETURNING CASE WHEN asked.granted THEN 0 ELSE extract(epoch FROM asked.slot - asked.present)::float8 * 1000 END AS wait`;

  return {
    /**
     * Takes so many calls at once, and answers 0; or takes none, and answers for how many milliseconds to wait before
     * asking again with `waited`. More than `atOnce` are taken when that many are there, and paid for afterwards.
     */
    async turn(at: PacedPlace, pace: Pace, { calls = 1, waited = false } = {}): Promise<number> {
      const spare = Math.max(pace.atOnce - calls, 0) * apart(pace);
      const key = [at.organizationId, at.workspaceId, pace.kind];
      for (;;) {
        const { rows } = await pool.query<{ wait: number }>({
          name: 'pace-turn',
          text: turnSql,
          values: [...key, calls * apart(pace), spare, waited],
        });
        if (rows[0]) return rows[0].wait;
        await pool.query(
          `INSERT INTO "Pace" ("organizationId", "workspaceId", kind, "spentUntil", "promisedUntil")
           VALUES ($1, $2, $3, now(), now()) ON CONFLICT DO NOTHING`,
          key,
        );
      }
    },

    /** The platform wants no such call for so many milliseconds; then they come back one by one. */
    async pause(at: PacedPlace, pace: Pace, milliseconds: number): Promise<void> {
      const until = milliseconds + (pace.atOnce - 1) * apart(pace);
      await pool.query(
        `UPDATE "Pace" SET "spentUntil" = greatest("spentUntil", now() + $4 * interval '1 millisecond')
         WHERE "organizationId" = $1 AND "workspaceId" = $2 AND kind = $3`,
        [at.organizationId, at.workspaceId, pace.kind, until],
      );
    },
  };
}

export type PaceStore = ReturnType<typeof paceStore>;
