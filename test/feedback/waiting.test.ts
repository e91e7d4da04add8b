import { Temporal } from 'temporal-polyfill';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { monday } from '../support/call.ts';
import { type Company, type FeedbackWorld, openFeedbackWorld } from './feedback-world.ts';

let world: FeedbackWorld;
beforeAll(async () => {
  world = await openFeedbackWorld();
});
afterAll(() => world.close());

async function write({ organization, anna, acme }: Company, given: { created: string; answered?: string }) {
  const at = (day: string) => new Date(`${day}T12:00:00Z`);
  const { created, answered } = given;
  await world.database.prisma.feedback.create({
    data: {
      organizationId: organization.id,
      accountId: acme,
      kind: 'problem',
      words: 'said',
      requestKey: uuid(),
      authorId: anna.id,
      ownerId: anna.id,
      saidOn: new Date(created),
      createdAt: at(created),
      accountClass: 'core',
      openActions: 0,
      state: answered ? 'answered' : 'open',
      answeredAt: answered ? at(answered) : null,
    },
  });
}

test('what a team has open: an account is its own when it is assigned to it, else when its owner is in it', async () => {
  const company = await world.company();
  const { organization, team, acme } = company;
  const south = await world.make.team(organization, { name: 'South' });
  await write(company, { created: '2026-11-24' });
  await write(company, { created: '2026-11-20', answered: '2026-11-21' });
  const openIn = async (id: string) => (await world.feedback.openInTeam(organization.id, id, { limit: 5 })).total;
  expect([await openIn(team.id), await openIn(south.id)]).toEqual([1, 0]);
  await world.database.prisma.account.updateMany({ where: { id: acme }, data: { teamId: south.id } });
  expect([await openIn(team.id), await openIn(south.id)]).toEqual([0, 1]);
});

test('what of each account is open, and since when', async () => {
  const company = await world.company();
  const { organization, acme, anna } = company;
  for (const created of ['2026-11-20', '2026-11-10', '2026-11-22']) await write(company, { created });
  await write(company, { created: '2026-10-01', answered: '2026-10-02' });
  const open = await world.feedback.openOf(organization.id, [acme, uuid()]);
  expect([...open].map(([id, { count, oldestOn }]) => [id, count, String(oldestOn)])).toEqual([
    [acme, 3, '2026-11-10'],
  ]);
  const mine = await world.feedback.openFor(world.call(company, anna), { limit: 2 });
  expect([mine.total, ...mine.items.map(({ saidOn }) => String(saidOn))]).toEqual([4, '2026-11-10', '2026-11-20']);
});

describe('what happens by itself', () => {
  const day = (date: string, time = '08:00') => Temporal.Instant.from(`${date}T${time}:00Z`);
  const run = async (name: string, at: Temporal.Instant) => {
    const job = world.feedback.slice.jobs?.find((one) => one.name === name);
    if (!job) throw new Error(`no job ${name}`);
    await job.run(at);
  };
  async function due(company: Company, given: { due: string; owner?: string | null; state?: 'open' | 'answered' }) {
    const { organization, anna, acme } = company;
    const id = uuid();
    const { owner = anna.id, state = 'open' } = given;
    await world.database.prisma.feedback.create({
      data: {
        organizationId: organization.id,
        id,
        accountId: acme,
        kind: 'problem',
        words: 'said',
        requestKey: uuid(),
        authorId: anna.id,
        ownerId: owner,
        saidOn: new Date(monday.toString()),
        createdAt: new Date(monday.toString()),
        accountClass: 'core',
        openActions: 0,
        state,
        dueOn: new Date(given.due),
        remindAt: owner ? new Date(`${given.due}T07:30:00Z`) : null,
        raiseAt: new Date(`${given.due}T08:00:00Z`),
      },
    });
    return id;
  }
  const told = async ({ organization }: Company) =>
    (await world.database.prisma.outbox.findMany({ where: { organizationId: organization.id } })).map(
      ({ key, message }) => [key.split(':')[0], (message as { to: { personId: string } }).to.personId],
    );

  test('several processes at one moment tell each person once, of everything of theirs', async () => {
    const company = await world.company();
    for (let count = 0; count < 5; count += 1) await due(company, { due: '2026-11-24' });
    await Promise.all([1, 2, 3, 4].map(() => run('feedback.remind', day('2026-11-24'))));
    expect(await told(company)).toEqual([['feedback-due', company.anna.id]]);
    await run('feedback.remind', day('2026-11-24', '09:00'));
    expect(await told(company)).toHaveLength(1);
    await Promise.all([1, 2, 3, 4].map(() => run('feedback.raise', day('2026-11-25'))));
    await run('feedback.raise', day('2026-11-26'));
    const raised = (await told(company)).filter(([key]) => key === 'feedback-past-due');
    expect(new Set(raised.map(([, to]) => to))).toEqual(new Set([company.mia.id]));
    const rows = await world.database.prisma.feedback.findMany({ where: { organizationId: company.organization.id } });
    expect(rows.filter(({ remindAt, raiseAt }) => remindAt !== null || raiseAt !== null)).toEqual([]);
  });

  test('a reminder waits for a morning on which they work, and managers for theirs', async () => {
    const company = await world.company();
    // A Saturday.
    const id = await due(company, { due: '2026-11-28' });
    await run('feedback.remind', day('2026-11-28'));
    expect(await told(company)).toEqual([]);
    expect(await world.database.prisma.feedback.findFirstOrThrow({ where: { id } })).toMatchObject({
      remindAt: new Date('2026-11-30T07:30:00Z'),
    });
    await run('feedback.raise', day('2026-11-29'));
    expect(await told(company)).toEqual([]);
    await world.days.away(company.anna.id, {
      from: Temporal.PlainDate.from('2026-11-30'),
      to: Temporal.PlainDate.from('2026-12-01'),
    });
    await run('feedback.remind', day('2026-11-30'));
    expect(await told(company)).toEqual([]);
    await run('feedback.remind', day('2026-12-02'));
    expect(await told(company)).toEqual([['feedback-due', company.anna.id]]);
  });

  test('who left is reminded of nothing; the manager hears when it is past due', async () => {
    const company = await world.company();
    await due(company, { due: '2026-11-24' });
    await world.database.prisma.person.updateMany({
      where: { id: company.anna.id },
      data: { deactivatedAt: new Date() },
    });
    await run('feedback.remind', day('2026-11-24'));
    expect(await told(company)).toEqual([]);
    await run('feedback.raise', day('2026-11-25'));
    expect(await told(company)).toEqual([['feedback-past-due', company.mia.id]]);
  });

  test.each([
    ['answered in the meantime', { state: 'answered' as const }],
    ['the manager owes it', {}],
  ])('nobody is told: %s', async (why, given) => {
    const company = await world.company();
    const owner = why === 'the manager owes it' ? company.mia.id : company.anna.id;
    const id = await due(company, { due: '2026-11-24', owner, ...given });
    await run('feedback.raise', day('2026-11-25'));
    expect(await told(company)).toEqual([]);
    expect(await world.database.prisma.feedback.findFirstOrThrow({ where: { id } })).toMatchObject({ raiseAt: null });
  });

  test('on the day itself nobody is past due', async () => {
    const company = await world.company();
    const id = await due(company, { due: '2026-11-24' });
    await run('feedback.raise', day('2026-11-24', '15:00'));
    expect(await told(company)).toEqual([]);
    expect(await world.database.prisma.feedback.findFirstOrThrow({ where: { id } })).toMatchObject({
      raiseAt: new Date('2026-11-25T07:30:00Z'),
    });
  });

  test('with nobody to answer the manager still hears', async () => {
    const company = await world.company();
    await due(company, { due: '2026-11-24', owner: null });
    await run('feedback.raise', day('2026-11-25'));
    expect(await told(company)).toEqual([['feedback-past-due', company.mia.id]]);
  });

  test('whoever moves is reminded in the morning of where they are now', async () => {
    const company = await world.company();
    const id = await due(company, { due: '2026-11-26' });
    await world.database.prisma.person.updateMany({ where: { id: company.anna.id }, data: { timeZone: 'Asia/Tokyo' } });
    await world.feedback.ownersChanged(company.organization.id, { personIds: [company.anna.id] });
    await run('feedback.remind', day('2026-11-25', '23:00'));
    expect(await world.database.prisma.feedback.findFirstOrThrow({ where: { id } })).toMatchObject({
      remindAt: new Date('2026-11-25T23:30:00Z'),
    });
    await run('feedback.remind', day('2026-11-25', '23:30'));
    expect(await told(company)).toEqual([['feedback-due', company.anna.id]]);
  });

  test('a manager is reminded anew when the days of their team change', async () => {
    const company = await world.company();
    await due(company, { due: '2026-11-24', owner: company.mia.id });
    await world.days.set(company.team.id, { days: new Map([['2026-11-24', { works: false, name: null }]]) });
    await run('feedback.remind', day('2026-11-24'));
    expect(await told(company)).toEqual([]);
    await world.days.set(company.team.id, null);
    await world.feedback.ownersChanged(company.organization.id, { teamIds: [company.team.id] });
    await run('feedback.remind', day('2026-11-24', '09:00'));
    expect(await told(company)).toEqual([['feedback-due', company.mia.id]]);
  });
});
