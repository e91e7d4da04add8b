import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Budget, Lanes } from './pace.ts';

test('each key’s work is done in the order asked, one at a time, whatever fails; keys do not wait for each other', async () => {
  const works = fc.array(fc.record({ key: fc.constantFrom('a', 'b', 'c'), fails: fc.boolean() }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(works, fc.scheduler(), async (works, scheduler) => {
      const lanes = new Lanes();
      const begun: Record<string, number[]> = { a: [], b: [], c: [] };
      const underWay = new Map<string, number>();
      const all = works.map(({ key, fails }, index) =>
        lanes.run(key, async () => {
          begun[key]?.push(index);
          expect(underWay.get(key) ?? 0).toBe(0);
          underWay.set(key, 1);
          await scheduler.schedule(Promise.resolve());
          underWay.set(key, 0);
          if (fails) throw new Error('on purpose');
          return index;
        }),
      );
      const settled = Promise.allSettled(all);
      await scheduler.waitFor(settled);
      const results = await settled;
      for (const [index, { fails }] of works.entries())
        expect(results[index]).toMatchObject(fails ? { status: 'rejected' } : { value: index });
      for (const [key, order] of Object.entries(begun))
        expect(order).toEqual(works.flatMap((work, index) => (work.key === key ? [index] : [])));
      expect(lanes.size).toBe(0);
    }),
  );
});

test('work of one key waits for none of another', async () => {
  const lanes = new Lanes();
  const { promise, resolve } = Promise.withResolvers<string>();
  const slow = lanes.run('a', () => promise);
  expect(await lanes.run('b', async () => 'quick')).toBe('quick');
  resolve('slow');
  expect(await slow).toBe('slow');
});

test('turns are as far apart as the budget says, in the order asked, and none waits longer than that', async () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 1, maxLength: 100 });
  await fc.assert(
    fc.asyncProperty(gaps, fc.integer({ min: 1, max: 50 }), async (gaps, perSecond) => {
      let now = 0;
      let paused = 0;
      const pause = async (ms: number) => {
        paused = ms;
      };
      const budget = new Budget({ perSecond, now: () => now, pause });
      const { signal } = new AbortController();
      let last = Number.NEGATIVE_INFINITY;
      for (const gap of gaps) {
        now += gap;
        paused = 0;
        await budget.turn(signal);
        const turn = now + paused;
        expect(turn).toBeCloseTo(Math.max(now, last + 1_000 / perSecond), 6);
        last = turn;
      }
    }),
  );
});
