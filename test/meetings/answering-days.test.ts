import { Temporal } from 'temporal-polyfill';
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { dayStore } from '../../src/meetings/day-store.ts';
import { answeringWorld } from './answering-world.ts';

const world = answeringWorld();
const date = Temporal.PlainDate.from('2026-11-23');

async function setting() {
  const organization = await world.build.organization();
  const anna = await world.build.person(organization, { name: 'Anna Berg' });
  const north = await world.build.team(organization, { members: [anna] });
  return { organization, anna, morning: await world.meeting(organization, north), days: dayStore(world.database) };
}

test('a morning has what is due until then and what is in the way; each list is cut and counted', async () => {
  const { organization, anna, morning, days } = await setting();
  const { organizationId } = anna;
  await world.account(anna, 'Never', 'core');
  const [late, later, seen, balanced] = [
    await world.account(anna, 'Late', 'general'),
    await world.account(anna, 'Later', 'core'),
    await world.account(anna, 'Seen', 'core'),
    await world.account(anna, 'Balanced', 'balanced'),
  ];
  await world.visit(anna, late, '2026-09-01');
  await world.visit(anna, later, '2026-11-09');
  await world.visit(anna, seen, '2026-11-10');
  await world.visit(anna, balanced, '2026-10-26');
  for (let n = 0; n < 7; n += 1) await world.step(anna, seen, `step ${n}`, `2026-11-${17 + n}`);
  await world.step(anna, seen, 'to come', '2026-11-24');
  const promptId = await world.prompt(anna, morning, { date: '2026-11-20' });
  const items = { organizationId, personId: anna.id, promptId, date: new Date('2026-11-23') };
  await world.database.prisma.planItem.createMany({
    data: [
      { ...items, id: uuid(), position: 1, text: 'second', accountId: seen },
      { ...items, id: uuid(), position: 0, text: 'first' },
      { ...items, id: uuid(), position: 2, text: 'gone', state: 'dropped' },
    ],
  });
  const blocker = { organizationId, personId: anna.id, promptId };
  await world.database.prisma.blocker.createMany({
    data: [
      { ...blocker, id: uuid(), text: 'open', since: new Date('2026-11-20') },
      { ...blocker, id: uuid(), text: 'solved', since: new Date('2026-11-19'), resolvedAt: new Date('2026-11-20') },
    ],
  });
  const asked = [{ organizationId: organization.id, personId: anna.id, date }];
  const day = (await days.daysOf(asked, 'morning')).get(anna.id);
  expect(day?.items.shown.map(({ text, account }) => [text, account?.name])).toEqual([
    ['first', undefined],
    ['second', 'Seen'],
  ]);
  expect(day?.steps.shown.map(({ text }) => text)).toEqual(['step 0', 'step 1', 'step 2', 'step 3', 'step 4']);
  expect(day?.steps.total).toBe(7);
  expect(day?.overdue.shown.map(({ name, lastVisitOn }) => `${name} ${lastVisitOn}`)).toEqual([
    'Late 2026-09-01',
    'Later 2026-11-09',
    'Balanced 2026-10-26',
    'Never null',
  ]);
  expect(day?.blockers.shown.map(({ text, since }) => `${text} ${since}`)).toEqual(['open 2026-11-20']);
  expect(day?.visits.total).toBe(0);
});

test('an evening has what was planned with what became of it, and the visits of the day', async () => {
  const { anna, morning, days } = await setting();
  const steel = await world.account(anna, 'Example Steel');
  const visitId = await world.visit(anna, steel, '2026-11-23');
  await world.visit(anna, steel, '2026-11-22');
  const promptId = await world.prompt(anna, morning);
  const item = { organizationId: anna.organizationId, personId: anna.id, promptId };
  const [moved, next] = [uuid(), uuid()];
  const on = (day: string) => ({ ...item, date: new Date(day) });
  await world.database.prisma.planItem.createMany({
    data: [
      { ...on('2026-11-23'), id: uuid(), position: 0, text: 'prices', accountId: steel },
      { ...on('2026-11-23'), id: moved, position: 1, text: 'report', state: 'moved' },
      { ...on('2026-11-24'), id: next, position: 0, text: 'report', movedFromId: moved },
    ],
  });
  const asked = [{ organizationId: anna.organizationId, personId: anna.id, date }];
  const day = (await days.daysOf(asked, 'evening')).get(anna.id);
  expect(
    day?.items.shown.map(({ text, state, visitId: by, movedTo }) => [text, state, by, movedTo?.toString()]),
  ).toEqual([
    ['prices', 'planned', visitId, undefined],
    ['report', 'moved', null, '2026-11-24'],
  ]);
  expect(day?.visits).toEqual({ shown: [{ id: visitId, account: { id: steel, name: 'Example Steel' } }], total: 1 });
});

test('two hundred people’s days are one statement; nobody’s is lost and nobody sees another’s', async () => {
  const { organization, days } = await setting();
  const organizationId = organization.id;
  const { prisma } = world.database;
  const people = Array.from({ length: 200 }, (_, n) => ({ id: uuid(), organizationId, name: `Person ${n}` }));
  await prisma.person.createMany({ data: people.map((person) => ({ ...person, timeZone: 'Europe/Berlin' })) });
  const owned = people.slice(0, 100).map((owner) => ({ owner, accountId: uuid(), name: `Customer of ${owner.name}` }));
  await prisma.account.createMany({
    data: owned.map(({ owner, accountId, name }) => ({
      organizationId,
      id: accountId,
      name,
      nameKey: name,
      class: 'core',
      ownerId: owner.id,
      searchText: name,
    })),
  });
  await prisma.action.createMany({
    data: owned.map(({ owner, accountId }) => ({
      organizationId,
      id: uuid(),
      accountId,
      text: `step of ${owner.name}`,
      ownerId: owner.id,
      createdById: owner.id,
      dueOn: new Date('2026-11-20'),
      createdAt: new Date('2026-11-01'),
      requestKey: uuid(),
    })),
  });
  const asked = people.map(({ id }) => ({ organizationId, personId: id, date }));
  const found = await days.daysOf(asked, 'morning');
  expect(found.size).toBe(200);
  for (const [index, { id, name }] of people.entries()) {
    const day = found.get(id);
    const has = index < 100;
    expect(day?.steps.shown.map(({ text }) => text)).toEqual(has ? [`step of ${name}`] : []);
    expect(day?.overdue.shown.map((one) => one.name)).toEqual(has ? [`Customer of ${name}`] : []);
  }
  expect((await days.daysOf(asked, 'sales')).size).toBe(200);
  expect((await days.daysOf([], 'morning')).size).toBe(0);
});
