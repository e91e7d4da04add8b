import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { compared, isPastDue } from './listening.ts';

const survey = (
  source: 'customer' | 'accountManager' | 'salesManager',
  scores: Record<string, number>,
  recommend: number | null = null,
) => ({ source, scores: new Map(Object.entries(scores)), recommend });

test.each([
  ['nothing judged', [], []],
  ['one side alone is compared with nobody', [survey('salesManager', { a: 1 })], ['a 1/-/- null']],
  [
    'a point is no difference, two are',
    [survey('salesManager', { a: 3, b: 2 }), survey('accountManager', { a: 4, b: 4 })],
    ['a 3/4/- null', 'b 2/4/- -2'],
  ],
  [
    'the manager may see it better',
    [survey('salesManager', { a: 5 }), survey('accountManager', { a: 1 })],
    ['a 5/1/- 4'],
  ],
  [
    'the customer is shown and not compared',
    [survey('salesManager', { a: 5 }), survey('customer', { a: 1, b: 2 })],
    ['a 5/-/1 null', 'b -/-/2 null'],
  ],
  [
    'the recommendation comes last',
    [survey('salesManager', { b: 4 }, 5), survey('accountManager', { a: 4 }, 9)],
    ['a -/4/- null', 'b 4/-/- null', 'recommend 5/9/- -4'],
  ],
  ['nobody at all is no answer', [survey('salesManager', {}, 0)], ['recommend 0/-/- null']],
])('scores beside each other: %s', (_, surveys, rows) => {
  const said = compared(surveys, ['a', 'b', 'c']).map(({ dimensionId, scores, apart }) => {
    const { salesManager: manager = '-', accountManager: owner = '-', customer = '-' } = scores;
    return `${dimensionId ?? 'recommend'} ${manager}/${owner}/${customer} ${apart}`;
  });
  expect(said).toEqual(rows);
});

test.each([
  ['planned', '2026-11-22', true],
  ['planned', '2026-11-23', false],
  ['planned', '2026-11-24', false],
  ['done', '2026-11-01', false],
  ['dropped', '2026-11-01', false],
] as const)('%s for %s is past due: %s', (state, day, expected) => {
  const plannedOn = Temporal.PlainDate.from(day);
  expect(isPastDue({ state, plannedOn }, Temporal.PlainDate.from('2026-11-23'))).toBe(expected);
});
