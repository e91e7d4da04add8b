import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { Activity } from '../support/teams/activities.ts';
import { generalOf } from '../support/teams/connector.ts';
import { expectSent } from '../support/teams/teams-member.ts';
import { groupChat } from '../support/teams/tenant.ts';
import { openWorld, type World } from '../world.ts';
import { mistakes, written } from './teams-world.ts';

describe('where the bot is', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ now: '2026-11-23T09:30:00Z', teams: true });
  });
  afterAll(async () => {
    await world?.close();
  });

  const lin = () => world.teams.tenant.person('U0LINJING');
  const sales = () => world.teams.tenant.team('T0SALES');
  const place = (key: string) => world.teams.tenant.place(key);
  const acts = () => world.teams.activities;
  /** Brings news, each with an id of its own, as when it is told again. */
  const tell = async (...news: Activity[]) => {
    for (const activity of news) {
      const { status } = await world.teams.send({ ...activity, id: `f:${randomUUID()}` });
      expect(status).toBe(200);
    }
  };
  const known = (externalId: string) => world.bot.database.prisma.teamsConversation.findMany({ where: { externalId } });
  const channels = async () => {
    const where = { kind: 'channel', removedAt: null, teamId: sales().id };
    const rows = await world.bot.database.prisma.teamsConversation.findMany({ where });
    return rows.map(({ name, teamName }) => `${teamName ?? '?'} ${name ?? '(first)'}`).sort();
  };
  const inTeam = (action: 'add' | 'remove') => acts().installation(lin(), { in: generalOf(sales()) }, action);

  test('an installation, which comes as two activities at one moment, greets once', async () => {
    const sofia = world.teamsMember('U0ROSSI');
    const where = { in: place(sofia.id) };
    const newcomers = ['U0ROSSI', 'U0DUPONT', 'U0CHENWEI', 'U0WANGFANG', 'U0LIQIANG'].map((id) =>
      world.teamsMember(id),
    );
    const told = newcomers.flatMap(({ id, person }) => [
      acts().installation(person, { in: place(id) }, 'add'),
      acts().members(person, { in: place(id) }, 'added', [{ ...world.teams.bot }]),
    ]);
    await Promise.all([...told, ...told].map((activity) => tell(activity)));
    expect(await known(where.in.id)).toMatchObject([{ kind: 'personal', userId: sofia.person.aadObjectId }]);
    expect(newcomers.map((newcomer) => written(newcomer).length)).toEqual(newcomers.map(() => 1));
    expect(written(sofia)).toMatchObject([{ text: expect.stringContaining('What KAM can do') }]);

    await world.teams.uninstall(sofia.id);
    await world.teams.uninstall(sofia.id);
    expect(await known(where.in.id)).toMatchObject([{ removedAt: expect.any(Date) }]);
    await world.teams.install(sofia.id);
    expect(await known(where.in.id)).toMatchObject([{ removedAt: null }]);
  });

  test('in a team: its channels are known by name; removed with it, back with it, however often it is told', async () => {
    const all = [
      'Key Accounts (first)',
      'Key Accounts customer-support',
      'Key Accounts sales-china',
      'Key Accounts sales-europe',
    ];
    await world.teams.install('T0SALES');
    await world.teams.install('T0SALES');
    expect(await channels()).toEqual(all);
    await world.teams.uninstall('T0SALES');
    await world.teams.uninstall('T0SALES');
    expect(await channels()).toEqual([]);
    await tell(inTeam('add'), inTeam('remove'));
    expect(await channels()).toEqual([]);
    await world.teams.install('T0SALES');
    expect(await channels()).toEqual(all);
    expect(await known(place('C0EUROPE').id)).toHaveLength(1);
  });

  test('names that change, channels that come and go', async () => {
    const channel = world.teams.tenant.addChannel(sales(), 'C0NEW', 'nordics');
    const names = (name: string) => ({ ...channel, name, team: sales(), members: channel.members });
    const said = (
      event: 'channelCreated' | 'channelRenamed' | 'channelDeleted' | 'channelRestored',
      name = 'nordics',
    ) => acts().channelChanged(lin(), names(name), event);
    const named = async () => (await channels()).filter((name) => /nordics|baltics/.test(name));
    const row = async () => (await known(channel.id))[0];

    await tell(said('channelCreated'), said('channelCreated'));
    expect(await row()).toMatchObject({ name: 'nordics', removedAt: null });
    await tell(said('channelRenamed', 'baltics'), said('channelRenamed', 'baltics'), said('channelCreated', 'baltics'));
    expect(await row()).toMatchObject({ name: 'baltics' });
    expect(await known(channel.id)).toHaveLength(1);

    // Word of its new name comes when it is already gone.
    await tell(said('channelDeleted', 'baltics'), said('channelDeleted', 'baltics'), said('channelRenamed', 'baltics'));
    expect(await row()).toMatchObject({ removedAt: expect.any(Date) });
    expect(await named()).toEqual([]);
    await tell(said('channelRestored', 'baltics'));
    expect(await row()).toMatchObject({ name: 'baltics', removedAt: null });

    sales().name = 'Key Accounts Europe';
    await tell(acts().teamChanged(lin(), sales(), 'teamRenamed'), acts().teamChanged(lin(), sales(), 'teamRenamed'));
    expect((await channels()).every((name) => name.startsWith('Key Accounts Europe'))).toBe(true);
    await tell(acts().teamChanged(lin(), sales(), 'teamDeleted'), acts().teamChanged(lin(), sales(), 'teamDeleted'));
    expect(await channels()).toEqual([]);
    await tell(acts().teamChanged(lin(), sales(), 'teamRestored'));
    expect(await channels()).toContain('Key Accounts Europe sales-europe');
  });

  test('a channel that was deleted and is spoken in again is known again at once', async () => {
    const anna = world.teamsMember('U0BECKER');
    expectSent(await anna.mention('help', 'C0CHINA'));
    await tell(acts().channelChanged(lin(), place('C0CHINA'), 'channelDeleted'));
    expect(await known(place('C0CHINA').id)).toMatchObject([{ removedAt: expect.any(Date) }]);
    expectSent(await anna.mention('help', 'C0CHINA'));
    expect(await known(place('C0CHINA').id)).toMatchObject([{ removedAt: null }]);
  });

  test('a group chat, in and out', async () => {
    for (const installed of [true, true, false, false, true]) {
      await (installed ? world.teams.install(groupChat) : world.teams.uninstall(groupChat));
      const removedAt = installed ? null : expect.any(Date);
      expect(await known(place(groupChat).id)).toMatchObject([{ kind: 'groupChat', removedAt }]);
    }
  });

  describe('somebody who leaves', () => {
    const tom = () => world.teamsMember('U0CARTER');
    const left = async () => {
      const where = { externalId: tom().person.aadObjectId };
      return (await world.bot.database.prisma.identity.findFirstOrThrow({ where })).leftAt !== null;
    };
    const removed = () => {
      const account = { id: tom().person.id, aadObjectId: tom().person.aadObjectId };
      return acts().members(lin(), { in: generalOf(sales()) }, 'removed', [account]);
    };
    const everywhere = () => [sales(), world.teams.tenant.team('T0COMPANY'), place(groupChat)];

    beforeAll(async () => {
      await world.teams.install('T0COMPANY');
      expectSent(await tom().say('help'));
    });

    it('a team, but is still in another or in a chat of their own, is still there', async () => {
      await tell(removed());
      expect(await left()).toBe(false);
      await world.teams.uninstall(tom().id);
      sales().members.delete(tom().id);
      await tell(removed());
      expect(await left()).toBe(false);
    });

    it('is taken to be there while Teams does not answer, or not the bot', async () => {
      for (const { members } of everywhere()) members.delete(tom().id);
      for (const status of [401, 429, 500, 502]) {
        world.teams.failNext(status, { on: '/members/', times: 1 });
        await tell(removed());
        expect(await left(), `${status}`).toBe(false);
      }
    });

    it('everywhere has left the bot too, once; and is back when they are', async () => {
      await tell(removed(), removed());
      expect(await left()).toBe(true);
      for (const { members } of everywhere()) members.add(tom().id);
      await world.teams.install(tom().id);
      await world.clock.advance({ minutes: 1 });
      expectSent(await tom().say('visits'));
      expect(written(tom()).at(-1)?.text).not.toContain('only for full members');
    });
  });

  it('nothing of it was a surprise', () => {
    expect(mistakes(world.log)).toEqual([]);
  });
});
