import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectOk } from '../support/member.ts';
import { expectSent } from '../support/teams/teams-member.ts';
import { openWorld, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  // Monday, 10:30 in Berlin.
  world = await openWorld({ now: '2026-11-23T09:30:00Z', teams: true });
});
afterAll(() => world.close());

const reminded = (words: string) => ({
  slack: () => world.member('U0BECKER').messages.filter(({ ephemeral, text }) => !ephemeral && text.includes(words)),
  teams: () => world.teamsMember('U0BECKER').told.filter((text) => text.includes('today') && text.includes(words)),
});

/** Where Anna did something last, as it is written down. */
async function lastSeen(): Promise<string | undefined> {
  const identities = await world.bot.database.prisma.identity.findMany({
    where: { person: { name: 'Anna Becker' }, seenAt: { not: null } },
    include: { workspace: true },
    orderBy: { seenAt: 'desc' },
  });
  return identities[0]?.workspace.platform;
}

it('a visit logged in one app is there in the other, and what is due is said where the person was last', async () => {
  const inTeams = world.teamsMember('U0BECKER');
  const inSlack = world.member('U0BECKER');
  expectSent(await inTeams.say('log Brandt Maschinenbau met them next: call them by Tuesday'));
  expect(inTeams.told.at(-1)).toContain('Brandt Maschinenbau');
  expectOk(await inSlack.command('/kam visits'));
  await expect.poll(() => inSlack.lastMessage.text).toContain('Brandt Maschinenbau');
  // That somebody was here is written down once an hour.
  await world.clock.advance({ hours: 2 });
  expectSent(await inTeams.say('today'));
  await expect.poll(() => lastSeen()).toBe('teams');

  await world.clock.advance({ hours: 20 });
  const first = reminded('call them');
  await expect.poll(first.teams).toHaveLength(1);
  expect(first.slack()).toEqual([]);

  expectOk(await inSlack.command('/kam log Brandt Maschinenbau called them next: send the plan by Wednesday'));
  await expect.poll(() => lastSeen()).toBe('slack');
  await world.clock.advance({ hours: 24 });
  const second = reminded('send the plan');
  await expect.poll(second.slack).toHaveLength(1);
  expect(second.teams()).toEqual([]);
});
