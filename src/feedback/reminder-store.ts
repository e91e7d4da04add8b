import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { OutboxRow } from '../chat/outbox.ts';
import { outboxInsert } from '../chat/outbox-insert.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Database } from '../database.ts';
import type { FeedbackItem } from './feedback.ts';
import { joinedFeedback, readFeedback, wholeFeedback } from './store.ts';

/** Whom the bot tells something: in which zone and language, and by which teams' calendars they work. */
const reader = z.object({
  id: z.string(),
  name: z.string(),
  timeZone: z.string(),
  locale: z.string(),
  active: z.boolean(),
  teamIds: z.array(z.string()),
});
export type Reader = z.infer<typeof reader>;

/** A feedback whose moment has come, and who hears of it; null when there is nobody. */
export interface DueRow {
  item: FeedbackItem;
  reader: Reader | null;
}

/** What becomes of the claimed ones: when they are looked at again, and what is told. */
export interface Decision {
  again: readonly { organizationId: string; id: string; at: Temporal.Instant | null }[];
  tell: readonly OutboxRow[];
}

const batch = 100;

const readerSql = (person: string) => `json_build_object('id', ${person}.id, 'name', ${person}.name,
  'timeZone', ${person}."timeZone", 'locale', coalesce(${person}."chosenLocale", ${person}.locale, org.locale),
  'active', ${person}."deactivatedAt" IS NULL,
  'teamIds', ARRAY(SELECT team.id FROM "Team" team
    WHERE team."organizationId" = ${person}."organizationId" AND team."archivedAt" IS NULL
      AND (team."managerId" = ${person}.id OR team.id IN (SELECT own."teamId" FROM "Membership" own
        WHERE own."organizationId" = ${person}."organizationId" AND own."personId" = ${person}.id))))`;

/** A person belongs to one claim: everything of theirs goes into one message, however many processes look at once. */
const ownersSql = `
SELECT p."organizationId", p.id FROM "Person" p
WHERE (p."organizationId", p.id) IN (SELECT f."organizationId", f."ownerId" FROM "Feedback" f
  WHERE f."remindAt" <= $1::timestamptz)
ORDER BY p.id LIMIT ${batch} FOR NO KEY UPDATE SKIP LOCKED`;

const ofOwnersSql = `
${wholeFeedback}, ${readerSql('o')} AS reader FROM "Feedback" f ${joinedFeedback}
JOIN "Organization" org ON org.id = f."organizationId"
WHERE f."remindAt" <= $1::timestamptz AND (f."organizationId", f."ownerId") IN (SELECT * FROM unnest($2::uuid[], $3::uuid[]))
ORDER BY a.class, f."dueOn", f.id FOR NO KEY UPDATE OF f`;

/** Of several teams the account's own, then one of who owes the answer. Nobody is told of themselves. */
const managerSql = `(
  SELECT ${readerSql('m')} FROM "Team" t
  JOIN "Person" m ON m."organizationId" = t."organizationId" AND m.id = t."managerId" AND m."deactivatedAt" IS NULL
  WHERE t."organizationId" = f."organizationId" AND t."archivedAt" IS NULL AND m.id IS DISTINCT FROM f."ownerId"
    AND (t.id = a."teamId" OR EXISTS (SELECT FROM "Membership" s WHERE s."organizationId" = t."organizationId"
      AND s."teamId" = t.id AND s."personId" IN (f."ownerId", a."ownerId", f."authorId")))
  ORDER BY t.id IS NOT DISTINCT FROM a."teamId" DESC, EXISTS (SELECT FROM "Membership" s
    WHERE s."organizationId" = t."organizationId" AND s."teamId" = t.id AND s."personId" = f."ownerId") DESC, t.id
  LIMIT 1)`;

const pastDueSql = `
${wholeFeedback}, ${managerSql} AS reader FROM "Feedback" f ${joinedFeedback}
JOIN "Organization" org ON org.id = f."organizationId"
WHERE f."raiseAt" <= $1::timestamptz
ORDER BY f."raiseAt", f.id LIMIT ${batch} FOR NO KEY UPDATE OF f SKIP LOCKED`;

const storeSql = (column: '"remindAt"' | '"raiseAt"') => `
WITH told AS (${outboxInsert('$2')})
UPDATE "Feedback" f SET ${column} = r.at
FROM jsonb_to_recordset($1::jsonb) AS r("organizationId" uuid, id uuid, at timestamptz)
WHERE f."organizationId" = r."organizationId" AND f.id = r.id`;

/** What happens by itself to what waits for an answer. */
export function reminderStore({ pool }: Pick<Database, 'pool'>) {
  const read = (rows: readonly { reader: unknown }[]): DueRow[] =>
    rows.map((row) => ({ item: readFeedback(row), reader: reader.nullable().parse(row.reader) }));

  return {
    /**
     * Claims what is due with its owners, asks what becomes of it and stores that, in one transaction. True when there
     * may be more. Whoever dies in between has claimed nothing.
     */
    claimDue: (now: Temporal.Instant, decide: (due: readonly DueRow[]) => Promise<Decision>): Promise<boolean> =>
      inTransaction(pool, async (client) => {
        const owners = (await client.query<{ organizationId: string; id: string }>(ownersSql, [now.toString()])).rows;
        if (owners.length === 0) return false;
        const found = await client.query<{ reader: unknown }>(ofOwnersSql, [
          ...[now.toString(), owners.map((one) => one.organizationId), owners.map((one) => one.id)],
        ]);
        const { again, tell } = await decide(read(found.rows));
        await client.query(storeSql('"remindAt"'), [JSON.stringify(again), JSON.stringify(tell)]);
        return owners.length === batch;
      }),

    /** The same with what is past due, for the managers. */
    claimPastDue: (now: Temporal.Instant, decide: (due: readonly DueRow[]) => Promise<Decision>): Promise<boolean> =>
      inTransaction(pool, async (client) => {
        const found = await client.query<{ reader: unknown }>(pastDueSql, [now.toString()]);
        if (found.rows.length === 0) return false;
        const { again, tell } = await decide(read(found.rows));
        await client.query(storeSql('"raiseAt"'), [JSON.stringify(again), JSON.stringify(tell)]);
        return found.rows.length === batch;
      }),

    /** The zone or days of people have changed: their reminders are set right when they are claimed, the earliest first. */
    async lookAgain(organizationId: string, personIds: readonly string[], teamIds: readonly string[]): Promise<void> {
      await pool.query(
        `UPDATE "Feedback" f SET "remindAt" = (f."dueOn" + time '08:30') AT TIME ZONE 'Pacific/Kiritimati'
         WHERE f."organizationId" = $1 AND f."remindAt" IS NOT NULL AND f."dueOn" IS NOT NULL
           AND (f."ownerId" = ANY ($2::uuid[]) OR f."ownerId" IN (SELECT m."personId" FROM "Membership" m
             WHERE m."organizationId" = $1 AND m."teamId" = ANY ($3::uuid[])))`,
        [organizationId, personIds, teamIds],
      );
    },
  };
}

export type ReminderStore = ReturnType<typeof reminderStore>;
