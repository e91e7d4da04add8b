import { z } from 'zod';
import type { Database } from '../database.ts';
import { readerRow, readerSql } from '../people/index.ts';
import type { Due } from '../reminders/reminding.ts';
import { remindingStore } from '../reminders/reminding-store.ts';
import type { Listening } from './listening.ts';
import { joinedListening, readListening, wholeListening } from './store.ts';

const withReader = z.object({ reader: readerRow });

const dueSql = `
${wholeListening}, ${readerSql('p')} AS reader FROM "Listening" l ${joinedListening}
JOIN "Organization" org ON org.id = l."organizationId"
WHERE l."remindAt" <= $1::timestamptz
  AND (l."organizationId", l."managerId") IN (SELECT * FROM unnest($2::uuid[], $3::uuid[]))
ORDER BY l."plannedOn", l.id FOR NO KEY UPDATE OF l`;

const read = (row: unknown): Due<Listening> => ({
  item: readListening(row),
  reader: withReader.parse(row).reader,
});

/** The reminders' part of the storage. */
export const reminderStore = (database: Pick<Database, 'pool'>) =>
  remindingStore<Listening>(database, {
    table: 'Listening',
    person: 'managerId',
    day: 'plannedOn',
    dueSql,
    read,
  });

export type ReminderStore = ReturnType<typeof reminderStore>;
