import { Temporal } from 'temporal-polyfill';
import type { Calendar, PersonDays } from '../calendar/index.ts';
import type { Card } from '../chat/card.ts';
import { type Nudge, type OutboxRow, outboxRow } from '../chat/outbox.ts';
import type { Job } from '../chat/slice.ts';
import type { Log } from '../log.ts';
import type { Reader } from '../people/index.ts';
import { nearestLocale } from '../text/locale.ts';
import { type Text, textIn } from '../text/text.ts';
import { knownZone, reminderAt } from './action.ts';
import type { Claim } from './reminding-store.ts';

/** Something whose moment may have come, and who hears of it; null when there is nobody. */
export interface Due<Item> {
  item: Item & { organizationId: string; id: string };
  reader: Reader | null;
}

/** What becomes of the claimed ones: when they are looked at again, and what is told. */
export interface Decision {
  again: readonly { organizationId: string; id: string; at: Temporal.Instant | null }[];
  tell: readonly OutboxRow[];
}

/** What one kind of thing has of its own when people are reminded of it. */
export interface Reminder<Item> {
  /** The day on whose morning it is told, or on the first one after it that the reader works; null: it is settled. */
  dayOf(item: Item, reader: Reader): Temporal.PlainDate | null;
  /** What of one reader is told in messages of its own; without it all is one message. */
  apart?(item: Item): string;
  /** The message, and its key in the outbox. */
  message(
    items: readonly [Item, ...Item[]],
    reader: Reader,
    reading: { text: Text; today: Temporal.PlainDate },
  ): { key: string; card: Card };
}

export interface RemindingNeeds {
  calendar: Pick<Calendar, 'daysOf'>;
  nudge: Nudge;
  log: Log;
}

/**
 * Reminds people at 08:30 in their zone on the day or the first one after it that they work, once, also when the bot was
 * not there at that moment. Everything of one person that is due at once is one message.
 */
export const remindingJob = <Item>(
  { calendar, nudge, log }: RemindingNeeds,
  { name, claim, told, ...reminder }: Reminder<Item> & { name: string; claim: Claim<Item>; told: string },
): Job => ({
  name,
  async run(now) {
    let messages = 0;
    const decide = async (due: readonly Due<Item>[]) => {
      const decision = decisionOn(reminder, due, await readersDays(due, calendar, now), now);
      messages += decision.tell.length;
      return decision;
    };
    while (await claim(now, decide));
    if (messages === 0) return;
    log.info({ messages }, told);
    nudge();
  },
});

/** On which days each of those who read it works, by person. */
function readersDays(due: readonly Due<unknown>[], calendar: Pick<Calendar, 'daysOf'>, now: Temporal.Instant) {
  const readers = due.flatMap(({ item: { organizationId }, reader }) =>
    reader === null ? [] : [[reader.id, { organizationId, personId: reader.id, teamIds: reader.teamIds }] as const],
  );
  // Somewhere it still is the day before.
  const from = now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 1 });
  return calendar.daysOf([...new Map(readers).values()], from);
}

/** Told now, kept for the next morning on which who reads it works, or settled. Pure. */
function decisionOn<Item>(
  { dayOf, apart, message }: Reminder<Item>,
  due: readonly Due<Item>[],
  days: ReadonlyMap<string, PersonDays>,
  now: Temporal.Instant,
): Decision {
  const again: Decision['again'][number][] = [];
  const messages = new Map<string, { organizationId: string; reader: Reader; items: [Item, ...Item[]] }>();
  for (const { item, reader } of due) {
    const { organizationId, id } = item;
    const day = reader && dayOf(item, reader);
    if (reader === null || day === null) {
      again.push({ organizationId, id, at: null });
      continue;
    }
    const theirs = days.get(reader.id);
    if (theirs === undefined) throw new Error('somebody without days');
    const at = reminderAt(day, { timeZone: reader.timeZone, days: theirs }, now);
    const isLater = Temporal.Instant.compare(at, now) > 0;
    again.push({ organizationId, id, at: isLater ? at : null });
    if (isLater || !reader.active) continue;
    const key = [organizationId, reader.id, apart?.(item)].join(' ');
    const begun = messages.get(key);
    if (begun) begun.items.push(item);
    else messages.set(key, { organizationId, reader, items: [item] });
  }
  const tell = [...messages.values()].map(({ organizationId, reader, items }) => {
    const today = now.toZonedDateTimeISO(knownZone(reader.timeZone)).toPlainDate();
    const { key, card } = message(items, reader, { text: textIn(nearestLocale(reader.locale) ?? 'en'), today });
    return outboxRow({ organizationId, key, to: { personId: reader.id }, content: { do: 'post', card } }, now);
  });
  return { again, tell };
}
