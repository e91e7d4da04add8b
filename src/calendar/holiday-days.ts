import { Temporal } from 'temporal-polyfill';
import type { CalendarDay } from './team-calendar.ts';

/** A holiday as date-holidays (3.37, README: Holiday Object) gives it. */
export interface Holiday {
  /** `2026-12-25 00:00:00`, sometimes with an offset behind it: the beginning in the place's own time. */
  date: string;
  start: Date;
  end: Date;
  name: string;
  type: string;
  substitute?: boolean | undefined;
  /** For whom it is, or why. */
  note?: unknown;
}

/** Free for some people only: women, children, soldiers, a faith. A team works on it. */
const forSome = /\b(?:women|children|youth|military|orthodox|muslims?|islamic)\b/i;
/** What the package still writes in traditional characters or with words of its own. */
const inChinese: readonly (readonly [RegExp, string])[] = [
  [/耶穌受難節/, '耶稣受难日'],
  [/復活節/, '复活节'],
  [/聖誕節/, '圣诞节'],
  [/清明节 清明節/, '清明节'],
  [/翌日/, '次日'],
  [/ ?\(更换日\)/, '（补假）'],
];
const hour = 3_600_000;
/** Days on which clocks change have 23 hours, and some feasts begin the afternoon before they count as whole days. */
const missingHours = 6;
/** Names are cut to this, in UTF-16 units. */
const longestName = 100;

/** The days of the given years that are free: public holidays that take the whole day, for everybody. */
export function freeDays(holidays: readonly Holiday[], years: { from: number; to: number }): CalendarDay[] {
  const days = new Map<string, CalendarDay>();
  for (const holiday of holidays) {
    const { date, type, start, end, name, note } = holiday;
    if (type !== 'public' || (typeof note === 'string' && forSome.test(note))) continue;
    const first = Temporal.PlainDate.from(date.slice(0, 10));
    const length = Math.floor(((end.getTime() - start.getTime()) / hour + missingHours) / 24);
    for (let count = 0; count < length; count += 1) {
      const day = first.add({ days: count });
      const key = day.toString();
      if (day.year < years.from || day.year > years.to || days.has(key)) continue;
      days.set(key, { date: key, works: false, name: tidyName(name) });
    }
  }
  return [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
}

const tidyName = (name: string): string =>
  inChinese.reduce((tidy, [written, better]) => tidy.replace(written, better), name).slice(0, longestName);
