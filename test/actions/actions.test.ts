import { v7 as uuid } from 'uuid';
import { describe, expect, test } from 'vitest';
import type { Me } from '../../src/chat/slice.ts';
import { makeCall } from '../support/call.ts';
import type { SeededPerson } from '../support/seed.ts';
import { aboutOf, actionsWorld, anOrganization, buttonsOf, wordsOf } from './world.ts';

const world = actionsWorld();

/** Anna in team North of manager Mia; Ben in no team. */
async function sales() {
  const organization = await anOrganization(world);
  const anna = await world.build.person(organization, { name: 'Anna Berg' });
  const mia = await world.build.person(organization, { name: 'Mia Voss' });
  const ben = await world.build.person(organization, { name: 'Ben Ode', timeZone: 'Asia/Shanghai', locale: 'zh-CN' });
  const north = await world.build.team(organization, { manager: mia, members: [anna] });
  const steel = await world.account(anna, 'Example Steel');
  const as = (person: SeededPerson, me: Partial<Me> = {}) => makeCall(organization, person, { me });
  const calls = { anna: as(anna, { memberOf: [north.id] }), mia: as(mia, { manages: [north.id] }), ben: as(ben) };
  return { organization, anna, mia, ben, north, steel, calls, as };
}

const list = (call: Parameters<typeof world.press>[0], rest = '') => {
  const command = world.actions.slice.commands?.[0];
  if (!command) throw new Error('there is no command');
  return command.run(call, rest);
};
const row = (id: string) => world.database.prisma.action.findFirstOrThrow({ where: { id } });
const history = async (id: string) => {
  const rows = await world.database.prisma.actionChange.findMany({ where: { actionId: id }, orderBy: { at: 'asc' } });
  return rows.map((change) => change.changes);
};

describe('the list', () => {
  test('has the overdue first and those without a date last, and says it without blame', async () => {
    const { anna, steel, calls } = await sales();
    await world.action(anna, steel, { text: 'No day', dueOn: null });
    await world.action(anna, steel, { text: 'Friday', dueOn: '2026-11-27' });
    await world.action(anna, steel, { text: 'Last week', dueOn: '2026-11-18' });
    await world.action(anna, steel, { text: 'Now', dueOn: '2026-11-23' });
    const words = wordsOf(await list(calls.anna)).split('\n');
    expect(words).toEqual([
      'Your next steps',
      '• Last week – Example Steel · was due Wed 18 Nov',
      '• Now – Example Steel · due today',
      '• Friday – Example Steel · due Fri 27 Nov',
      '• No day – Example Steel · no date yet',
    ]);
  });

  test('says what to do when there is nothing, and how many there are when there are many', async () => {
    const { anna, steel, calls } = await sales();
    const empty = await list(calls.anna);
    expect(wordsOf(empty)).toContain('Next steps come from your visits');
    expect(buttonsOf(empty).map((button) => button.opens)).toEqual(['visits.log']);
    for (let n = 0; n < 12; n += 1) await world.action(anna, steel);
    expect(wordsOf(await list(calls.anna))).toContain('… and 2 more');
  });

  test('of a colleague, of a customer, and of a name that is neither or both', async () => {
    const { anna, steel, calls, mia } = await sales();
    await world.action(anna, steel);
    expect(wordsOf(await list(calls.mia, 'anna'))).toContain('Next steps of Anna Berg\n• Send the offer');
    expect(wordsOf(await list(calls.mia, 'example steel'))).toContain(
      'Next steps with Example Steel\n• Send the offer',
    );
    expect(wordsOf(await list(calls.mia, 'zzzz'))).toContain('is called “zzzz”');
    await world.account(mia, 'Anna Berg');
    const choice = await list(calls.mia, 'anna berg');
    expect(wordsOf(choice)).toContain('Several match “anna berg”');
    const [first] = buttonsOf(choice);
    expect(wordsOf(await world.press(calls.mia, 'actions.show', first?.about))).toContain('Next steps of Anna Berg');
  });

  test('shows of others only what one may see', async () => {
    const { anna, steel, calls } = await sales();
    await world.action(anna, steel, { text: 'Secret' });
    for (const name of ['Anna Berg', 'Example Steel'])
      expect(wordsOf(await list(calls.ben, name))).not.toContain('Secret');
    expect(wordsOf(await list(calls.mia, 'Anna Berg'))).toContain('Secret');
  });
});

describe('done', () => {
  test('is one tap, drawn in place, with a way back', async () => {
    const { anna, steel, calls } = await sales();
    const id = await world.action(anna, steel);
    await world.action(anna, steel, { text: 'The other' });
    const done = await world.press(calls.anna, 'actions.done', aboutOf(await list(calls.anna), 'Done'));
    expect(done.reply).toBe('redraw');
    expect(wordsOf(done)).toContain('Done: Send the offer');
    expect(wordsOf(done)).toContain('• The other');
    expect(await row(id)).toMatchObject({ state: 'done', remindAt: null });
    const undone = await world.press(calls.anna, 'actions.reopen', aboutOf(done, 'Undo'));
    expect(wordsOf(undone)).toContain('Open again: Send the offer');
    expect(await row(id)).toMatchObject({ state: 'open', closedAt: null, remindAt: new Date('2026-11-27T07:30:00Z') });
    // Both at the same moment of the test's clock, so their order is not told.
    const changes = await history(id);
    expect(changes).toHaveLength(2);
    expect(changes).toEqual(expect.arrayContaining([{ state: ['open', 'done'] }, { state: ['done', 'open'] }]));
  });

  test('pressed twice at once is done once', async () => {
    const { anna, steel, calls } = await sales();
    const id = await world.action(anna, steel);
    const replies = await Promise.all([1, 2, 3, 4].map(() => world.press(calls.anna, 'actions.done', id)));
    expect(replies.map((reply) => reply.reply)).toEqual(['redraw', 'redraw', 'redraw', 'redraw']);
    expect((await row(id)).state).toBe('done');
    expect(await history(id)).toHaveLength(1);
  });

  test('is for the owner, who made it, and the manager; others learn nothing', async () => {
    const { anna, ben, steel, calls, as, organization } = await sales();
    const id = await world.action(anna, steel);
    const gone = 'I can’t find that any more';
    const stranger = await world.build.person(await anOrganization(world));
    const observer = await world.build.person(organization, { observer: true });
    for (const call of [calls.ben, as(stranger, { administrator: true, organizationId: stranger.organizationId })])
      for (const reply of [
        await world.press(call, 'actions.done', id),
        await world.open(call, 'actions.later', id),
        await world.open(call, 'actions.reassign', id),
      ])
        expect(wordsOf(reply)).toContain(gone);
    expect(
      wordsOf(await world.press(as(observer, { memberOf: calls.anna.me.memberOf }), 'actions.done', id)),
    ).toContain('Your role doesn’t allow this');
    for (const about of [undefined, '', 'x', uuid(), `${id}'; --`])
      expect(wordsOf(await world.press(calls.anna, 'actions.done', about))).toContain(gone);
    expect((await row(id)).state).toBe('open');
    const byBen = await world.action(anna, steel, { createdBy: ben });
    await world.press(calls.ben, 'actions.done', byBen);
    await world.press(calls.mia, 'actions.done', id);
    expect([(await row(id)).state, (await row(byBen)).state]).toEqual(['done', 'done']);
  });
});

describe('later', () => {
  test.each([
    [{ choice: 'tomorrow' }, '2026-11-24'],
    [{ choice: 'nextMonday' }, '2026-11-30'],
    [{ choice: 'inAWeek' }, '2026-11-30'],
    [{ choice: 'tomorrow', due: '2026-12-24' }, '2026-12-24'],
  ])('%j moves it to %s, with its reminder', async (answers, day) => {
    const { anna, steel, calls } = await sales();
    const id = await world.action(anna, steel);
    const asked = await world.open(calls.anna, 'actions.later', id);
    const reply = await world.submit(calls.anna, asked, answers);
    expect(reply.reply).toBe('redraw');
    expect(wordsOf(reply)).toMatch(/Moved to .*: Send the offer/);
    expect(await row(id)).toMatchObject({ dueOn: new Date(day), remindAt: new Date(`${day}T07:30:00Z`) });
    expect(await history(id)).toEqual([{ dueOn: ['2026-11-27', day] }]);
  });

  test('submitted twice at once is one change', async () => {
    const { anna, steel, calls } = await sales();
    const id = await world.action(anna, steel);
    const asked = await world.open(calls.anna, 'actions.later', id);
    const replies = await Promise.all([1, 2, 3].map(() => world.submit(calls.anna, asked, { due: '2026-12-24' })));
    expect(new Set(replies.map(wordsOf)).size).toBe(1);
    expect(await history(id)).toHaveLength(1);
    const other = await world.open(calls.anna, 'actions.later', id);
    await world.submit(calls.anna, other, { due: '2026-12-01' });
    await world.submit(calls.anna, asked, { due: '2026-12-24' });
    expect((await row(id)).dueOn).toEqual(new Date('2026-12-01'));
    expect(await history(id)).toHaveLength(2);
  });

  test('does not go back, and not where it was closed in between', async () => {
    const { anna, steel, calls } = await sales();
    const id = await world.action(anna, steel);
    const asked = await world.open(calls.anna, 'actions.later', id);
    expect(await world.submit(calls.anna, asked, { due: '2026-11-22' })).toMatchObject({
      problems: { due: 'That day is over. Please choose today or later.' },
    });
    await world.press(calls.anna, 'actions.done', id);
    expect(await world.submit(calls.anna, asked, {})).toMatchObject({ reply: 'fix', problems: {} });
    expect(wordsOf(await world.open(calls.anna, 'actions.later', id))).toContain('already closed');
  });
});

describe('handing on', () => {
  test('tells the new owner privately, in their language, and reminds them in their zone', async () => {
    const { anna, ben, steel, calls } = await sales();
    const id = await world.action(anna, steel);
    const asked = await world.open(calls.mia, 'actions.reassign', id);
    const nudges = world.nudges.count;
    const replies = await Promise.all([1, 2].map(() => world.submit(calls.mia, asked, { owner: ben.id })));
    for (const reply of replies) expect(wordsOf(reply)).toContain('Ben Ode has it now: Send the offer');
    expect(await row(id)).toMatchObject({ ownerId: ben.id, remindAt: new Date('2026-11-27T00:30:00Z') });
    expect(await history(id)).toEqual([{ ownerId: [anna.id, ben.id] }]);
    expect((await world.told(ben.id)).map(({ words }) => words)).toEqual([
      'Mia Voss转给您一项待办\n• Send the offer – Example Steel · 11月27日周五到期',
    ]);
    expect(world.nudges.count).toBeGreaterThan(nudges);
  });

  test('to oneself tells nobody; to an observer, to who left, to another organisation: no', async () => {
    const { anna, mia, steel, calls, organization } = await sales();
    const id = await world.action(anna, steel);
    const observer = await world.build.person(organization, { observer: true });
    const left = await world.build.person(organization, { deactivatedAt: new Date() });
    const stranger = await world.build.person(await anOrganization(world));
    for (const owner of [observer.id, left.id, stranger.id]) {
      const reply = await world.submit(calls.mia, await world.open(calls.mia, 'actions.reassign', id), { owner });
      expect(reply).toMatchObject({ problems: { owner: expect.stringContaining('can’t take next steps') } });
    }
    await world.submit(calls.mia, await world.open(calls.mia, 'actions.reassign', id), { owner: mia.id });
    expect((await row(id)).ownerId).toBe(mia.id);
    expect(await world.told(mia.id)).toEqual([]);
  });
});

describe('adding', () => {
  test('to an account: mine, with the day from its words', async () => {
    const { anna, steel, calls } = await sales();
    const asked = await world.open(calls.anna, 'actions.add', `account:${steel}`);
    const both = await Promise.all([1, 2].map(() => world.submit(calls.anna, asked, { text: 'samples by Friday' })));
    expect(wordsOf(both[0] ?? { reply: 'nothing' })).toContain('Next step added: samples by Friday');
    expect(wordsOf(both[1] ?? { reply: 'nothing' })).toBe(wordsOf(both[0] ?? { reply: 'nothing' }));
    const rows = await world.database.prisma.action.findMany({ where: { accountId: steel } });
    expect(rows).toMatchObject([{ ownerId: anna.id, dueOn: new Date('2026-11-27'), state: 'open' }]);
  });

  test('to a visit, for somebody else, who is told; not to a visit that one may not see', async () => {
    const { organization, anna, mia, steel, calls } = await sales();
    const organizationId = organization.id;
    const visit = await world.database.prisma.visit.create({
      data: {
        organizationId,
        accountId: steel,
        authorId: anna.id,
        date: new Date('2026-11-23'),
        loggedAt: new Date('2026-11-23T09:00:00Z'),
        requestKey: uuid(),
        people: { create: { person: { connect: { organizationId_id: { organizationId, id: anna.id } } } } },
      },
    });
    const about = `visit:${visit.id}`;
    const answers = { text: 'Call the CFO', owner: mia.id };
    await world.submit(calls.anna, await world.open(calls.anna, 'actions.add', about), answers);
    expect(await world.database.prisma.action.findFirst({ where: { visitId: visit.id } })).toMatchObject({
      text: 'Call the CFO',
      ownerId: mia.id,
      createdById: anna.id,
      dueOn: null,
      remindAt: null,
    });
    expect((await world.told(mia.id))[0]?.words).toContain('Anna Berg handed you a next step');
    expect(wordsOf(await world.open(calls.ben, 'actions.add', about))).toContain('can’t find that');
    for (const nonsense of [undefined, 'visit:', `person:${anna.id}`, `visit:${uuid()}`])
      expect(wordsOf(await world.open(calls.anna, 'actions.add', nonsense))).toContain('can’t find that');
  });
});

describe('a visit that is taken back', () => {
  test('takes its next steps with it and opens again what it fulfilled; restored, the other way round', async () => {
    const { organization, anna, steel } = await sales();
    const organizationId = organization.id;
    const visit = await world.database.prisma.visit.create({
      data: {
        organizationId,
        accountId: steel,
        authorId: anna.id,
        date: new Date('2026-11-23'),
        loggedAt: new Date('2026-11-23T09:00:00Z'),
        requestKey: uuid(),
      },
    });
    const promised = await world.action(anna, steel, { visitId: visit.id });
    const fulfilled = await world.action(anna, steel, { text: 'Old promise' });
    const unrelated = await world.action(anna, steel);
    await world.database.prisma.action.updateMany({
      where: { id: fulfilled },
      data: { state: 'done', fulfilledById: visit.id, closedAt: new Date('2026-11-23T09:00:00Z'), remindAt: null },
    });
    const turn = { organizationId, visitId: visit.id, by: anna.id, at: makeCall(organization, anna).now };
    await world.actions.dropOfVisit(world.database.pool, turn);
    expect(await row(promised)).toMatchObject({ state: 'dropped', remindAt: null });
    expect(await row(fulfilled)).toMatchObject({ state: 'open', fulfilledById: null, closedAt: null });
    expect((await row(fulfilled)).remindAt?.toISOString()).toBe('2026-11-26T18:30:00.000Z');
    await world.actions.restoreOfVisit(world.database.pool, { ...turn, at: turn.at.add({ minutes: 1 }) });
    expect(await row(promised)).toMatchObject({ state: 'open' });
    expect(await row(fulfilled)).toMatchObject({ state: 'done', fulfilledById: visit.id, remindAt: null });
    expect(await history(unrelated)).toEqual([]);
    expect(await history(promised)).toHaveLength(2);
    expect(await history(fulfilled)).toHaveLength(2);
  });
});

test('an account’s card has its first five open actions and their number', async () => {
  const { anna, steel } = await sales();
  for (const dueOn of [null, '2026-12-05', '2026-12-04', '2026-12-03', '2026-12-02', '2026-12-01'])
    await world.action(anna, steel, { dueOn });
  const other = await world.account(anna, 'Example Glass');
  const found = await world.actions.openActionsOf(anna.organizationId, [steel, other]);
  expect([...found.keys()]).toEqual([steel]);
  expect(found.get(steel)?.openActionCount).toBe(6);
  expect(found.get(steel)?.openActions.map((action) => action.dueOn?.toString())).toEqual(
    ['01', '02', '03', '04', '05'].map((day) => `2026-12-${day}`),
  );
});
