import { expect, test } from 'vitest';
import { movableClock } from '../clock.ts';
import { Triggers } from './triggers.ts';

test.each([
  [2900, true],
  [3001, false],
])('after %i ms', async (milliseconds, usable) => {
  const clock = movableClock();
  const triggers = new Triggers(clock);
  const id = triggers.make('U1', 'V1');
  await clock.advance({ milliseconds });
  expect(triggers.find(id)).toEqual(
    usable ? expect.objectContaining({ user: 'U1', viewId: 'V1' }) : 'expired_trigger_id',
  );
});

test('used up, or never made', () => {
  const triggers = new Triggers();
  const found = triggers.find(triggers.make('U1'));
  if (typeof found === 'string') throw new Error(found);
  found.used = true;
  expect(triggers.find(found.id)).toBe('exchanged_trigger_id');
  expect(triggers.find('1.2.3')).toBe('invalid_trigger_id');
});
