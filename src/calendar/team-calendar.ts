import type { Workdays } from './workdays.ts';

/** What a team has said of its calendar. */
export interface TeamCalendar {
  /** ISO 3166-1 code of the country whose public holidays count, and its part as date-holidays names it; null: none. */
  country: string | null;
  region: string | null;
  /** ISO weekdays that are worked, ascending. */
  weekdays: readonly number[];
  /** The last year whose public holidays are known; null: of none. */
  computedTo: number | null;
}

/** The one that every team begins with. */
export const usualCalendar: TeamCalendar = { country: null, region: null, weekdays: [1, 2, 3, 4, 5], computedTo: null };

/** A day that is not what its weekday says. */
export interface CalendarDay {
  /** YYYY-MM-DD. */
  date: string;
  works: boolean;
  name: string | null;
}

/** Where a day comes from; a later source wins over an earlier one. */
export const sources = ['country', 'file', 'hand'] as const;
export interface KeptDay extends CalendarDay {
  source: (typeof sources)[number];
}

/** More than so many days to come come from a file, not by hand: all of them are shown, each with its button. */
export const mostByHand = 20;

/** One day for each date, by date: what people entered wins over the country. */
export function specialDays(kept: readonly KeptDay[]): KeptDay[] {
  const days = new Map<string, KeptDay>();
  for (const source of sources) for (const day of kept) if (day.source === source) days.set(day.date, day);
  return [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** On which days a team works. */
export const workdaysFrom = (calendar: Pick<TeamCalendar, 'weekdays'>, kept: readonly KeptDay[]): Workdays => ({
  weekdays: calendar.weekdays,
  days: new Map(specialDays(kept).map(({ date, works, name }) => [date, { works, name }])),
});

/** How many years of public holidays are known ahead of this one. */
export const yearsAhead = 2;

/** Whether two say the same, however far their holidays are known. */
export const isSame = (one: TeamCalendar, other: TeamCalendar): boolean =>
  one.country === other.country && one.region === other.region && one.weekdays.join() === other.weekdays.join();

/**
 * What the days of a file make of those that a file has brought before: all between its first and its last are its own,
 * what lies outside stays.
 */
export function afterImport(before: readonly CalendarDay[], file: readonly CalendarDay[]): CalendarDay[] {
  const dates = file.map(({ date }) => date).sort();
  const [first = '', last = ''] = [dates[0], dates.at(-1)];
  return [...before.filter(({ date }) => date < first || date > last), ...file].sort((a, b) =>
    a.date < b.date ? -1 : 1,
  );
}
