import { expect, test } from 'vitest';
import { pageStart } from './pages.ts';

test.each([
  [0, 0, 10, 0],
  [0, 25, 10, 0],
  [10, 25, 10, 10],
  [24, 25, 10, 24],
  [25, 25, 10, 20],
  [30, 20, 10, 10],
  [30, 21, 10, 20],
  [99_999, 3, 10, 0],
  [20, 0, 10, 0],
])('from %i of %i, ten to a page', (from, total, length, start) => {
  expect(pageStart(from, total, length)).toBe(start);
});
