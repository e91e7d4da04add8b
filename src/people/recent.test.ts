import { expect, test } from 'vitest';
import { recent } from './recent.ts';

test('keeps what was asked for last, up to its limit', () => {
  const memory = recent<number>(2);
  memory.keep('a', 1, 10, 0);
  memory.keep('b', 2, 11, 0);
  expect(memory.get('a')).toEqual({ value: 1, at: 10 });
  memory.keep('c', 3, 12, 0);
  expect(memory.get('b')).toBeUndefined();
  expect(memory.get('a')?.value).toBe(1);
  expect(memory.get('c')?.value).toBe(3);
});

test('does not keep an answer that may be older than what was forgotten since', () => {
  const memory = recent<number>(2);
  const before = memory.epoch;
  memory.forget(() => false);
  memory.keep('a', 1, 10, before);
  expect(memory.get('a')).toBeUndefined();
  memory.keep('a', 2, 10, memory.epoch);
  memory.forget((value) => value === 2);
  expect(memory.get('a')).toBeUndefined();
});
