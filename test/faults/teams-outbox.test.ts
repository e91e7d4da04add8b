import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { type Address, outboxRow } from '../../src/chat/outbox.ts';
import { outboxStore } from '../../src/chat/outbox-store.ts';
import { movedToTeams } from '../contract/moved.ts';
import { expectSent, type TeamsMember } from '../support/teams/teams-member.ts';
import { openWorld, type World } from '../world.ts';
import { connectorOf, mistakes, written } from './teams-world.ts';

describe('a connector that fails when the bot speaks by itself', () => {
  let world: World;
  let anna: TeamsMember;
  let lin: TeamsMember;
  beforeAll(async () => {
    // Monday, 10:30 in Berlin.
    world = await openWorld({ now: '2026-11-23T09:30:00Z', teams: true });
    await movedToTeams(world);
    anna = world.teamsMember('U0BECKER');
    lin = world.teamsMember('U0LINJING');
    for (const member of [anna, lin]) expectSent(await member.say('help'));
  });
  afterAll(async () => {
    await world?.close();
  });

  const { place, conversation, posts, fails } = connectorOf(() => world);

  /** Puts words to a person or a channel into the outbox. */
  const sayLater = async (to: Address, key: string) => {
    const { organizationId, database } = world.bot;
    const card = { body: [{ kind: 'words', words: key } as const] };
    const row = outboxRow({ organizationId, key, to, content: { do: 'post', card } }, world.clock.now());
    await outboxStore(database).add([row]);
  };
  const personOf = async (name: string): Promise<Address> => ({
    personId: (await world.bot.database.prisma.person.findFirstOrThrow({ where: { name } })).id,
  });
  const channelOf = async (key: string): Promise<Address> => {
    const { workspaceId } = await conversation(key);
    return { workspaceId, conversation: place(key).id };
  };
  const rowOf = (key: string) => world.bot.database.prisma.outbox.findFirstOrThrow({ where: { key } });
  /** It is looked after what is due, as happens every minute, until the row has come so far. */
  const becomes = (key: string, state: string) =>
    expect
      .poll(
        async () => {
          await world.bot.tick();
          return (await rowOf(key)).state;
        },
        { timeout: 15_000, interval: 100 },
      )
      .toBe(state);
  const inChannel = (key: string, words: string) =>
    place(key).messages.filter((message) => JSON.stringify(message).includes(words));

  test.each([429, 412, 502, 504])('%i: is said later, and once', async (status) => {
    const [mine, ours] = [`a reminder after ${status}`, `an announcement after ${status}`];
    fails(status, anna.id, 1);
    fails(status, 'C0EUROPE', 1);
    await sayLater(await personOf('Anna Becker'), mine);
    await sayLater(await channelOf('C0EUROPE'), ours);
    for (const key of [mine, ours]) await becomes(key, 'sent');
    expect([await rowOf(mine), await rowOf(ours)]).toMatchObject([{ attempts: 2 }, { attempts: 2 }]);
    expect([written(anna, mine).length, inChannel('C0EUROPE', ours).length]).toEqual([1, 1]);
  });

  test('403 in a channel: marked, told to each administrator once, and said again when the bot is heard from there', async () => {
    const told = () => written(lin, '没能发到频道').length;
    const before = told();
    world.teams.block('C0EUROPE');
    const tried = posts('C0EUROPE').length;
    for (const key of ['refused', 'not tried']) {
      await sayLater(await channelOf('C0EUROPE'), key);
      await becomes(key, 'failed');
      expect(await rowOf(key)).toMatchObject({ failure: 'MessageWritesBlocked' });
    }
    expect(posts('C0EUROPE')).toHaveLength(tried + 1);
    expect(await conversation('C0EUROPE')).toMatchObject({
      blockedAt: expect.any(Date),
      blockedReason: 'MessageWritesBlocked',
    });
    await expect.poll(told).toBe(before + 1);

    world.teams.block('C0EUROPE', false);
    expectSent(await anna.mention('visits', 'C0EUROPE'));
    expect(await conversation('C0EUROPE')).toMatchObject({ blockedAt: null });
    await sayLater(await channelOf('C0EUROPE'), 'open again');
    await becomes('open again', 'sent');
    expect(told()).toBe(before + 1);
  });

  test('403 of a person: the same, and nothing opens a chat that they closed', async () => {
    const tom = world.teamsMember('U0CARTER');
    expectSent(await tom.say('help'));
    const told = () => written(lin, '发给Tom Carter的消息没能送达').length;
    const before = told();
    world.teams.block(tom.id);
    const calls = () => world.teams.calls.filter(({ method }) => method === 'POST').length;
    await sayLater(await personOf('Tom Carter'), 'refused by a person');
    await becomes('refused by a person', 'failed');
    const { blockedAt } = await conversation(tom.id);
    expect(blockedAt).toBeInstanceOf(Date);
    await expect.poll(told).toBe(before + 1);
    const tried = calls();
    await sayLater(await personOf('Tom Carter'), 'not tried with a person');
    await becomes('not tried with a person', 'failed');
    expect(calls()).toBe(tried);
    expect(await conversation(tom.id)).toMatchObject({ blockedAt });

    world.teams.block(tom.id, false);
    expectSent(await tom.say('help'));
    await sayLater(await personOf('Tom Carter'), 'open again with a person');
    await becomes('open again with a person', 'sent');
    expect(told()).toBe(before + 1);
  });

  test('somebody who never spoke to the bot is written to all the same; a chat that refuses is not kept as open', async () => {
    const sofia = place('U0ROSSI');
    const { aadObjectId } = world.teams.tenant.person('U0ROSSI');
    world.teams.failNext(403, { on: `${sofia.id}/activities` });
    await sayLater(await personOf('Sofia Rossi'), 'refused at once');
    await becomes('refused at once', 'failed');
    expect(await world.bot.database.prisma.teamsConversation.count({ where: { externalId: sofia.id } })).toBe(0);
    await sayLater(await personOf('Sofia Rossi'), 'taken at last');
    await becomes('taken at last', 'sent');
    expect(await conversation('U0ROSSI')).toMatchObject({ blockedAt: null, userId: aadObjectId });
  });

  it('nothing of it was a surprise', () => {
    expect(mistakes(world.log).filter((line) => !line.includes('not deliverable'))).toEqual([]);
  });
});
