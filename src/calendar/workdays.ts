import type { Temporal } from 'temporal-polyfill';

/** On which days a team works: its weekdays, and the days that are not what their weekday says. */
export interface Workdays {
  /** ISO weekdays, 1 is Monday. */
  weekdays: readonly number[];
  /** By date (YYYY-MM-DD): holidays, and make-up working days. */
  days: ReadonlyMap<string, { works: boolean; name: string | null }>;
}

/** Monday to Friday, and no holidays: a team that has said nothing. */
export const plainWeek: Workdays = { weekdays: [1, 2, 3, 4, 5], days: new Map() };

export const works = ({ weekdays, days }: Workdays, day: Temporal.PlainDate): boolean =>
  days.get(day.toString())?.works ?? weekdays.includes(day.dayOfWeek);

/** Beyond so many days there is none: a calendar of holidays only must not be searched for ever. */
const farthest = 370;

/** The first working day after this one; null when a year has none. */
export const workdayAfter = (of: Workdays, day: Temporal.PlainDate) => nearest(of, day, 1);
/** The last working day before this one; null when a year has none. */
export const workdayBefore = (of: Workdays, day: Temporal.PlainDate) => nearest(of, day, -1);

function nearest(of: Workdays, day: Temporal.PlainDate, step: 1 | -1): Temporal.PlainDate | null {
  for (let away = 1; away <= farthest; away += 1) {
    const found = day.add({ days: step * away });
    if (works(of, found)) return found;
  }
  return null;
}
