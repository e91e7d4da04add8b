import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { acknowledgement } from './acknowledge.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start(ack: (answer?: string) => Promise<void> = async () => undefined) {
  const given: (string | undefined)[] = [];
  const failures: unknown[] = [];
  const acknowledge = acknowledgement<string>(
    async (answer) => {
      given.push(answer);
      await ack(answer);
    },
    () => 'late',
    (error) => failures.push(error),
  );
  return { acknowledge, given, failures };
}

test('an answer in time is given once', async () => {
  const { acknowledge, given } = start();
  await vi.advanceTimersByTimeAsync(2_500);
  expect(await acknowledge.give('in time')).toBe(true);
  expect(await acknowledge.give('again')).toBe(false);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(given).toEqual(['in time']);
});

test('an answer that is late is given without it, and its giver is told', async () => {
  const { acknowledge, given } = start();
  await vi.advanceTimersByTimeAsync(2_600);
  expect(given).toEqual(['late']);
  expect(await acknowledge.give('too late')).toBe(false);
  expect(given).toEqual(['late']);
});

test('a failure to answer late is reported, not thrown', async () => {
  const { failures } = start(async () => {
    throw new Error('gone');
  });
  await vi.advanceTimersByTimeAsync(2_600);
  expect(failures).toEqual([new Error('gone')]);
});
