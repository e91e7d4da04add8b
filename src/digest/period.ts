import { Temporal } from 'temporal-polyfill';
import { type Workdays, works } from '../calendar/index.ts';

export const periodKinds = ['week', 'month', 'quarter'] as const;
export type PeriodKind = (typeof periodKinds)[number];

/** What an evaluation is about: whole days of the team, both ends included. */
export interface Period {
  kind: PeriodKind;
  from: Temporal.PlainDate;
  to: Temporal.PlainDate;
}

const { compare } = Temporal.PlainDate;

/**
 * The ISO weekday on which a team's week begins: the first working day after its longest rest. Monday for who works
 * Monday to Friday, or on every day, or never; Sunday for who works Sunday to Thursday.
 */
export function firstWeekday({ weekdays }: Pick<Workdays, 'weekdays'>): number {
  let best = { day: 1, rest: 0 };
  for (let day = 1; day <= 7; day += 1) {
    if (!weekdays.includes(day)) continue;
    let rest = 0;
    while (rest < 7 && !weekdays.includes(((day - rest + 5) % 7) + 1)) rest += 1;
    if (rest > best.rest) best = { day, rest };
  }
  return best.day;
}

/** The week, month or quarter that a day is in. */
export function periodWith(kind: PeriodKind, day: Temporal.PlainDate, workdays: Pick<Workdays, 'weekdays'>): Period {
  if (kind === 'week') {
    const from = day.subtract({ days: (day.dayOfWeek - firstWeekday(workdays) + 7) % 7 });
    return { kind, from, to: from.add({ days: 6 }) };
  }
  const month = kind === 'month' ? day.month : Math.floor((day.month - 1) / 3) * 3 + 1;
  const from = day.with({ month, day: 1 });
  return { kind, from, to: from.add({ months: kind === 'month' ? 1 : 3 }).subtract({ days: 1 }) };
}

/** The one so many periods earlier; later with a negative number. */
export function periodBefore({ kind, from }: Period, count = 1): Period {
  const start = from.subtract(kind === 'week' ? { weeks: count } : { months: kind === 'month' ? count : 3 * count });
  const next = start.add(kind === 'week' ? { weeks: 1 } : { months: kind === 'month' ? 1 : 3 });
  return { kind, from: start, to: next.subtract({ days: 1 }) };
}

/**
 * The last day that counts: the period's last, once no working day is left in it; today while some are to come. Null: the
 * period has not begun.
 */
export function countedUntil(
  { from, to }: Period,
  today: Temporal.PlainDate,
  workdays: Workdays,
): Temporal.PlainDate | null {
  if (compare(today, from) < 0) return null;
  for (let day = today.add({ days: 1 }); compare(day, to) <= 0; day = day.add({ days: 1 }))
    if (works(workdays, day)) return today;
  return to;
}

/**
 * As much of an earlier period as has passed of this one, so that like is compared with like: on a Tuesday the earlier
 * week counts until its Tuesday.
 */
export function countedBefore(
  period: Period,
  until: Temporal.PlainDate,
  count: number,
): { from: Temporal.PlainDate; until: Temporal.PlainDate } {
  const { from, to } = periodBefore(period, count);
  if (compare(until, period.to) >= 0) return { from, until: to };
  const same = from.add(period.from.until(until, { largestUnit: 'day' }));
  return { from, until: compare(same, to) < 0 ? same : to };
}

/** All days from one to another, both included. */
export function daysBetween(from: Temporal.PlainDate, to: Temporal.PlainDate): Temporal.PlainDate[] {
  const days: Temporal.PlainDate[] = [];
  for (let day = from; compare(day, to) <= 0; day = day.add({ days: 1 })) days.push(day);
  return days;
}
