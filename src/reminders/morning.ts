import { Temporal } from 'temporal-polyfill';
import { firstWorkday, type PersonDays } from '../calendar/index.ts';
import { validTimeZone } from '../people/index.ts';

/** When people are reminded, in their own zone. */
export const reminderTime = Temporal.PlainTime.from('08:30');
/** The zone where a day begins first: a reminder kept for it is never late and is set right when it is claimed. */
export const earliestZone = 'Pacific/Kiritimati';

/**
 * 08:30 of a day in a zone. Where clocks jump over 08:30 it is the moment after the jump; where 08:30 comes twice, the
 * first. A name that this machine has no zone for counts as UTC: one such row must not hold up everybody's reminders.
 */
const morningOf = (day: Temporal.PlainDate, timeZone: string): Temporal.Instant =>
  day.toZonedDateTime({ timeZone: validTimeZone(timeZone), plainTime: reminderTime }).toInstant();

/**
 * When somebody is to be reminded of what is due on a day, as their days are known now: at 08:30 in their zone on that
 * day or the first one after it that they work. Not after `now`: at once. Whoever never works is reminded all the same.
 */
export function reminderAt(
  dueOn: Temporal.PlainDate,
  { timeZone, days }: { timeZone: string; days: PersonDays },
  now: Temporal.Instant,
): Temporal.Instant {
  const today = now.toZonedDateTimeISO(validTimeZone(timeZone)).toPlainDate();
  const from = Temporal.PlainDate.compare(dueOn, today) < 0 ? today : dueOn;
  return morningOf(firstWorkday(days, from) ?? from, timeZone);
}

/** The day itself, or the Monday after it when it is a Saturday or a Sunday. */
const afterWeekend = (day: Temporal.PlainDate): Temporal.PlainDate =>
  day.dayOfWeek > 5 ? day.add({ days: 8 - day.dayOfWeek }) : day;

/**
 * The reminder to keep with a thing from now on: the earliest moment that it can be, for it is put off to a day that
 * who is reminded works when that moment comes, and not before: until then calendars change. Null when there is nothing
 * to remind of or its moment has passed: whoever chooses today in the afternoon need not be told. Without a zone (it is
 * not known yet) it is the earliest moment anywhere.
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
