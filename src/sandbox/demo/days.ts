import type { Temporal } from 'temporal-polyfill';

/** A time of a day on somebody's clock, as the database takes it. */
export const at = (day: Temporal.PlainDate, time: string, zone: string): Date =>
  new Date(day.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds);

/** A day without a time, as the database takes it. */
export const dateOf = (day: Temporal.PlainDate): Date => at(day, '00:00', 'UTC');

/** Nothing of the demo's past has happened later than a minute ago. */
export const earlier = (date: Date, now: Temporal.Instant): Date =>
  new Date(Math.min(date.getTime(), now.epochMilliseconds - 60_000));

/** The weekday so many weekdays before a day; with 0 the day itself, or the Friday before a weekend. */
export function weekdaysBefore(today: Temporal.PlainDate, count: number): Temporal.PlainDate {
  let day = today;
  while (day.dayOfWeek > 5) day = day.subtract({ days: 1 });
  for (let left = count; left > 0; ) {
    day = day.subtract({ days: 1 });
    if (day.dayOfWeek <= 5) left -= 1;
  }
  return day;
}

/** The weekday so many weekdays after a day. */
export function weekdaysAfter(today: Temporal.PlainDate, count: number): Temporal.PlainDate {
  let day = today;
  for (let left = count; left > 0; ) {
    day = day.add({ days: 1 });
    if (day.dayOfWeek <= 5) left -= 1;
  }
  return day;
}

/** The Monday of a day's week. */
export const mondayOf = (day: Temporal.PlainDate): Temporal.PlainDate => day.subtract({ days: day.dayOfWeek - 1 });

/** Numbers from 0 to 1 that look like chance and are always the same (mulberry32). */
export function chances(seed: number): () => number {
  let state = seed * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
