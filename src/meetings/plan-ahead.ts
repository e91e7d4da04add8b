import { Temporal } from 'temporal-polyfill';
import { plainWeek, type Workdays } from '../calendar/index.ts';
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

/**
 * The first day from this one on that a person's morning meetings take place on; of several meetings the one that asks
 * first. Null: none does within a year.
 */
export function nextMorning(
  meetings: readonly MorningMeeting[],
  from: Temporal.PlainDate,
  calendars: ReadonlyMap<string, Workdays>,
  zone: string,
): NextMorning | null {
  const found = meetings.flatMap((one): NextMorning[] => {
    const [date] = nextDays(one.meeting, from, 1, calendars.get(one.meeting.teamId) ?? plainWeek);
    if (date === undefined) return [];
    return [{ ...one, date, window: windowOn(one.meeting, date, one.meeting.clock === 'team' ? one.timeZone : zone) }];
  });
  const [first] = found.sort(
    (a, b) =>
      Temporal.PlainDate.compare(a.date, b.date) || Temporal.Instant.compare(a.window.opensAt, b.window.opensAt),
  );
  return first ?? null;
}
