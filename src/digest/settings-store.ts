import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { inTransaction } from '../database/transaction.ts';
import type { Database } from '../database.ts';
import { timeText } from '../text/time-in-words.ts';
import { type PlannedDigest, planDigests } from './posting-store.ts';
import type { DigestSettings } from './settings.ts';
import { readSettings, settingsJson } from './settings-row.ts';

/** What a team said, and until which day its weeks were posted; null: none was. */
export interface SetDigest {
  settings: DigestSettings;
  postedTo: Temporal.PlainDate | null;
}

/** What a person says about a team's evaluation. */
export type DigestContent = Pick<DigestSettings, 'weekday' | 'at' | 'channel' | 'pausedAt'>;

const setRow = z.object({
  teamId: z.string(),
  settings: z.unknown(),
  postedTo: z
    .string()
    .nullable()
    .transform((day) => (day === null ? null : Temporal.PlainDate.from(day))),
});

/** A first word is a row, each further one a new version; nothing when somebody else was faster. */
const changeSql = `
WITH made AS (
  INSERT INTO "DigestSettings" ("organizationId", "teamId", weekday, at, "channelWorkspaceId", "channelId", "pausedAt",
    version, "changedById")
  SELECT $1::uuid, $2::uuid, $4::int, $5::text, $6::uuid, $7::text, $8::timestamptz, 1, $9::uuid WHERE $3::int = 0
  ON CONFLICT DO NOTHING RETURNING version
), changed AS (
  UPDATE "DigestSettings" SET weekday = $4, at = $5, "channelWorkspaceId" = $6, "channelId" = $7, "pausedAt" = $8,
    version = version + 1, "changedById" = $9
  WHERE "organizationId" = $1 AND "teamId" = $2 AND version = $3 AND $3::int > 0 RETURNING version
)
SELECT version FROM made UNION ALL SELECT version FROM changed`;

const pending = `"organizationId" = $1 AND "teamId" = $2 AND period = 'week' AND "asOf" IS NULL AND "postAt" IS NOT NULL`;

/** When evaluations are posted, as people set it. */
export function settingsStore({ pool }: Pick<Database, 'pool'>) {
  return {
    /** By team; every team of the organisation that is asked for is in it. */
    async of(organizationId: string, teamIds: readonly string[]): Promise<ReadonlyMap<string, SetDigest>> {
      const { rows } = await pool.query(
        `SELECT t.id AS "teamId", ${settingsJson('s')} AS settings, (SELECT max(d."toDay")::text FROM "Digest" d
           WHERE d."organizationId" = t."organizationId" AND d."teamId" = t.id AND d.period = 'week'
             AND d."asOf" IS NOT NULL) AS "postedTo"
         FROM "Team" t
         LEFT JOIN "DigestSettings" s ON s."organizationId" = t."organizationId" AND s."teamId" = t.id
         WHERE t."organizationId" = $1 AND t.id = ANY ($2::uuid[])`,
        [organizationId, teamIds],
      );
      return new Map(
        rows.map((row) => {
          const { teamId, settings, postedTo } = setRow.parse(row);
          return [teamId, { settings: readSettings({ organizationId, teamId }, settings), postedTo }];
        }),
      );
    },

    /**
     * Changes settings that still have their version, and plans anew what is not posted yet; `next` is what is posted
     * then, null: nothing. False: somebody was faster, and nothing was changed.
     */
    async change(
      { organizationId, teamId, version }: Pick<DigestSettings, 'organizationId' | 'teamId' | 'version'>,
      to: DigestContent,
      by: { personId: string; at: Temporal.Instant },
      next: PlannedDigest | null,
    ): Promise<boolean> {
      return inTransaction(pool, async (client) => {
        const changed = await client.query(changeSql, [
          ...[organizationId, teamId, version, to.weekday, timeText(to.at), to.channel?.workspaceId ?? null],
          ...[to.channel?.conversation ?? null, to.pausedAt?.toString() ?? null, by.personId],
        ]);
        if (changed.rows.length === 0) return false;
        // What is being posted at this moment is waited for, so that the week which is planned after it is seen.
        await client.query(`SELECT FROM "Digest" WHERE ${pending} FOR UPDATE`, [organizationId, teamId]);
        await client.query(`UPDATE "Digest" SET "previewAt" = NULL, "postAt" = NULL WHERE ${pending}`, [
          organizationId,
          teamId,
        ]);
        await planDigests(client, next === null ? [] : [next], by.at);
        return true;
      });
    },

    /** Whether evaluations may rank people. */
    async ranksPeople(organizationId: string): Promise<boolean> {
      const { rows } = await pool.query<{ ranksPeople: boolean }>(
        'SELECT "ranksPeople" FROM "Organization" WHERE id = $1',
        [organizationId],
      );
      return rows[0]?.ranksPeople ?? false;
    },

    async rankPeople(organizationId: string, ranks: boolean): Promise<void> {
      await pool.query('UPDATE "Organization" SET "ranksPeople" = $2 WHERE id = $1', [organizationId, ranks]);
    },
  };
}

export type SettingsStore = ReturnType<typeof settingsStore>;
