import type { Temporal } from 'temporal-polyfill';
import { type Absence, awayOn } from './absence.ts';
import { plainWeek, type Workdays, works } from './workdays.ts';

/** What decides on which days a person works. */
export interface PersonDays {
  /** The calendars of their teams; none: Monday to Friday. */
  teams: readonly Workdays[];
  absences: readonly Pick<Absence, 'from' | 'to' | 'half'>[];
}

/** Whether one of their teams works on a day, and they are not away for the whole of it. */
export function worksOn({ teams, absences }: PersonDays, day: Temporal.PlainDate): boolean {
  if (awayOn(absences, day) === 'whole') return false;
  return teams.length === 0 ? works(plainWeek, day) : teams.some((of) => works(of, day));
}

/** Beyond so many days there is none: teams that never work must not be searched for ever. */
export const yearAhead = 370;

/** The first day that a person works, this one or one after it; null when they do not within a year. */
export function firstWorkday(of: PersonDays, from: Temporal.PlainDate): Temporal.PlainDate | null {
  for (let days = 0; days <= yearAhead; days += 1) {
    const day = from.add({ days });
    if (worksOn(of, day)) return day;
  }
  return null;
}
