import { Temporal } from 'temporal-polyfill';
import { reminderAt } from '../actions/index.ts';
import type { Calendar, PersonDays } from '../calendar/index.ts';
import { type Nudge, type OutboxRow, outboxRow } from '../chat/outbox.ts';
import type { Job } from '../chat/slice.ts';
import type { Log } from '../log.ts';
import { validTimeZone } from '../people/index.ts';
import { nearestLocale } from '../text/locale.ts';
import { textIn } from '../text/text.ts';
import type { FeedbackItem } from './feedback.ts';
import { waitingCard } from './reminder-cards.ts';
import type { Decision, DueRow, Reader, ReminderStore } from './reminder-store.ts';

interface JobNeeds {
  store: ReminderStore;
  calendar: Pick<Calendar, 'daysOf'>;
  nudge: Nudge;
  log: Log;
}

/** Reminds who owes a customer an answer, on the morning of the day on which it is due. */
export const remindJob = (needs: JobNeeds): Job => job(needs, 'due', 'feedback.remind');

/** Tells the manager of the team, once and privately, of what was not answered in time. */
export const raiseJob = (needs: JobNeeds): Job => job(needs, 'pastDue', 'feedback.raise');

const job = ({ store, calendar, nudge, log }: JobNeeds, what: 'due' | 'pastDue', name: string): Job => ({
  name,
  async run(now) {
    let told = 0;
    const decide = async (due: readonly DueRow[]) => {
      const decision = decisionOn(what, due, await daysOf(due, calendar, now), now);
      told += decision.tell.length;
      return decision;
    };
    while (await (what === 'due' ? store.claimDue(now, decide) : store.claimPastDue(now, decide)));
    if (told === 0) return;
    log.info({ messages: told, what }, 'customers wait for an answer');
    nudge();
  },
});

/** On which days each of those who read it works, by person. */
function daysOf(due: readonly DueRow[], calendar: Pick<Calendar, 'daysOf'>, now: Temporal.Instant) {
  const readers = due.flatMap(({ item, reader }) =>
    reader === null
      ? []
      : [[reader.id, { organizationId: item.organizationId, personId: reader.id, teamIds: reader.teamIds }] as const],
  );
  // Somewhere it still is the day before.
  const from = now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 1 });
  return calendar.daysOf([...new Map(readers).values()], from);
}

/** What becomes of what was claimed: told now, kept for the next morning on which who reads it works, or settled. Pure. */
export function decisionOn(
  what: 'due' | 'pastDue',
  due: readonly DueRow[],
  days: ReadonlyMap<string, PersonDays>,
  now: Temporal.Instant,
): Decision {
  const again: Decision['again'][number][] = [];
  const messages = new Map<string, { reader: Reader; items: FeedbackItem[] }>();
  for (const { item, reader } of due) {
    const { organizationId, id, dueOn } = item;
    const isWaiting = item.state === 'open' && !item.undone && dueOn !== null;
    // Nobody is left to remind: the manager hears of it when it is past due.
    if (!isWaiting || reader === null || !reader.active) {
      again.push({ organizationId, id, at: null });
      continue;
    }
    const theirs = days.get(reader.id);
    if (theirs === undefined) throw new Error('somebody without days');
    const from = what === 'due' ? dueOn : dueOn.add({ days: 1 });
    const at = reminderAt(from, { timeZone: reader.timeZone, days: theirs }, now);
    const isLater = Temporal.Instant.compare(at, now) > 0;
    again.push({ organizationId, id, at: isLater ? at : null });
    if (isLater) continue;
    const key = `${organizationId} ${reader.id}`;
    const message = messages.get(key) ?? { reader, items: [] };
    message.items.push(item);
    messages.set(key, message);
  }
  return { again, tell: [...messages.values()].map((one) => messageOf(what, one, now)) };
}

function messageOf(
  what: 'due' | 'pastDue',
  { reader, items }: { reader: Reader; items: readonly FeedbackItem[] },
  now: Temporal.Instant,
): OutboxRow {
  const [first] = items;
  if (first === undefined) throw new Error('a reminder of nothing');
  const text = textIn(nearestLocale(reader.locale) ?? 'en');
  const today = now.toZonedDateTimeISO(validTimeZone(reader.timeZone)).toPlainDate();
  return outboxRow(
    {
      organizationId: first.organizationId,
      // Who owes the answer belongs to it: handed on at noon, it is due for somebody else.
      key: `feedback-${what === 'due' ? 'due' : 'past-due'}:${first.id}:${first.dueOn}:${reader.id}`,
      to: { personId: reader.id },
      content: { do: 'post', card: waitingCard(what, items, { text, me: { id: reader.id }, today }) },
    },
    now,
  );
}
