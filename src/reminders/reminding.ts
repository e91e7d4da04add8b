import { Temporal } from 'temporal-polyfill';
import type { Calendar, PersonDays } from '../calendar/index.ts';
import type { Card } from '../chat/card.ts';
import { type Nudge, type OutboxRow, outboxRow } from '../chat/outbox.ts';
import type { Job } from '../chat/slice.ts';
import { bySome, type Some, type TakenSome } from '../database/transaction.ts';
import type { Log } from '../log.ts';
import { type Reader, validTimeZone } from '../people/index.ts';
import { nearestLocale } from '../text/locale.ts';
import { type Text, textIn } from '../text/text.ts';
import { reminderAt } from './morning.ts';

/** What people are reminded of: a row of a table, whatever else it is. */
export interface Thing {
  organizationId: string;
  id: string;
}

/** A thing whose moment may have come, and who hears of it; null when there is nobody. */
export interface Due<Item extends Thing> {
  item: Item;
  reader: Reader | null;
}

/** What becomes of what was claimed: when each is looked at again (null: it is settled), and what is told. */
export interface Decision {
  again: readonly { organizationId: string; id: string; at: Temporal.Instant | null }[];
  tell: readonly OutboxRow[];
}

/** How many people, or things, one transaction takes. */
const batch = 100;

/**
 * Claims what is due of some people, or some things, asks what becomes of it and stores that, in one transaction. Whoever
 * dies in between has claimed nothing.
 */
export type Claim<Item extends Thing> = (
  now: Temporal.Instant,
  some: Some,
  decide: (due: readonly Due<Item>[]) => Promise<Decision>,
) => Promise<TakenSome>;

/** What a kind of thing has of its own when people are reminded of it. */
export interface Reminder<Item extends Thing> {
  /** The day on whose morning it is told, or on the first one after it that the reader works; null: it needs no telling. */
  dayOf(item: Item): Temporal.PlainDate | null;
  /** Things of one reader for which this differs are told in messages of their own; without it all is one message. */
  apart?(item: Item): string;
  /** The message, and its key in the outbox. `today` is the reader's. */
  message(
    items: readonly [Item, ...Item[]],
    to: { reader: Reader; text: Text; today: Temporal.PlainDate },
  ): { key: string; card: Card };
}

export interface RemindingNeeds {
  calendar: Pick<Calendar, 'daysOf'>;
  nudge: Nudge;
  log: Log;
}

/**
 * Reminds people at 08:30 in their zone on the day or the first one after it that they work, once, also when the bot was
 * not there at that moment. Everything of one person that is due at once is one message. `told` is for the log.
 */
export function remindingJob<Item extends Thing>(
  { calendar, nudge, log }: RemindingNeeds,
  job: Reminder<Item> & { name: string; told: string; claim: Claim<Item> },
): Job {
  return {
    name: job.name,
    async run(now) {
      let messages = 0;
      const decide = async (due: readonly Due<Item>[]) => {
        const decision = decisionOn(job, due, await readersDays(due, calendar, now), now);
        messages += decision.tell.length;
        return decision;
      };
      const claimSome = bySome(batch, (failed, err) => {
        if (failed.length > 1) log.warn({ job: job.name, failed, err }, 'reminders are looked at one by one');
        else log.error({ job: job.name, failed, err }, 'a reminder waits for the next tick');
      });
      while (await claimSome((some) => job.claim(now, some, decide)));
      if (messages === 0) return;
      log.info({ messages }, job.told);
      nudge();
    },
  };
}

/** On which days each of those who read it works, by person. */
function readersDays(due: readonly Due<Thing>[], calendar: Pick<Calendar, 'daysOf'>, now: Temporal.Instant) {
  const readers = due.flatMap(({ item: { organizationId }, reader }) =>
    reader === null ? [] : [[reader.id, { organizationId, personId: reader.id, teamIds: reader.teamIds }] as const],
  );
  // Somewhere it still is the day before.
  const from = now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 1 });
  return calendar.daysOf([...new Map(readers).values()], from);
}

/** What becomes of what was claimed: told now, kept for the next morning on which who reads it works, or settled. Pure. */
export function decisionOn<Item extends Thing>(
  { dayOf, apart, message }: Reminder<Item>,
  due: readonly Due<Item>[],
  days: ReadonlyMap<string, PersonDays>,
  now: Temporal.Instant,
): Decision {
  const again: Decision['again'][number][] = [];
  const messages = new Map<string, { reader: Reader; items: [Item, ...Item[]] }>();
  for (const { item, reader } of due) {
    const { organizationId, id } = item;
    const day = dayOf(item);
    if (day === null || reader === null) {
      again.push({ organizationId, id, at: null });
      continue;
    }
    const theirs = days.get(reader.id);
    if (theirs === undefined) throw new Error('somebody without days');
    const at = reminderAt(day, { timeZone: reader.timeZone, days: theirs }, now);
    const isLater = Temporal.Instant.compare(at, now) > 0;
    again.push({ organizationId, id, at: isLater ? at : null });
    // Who has left is told nothing; whoever takes over before that morning is.
    if (isLater || !reader.active) continue;
    const key = `${organizationId} ${reader.id} ${apart?.(item)}`;
    const begun = messages.get(key);
    if (begun === undefined) messages.set(key, { reader, items: [item] });
    else begun.items.push(item);
  }
  return { again, tell: [...messages.values()].map(({ reader, items }) => rowOf(message, reader, items, now)) };
}

function rowOf<Item extends Thing>(
  message: Reminder<Item>['message'],
  reader: Reader,
  items: readonly [Item, ...Item[]],
  now: Temporal.Instant,
): OutboxRow {
  const text = textIn(nearestLocale(reader.locale) ?? 'en');
  const today = now.toZonedDateTimeISO(validTimeZone(reader.timeZone)).toPlainDate();
  const { key, card } = message(items, { reader, text, today });
  const { organizationId } = items[0];
  return outboxRow({ organizationId, key, to: { personId: reader.id }, content: { do: 'post', card } }, now);
}
