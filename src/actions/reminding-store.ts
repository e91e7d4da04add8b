import type { Temporal } from 'temporal-polyfill';
import { outboxInsert } from '../chat/outbox-insert.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Database } from '../database.ts';
import { earliestZone, reminderTime } from './action.ts';
import type { Decision, Due } from './reminding.ts';

/**
 * Claims what is due, asks what becomes of it and stores that, in one transaction. True when there may be more. Whoever
 * dies in between has claimed nothing.
 */
export type Claim<Item> = (
  now: Temporal.Instant,
  decide: (due: readonly Due<Item>[]) => Promise<Decision>,
) => Promise<boolean>;

/** How many people, or things, one transaction takes. */
const batch = 100;

/** SQL of the earliest moment that the reminder of a day can be, anywhere. */
export const earliestMorning = (day: string): string =>
  `(${day} + time '${reminderTime}') AT TIME ZONE '${earliestZone}'`;

/**
 * `dueSql` reads and locks what is due at $1: where `peopleSql` claims people, all of theirs ($2: their organisations, $3:
 * their ids); without it, at most $2 that nobody else has locked.
 */
export const claimOf =
  <Item>(
    { pool }: Pick<Database, 'pool'>,
    of: {
      table: string;
      column: 'remindAt' | 'raiseAt';
      peopleSql?: string;
      dueSql: string;
      read(row: unknown): Due<Item>;
    },
  ): Claim<Item> =>
  (now, decide) =>
    inTransaction(pool, async (client) => {
      const claim =
        of.peopleSql && (await client.query<{ organizationId: string; id: string }>(of.peopleSql, [`${now}`]));
      const people = claim ? claim.rows : null;
      if (people?.length === 0) return false;
      const theirs = people ? [people.map((one) => one.organizationId), people.map((one) => one.id)] : [batch];
      const { rows } = await client.query(of.dueSql, [`${now}`, ...theirs]);
      if (rows.length > 0) {
        const { again, tell } = await decide(rows.map((row) => of.read(row)));
        await client.query(
          `WITH told AS (${outboxInsert('$2')})
           UPDATE "${of.table}" t SET "${of.column}" = r.at
           FROM jsonb_to_recordset($1::jsonb) AS r("organizationId" uuid, id uuid, at timestamptz)
           WHERE t."organizationId" = r."organizationId" AND t.id = r.id`,
          [JSON.stringify(again), JSON.stringify(tell)],
        );
      }
      return (people ?? rows).length === batch;
    });

/** The reminders of one table: column `person` is who is reminded, `day` is of when, `only` a condition on its rows. */
export function remindingStore<Item>(
  { pool }: Pick<Database, 'pool'>,
  of: {
    table: 'Action' | 'Feedback' | 'Listening';
    person: 'ownerId' | 'managerId';
    day: 'dueOn' | 'plannedOn';
    only?: string;
    dueSql: string;
    read(row: unknown): Due<Item>;
    /**
     * SQL of those whose reminders a change touches: out of `member`, the people and the teams' members, or `reader`, they
     * and the teams' managers.
     */
    touched?: string;
  },
) {
  const { table, person, day, only = 'true', touched = 'SELECT id FROM reader' } = of;
  return {
    claim: claimOf<Item>(
      { pool },
      {
        ...of,
        column: 'remindAt',
        // A person belongs to one claim: all of theirs goes into one message, however many processes look at once.
        peopleSql: `
SELECT p."organizationId", p.id FROM "Person" p
WHERE (p."organizationId", p.id) IN (
  SELECT r."organizationId", r."${person}" FROM "${table}" r WHERE r."remindAt" <= $1::timestamptz AND ${only})
ORDER BY p.id LIMIT ${batch} FOR NO KEY UPDATE SKIP LOCKED`,
      },
    ),

    /**
     * The zone or the days of these people, or of these teams, have changed: their reminders are kept for the earliest
     * moment that they can be anywhere, and are set right when they are claimed.
     */
    async lookAgain(
      organizationId: string,
      {
        teamIds = [],
        personIds = [],
      }: { teamIds?: readonly string[] | undefined; personIds?: readonly string[] | undefined },
    ): Promise<void> {
      await pool.query(
        `WITH member AS (
           SELECT unnest($2::uuid[]) AS id
           UNION SELECT "personId" FROM "Membership" WHERE "organizationId" = $1 AND "teamId" = ANY ($3::uuid[])
         ), reader AS (
           SELECT id FROM member
           UNION SELECT "managerId" FROM "Team" WHERE "organizationId" = $1 AND id = ANY ($3::uuid[])
         )
         UPDATE "${table}" r SET "remindAt" = ${earliestMorning(`r."${day}"`)}
         WHERE r."organizationId" = $1 AND r."remindAt" IS NOT NULL AND r."${day}" IS NOT NULL AND ${only}
           AND r."${person}" IN (${touched})`,
        [organizationId, personIds, teamIds],
      );
    },
  };
}
