import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { OutboxRow } from '../chat/outbox.ts';
import { outboxInsert } from '../chat/outbox-insert.ts';
import { takeOne } from '../database/transaction.ts';
import type { Database } from '../database.ts';
import type { Locale } from '../text/locale.ts';
import type { Figures } from './figures.ts';
import type { Period } from './period.ts';
import type { DigestSettings } from './settings.ts';
import { readSettings, settingsJson } from './settings-row.ts';
import { type DigestTeam, digestTeam, ofTeam, readerLocale, teamJson } from './team-row.ts';

/** Somebody who is shown their own part. */
export interface DigestMember {
  id: string;
  name: string;
  locale: Locale;
}

/** A team's week whose moment has come. */
export interface DueDigest {
  id: string;
  week: Period;
  previewAt: Temporal.Instant | null;
  postAt: Temporal.Instant | null;
  team: DigestTeam;
  settings: DigestSettings;
}

/** A week that is to be evaluated. */
export interface PlannedDigest {
  organizationId: string;
  id: string;
  teamId: string;
  week: Period;
  previewAt: Temporal.Instant;
  postAt: Temporal.Instant;
}

/** What becomes of a digest that was claimed. Without moments and figures it is recorded as not posted. */
export interface Decided {
  previewAt: Temporal.Instant | null;
  postAt: Temporal.Instant | null;
  posted: { asOf: Temporal.Instant; figures: Figures } | null;
  tell: readonly OutboxRow[];
  next: PlannedDigest | null;
}

/** A team whose next evaluation is not planned. */
export interface Unplanned {
  team: DigestTeam;
  settings: DigestSettings;
  /** The last day of what was posted last. */
  postedTo: Temporal.PlainDate | null;
}

/** Which moment of a digest has come. */
export type Due = 'previewAt' | 'postAt';

const day = z.string().transform((date) => Temporal.PlainDate.from(date));
const instant = z
  .date()
  .nullable()
  .transform((at) => at && Temporal.Instant.fromEpochMilliseconds(at.getTime()));

const dueRow = z.object({
  id: z.string(),
  fromDay: day,
  toDay: day,
  previewAt: instant,
  postAt: instant,
  team: digestTeam,
  settings: z.unknown(),
});

const claimSql = (due: Due) => `
SELECT d.id, d."fromDay"::text, d."toDay"::text, d."previewAt", d."postAt", ${teamJson} AS team,
  ${settingsJson('s')} AS settings
FROM "Digest" d JOIN "Team" t ON t."organizationId" = d."organizationId" AND t.id = d."teamId" ${ofTeam}
WHERE d."${due}" <= $1::timestamptz AND d.id <> ALL ($2::uuid[])
ORDER BY d."${due}", d.id LIMIT 1 FOR NO KEY UPDATE OF d SKIP LOCKED`;

/** A week that was not posted and is planned again, because it was paused for a while, is to be posted after all. */
const planned = (rows: string) => `
INSERT INTO "Digest" ("organizationId", id, "teamId", period, "fromDay", "toDay", "previewAt", "postAt", "createdAt")
SELECT r."organizationId", r.id, r."teamId", 'week', r."from", r."to", r."previewAt", r."postAt", $1::timestamptz
FROM jsonb_to_recordset(${rows}::jsonb) AS r("organizationId" uuid, id uuid, "teamId" uuid, "from" date, "to" date,
  "previewAt" timestamptz, "postAt" timestamptz)
ON CONFLICT ("organizationId", "teamId", period, "fromDay") DO UPDATE
  SET "previewAt" = excluded."previewAt", "postAt" = excluded."postAt"
  WHERE "Digest"."asOf" IS NULL AND "Digest"."postAt" IS NULL`;

const storeSql = `
WITH told AS (${outboxInsert('$9')}), next AS (${planned('$8')})
UPDATE "Digest" SET "previewAt" = $4, "postAt" = $5, "asOf" = coalesce($6, "asOf"), figures = coalesce($7, figures)
WHERE "organizationId" = $2 AND id = $3`;

const unplannedSql = `
SELECT ${teamJson} AS team, ${settingsJson('s')} AS settings, (SELECT max(d."toDay")::text FROM "Digest" d
  WHERE d."organizationId" = t."organizationId" AND d."teamId" = t.id AND d.period = 'week' AND d."asOf" IS NOT NULL)
  AS "postedTo"
FROM "Team" t ${ofTeam}
WHERE t."archivedAt" IS NULL AND s."pausedAt" IS NULL AND t.id > $1::uuid
  AND ($2::uuid IS NULL OR t."organizationId" = $2::uuid)
  AND NOT EXISTS (SELECT FROM "Digest" d
    WHERE d."organizationId" = t."organizationId" AND d."teamId" = t.id AND d."postAt" IS NOT NULL)
ORDER BY t.id LIMIT $3`;

const unplannedRow = z.object({ team: digestTeam, settings: z.unknown(), postedTo: day.nullable() });

const beforeAll = '00000000-0000-0000-0000-000000000000';
const batch = 500;

const rowsOf = (digests: readonly PlannedDigest[]): string =>
  JSON.stringify(
    digests.map(({ week: { from, to }, ...digest }) => ({ ...digest, from: from.toString(), to: to.toString() })),
  );

/** Plans weeks; one that is planned or posted already stays as it is. */
export async function planDigests(
  through: { query(text: string, values: unknown[]): Promise<unknown> },
  digests: readonly PlannedDigest[],
  now: Temporal.Instant,
): Promise<void> {
  if (digests.length > 0) await through.query(planned('$2'), [now.toString(), rowsOf(digests)]);
}

/** Which weeks of which teams are evaluated when. */
export function postingStore({ pool }: Pick<Database, 'pool'>) {
  return {
    /**
     * Takes one digest whose moment has come, asks what becomes of it and stores that; null: none. `but`: ids of those
     * that are left alone.
     */
    claim: (due: Due, now: Temporal.Instant, but: readonly string[], decide: (digest: DueDigest) => Promise<Decided>) =>
      takeOne(
        pool,
        async (client) => {
          const query = { name: `digests.${due}`, text: claimSql(due), values: [now.toString(), but] };
          return (await client.query<{ id: string }>(query)).rows[0];
        },
        async (client, found) => {
          const { fromDay: from, toDay: to, settings, ...row } = dueRow.parse(found);
          const { organizationId, id: teamId } = row.team;
          const week = { kind: 'week', from, to } as const;
          const decided = await decide({ ...row, week, settings: readSettings({ organizationId, teamId }, settings) });
          const { previewAt, postAt, posted, tell, next } = decided;
          await client.query(storeSql, [
            ...[now.toString(), organizationId, row.id, previewAt?.toString() ?? null, postAt?.toString() ?? null],
            ...[posted?.asOf.toString() ?? null, posted === null ? null : JSON.stringify(posted.figures)],
            ...[rowsOf(next === null ? [] : [next]), JSON.stringify(tell)],
          ]);
        },
      ),

    /** Teams whose next evaluation is not planned, of one organisation or of all, behind an id. */
    async unplanned(
      organizationId: string | null = null,
      behind: string = beforeAll,
    ): Promise<{ teams: readonly Unplanned[]; next: string | null }> {
      const { rows } = await pool.query({
        name: 'digests.unplanned',
        text: unplannedSql,
        values: [behind, organizationId, batch],
      });
      const teams = rows.map((row) => {
        const { settings, ...of } = unplannedRow.parse(row);
        const { organizationId, id: teamId } = of.team;
        return { ...of, settings: readSettings({ organizationId, teamId }, settings) };
      });
      return { teams, next: rows.length < batch ? null : (teams.at(-1)?.team.id ?? null) };
    },

    plan: (digests: readonly PlannedDigest[], now: Temporal.Instant) => planDigests(pool, digests, now),

    /** Lets the job look again, now, at what is planned for these teams and for these people's teams. */
    async touch(
      organizationId: string,
      { teamIds = [], personIds = [] }: { teamIds?: readonly string[]; personIds?: readonly string[] },
      now: Temporal.Instant,
    ): Promise<void> {
      await pool.query(
        `UPDATE "Digest" SET "previewAt" = $4
         WHERE "organizationId" = $1 AND "postAt" > $4::timestamptz AND ("teamId" = ANY ($2::uuid[]) OR "teamId" IN (
           SELECT "teamId" FROM "Membership" WHERE "organizationId" = $1 AND "personId" = ANY ($3::uuid[])))`,
        [organizationId, teamIds, personIds, now.toString()],
      );
    },

    /** The people of a team who are asked something: neither gone nor observers. */
    async members({ organizationId, id }: Pick<DigestTeam, 'organizationId' | 'id'>): Promise<DigestMember[]> {
      const { rows } = await pool.query(
        `SELECT p.id, p.name, coalesce(p."chosenLocale", p.locale, o.locale) AS locale FROM "Membership" s
         JOIN "Person" p ON p."organizationId" = s."organizationId" AND p.id = s."personId"
         JOIN "Organization" o ON o.id = p."organizationId"
         WHERE s."organizationId" = $1 AND s."teamId" = $2 AND p."deactivatedAt" IS NULL AND NOT p.observer
         ORDER BY p.name, p.id`,
        [organizationId, id],
      );
      return z.array(z.object({ id: z.string(), name: z.string(), locale: readerLocale })).parse(rows);
    },
  };
}

export type PostingStore = ReturnType<typeof postingStore>;
