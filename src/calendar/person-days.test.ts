import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { firstWorkday, type PersonDays } from './person-days.ts';
import { plainWeek, type Workdays } from './workdays.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const away = (from: string, to: string, half: 'morning' | 'afternoon' | null = null) => ({
  from: day(from),
  to: day(to),
  half,
});
/** Christmas is free; the Saturday after it is worked. */
const special: Workdays = {
  weekdays: [1, 2, 3, 4, 5],
  days: new Map([
    ['2026-12-24', { works: false, name: null }],
    ['2026-12-25', { works: false, name: null }],
    ['2026-12-26', { works: true, name: null }],
  ]),
};
const never: Workdays = { weekdays: [], days: new Map() };

describe('the first day that a person works', () => {
  test.each<[string, PersonDays, string, string | null]>([
    ['is the day itself', { teams: [plainWeek], absences: [] }, '2026-12-24', '2026-12-24'],
    ['without a team is Monday to Friday', { teams: [], absences: [] }, '2026-12-26', '2026-12-28'],
    ['is a make-up Saturday', { teams: [special], absences: [] }, '2026-12-24', '2026-12-26'],
    ['is one that any of their teams works', { teams: [special, plainWeek], absences: [] }, '2026-12-24', '2026-12-24'],
    [
      'comes after they are away',
      { teams: [special], absences: [away('2026-12-21', '2026-12-30')] },
      '2026-12-23',
      '2026-12-31',
    ],
    [
      'may be one of which they are away for half',
      { teams: [special], absences: [away('2026-12-23', '2026-12-23', 'morning')] },
      '2026-12-23',
      '2026-12-23',
    ],
    [
      'is not one of which they are away for both halves',
      {
        teams: [special],
        absences: [away('2026-12-23', '2026-12-23', 'morning'), away('2026-12-23', '2026-12-23', 'afternoon')],
      },
      '2026-12-23',
      '2026-12-26',
    ],
    ['is none where nobody ever works', { teams: [never], absences: [] }, '2026-12-23', null],
  ])('%s', (_, of, from, to) => {
    expect(firstWorkday(of, day(from))?.toString() ?? null).toBe(to);
  });
});
