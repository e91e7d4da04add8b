import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { movedToTeams } from '../contract/moved.ts';
import type { Activity, Json } from '../support/teams/activities.ts';
import { expectSent, type TeamsMember } from '../support/teams/teams-member.ts';
import { foreignTenantId, groupChat, neighbour } from '../support/teams/tenant.ts';
import { openWorld, type World } from '../world.ts';
import { type OtherOrganization, otherOrganization, secret } from './other.ts';
import { answered, fillVisit, lastActivity, mistakes, pressAgain, tampered, written } from './teams-world.ts';

describe('what the buttons of Teams carry is believed by nobody', () => {
  let world: World;
  let anna: TeamsMember;
  let tom: TeamsMember;
  let lin: TeamsMember;
  /** Anna's form for a visit, saved by her. */
  let save: Activity;
  let other: OtherOrganization;
  beforeAll(async () => {
    world = await openWorld({ now: '2026-11-23T09:30:00Z', teams: true });
    await movedToTeams(world);
    other = await otherOrganization(world.bot.database);
    [anna, tom, lin] = [world.teamsMember('U0BECKER'), world.teamsMember('U0CARTER'), world.teamsMember('U0LINJING')];
    for (const member of [tom, lin]) expectSent(await member.say('help'));
    await fillVisit(anna, 'Brandt Maschinenbau', 'Only Anna’s');
    await anna.fill('Date', '2026-11-18');
    expectSent(await anna.submit());
    save = lastActivity(world);
  });
  afterAll(async () => {
    await world?.close();
  });

  const { person } = { person: (member: TeamsMember) => member.person };
  const visits = (note: string) =>
    world.bot.database.prisma.visit.findMany({ where: { note }, include: { author: true } });
  /** The same button pressed by somebody else, in a place of theirs. */
  const by = (member: TeamsMember, place = member.id): Json => {
    const { id, name, aadObjectId } = person(member);
    const { conversation, channelData } = world.teams.activities.other(
      member.person,
      { in: world.teams.tenant.place(place) },
      { type: 'invoke' },
    );
    return { from: { id, name, aadObjectId }, conversation, channelData };
  };
  const newForm = () => ({ formId: uuid() });

  test.each([
    ['in her own chat', (): Json => ({})],
    ['where others read along', (): Json => by(tom, groupChat)],
    ['in his own chat', (): Json => by(tom)],
  ])('a form asked of one, sent by another, %s: not his', async (_, place) => {
    const { from } = by(tom);
    const before = written(tom).length;
    const changes = { ...place(), from, ...tampered(save, newForm(), { note: 'Tom in Anna’s form' }) };
    expect(await pressAgain(world, save, changes)).toMatchObject({
      status: 200,
      body: { value: 'This form was asked of somebody else. Open your own with the same words.' },
    });
    expect(await visits('Tom in Anna’s form')).toEqual([]);
    expect(written(tom)).toHaveLength(before);
  });

  it('somebody else’s form under one’s own name shows and changes nothing of theirs', async () => {
    const stolen = tampered(save, { owner: tom.person.aadObjectId }, { note: 'Overwritten by Tom' });
    const delivery = await pressAgain(world, save, { ...by(tom), ...stolen });
    expect(delivery.status).toBe(200);
    expect(answered(delivery)).not.toMatch(/Only Anna|Saved: Visit/);
    expect(await visits('Only Anna’s')).toMatchObject([{ version: 1, author: { name: 'Anna Becker' } }]);
    expect(await visits('Overwritten by Tom')).toEqual([]);
  });

  it('a new form under her own name is hers, whoever it names as its owner', async () => {
    const delivery = await pressAgain(world, save, tampered(save, { ...newForm(), owner: tom.person.aadObjectId }));
    expect(answered(delivery)).toContain('asked of somebody else');
  });

  test.each<[string, () => Json]>([
    ['of no such name', () => ({ form: 'visits.nothing' })],
    ['of a name that every object has', () => ({ form: 'constructor' })],
    ['of an id that is none', () => ({ formId: '1; DROP TABLE' })],
  ])('a form %s is no longer open', async (_, kam) => {
    const delivery = await pressAgain(world, save, tampered(save, kam()));
    expect(delivery.status).toBe(200);
    expect(answered(delivery)).toContain('This form is no longer open');
  });

  it('a form that carries more than a form can is refused, and is no fault', async () => {
    const about = Object.fromEntries(Array.from({ length: 100 }, (_, number) => [`key${number}`, 'x'.repeat(2_000)]));
    const without = Array.from({ length: 201 }, (_, number) => `field${number}`);
    for (const kam of [{ about }, { without }, { locale: 'tlh' }, { expanded: 'yes' }, { origin: { kind: 'moon' } }]) {
      const { status, body } = await pressAgain(
        world,
        save,
        tampered(save, { ...newForm(), ...kam }, { date: 'junk' }),
      );
      expect(status).toBe(200);
      expect(JSON.stringify(body)).toContain('I can’t find that any more');
    }
  });

  test.each<[string, string]>([
    ['save', 'Edit'],
    ['add', 'Add next step'],
  ])('where a form says that it comes from, nothing is written (%s)', async (_, button) => {
    expectSent(await anna.press(button));
    if (button === 'Edit') await anna.fill('What happened', 'Only Anna’s');
    else await anna.fill('Next step', 'Ask again');
    expectSent(await anna.submit());
    const sent = lastActivity(world);
    const theirs = written(tom).at(-1)?.id ?? '';
    const channel = world.teams.tenant.place('C0CHINA');
    const places = [
      { kind: 'direct', conversation: world.teams.tenant.place(tom.id).id, message: theirs },
      { kind: 'channel', conversation: channel.id, message: '1' },
      { kind: 'home', conversation: world.teams.tenant.place(tom.id).id, message: theirs },
      { kind: 'direct', conversation: '../../x', message: '../y' },
    ];
    for (const origin of places) {
      const before = world.teams.calls.length;
      const delivery = await pressAgain(world, sent, tampered(sent, { origin }));
      expect(delivery.status).toBe(200);
      await expect.poll(() => world.teams.calls.length).toBeGreaterThan(before);
      const elsewhere = places.map(({ conversation }) => conversation);
      for (const { path } of world.teams.calls.slice(before))
        expect(elsewhere.filter((place) => path.includes(place))).toEqual([]);
    }
  });

  it('ids of another organisation are refused by every button, and nothing is told or changed', async () => {
    expectSent(await lin.say('visits'));
    const place = { in: world.teams.tenant.place(lin.id) };
    const before = await other.everything();
    const calls = world.teams.calls.length;
    const { actions, openers } = world.bot.registry;
    const presses = [
      ...[...actions.keys()].map((name) => ({ do: 'does', name })),
      ...[...openers.keys()].map((name) => ({ do: 'opens', name })),
    ];
    expect(presses.length).toBeGreaterThan(20);
    for (const press of presses) {
      for (const about of Object.values(other.ids)) {
        const action = { type: 'Action.Execute', data: { kam: { ...press, about } } } as const;
        const delivery = await world.teams.send(world.teams.activities.executed(lin.person, place, '1', action));
        expect(delivery.status, press.name).toBe(200);
        expect(answered(delivery), press.name).not.toContain(secret);
      }
    }
    expect(JSON.stringify(world.teams.calls.slice(calls))).not.toContain(secret);
    expect(await other.everything()).toBe(before);
  }, 60_000);

  it('ids of another organisation are no answers', async () => {
    const before = await other.everything();
    for (const id of Object.values(other.ids)) {
      for (const inputs of [{ account: id }, { contacts: id }, { colleagues: id }, { owner: id }, { fulfils: id }]) {
        const about = { account: id, visit: id, draft: id, accountName: 'x' };
        const changes = tampered(save, { ...newForm(), about }, { ...inputs, date: '2026-11-17', note: 'Theirs' });
        const delivery = await pressAgain(world, save, changes);
        expect(delivery.status).toBe(200);
        expect(answered(delivery)).not.toContain(secret);
      }
    }
    const typed = world.teams.activities.typed(
      anna.person,
      { in: world.teams.tenant.place(anna.id) },
      { dataset: 'accounts.search', text: secret },
    );
    expect(answered(await world.teams.send(typed))).not.toContain(`${secret} AG`);
    expect(await other.everything()).toBe(before);
  });

  it('an activity of another tenant, or of a place that is a path, comes to nobody', async () => {
    const { activities, tenant } = world.teams;
    const nora = tenant.person(neighbour);
    const inTheirs = activities.other(nora, { in: tenant.place(neighbour) }, { type: 'message', text: 'visits' });
    const ours = activities.other(anna.person, { in: tenant.place(anna.id) }, { type: 'message', text: 'visits' });
    const calls = world.teams.calls.length;
    for (const activity of [
      inTheirs,
      { ...ours, conversation: { ...ours.conversation, tenantId: foreignTenantId } },
      { ...ours, channelData: { tenant: { id: foreignTenantId } } },
      { ...ours, conversation: { ...ours.conversation, id: `${ours.conversation.id}/../../x` } },
      { ...ours, conversation: { ...ours.conversation, id: '..' } },
      { ...ours, serviceUrl: 'https://attacker.example/' },
    ])
      expect((await world.teams.send(activity)).status).toBe(401);
    expect(world.teams.calls).toHaveLength(calls);
  });

  it('nothing of it was a surprise', () => {
    expect(mistakes(world.log)).toEqual([]);
  });
});
