import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { plainWeek, type Workdays } from '../calendar/index.ts';
import { countedBefore, countedUntil, firstWeekday, type PeriodKind, periodBefore, periodWith } from './period.ts';

const day = (written: string) => Temporal.PlainDate.from(written);
const span = ({ from, to }: { from: Temporal.PlainDate; to: Temporal.PlainDate }) => `${from} ${to}`;
const sunday: Workdays = { weekdays: [1, 2, 3, 4, 7], days: new Map() };

test.each([
  [[1, 2, 3, 4, 5], 1],
  [[1, 2, 3, 4, 7], 7],
  [[1, 2, 3, 6, 7], 6],
  [[1, 2, 3, 4, 5, 6], 1],
  [[1, 2, 3, 4, 5, 6, 7], 1],
  [[], 1],
  [[3], 3],
])('a week of the working days %j begins on %i', (weekdays, first) => {
  expect(firstWeekday({ weekdays })).toBe(first);
});

test.each<[PeriodKind, string, Workdays, string, string]>([
  ['week', '2026-11-27', plainWeek, '2026-11-23 2026-11-29', '2026-11-16 2026-11-22'],
  ['week', '2026-11-22', sunday, '2026-11-22 2026-11-28', '2026-11-15 2026-11-21'],
  ['month', '2026-03-31', plainWeek, '2026-03-01 2026-03-31', '2026-02-01 2026-02-28'],
  ['quarter', '2026-02-10', plainWeek, '2026-01-01 2026-03-31', '2025-10-01 2025-12-31'],
])('the %s with %s, and the one before', (kind, with_, workdays, expected, before) => {
  const period = periodWith(kind, day(with_), workdays);
  expect(span(period)).toBe(expected);
  expect(span(periodBefore(period))).toBe(before);
  expect(span(periodBefore(periodBefore(period), -1))).toBe(expected);
});

describe('what counts of it', () => {
  const week = periodWith('week', day('2026-11-27'), plainWeek);
  const holiday: Workdays = { ...plainWeek, days: new Map([['2026-11-27', { works: false, name: null }]]) };

  test.each<[string, Workdays, string | null]>([
    ['2026-11-22', plainWeek, null],
    ['2026-11-23', plainWeek, '2026-11-23'],
    ['2026-11-26', plainWeek, '2026-11-26'],
    ['2026-11-26', holiday, '2026-11-29'],
    ['2026-11-27', plainWeek, '2026-11-29'],
    ['2026-12-15', plainWeek, '2026-11-29'],
  ])('on %s', (today, workdays, until) => {
    expect(countedUntil(week, day(today), workdays)?.toString() ?? null).toBe(until);
  });

  test('as much of the earlier ones as has passed of this one', () => {
    const until = (counted: { until: Temporal.PlainDate }) => counted.until.toString();
    expect(until(countedBefore(week, day('2026-11-24'), 1))).toBe('2026-11-17');
    expect(until(countedBefore(week, week.to, 2))).toBe('2026-11-15');
    const march = periodWith('month', day('2026-03-30'), plainWeek);
    expect(until(countedBefore(march, day('2026-03-30'), 1))).toBe('2026-02-28');
    expect(until(countedBefore(march, day('2026-03-05'), 1))).toBe('2026-02-05');
  });
});
