import { describe, expect, it } from 'vitest';
import { Once } from './once.ts';

const minute = 60_000;

describe('once', () => {
  it('gives whoever comes again the first answer, also while it is under way', async () => {
    const once = new Once<string>(() => 0);
    const { promise, resolve } = Promise.withResolvers<string>();
    let done = 0;
    const first = once.do('a', () => {
      done += 1;
      return promise;
    });
    const second = once.do('a', () => Promise.reject(new Error('done again')));
    resolve('answer');
    expect([await first, await second, await once.do('a', () => Promise.resolve('another'))]).toEqual(
      Array(3).fill('answer'),
    );
    expect(done).toBe(1);
  });

  it('does another thing apart', async () => {
    const once = new Once<string>(() => 0);
    await once.do('a', () => Promise.resolve('of a'));
    expect(await once.do('b', () => Promise.resolve('of b'))).toBe('of b');
  });

  it.each([
    ['just before', 10 * minute - 1, 'first'],
    ['after', 10 * minute, 'second'],
  ])('%s ten minutes: the %s answer', async (_, later, answer) => {
    let now = 0;
    const once = new Once<string>(() => now);
    await once.do('a', () => Promise.resolve('first'));
    now = later;
    expect(await once.do('a', () => Promise.resolve('second'))).toBe(answer);
  });

  it('keeps no answer for longer than it may be asked for', async () => {
    let now = 0;
    const once = new Once<string>(() => now);
    await once.do('a', () => Promise.resolve('first'));
    now = 10 * minute;
    await once.do('b', () => Promise.resolve('of b'));
    // Were it still held, it would be young again for a clock that goes back.
    now = 0;
    expect(await once.do('a', () => Promise.resolve('second'))).toBe('second');
  });

  it('forgets the oldest of very many first', async () => {
    const once = new Once<string>(() => 0);
    for (let number = 0; number <= 5_000; number += 1) await once.do(`${number}`, () => Promise.resolve('first'));
    const again = (key: string) => once.do(key, () => Promise.resolve('second'));
    expect([await again('5000'), await again('2'), await again('0')]).toEqual(['first', 'first', 'second']);
  });
});
