import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import type { PersonDays } from '../calendar/index.ts';
import { dayOfChoice } from './action.ts';

const day = (text: string) => Temporal.PlainDate.from(text);

const plain: PersonDays = { teams: [], absences: [] };
test.each([
  ['tomorrow', '2026-11-23', '2026-11-24'],
  ['tomorrow', '2026-11-27', '2026-11-30'],
  ['nextMonday', '2026-11-23', '2026-11-30'],
  ['nextMonday', '2026-11-29', '2026-11-30'],
  ['inAWeek', '2026-12-28', '2027-01-04'],
] as const)('%s, on %s: %s', (choice, today, to) => {
  expect(dayOfChoice(choice, day(today), plain).toString()).toBe(to);
});

test('tomorrow is the next day that the owner works', () => {
  const days: PersonDays = {
    teams: [{ weekdays: [1, 2, 3, 4, 5], days: new Map([['2026-11-28', { works: true, name: '调休' }]]) }],
    absences: [{ from: day('2026-11-30'), to: day('2026-12-01'), half: null }],
  };
  expect(dayOfChoice('tomorrow', day('2026-11-27'), days).toString()).toBe('2026-11-28');
  expect(dayOfChoice('tomorrow', day('2026-11-28'), days).toString()).toBe('2026-12-02');
});
