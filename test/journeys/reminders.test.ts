import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectOk } from '../support/member.ts';
import { openWorld, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  // Monday, 10:30 in Berlin.
  world = await openWorld({ now: '2026-11-23T09:30:00Z' });
});
afterAll(() => world.close());

const due = async (text: string) =>
  (await world.bot.database.prisma.action.findFirstOrThrow({ where: { text } })).remindAt?.toISOString();

it('a next step is remembered at 08:30 where its owner is, also when the owner has moved', async () => {
  const anna = world.member('U0BECKER');
  expectOk(await anna.command('/kam log Brandt called them next: call back by Wednesday'));
  await expect.poll(() => due('call back')).toBe('2026-11-25T07:30:00.000Z');
  expectOk(await world.sandbox.act(anna.id, { do: 'settings', timeZone: 'America/New_York' }));
  // The earliest moment anywhere: it is set right when it comes.
  await expect.poll(() => due('call back')).toBe('2026-11-24T18:30:00.000Z');

  const reminded = () => anna.messages.filter((message) => !message.ephemeral && message.text.includes('call back'));
  await world.clock.advance({ hours: 47 });
  await world.bot.tick();
  expect(reminded()).toEqual([]);
  await world.clock.advance({ hours: 6 });
  await expect.poll(reminded).toHaveLength(1);
  expect(reminded()[0]?.pings).toEqual([]);
  expectOk(await anna.press('Done'));
  const state = async () =>
    (await world.bot.database.prisma.action.findFirstOrThrow({ where: { text: 'call back' } })).state;
  await expect.poll(state).toBe('done');
});
