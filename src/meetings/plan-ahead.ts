import { Temporal } from 'temporal-polyfill';
import { type Absence, awayOn, plainWeek, type Workdays } from '../calendar/index.ts';
import type { Meeting } from './meeting.ts';
import type { Question } from './question.ts';
import { nextDays, type Window, windowOn } from './times.ts';

/** A morning meeting that asks a person. */
export interface MorningMeeting {
  meeting: Meeting;
  questions: readonly Question[];
  /** IANA name of the team's zone. */
  timeZone: string;
}

/** The next morning on which a person is asked, and the meeting that asks. */
export interface NextMorning extends MorningMeeting {
  date: Temporal.PlainDate;
  window: Window;
}

/** Who plans: their zone, and when they are away. */
export interface Planner {
  timeZone: string;
  absences: readonly Absence[];
}

/**
 * The first day from this one on that a person's morning meetings take place on while they are there; of several
 * meetings the one that asks first. Null: none does within a year.
 */
export function nextMorning(
  meetings: readonly MorningMeeting[],
  from: Temporal.PlainDate,
  calendars: ReadonlyMap<string, Workdays>,
  { timeZone, absences }: Planner,
): NextMorning | null {
  const found = meetings.flatMap((one): NextMorning[] => {
    const { meeting } = one;
    const [date] = nextDays(meeting, from, 1, calendars.get(meeting.teamId) ?? plainWeek, absences);
    if (date === undefined) return [];
    const zone = meeting.clock === 'team' ? one.timeZone : timeZone;
    return [{ ...one, date, window: windowOn(meeting, date, zone, awayOn(absences, date)) }];
  });
  const [first] = found.sort(
    (a, b) =>
      Temporal.PlainDate.compare(a.date, b.date) || Temporal.Instant.compare(a.window.opensAt, b.window.opensAt),
  );
  return first ?? null;
}
