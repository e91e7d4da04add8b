import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { type Absence, type Away, awayOn, type Workdays, works } from '../calendar/index.ts';
import { type Meeting, workdays } from './meeting.ts';

/** When a meeting can be answered on one day. */
export interface Window {
  opensAt: Temporal.Instant;
  closesAt: Temporal.Instant;
}

type Timed = Pick<Meeting, 'rule' | 'startsOn' | 'startsAt' | 'clock' | 'windowMinutes'>;

/** Whether a meeting takes place on a day: its rule says so and the team works. */
export function meetsOn(
  { rule, startsOn }: Pick<Timed, 'rule' | 'startsOn'>,
  day: Temporal.PlainDate,
  of: Workdays,
): boolean {
  if (!works(of, day) || Temporal.PlainDate.compare(day, startsOn) < 0) return false;
  return rule === workdays || occurs(rule, startsOn, day);
}

/** Whether a rule can be read, and says anything a meeting can follow: at most once a day. */
export function isRule(rule: string): boolean {
  if (rule === workdays) return true;
  if (!/^[A-Z0-9=;,+-]{6,300}$/.test(rule) || !/(?:^|;)FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;|$)/.test(rule))
    return false;
  try {
    recurrence(rule, Temporal.PlainDate.from('2026-01-01'));
    return true;
  } catch {
    return false;
  }
}

/**
 * Its window on a day, in the zone whose clock counts. Where clocks jump over its start it begins after the jump; where
 * that hour comes twice, in the first. Whoever is away for half of the day has half of the window, the half in which
 * they are there.
 */
export function windowOn(
  { startsAt, windowMinutes }: Timed,
  day: Temporal.PlainDate,
  zone: string,
  away: Away = 'no',
): Window {
  const opensAt = day.toZonedDateTime({ timeZone: zone, plainTime: startsAt }).toInstant();
  const closesAt = opensAt.add({ minutes: windowMinutes });
  if (away === 'no' || away === 'whole') return { opensAt, closesAt };
  const middle = opensAt.add({ minutes: Math.floor(windowMinutes / 2) });
  const startsInTheMorning = startsAt.hour < 13;
  const awayAtFirst = (away === 'morning') === startsInTheMorning;
  return awayAtFirst ? { opensAt: middle, closesAt } : { opensAt, closesAt: middle };
}

/** When those who have not answered are reminded; null: not at all. */
export function remindsAt(
  { remindAfter }: Pick<Meeting, 'remindAfter'>,
  { opensAt, closesAt }: Window,
): Temporal.Instant | null {
  if (remindAfter <= 0 || remindAfter >= 100) return null;
  const length = closesAt.epochMilliseconds - opensAt.epochMilliseconds;
  return opensAt.add({ milliseconds: Math.floor((length * remindAfter) / 100) });
}

/** How far ahead days are looked for. */
export const yearAhead = 370;

/**
 * The days on which a meeting takes place, from a day on: at most `count`, within a year. With somebody's absences only
 * those on which they are there, at least for half of the day.
 */
export function nextDays(
  meeting: Timed,
  from: Temporal.PlainDate,
  count: number,
  of: Workdays,
  absences: readonly Absence[] = [],
): Temporal.PlainDate[] {
  const found: Temporal.PlainDate[] = [];
  for (let days = 0; days <= yearAhead && found.length < count; days += 1) {
    const day = from.add({ days });
    if (meetsOn(meeting, day, of) && awayOn(absences, day) !== 'whole') found.push(day);
  }
  return found;
}

/** After a longer outage nobody needs to read of every day that was missed. */
const farthestBack = 31;

/**
 * Days that may be open somewhere at an instant, or may have been since another one: windows reach over midnight, and
 * zones differ by a day on either side.
 */
export function daysAround(
  meeting: Pick<Timed, 'windowMinutes'>,
  since: Temporal.Instant,
  now: Temporal.Instant,
): Temporal.PlainDate[] {
  const today = now.toZonedDateTimeISO('UTC').toPlainDate();
  const open = 1 + Math.ceil(meeting.windowMinutes / (24 * 60));
  const missed = 1 + since.toZonedDateTimeISO('UTC').toPlainDate().until(today, { largestUnit: 'days' }).days;
  const back = Math.min(Math.max(open, missed), Math.max(open, farthestBack));
  return Array.from({ length: back + 2 }, (_, index) => today.add({ days: index - back }));
}

/** Rules that mean no day at all (the 30th of February), which the library finds out only after a long search. */
const never = new Set<string>();

function occurs(rule: string, startsOn: Temporal.PlainDate, day: Temporal.PlainDate): boolean {
  const key = `${startsOn} ${rule}`;
  if (never.has(key)) return false;
  try {
    return recurrence(rule, startsOn).occursOn(day);
  } catch {
    if (never.size === mostRecurrences) never.clear();
    never.add(key);
    return false;
  }
}

const recurrences = new Map<string, RRuleTemporal>();
const mostRecurrences = 1_000;

/** Rules are read in UTC days: the time of day is the meeting's own. */
function recurrence(rule: string, startsOn: Temporal.PlainDate): RRuleTemporal {
  const key = `${startsOn} ${rule}`;
  const known = recurrences.get(key);
  if (known !== undefined) return known;
  if (recurrences.size === mostRecurrences) recurrences.clear();
  const dtstart = `${startsOn.toString().replaceAll('-', '')}T000000Z`;
  const made = new RRuleTemporal({ rruleString: `DTSTART:${dtstart}\nRRULE:${rule}` });
  recurrences.set(key, made);
  return made;
}
