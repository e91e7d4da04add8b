import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { OutboxRow } from '../chat/outbox.ts';
import { outboxInsert } from '../chat/outbox-insert.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Database } from '../database.ts';
import type { Listening } from './listening.ts';
import { joinedListening, readListening, wholeListening } from './store.ts';

const reader = z.object({ locale: z.string(), active: z.boolean(), teamIds: z.array(z.string()) });

/** A planned visit whose moment has come, and what is to be known of its manager. */
export interface DueRow {
  item: Listening;
  reader: z.infer<typeof reader>;
}

/** What becomes of the claimed ones: when they are looked at again, and what is told. */
export interface Decision {
  again: readonly { organizationId: string; id: string; at: Temporal.Instant | null }[];
  tell: readonly OutboxRow[];
}

const batch = 100;

/** A manager belongs to one claim: everything of theirs goes into one message, however many processes look at once. */
const managersSql = `
SELECT p."organizationId", p.id FROM "Person" p
WHERE (p."organizationId", p.id) IN (SELECT l."organizationId", l."managerId" FROM "Listening" l
  WHERE l."remindAt" <= $1::timestamptz)
ORDER BY p.id LIMIT ${batch} FOR NO KEY UPDATE SKIP LOCKED`;

const dueSql = `
${wholeListening}, json_build_object('locale', coalesce(p."chosenLocale", p.locale, org.locale),
  'active', p."deactivatedAt" IS NULL,
  'teamIds', ARRAY(SELECT t.id FROM "Team" t WHERE t."organizationId" = p."organizationId" AND t."archivedAt" IS NULL
    AND (t."managerId" = p.id OR t.id IN (SELECT own."teamId" FROM "Membership" own
      WHERE own."organizationId" = p."organizationId" AND own."personId" = p.id)))) AS reader
FROM "Listening" l ${joinedListening}
JOIN "Organization" org ON org.id = l."organizationId"
WHERE l."remindAt" <= $1::timestamptz
  AND (l."organizationId", l."managerId") IN (SELECT * FROM unnest($2::uuid[], $3::uuid[]))
ORDER BY l."plannedOn", l.id FOR NO KEY UPDATE OF l`;

const storeSql = `
WITH told AS (${outboxInsert('$2')})
UPDATE "Listening" l SET "remindAt" = r.at
FROM jsonb_to_recordset($1::jsonb) AS r("organizationId" uuid, id uuid, at timestamptz)
WHERE l."organizationId" = r."organizationId" AND l.id = r.id`;

/** The reminders' part of the storage. */
export function reminderStore({ pool }: Pick<Database, 'pool'>) {
  return {
    /**
     * Claims what is due with its managers, asks what becomes of it and stores that, in one transaction. True when there
     * may be more. Whoever dies in between has claimed nothing.
     */
    claim: (now: Temporal.Instant, decide: (due: readonly DueRow[]) => Promise<Decision>): Promise<boolean> =>
      inTransaction(pool, async (client) => {
        const { rows } = await client.query<{ organizationId: string; id: string }>(managersSql, [now.toString()]);
        if (rows.length === 0) return false;
        const found = await client.query<{ reader: unknown }>(dueSql, [
          ...[now.toString(), rows.map((one) => one.organizationId), rows.map((one) => one.id)],
        ]);
        const due = found.rows.map((row) => ({ item: readListening(row), reader: reader.parse(row.reader) }));
        const { again, tell } = await decide(due);
        await client.query(storeSql, [JSON.stringify(again), JSON.stringify(tell)]);
        return rows.length === batch;
      }),

    /** The zone or days of people have changed: their reminders are set right when they are claimed, the earliest first. */
    async lookAgain(organizationId: string, personIds: readonly string[], teamIds: readonly string[]): Promise<void> {
      await pool.query(
        `UPDATE "Listening" l SET "remindAt" = (l."plannedOn" + time '08:30') AT TIME ZONE 'Pacific/Kiritimati'
         WHERE l."organizationId" = $1 AND l."remindAt" IS NOT NULL AND l.state = 'planned'
           AND (l."managerId" = ANY ($2::uuid[])
             OR l."managerId" IN (SELECT t."managerId" FROM "Team" t WHERE t."organizationId" = $1 AND t.id = ANY ($3::uuid[]))
             OR l."managerId" IN (SELECT m."personId" FROM "Membership" m
               WHERE m."organizationId" = $1 AND m."teamId" = ANY ($3::uuid[])))`,
        [organizationId, personIds, teamIds],
      );
    },
  };
}

export type ReminderStore = ReturnType<typeof reminderStore>;
