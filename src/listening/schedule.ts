import type { Temporal } from 'temporal-polyfill';
import { reminderAt } from '../actions/index.ts';
import type { Calendar, PersonDays } from '../calendar/index.ts';
import { type Nudge, type OutboxRow, outboxRow } from '../chat/outbox.ts';
import type { Job } from '../chat/slice.ts';
import type { Log } from '../log.ts';
import { validTimeZone } from '../people/index.ts';
import { nearestLocale } from '../text/locale.ts';
import { textIn } from '../text/text.ts';
import { reminderCard } from './cards.ts';
import type { Listening } from './listening.ts';
import type { Decision, DueRow, ReminderStore } from './reminder-store.ts';

/** Reminds managers of the customers whom they want to hear, on the morning of that day: once, all of a day in one message. */
export const remindJob = (needs: {
  store: ReminderStore;
  calendar: Pick<Calendar, 'daysOf'>;
  nudge: Nudge;
  log: Log;
}): Job => ({
  name: 'listening.remind',
  async run(now) {
    let told = 0;
    const decide = async (due: readonly DueRow[]) => {
      const people = due.map(({ item, reader }) => {
        const { organizationId, manager } = item;
        return [manager.id, { organizationId, personId: manager.id, teamIds: reader.teamIds }] as const;
      });
      // Somewhere it still is the day before.
      const from = now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 1 });
      const days = await needs.calendar.daysOf([...new Map(people).values()], from);
      const decision = decisionOn(due, days, now);
      told += decision.tell.length;
      return decision;
    };
    while (await needs.store.claim(now, decide));
    if (told === 0) return;
    needs.log.info({ messages: told }, 'managers want to hear customers today');
    needs.nudge();
  },
});

/** What becomes of what was claimed: told now, kept for the next morning on which the manager works, or settled. Pure. */
export function decisionOn(
  due: readonly DueRow[],
  days: ReadonlyMap<string, PersonDays>,
  now: Temporal.Instant,
): Decision {
  const again: Decision['again'][number][] = [];
  const messages = new Map<string, DueRow[]>();
  for (const row of due) {
    const { item, reader } = row;
    const { organizationId, id, manager } = item;
    if (item.state !== 'planned' || !reader.active) {
      again.push({ organizationId, id, at: null });
      continue;
    }
    const theirs = days.get(manager.id);
    if (theirs === undefined) throw new Error('somebody without days');
    const timeZone = validTimeZone(manager.timeZone);
    const at = reminderAt(item.plannedOn, { timeZone, days: theirs }, now);
    const isLater = at.epochMilliseconds > now.epochMilliseconds;
    again.push({ organizationId, id, at: isLater ? at : null });
    if (isLater) continue;
    const key = `${organizationId} ${manager.id}`;
    messages.set(key, [...(messages.get(key) ?? []), row]);
  }
  return { again, tell: [...messages.values()].flatMap((rows) => messageOf(rows, now)) };
}

function messageOf(rows: readonly DueRow[], now: Temporal.Instant): OutboxRow[] {
  const [first] = rows;
  if (first === undefined) return [];
  const { organizationId, id, plannedOn, manager }: Listening = first.item;
  const text = textIn(nearestLocale(first.reader.locale) ?? 'en');
  const today = now.toZonedDateTimeISO(validTimeZone(manager.timeZone)).toPlainDate();
  const card = reminderCard(
    rows.map(({ item }) => item),
    { text, today },
  );
  const key = `listening-due:${id}:${plannedOn}`;
  return [outboxRow({ organizationId, key, to: { personId: manager.id }, content: { do: 'post', card } }, now)];
}
