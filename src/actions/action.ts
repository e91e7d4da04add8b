import { Temporal } from 'temporal-polyfill';
import { firstWorkday, type PersonDays } from '../calendar/index.ts';
import type { Me } from '../chat/slice.ts';
import { type Belongs, may } from '../people/rights.ts';

/** A next step: what, who, until when. */
export interface Action {
  organizationId: string;
  id: string;
  text: string;
  account: { id: string; name: string };
  owner: { id: string; name: string; timeZone: string };
  createdById: string;
  /** The visit in which it was promised. */
  visitId: string | null;
  /** What a customer said that it answers. */
  feedbackId: string | null;
  /** The day in the owner's zone; null: no date was given. */
  dueOn: Temporal.PlainDate | null;
  state: 'open' | 'done' | 'dropped';
  /** Its own people besides the owner: who made it and who owns the account. The teams are the owner's and the account's. */
  belongs: Belongs;
}

/** Open actions, the earliest due first and those without a date last; `total` counts the ones that are not shown too. */
export interface ActionList {
  actions: readonly Action[];
  total: number;
}

/** Lengths of what is typed, in UTF-16 units. */
export const textLength = 500;
/** When people are reminded, in their own zone. */
export const reminderTime = Temporal.PlainTime.from('08:30');
/** The zone where a day begins first: a reminder kept for it is never late and is set right when it is claimed. */
export const earliestZone = 'Pacific/Kiritimati';

/**
 * 08:30 of a day in a zone. Where clocks jump over 08:30 it is the moment after the jump; where 08:30 comes twice, the
 * first.
 */
export const morningOf = (day: Temporal.PlainDate, timeZone: string): Temporal.Instant =>
  day.toZonedDateTime({ timeZone: knownZone(timeZone), plainTime: reminderTime }).toInstant();

/**
 * When somebody is to be reminded of an action that is due on a day, as their days are known now: at 08:30 in their zone
 * on that day or the first one after it that they work. Not after `now`: at once. Whoever never works is reminded all
 * the same.
 */
export function reminderAt(
  dueOn: Temporal.PlainDate,
  { timeZone, days }: { timeZone: string; days: PersonDays },
  now: Temporal.Instant,
): Temporal.Instant {
  const today = now.toZonedDateTimeISO(knownZone(timeZone)).toPlainDate();
  const from = Temporal.PlainDate.compare(dueOn, today) < 0 ? today : dueOn;
  return morningOf(firstWorkday(days, from) ?? from, timeZone);
}

/** A name that this machine has no zone for counts as UTC: one such row must not hold up everybody's reminders. */
export function knownZone(timeZone: string): string {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone).timeZoneId;
  } catch {
    return 'UTC';
  }
}

/** The day itself, or the Monday after it when it is a Saturday or a Sunday. */
const afterWeekend = (day: Temporal.PlainDate): Temporal.PlainDate =>
  day.dayOfWeek > 5 ? day.add({ days: 8 - day.dayOfWeek }) : day;

/**
 * The reminder to keep with an action from now on: the earliest moment that it can be, for it is put off to a day that
 * the owner works when that moment comes, and not before: until then calendars change. Null when there is nothing to
 * remind of or its moment has passed: whoever chooses today in the afternoon need not be told. Without a zone (the
 * owner's is not known yet) it is the earliest moment anywhere.
 */
export function remindAt(
  dueOn: Temporal.PlainDate | null,
  timeZone: string | null,
  now: Temporal.Instant,
): Temporal.Instant | null {
  if (dueOn === null) return null;
  if (timeZone === null) return morningOf(dueOn, earliestZone);
  const moments = [dueOn, afterWeekend(dueOn)].map((day) => morningOf(day, timeZone));
  return moments.find((at) => Temporal.Instant.compare(at, now) > 0) ?? null;
}

/** How a due day stands on a day: negative for days ago. */
export const daysUntil = (dueOn: Temporal.PlainDate, today: Temporal.PlainDate): number =>
  today.until(dueOn, { largestUnit: 'day' }).days;

export const quickChoices = ['tomorrow', 'nextMonday', 'inAWeek'] as const;
/** "Later" with one tap. */
export type QuickChoice = (typeof quickChoices)[number];

/** The day that a quick choice means. Tomorrow is the next day that the owner works: nobody is sent into a holiday. */
export function dayOfChoice(choice: QuickChoice, today: Temporal.PlainDate, days: PersonDays): Temporal.PlainDate {
  const tomorrow = today.add({ days: 1 });
  if (choice === 'tomorrow') return firstWorkday(days, tomorrow) ?? tomorrow;
  if (choice === 'nextMonday') return today.add({ days: 8 - today.dayOfWeek });
  return today.add({ weeks: 1 });
}

export const mayRead = (action: Pick<Action, 'belongs'>, me: Me): boolean => may(me, 'action.read', action.belongs);

/** Whether a person may close, move or hand on an action: its owner, who made it, the teams' managers, administrators. */
export const mayChange = (action: Pick<Action, 'owner' | 'createdById' | 'belongs'>, me: Me): boolean =>
  may(me, 'action.change', {
    personIds: [action.owner.id, action.createdById],
    teamIds: action.belongs.teamIds,
  });
