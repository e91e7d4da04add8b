import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { movableClock } from '../clock.ts';
import { allowance } from './allowance.ts';

const noon = Temporal.Instant.from('2026-11-23T12:00:00Z');

test('so many a minute for each, and then the time to wait', async () => {
  const clock = movableClock(noon);
  const { take } = allowance(3, clock);
  expect([take('a'), take('a'), take('a'), take('b')]).toEqual([null, null, null, null]);
  expect(take('a')).toBeGreaterThan(50);
  await clock.advance({ seconds: 61 });
  expect(take('a')).toBeNull();
});

test('a clock that was put back keeps nobody out', async () => {
  const clock = movableClock(noon);
  const { take } = allowance(1, clock);
  take('a');
  expect(take('a')).not.toBeNull();
  await clock.set(noon.subtract({ hours: 24 }));
  expect(take('a')).toBeNull();
});

test('it remembers no more than it can hold', () => {
  const { take } = allowance(1, movableClock(noon));
  take('first');
  for (let count = 0; count < 10_000; count += 1) take(`other ${count}`);
  expect(take('first')).toBeNull();
});
