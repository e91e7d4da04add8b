import { expect, test } from 'vitest';
import { readEvaluationWords } from './evaluation-words.ts';

test.each([
  ['', 'week null 0 ()'],
  ['North', 'week null 0 (North)'],
  ['month', 'month null 0 ()'],
  ['month 2026-10', 'month 2026-10-01 0 ()'],
  ['North last week', 'week null 1 (North)'],
  ['last month Key accounts', 'month null 1 (Key accounts)'],
  ['2026-Q3 North', 'quarter 2026-07-01 0 (North)'],
  ['quarter 2026-08-03', 'quarter 2026-08-03 0 ()'],
  ['2026-11-16', 'week 2026-11-16 0 ()'],
  ['2026-W47', 'week 2026-11-18 0 ()'],
  ['华东 上周', 'week null 1 (华东)'],
  ['华东上周', 'week null 1 (华东)'],
  ['上个季度', 'quarter null 1 ()'],
  ['2026年10月', 'month 2026-10-01 0 ()'],
  ['2026年第3季度 华东组', 'quarter 2026-07-01 0 (华东组)'],
  ['Weekend team', 'week null 0 (Weekend team)'],
  ['me', 'week null 0 (me)'],
])('%j asks for %s', (words, expected) => {
  const read = readEvaluationWords(words);
  expect('unreadable' in read ? read : `${read.kind} ${read.day} ${read.back} (${read.rest})`).toBe(expected);
});

test.each([
  ['month 2026-13', '2026-13'],
  ['2026-W54', '2026-W54'],
  ['2025-W53', '2025-W53'],
  ['2026-Q5', '2026-Q5'],
  ['2026-02-30', '2026-02-30'],
  ['quarter 7', '7'],
  ['31.11.', '31.11.'],
])('%j is not taken for a name', (words, unreadable) => {
  expect(readEvaluationWords(words)).toEqual({ unreadable });
});
