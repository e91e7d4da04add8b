import { expect, test } from 'vitest';
import { retryAfterOf } from './faults.ts';

const now = Date.UTC(2026, 8, 21, 14, 13, 20);

test.each<[unknown, number | null]>([
  ['7', 7_000],
  [' 7 ', 7_000],
  ['0', 0],
  ['Mon, 21 Sep 2026 14:13:27 GMT', 7_000],
  ['Mon, 21 Sep 2026 14:13:00 GMT', 0],
  ['-1', null],
  ['1.5', null],
  ['soon', null],
  ['Mon, 99 Sep', null],
  ['Mon, 99 Sep 2026 14:13:27 GMT', null],
  ['Infinity', null],
  ['', null],
  [7, null],
  [undefined, null],
])('Retry-After %j is %j milliseconds', (header, expected) => {
  expect(retryAfterOf(header, now)).toBe(expected);
});
