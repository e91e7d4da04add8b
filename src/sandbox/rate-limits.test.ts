import { expect, test } from 'vitest';
import { movableClock } from '../clock.ts';
import { RateLimits } from './rate-limits.ts';

test('a channel takes a burst, then one message per second', async () => {
  const clock = movableClock();
  const limits = new RateLimits({ messageBurst: 2 }, clock);
  const post = (channel: string) => limits.check('chat.postMessage', 300, channel);
  expect([post('C1'), post('C1'), post('C1'), post('C2')]).toEqual([0, 0, 1, 0]);
  await clock.advance({ seconds: 1 });
  expect([post('C1'), post('C1')]).toEqual([0, 1]);
});

test('a method takes its tier, then refills over the minute', async () => {
  const clock = movableClock();
  const limits = new RateLimits({}, clock);
  const list = () => limits.check('users.list', 20, undefined);
  for (let call = 0; call < 20; call += 1) expect(list()).toBe(0);
  expect(list()).toBe(3);
  await clock.advance({ seconds: 3 });
  expect(list()).toBe(0);
});

test('pace can be left out', () => {
  const limits = new RateLimits({ tiers: false, messageBurst: Number.POSITIVE_INFINITY });
  for (let call = 0; call < 1000; call += 1) expect(limits.check('users.list', 20, 'C1')).toBe(0);
});
