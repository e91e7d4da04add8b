import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { answered, lastActivity, pressAgain, tampered } from '../faults/teams-world.ts';
import { expectSent } from '../support/teams/teams-member.ts';
import { groupChat } from '../support/teams/tenant.ts';
import { openWorld, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld({ now: '2026-11-23T01:30:00Z', teams: true, empty: true });
});
afterAll(() => world.close());

it('colleagues who have never said a word are chosen from the team that the bot was added to', async () => {
  await world.teams.install('T0SALES');
  await world.teams.install(groupChat);
  const owner = world.teamsMember('U0LINJING');
  expectSent(await owner.say('设置'));
  expectSent(await owner.submit());
  const [name = '', manager = '', members = ''] = owner.questions;
  expect(await owner.suggestions(members, 'anna')).toEqual(['Anna Becker']);
  // The guest and the neighbour from another tenant are in the group chat.
  expect(await owner.suggestions(members, 'marco')).toEqual([]);
  expect(await owner.suggestions(members, 'nora')).toEqual([]);
  // Whoever is known already is offered once.
  expect(await owner.suggestions(members, '林静')).toEqual(['林静']);

  await owner.fill(name, '华东团队');
  await owner.fill(manager, '林静');
  await owner.fill(members, ['Anna Becker', '陈伟']);
  expectSent(await owner.submit());
  const { prisma } = world.bot.database;
  const team = await prisma.team.findFirstOrThrow({ include: { memberships: { include: { person: true } } } });
  const people = team.memberships.map(({ person }) => person);
  expect(people.map((person) => [person.name, person.email]).toSorted()).toEqual([
    ['Anna Becker', 'anna.becker@kestrel.example'],
    ['陈伟', 'chen.wei@kestrel.example'],
  ]);
  // Anna is that person from her first word on.
  expectSent(await world.teamsMember('U0BECKER').say('today'));
  expect(await prisma.person.count({ where: { name: 'Anna Becker' } })).toBe(1);
});

it('an id that nobody could have chosen is nobody, and Teams is not asked about it in every roster', async () => {
  const owner = world.teamsMember('U0LINJING');
  expectSent(await owner.say('团队 华东团队'));
  const stranger = '99999999-9999-4999-8999-999999999999';
  const asked = () => world.teams.calls.filter(({ path }) => path.includes(stranger));
  await owner.press('编辑');
  expectSent(await owner.submit());
  const saved = lastActivity(world);
  const answer = await pressAgain(world, saved, tampered(saved, { formId: uuid() }, { members: stranger }));
  expect(answered(answer)).toContain('请只选本工作区的正式成员');
  // Once when the form is judged, once when it is drawn again; both in the person's own chat.
  expect(asked().length).toBeLessThanOrEqual(2);
});
