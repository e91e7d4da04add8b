import { expect, test } from 'vitest';
import { winsOf } from './evaluation-wins.ts';
import type { Measured } from './measure.ts';
import { measureOf } from './measure.ts';
import { proposalsFrom } from './proposal.ts';

const fact = (name: string, value: number | null, of: number | null = null): Measured => ({ name, value, of });
const none = { ids: [], count: 0 };
const found = (count: number) => ({ ids: Array.from({ length: count }, (_, index) => `id${index}`), count });

test.each<[string, Measured[], Partial<Parameters<typeof proposalsFrom>[1]>, string[]]>([
  ['nothing', [], {}, []],
  ['customers nobody saw', [fact('coverageCore', 3, 6)], { silent: found(3) }, ['planSilent 3 0.5']],
  ['a problem', [fact('feedbackOpen', 2)], { problem: found(1) }, ['answerProblems 1 2']],
  ['a low score', [fact('score', 2.5, 3)], { low: found(2) }, ['listen 2 2.5']],
  ['two of two late', [fact('overdue', 2, 2)], {}, []],
  ['three of twelve late', [fact('overdue', 3, 12)], {}, ['clearOverdue 3 3']],
  ['three of thirteen late', [fact('overdue', 3, 13)], {}, []],
  ['two of five kept', [fact('promises', 2, 5)], {}, ['planLess 3 0.4']],
  ['three of five kept', [fact('promises', 3, 5)], {}, []],
  ['one of four kept', [fact('promises', 1, 4)], {}, []],
  ['four of ten answered', [fact('prompts', 4, 10)], {}, ['askBetter 6 0.4']],
  ['five of ten answered', [fact('prompts', 5, 10)], {}, []],
  ['nothing was asked', [fact('promises', 0, 0), fact('prompts', 0, 0), fact('overdue', 0, 0)], {}, []],
  [
    'everything at once: the first three',
    [fact('overdue', 9, 9), fact('promises', 0, 9), fact('prompts', 0, 99)],
    { silent: found(1), low: found(1) },
    ['planSilent 1 null', 'listen 1 null', 'clearOverdue 9 9'],
  ],
])('%s', (_, facts, those, expected) => {
  const proposals = proposalsFrom(facts, { silent: none, problem: none, low: none, ...those });
  expect(proposals.map(({ rule, count, before }) => `${rule} ${count} ${before}`)).toEqual(expected);
});

test('no more customers than are planned in one go', () => {
  const [proposal] = proposalsFrom([], { silent: found(500), problem: none, low: none });
  expect(proposal?.accountIds).toHaveLength(20);
  expect(proposal?.count).toBe(500);
});

test.each([
  [fact('promises', 3, 4), 0.75],
  [fact('promises', 0, 0), null],
  [fact('overdue', 3, 12), 3],
  [fact('score', 4.2, 5), 4.2],
  [fact('score', null, 2), null],
  [fact('feedbackOpen', 2), 2],
])('%j measures %j', (measured, measure) => {
  expect(measureOf(measured)).toBe(measure);
});

test('what went well', () => {
  const wins = winsOf(
    [fact('promises', 3, 3), fact('coverageCore', 2, 2), fact('feedbackOpen', 0), fact('feedbackAnswered', 4, 4)],
    [{ kind: 'praise', count: 1, customers: [], more: false }],
  );
  expect(wins.map(({ kind, count }) => `${kind} ${count}`)).toEqual([
    'praise 1',
    'promises 3',
    'coverage 2',
    'answered 4',
  ]);
  expect(winsOf([fact('promises', 2, 2), fact('coverageCore', 0, 0), fact('feedbackOpen', 0)], [])).toEqual([]);
});
