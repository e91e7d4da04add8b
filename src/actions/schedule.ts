import { Temporal } from 'temporal-polyfill';
import type { Calendar, PersonDays } from '../calendar/index.ts';
import { type Nudge, type OutboxRow, outboxRow } from '../chat/outbox.ts';
import type { Job } from '../chat/slice.ts';
import type { Log } from '../log.ts';
import { nearestLocale } from '../text/locale.ts';
import { textIn } from '../text/text.ts';
import { knownZone, reminderAt } from './action.ts';
import { reminderCard } from './cards.ts';
import type { Decision, DueRow, Reader, ReminderStore } from './reminder-store.ts';

/**
 * Reminds owners of what is due: at 08:30 in their zone on the due day or the first day after it that they work, once,
 * also when the bot was not there at that moment. Everything of one person that is due at once is one message.
 */
export const remindJob = (needs: {
  store: ReminderStore;
  calendar: Pick<Calendar, 'daysOf'>;
  nudge: Nudge;
  log: Log;
}): Job => ({
  name: 'actions.remind',
  async run(now) {
    let told = 0;
    const decide = async (due: readonly DueRow[]) => {
      const decision = decisionOn(due, await readersDays(due, needs.calendar, now), now);
      told += decision.tell.length;
      return decision;
    };
    while (await needs.store.claim(now, decide));
    if (told === 0) return;
    needs.log.info({ messages: told }, 'next steps are due');
    needs.nudge();
  },
});

const readerOf = ({ owner, manager }: DueRow): Reader | null => (owner.active ? owner : manager);

/** On which days each of those who read it works, by person. */
async function readersDays(due: readonly DueRow[], calendar: Pick<Calendar, 'daysOf'>, now: Temporal.Instant) {
  const readers = new Map(
    due.flatMap((row) => {
      const { id: personId, teamIds } = readerOf(row) ?? row.owner;
      return [[personId, { organizationId: row.organizationId, personId, teamIds }]] as const;
    }),
  );
  // Somewhere it still is the day before.
  const from = now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 1 });
  return calendar.daysOf([...readers.values()], from);
}

/** What becomes of claimed actions: told now, or kept for the next morning on which who reads it works. Pure. */
export function decisionOn(
  due: readonly DueRow[],
  days: ReadonlyMap<string, PersonDays>,
  now: Temporal.Instant,
): Decision {
  const remind: Decision['remind'][number][] = [];
  const readers = new Map<string, { reader: Reader; due: DueRow[] }>();
  for (const row of due) {
    const reader = readerOf(row);
    const { id, timeZone } = reader ?? row.owner;
    const theirs = days.get(id);
    if (theirs === undefined) throw new Error('somebody without days');
    const at = reminderAt(row.dueOn, { timeZone, days: theirs }, now);
    const later = Temporal.Instant.compare(at, now) > 0;
    remind.push({ organizationId: row.organizationId, id: row.id, remindAt: later ? at : null });
    // Nobody is left to tell: it stands in the customer's list.
    if (later || reader === null) continue;
    // What was the work of somebody who left is told apart from the manager's own.
    const key = `${row.organizationId} ${row.owner.id} ${reader.id}`;
    const group = readers.get(key) ?? { reader, due: [] };
    group.due.push(row);
    readers.set(key, group);
  }
  return { remind, tell: [...readers.values()].map((group) => messageOf(group, now)) };
}

function messageOf({ reader, due }: { reader: Reader; due: readonly DueRow[] }, now: Temporal.Instant): OutboxRow {
  const [first] = due;
  if (first === undefined) throw new Error('a reminder of nothing');
  const lines = due.map((row) => ({ ...row, leftBy: row.owner.active ? null : row.owner.name }));
  const today = now.toZonedDateTimeISO(knownZone(reader.timeZone)).toPlainDate();
  return outboxRow(
    {
      organizationId: first.organizationId,
      // The owner belongs to it: handed on at noon, it is due for somebody else whose morning is still to come.
      key: `action-due:${first.id}:${first.dueOn}:${first.owner.id}`,
      to: { personId: reader.id },
      content: { do: 'post', card: reminderCard(lines, { text: textIn(nearestLocale(reader.locale) ?? 'en'), today }) },
    },
    now,
  );
}
