import { Temporal } from 'temporal-polyfill';
import { type Workdays, workdayBefore } from '../calendar/index.ts';
import type { Meeting } from './meeting.ts';
import { nextDays, windowOn } from './times.ts';

/** A day of a sales meeting whose agenda is to be posted now. */
export interface AgendaDay {
  /** The day of the meeting. */
  date: Temporal.PlainDate;
  /** Today, in the team's zone. */
  today: Temporal.PlainDate;
}

const { compare } = Temporal.Instant;

/**
 * The meeting whose agenda is to be read now: it is posted a working day ahead, at the meeting's own time of day in the
 * team's zone, and until the meeting begins when the bot was not there then. Null: none.
 */
export function agendaAt(
  meeting: Meeting,
  { timeZone, workdays }: { timeZone: string; workdays: Workdays },
  now: Temporal.Instant,
): AgendaDay | null {
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  const opensOn = (day: Temporal.PlainDate) => windowOn(meeting, day, timeZone).opensAt;
  const date = nextDays(meeting, today, 2, workdays).find((day) => compare(opensOn(day), now) > 0);
  const before = date && workdayBefore(workdays, date);
  if (date === undefined || !before || compare(opensOn(before), now) > 0) return null;
  return { date, today };
}
