import { describe, expect, test } from 'vitest';
import { freeDays, type Holiday } from './holiday-days.ts';

const years = { from: 2026, to: 2027 };
/** So many hours from the given moment on. */
const holiday = (date: string, hours: number, more: Partial<Holiday> = {}): Holiday => {
  const start = new Date(`${date.slice(0, 10)}T${date.slice(11, 19)}Z`);
  const end = new Date(start.getTime() + hours * 3_600_000);
  return { date, start, end, name: 'Feast', type: 'public', ...more };
};

describe('free days', () => {
  test.each<[string, Holiday, string[]]>([
    ['a day', holiday('2026-12-25 00:00:00', 24), ['2026-12-25 Feast']],
    ['a day of 23 hours', holiday('2026-03-29 00:00:00', 23), ['2026-03-29 Feast']],
    ['a day of 25 hours', holiday('2026-10-25 00:00:00', 25), ['2026-10-25 Feast']],
    ['with an offset behind it', holiday('2026-04-02 00:00:00 -0600', 24), ['2026-04-02 Feast']],
    ['three days', holiday('2026-03-20 00:00:00', 72), ['2026-03-20 Feast', '2026-03-21 Feast', '2026-03-22 Feast']],
    ['half a day is worked', holiday('2026-12-24 14:00:00', 10), []],
    ['for some people only', holiday('2026-03-08 00:00:00', 24, { note: 'Women' }), []],
    ['a reason is no restriction', holiday('2026-08-15 00:00:00', 24, { note: 'Marks freedom' }), ['2026-08-15 Feast']],
    ['no public holiday', holiday('2026-02-14 00:00:00', 24, { type: 'observance' }), []],
    ['over New Year', holiday('2027-12-31 00:00:00', 48), ['2027-12-31 Feast']],
    ['from the year before', holiday('2025-12-31 00:00:00', 48), ['2026-01-01 Feast']],
    [
      'Chinese as it is written',
      holiday('2026-12-28 00:00:00', 24, { name: '聖誕節 (更换日)' }),
      ['2026-12-28 圣诞节（补假）'],
    ],
  ])('%s', (_, one, expected) => {
    expect(freeDays([one], years).map(({ date, name }) => `${date} ${name}`)).toEqual(expected);
  });

  test('are each named once, by date', () => {
    const days = freeDays(
      [
        holiday('2026-05-01 00:00:00', 24),
        holiday('2026-01-01 00:00:00', 24),
        holiday('2026-05-01 00:00:00', 24, { name: 'Other' }),
      ],
      years,
    );
    expect(days).toEqual([
      { date: '2026-01-01', works: false, name: 'Feast' },
      { date: '2026-05-01', works: false, name: 'Feast' },
    ]);
  });
});
