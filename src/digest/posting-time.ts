import { Temporal } from 'temporal-polyfill';
import { type Workdays, works } from '../calendar/index.ts';
import { daysBetween, type Period, periodBefore, periodWith } from './period.ts';
import type { DigestSettings } from './settings.ts';

type Time = Pick<DigestSettings, 'weekday' | 'at'>;

/** What of a team decides when its evaluation is posted. */
export interface OnClock {
  timeZone: string;
  workdays: Workdays;
}

/** When the evaluation of a week is posted. */
export interface Posting {
  week: Period;
  day: Temporal.PlainDate;
  /** When people are shown their own part. */
  previewAt: Temporal.Instant;
  postAt: Temporal.Instant;
  /** An outage is made up for until then; afterwards everybody is in the next week already. */
  until: Temporal.Instant;
  /** The weekday that was set is a day off in this week. */
  moved: boolean;
}

/** So long before the team people see their own part. */
const before = { hours: 2 };
const noon = Temporal.PlainTime.from('12:00');

/**
 * The day of a week on which it is posted: the weekday that was set, or the week's last working day where that one is a
 * day off. Null: nobody works in this week.
 */
export function postingDay(
  { weekday }: Pick<Time, 'weekday'>,
  { from, to }: Pick<Period, 'from' | 'to'>,
  workdays: Workdays,
): Temporal.PlainDate | null {
  const working = daysBetween(from, to).filter((day) => works(workdays, day));
  return working.find((day) => day.dayOfWeek === weekday) ?? working.at(-1) ?? null;
}

/** Null: nobody works in this week, so that there is nothing to post. */
export function postingOf(time: Time, week: Period, { timeZone, workdays }: OnClock): Posting | null {
  const day = postingDay(time, week, workdays);
  if (day === null) return null;
  // Where clocks jump over the time it is the moment after the jump; where it comes twice, the first.
  const postAt = day.toZonedDateTime({ timeZone, plainTime: time.at }).toInstant();
  return {
    week,
    day,
    postAt,
    previewAt: postAt.subtract(before),
    moved: day.dayOfWeek !== time.weekday,
    until: week.to.add({ days: 1 }).toZonedDateTime({ timeZone, plainTime: noon }).toInstant(),
  };
}

/** The week that a moment is in. */
export const weekAt = (now: Temporal.Instant, { timeZone, workdays }: OnClock): Period =>
  periodWith('week', now.toZonedDateTimeISO(timeZone).toPlainDate(), workdays);

/** The week that begins after a day. */
export const weekAfter = (day: Temporal.PlainDate, { workdays }: Pick<OnClock, 'workdays'>): Period =>
  periodWith('week', day.add({ days: 1 }), workdays);

/** A calendar of days off only must not be searched for ever. */
const farthest = 53;

/** The postings from a week on, later than an instant; at most `count`, within a year. */
export function postingsFrom(
  time: Time,
  { week, after }: { week: Period; after: Temporal.Instant | null },
  count: number,
  of: OnClock,
): Posting[] {
  const found: Posting[] = [];
  for (let weeks = 0; weeks < farthest && found.length < count; weeks += 1) {
    const posting = postingOf(time, periodBefore(week, -weeks), of);
    if (posting === null) continue;
    if (after === null || Temporal.Instant.compare(posting.postAt, after) > 0) found.push(posting);
  }
  return found;
}

/** The first week that can still be posted: the one that a moment is in, or the one after what was posted last. */
export function firstWeek(now: Temporal.Instant, postedTo: Temporal.PlainDate | null, of: OnClock): Period {
  const week = weekAt(now, of);
  return postedTo !== null && Temporal.PlainDate.compare(postedTo, week.from) >= 0 ? weekAfter(postedTo, of) : week;
}
