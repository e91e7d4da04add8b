import { Temporal } from 'temporal-polyfill';
import type { Calendar } from './day-in-words.ts';

/** Weekday numbers are ISO's: Monday 1 … Sunday 7. */
const startOfWeek = ({ today, weekStart = 1 }: Calendar) =>
  today.subtract({ days: (today.dayOfWeek - weekStart + 7) % 7 });

/** The weekday in the week that begins so many weeks after this one. */
export function weekdayOfWeek(calendar: Calendar, weekday: number, weeks: number): Temporal.PlainDate {
  const { weekStart = 1 } = calendar;
  return startOfWeek(calendar).add({ weeks, days: (weekday - weekStart + 7) % 7 });
}

/** The next such weekday after today: today's own would be called "today". */
export const comingWeekday = ({ today }: Calendar, weekday: number): Temporal.PlainDate =>
  today.add({ days: ((weekday - today.dayOfWeek + 6) % 7) + 1 });

/** The day that is so many working days (Monday to Friday) after today. */
export function afterWorkingDays({ today }: Calendar, count: number): Temporal.PlainDate {
  let day = today;
  for (let left = count; left > 0; ) {
    day = day.add({ days: 1 });
    if (day.dayOfWeek <= 5) left -= 1;
  }
  return day;
}

/** A day of the calendar; null when there is no such day. */
export function dayOf(year: number, month: number, day: number): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return null;
  }
}

/** Beyond this a month and day without a year is one that has just passed, not next year's. */
const farthestAhead = 330;

/** The next time this month and day come round; null when there is no such day or it has only just passed. */
export function comingDay({ today }: Calendar, month: number, day: number): Temporal.PlainDate | null {
  const thisYear = dayOf(today.year, month, day);
  if (thisYear && thisYear.since(today).sign >= 0) return thisYear;
  const nextYear = dayOf(today.year + 1, month, day);
  return nextYear && today.until(nextYear).days <= farthestAhead ? nextYear : null;
}

/** The next time this day of the month comes round. */
export function comingDayOfMonth({ today }: Calendar, day: number): Temporal.PlainDate | null {
  const thisMonth = dayOf(today.year, today.month, day);
  if (thisMonth && thisMonth.since(today).sign >= 0) return thisMonth;
  return dayOfMonth({ today }, 1, day);
}

/** A day of the month that is so many months after this one. */
export function dayOfMonth({ today }: Calendar, months: number, day: number): Temporal.PlainDate | null {
  const month = today.with({ day: 1 }).add({ months });
  return dayOf(month.year, month.month, day);
}

export const endOfMonth = ({ today }: Calendar, months: number): Temporal.PlainDate => {
  const month = today.with({ day: 1 }).add({ months });
  return month.with({ day: month.daysInMonth });
};

/** The last day of the named month that comes next. */
export function endOfNamedMonth({ today }: Calendar, month: number): Temporal.PlainDate {
  const year = month < today.month ? today.year + 1 : today.year;
  return endOfMonth({ today: Temporal.PlainDate.from({ year, month, day: 1 }) }, 0);
}

export const endOfQuarter = (calendar: Calendar, quarters: number): Temporal.PlainDate =>
  endOfMonth(calendar, ((12 - calendar.today.month) % 3) + 3 * quarters);

export const endOfYear = ({ today }: Calendar, years: number): Temporal.PlainDate =>
  Temporal.PlainDate.from({ year: today.year + years, month: 12, day: 31 });
