import { expect, test } from 'vitest';
import { cut } from './cut.ts';

test.each([
  ['short', 5, 'short'],
  ['longer', 5, 'long…'],
  ['abc👍', 5, 'abc👍'],
  ['abc👍d', 5, 'abc…'],
  ['abc👩‍👩‍👧d', 10, 'abc…'],
  ['abc👩‍👩‍👧d', 12, 'abc👩‍👩‍👧d'],
  ['abcde\u0308fg', 6, 'abcd…'],
  [`a${'\u0308'.repeat(60)}`, 50, `a${'\u0308'.repeat(48)}…`],
  ['abc', 1, '…'],
  ['', 5, ''],
])('%s in %i', (text, max, expected) => {
  expect(cut(text, max)).toBe(expected);
});
