import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Database } from '../database.ts';
import { readerRow, readerSql } from '../people/index.ts';
import type { Due } from '../reminders/reminding.ts';
import { remindingStore } from '../reminders/reminding-store.ts';

const dueRow = z.object({
  organizationId: z.string(),
  id: z.string(),
  text: z.string(),
  accountName: z.string(),
  dueOn: z.string().transform((written) => Temporal.PlainDate.from(written)),
  owner: readerRow,
});
/** An action whose reminder may be due, with its owner. */
export type DueAction = z.infer<typeof dueRow>;

/** The manager reads it instead when the owner has left. */
const dueSql = `
SELECT a."organizationId", a.id, a.text, c.name AS "accountName", a."dueOn"::text, ${readerSql('o')} AS owner,
  CASE WHEN o."deactivatedAt" IS NOT NULL THEN (
    SELECT ${readerSql('m')} FROM "Membership" s
    JOIN "Team" t ON t."organizationId" = s."organizationId" AND t.id = s."teamId" AND t."archivedAt" IS NULL
    JOIN "Person" m ON m."organizationId" = t."organizationId" AND m.id = t."managerId" AND m."deactivatedAt" IS NULL
    WHERE s."organizationId" = a."organizationId" AND s."personId" = a."ownerId" AND m.id <> a."ownerId"
    ORDER BY t.id IS NOT DISTINCT FROM c."teamId" DESC, t.id LIMIT 1) END AS manager
FROM "Action" a
JOIN "Person" o ON o."organizationId" = a."organizationId" AND o.id = a."ownerId"
JOIN "Account" c ON c."organizationId" = a."organizationId" AND c.id = a."accountId"
JOIN "Organization" org ON org.id = a."organizationId"
WHERE a."remindAt" <= $1::timestamptz AND a.state = 'open' AND a."dueOn" IS NOT NULL
  AND (a."organizationId", a."ownerId") IN (SELECT * FROM unnest($2::uuid[], $3::uuid[]))
ORDER BY a."dueOn", a.id
FOR NO KEY UPDATE OF a`;

const readerRows = z.object({ owner: readerRow, manager: readerRow.nullable() });
const read = (row: unknown): Due<DueAction> => {
  const { owner, manager } = readerRows.parse(row);
  return { item: dueRow.parse(row), reader: manager ?? owner };
};

/** The reminders' half of the storage. */
export const reminderStore = (database: Pick<Database, 'pool'>) =>
  remindingStore<DueAction>(database, {
    table: 'Action',
    person: 'ownerId',
    day: 'dueOn',
    state: 'open',
    managersStandIn: true,
    dueSql,
    read,
  });

export type ReminderStore = ReturnType<typeof reminderStore>;
