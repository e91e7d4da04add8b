import { Temporal } from 'temporal-polyfill';
import { type Absence, awayOn, type Workdays } from '../calendar/index.ts';
import type { Meeting } from './meeting.ts';
import { daysAround, meetsOn, nextDays, type Window, windowOn } from './times.ts';

/** A member of the team whom a meeting asks. */
export interface Participant {
  id: string;
  /** A valid IANA name. */
  timeZone: string;
  absences: readonly Absence[];
}

/** What is known of a meeting when it is looked at. */
export interface LookedAt {
  meeting: Meeting;
  /** The team's zone; a valid IANA name. */
  timeZone: string;
  calendar: Workdays;
  participants: readonly Participant[];
  /** When it was to be looked at. */
  plannedFor: Temporal.Instant;
  /** Who has moved to another zone just now; null: nobody. */
  movedId: string | null;
}

/** Somebody is asked now, or could not be: the bot was not there while the window was open. */
export interface Opening extends Window {
  personId: string;
  date: Temporal.PlainDate;
  missed: boolean;
}

const { compare } = Temporal.Instant;

/**
 * Whose windows are open now, and whose opened and closed since the meeting was to be looked at. Whether a person was
 * asked already on a day is known by its row, not here: a window that is open is said each time.
 */
export function openingsAt(of: LookedAt, now: Temporal.Instant, windowOf: WindowOf = windowsOf(of)): Opening[] {
  return daysAround(of.meeting, of.plannedFor, now)
    .filter((day) => meetsOn(of.meeting, day, of.calendar))
    .flatMap((date) => {
      const windowFor = windowOf(date);
      return of.participants.flatMap((person): Opening[] => {
        const window = windowFor(person);
        if (window === null || compare(window.opensAt, now) > 0) return [];
        const opening = { personId: person.id, date, missed: false, ...window };
        if (compare(now, window.closesAt) < 0) return [opening];
        if (compare(of.plannedFor, window.opensAt) <= 0) return [{ ...opening, missed: true }];
        return person.id === of.movedId && isToday(person, date, now) ? [{ ...opening, ...late(of.meeting, now) }] : [];
      });
    });
}

const isToday = ({ timeZone }: Participant, date: Temporal.PlainDate, now: Temporal.Instant) =>
  now.toZonedDateTimeISO(timeZone).toPlainDate().equals(date);

/**
 * Whoever travels over their window is asked on arrival, or that day would be skipped. They have as long as somebody who
 * was away for half of the day.
 */
const late = ({ windowMinutes }: Meeting, now: Temporal.Instant): Window => ({
  opensAt: now,
  closesAt: now.add({ minutes: Math.ceil(windowMinutes / 2) }),
});

/** When the window of a day closes for the last of those who are asked; null: it opens for nobody. */
export function lastClose(
  of: LookedAt,
  date: Temporal.PlainDate,
  windowOf: WindowOf = windowsOf(of),
): Temporal.Instant | null {
  const windowFor = windowOf(date);
  let last: Temporal.Instant | null = null;
  for (const person of of.participants) {
    const closesAt = windowFor(person)?.closesAt;
    if (closesAt !== undefined && (last === null || compare(closesAt, last) > 0)) last = closesAt;
  }
  return last;
}

/** Looked at again after so many days at the latest, so that a rule for once a year is not lost. */
const farthest = 7;

/** When the next window opens for anybody; a week from now when none does before. */
export function nextLook(of: LookedAt, now: Temporal.Instant, windowOf: WindowOf = windowsOf(of)): Temporal.Instant {
  const latest = now.add({ hours: 24 * farthest });
  const today = now.toZonedDateTimeISO('UTC').toPlainDate();
  // One day more than zones can differ by on either side.
  const days = nextDays(of.meeting, today.subtract({ days: 1 }), farthest + 2, of.calendar);
  let next = latest;
  for (const day of days) {
    const windowFor = windowOf(day);
    for (const person of of.participants) {
      const opensAt = windowFor(person)?.opensAt;
      if (opensAt !== undefined && compare(opensAt, now) > 0 && compare(opensAt, next) < 0) next = opensAt;
    }
    if (next !== latest && day.since(today).days > 1) break;
  }
  return next;
}

/** A day's window for each person; null when they are away. */
export type WindowOf = (date: Temporal.PlainDate) => (person: Participant) => Window | null;

/** Windows of one look: people of one zone have the same, and making one costs more than all else here. */
export function windowsOf({ meeting, timeZone }: LookedAt): WindowOf {
  const made = new Map<string, Map<string, Window>>();
  return (date) => {
    const day = date.toString();
    const ofDay = made.get(day) ?? new Map<string, Window>();
    made.set(day, ofDay);
    return (person) => {
      const away = awayOn(person.absences, date);
      if (away === 'whole') return null;
      const zone = meeting.clock === 'team' ? timeZone : person.timeZone;
      const key = `${away} ${zone}`;
      const known = ofDay.get(key);
      if (known !== undefined) return known;
      const window = windowOn(meeting, date, zone, away);
      ofDay.set(key, window);
      return window;
    };
  };
}
