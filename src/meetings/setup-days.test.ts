import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { workdays } from './meeting.ts';
import { choicesOf, dayChoices, daysProblem, ruleOf } from './setup-days.ts';

const monday = Temporal.PlainDate.from('2026-11-23');
/** The rule, or what is wrong with the answer. */
const read = (days: readonly string[], rule?: string) => {
  const problem = daysProblem({ days, rule }, monday);
  return problem === null ? { rule: ruleOf({ days, rule }) } : { problem };
};

describe('the days of a meeting', () => {
  test.each([
    [['workdays'], undefined, { rule: workdays }],
    [['1'], undefined, { rule: 'FREQ=WEEKLY;BYDAY=MO' }],
    [['5', '1', '3'], undefined, { rule: 'FREQ=WEEKLY;BYDAY=MO,WE,FR' }],
    [['workdays'], 'FREQ=MONTHLY;BYMONTHDAY=1', { rule: 'FREQ=MONTHLY;BYMONTHDAY=1' }],
    [[], ' rrule: freq=weekly; interval=2; byday=mo; ', { rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO' }],
    [[], undefined, { problem: 'none' }],
    [['workdays', '6'], undefined, { problem: 'both' }],
    [['1'], 'every second Monday', { problem: 'rule' }],
    [['1'], 'FREQ=HOURLY', { problem: 'rule' }],
    [['1'], 'FREQ=DAILY;UNTIL=20200101T000000Z', { problem: 'never' }],
    [['1'], 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', { problem: 'never' }],
    [['1'], 'FREQ=MONTHLY;BYDAY=5MO;BYSETPOS=9', { problem: 'never' }],
  ])('%j with the rule %s is %j', (days, rule, is) => expect(read(days, rule)).toEqual(is));

  test('are shown again as they were chosen', () => {
    fc.assert(
      fc.property(fc.subarray(dayChoices.slice(1), { minLength: 1 }), (days) => {
        const made = read(days);
        expect('rule' in made && choicesOf(made.rule)).toEqual(days);
      }),
    );
    expect(choicesOf(workdays)).toEqual(['workdays']);
  });

  test.each(['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO', 'FREQ=MONTHLY;BYDAY=1MO', 'FREQ=DAILY'])(
    '%s is no choice of weekdays',
    (rule) => expect(choicesOf(rule)).toBeNull(),
  );
});
