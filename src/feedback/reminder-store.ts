import { z } from 'zod';
import type { Database } from '../database.ts';
import { readerRow, readerSql } from '../people/index.ts';
import type { Due } from '../reminders/reminding.ts';
import { claimThings, remindingStore } from '../reminders/reminding-store.ts';
import type { FeedbackItem } from './feedback.ts';
import { joinedFeedback, readFeedback, wholeFeedback } from './store.ts';

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
WHERE f."raiseAt" <= $1::timestamptz AND f.id <> ALL ($3::uuid[])
ORDER BY f."raiseAt", f.id LIMIT $2 FOR NO KEY UPDATE OF f SKIP LOCKED`;

const withReader = z.object({ reader: readerRow.nullable() });
const read = (row: unknown): Due<FeedbackItem> => ({
  item: readFeedback(row),
  reader: withReader.parse(row).reader,
});

/** What happens by itself to what waits for an answer. */
export const reminderStore = (database: Pick<Database, 'pool'>) => ({
  ...remindingStore<FeedbackItem>(database, {
    table: 'Feedback',
    person: 'ownerId',
    day: 'dueOn',
    dueSql: ofOwnersSql,
    read,
  }),
  /** What is past due, for the managers. */
  claimPastDue: claimThings<FeedbackItem>(database, {
    table: 'Feedback',
    column: 'raiseAt',
    dueSql: pastDueSql,
    read,
  }),
});

export type ReminderStore = ReturnType<typeof reminderStore>;
