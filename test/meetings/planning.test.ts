import { Temporal } from 'temporal-polyfill';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outboxRow } from '../../src/chat/outbox.ts';
import { type Database, openDatabase } from '../../src/database.ts';
import { createLog } from '../../src/log.ts';
import { answerSaveStore } from '../../src/meetings/answer-save-store.ts';
import { followJob } from '../../src/meetings/following.ts';
import { followingStore } from '../../src/meetings/following-store.ts';
import { defaults, type MeetingKind } from '../../src/meetings/meeting.ts';
import { type PlanNeeds, planJob, planMoved } from '../../src/meetings/planning.ts';
import { planningStore } from '../../src/meetings/planning-store.ts';
import { standardOf } from '../../src/meetings/question.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { type SeededOrganization, type SeededPerson, seed } from '../support/seed.ts';
import { type Days, daysOn } from './days.ts';

const log = createLog('silent');
let at: TestDatabase;
let database: Database;
let build: ReturnType<typeof seed>;
let days: Days;
beforeAll(async () => {
  at = await createTestDatabase();
  database = openDatabase(at.url, { log });
  build = seed(database);
  days = daysOn(database);
});
afterAll(async () => {
  await database.close();
  await at.drop();
});

const tuesday = '2026-11-24';
const instant = (text: string) => Temporal.Instant.from(text);

/** The planner; what it shows people has its own tests. */
const planner = (): PlanNeeds => ({
  store: planningStore(database),
  calendar: days.calendar,
  cards: async (asked) => new Map(asked.map(({ prompt }) => [prompt.id, { title: prompt.kind, body: [] }])),
  nudge: () => undefined,
  log,
});
const follower = () =>
  followJob({ store: followingStore(database), calendar: days.calendar, nudge: () => undefined, log });
const day = (text: string) => Temporal.PlainDate.from(text);

async function meetingOf(
  organization: SeededOrganization,
  team: { id: string },
  given: {
    kind?: MeetingKind;
    nextAt?: string;
    startsAt?: string;
    clock?: 'person' | 'team';
    observers?: SeededPerson[];
  } = {},
) {
  const { kind = 'morning', nextAt = `${tuesday}T00:00Z`, observers = [] } = given;
  const usual = defaults[kind];
  const { prisma } = database;
  const id = uuid();
  const organizationId = organization.id;
  await prisma.meeting.create({
    data: {
      organizationId,
      id,
      teamId: team.id,
      kind,
      rule: usual.rule,
      startsOn: new Date('2026-11-01'),
      startsAt: given.startsAt ?? usual.startsAt,
      clock: given.clock ?? usual.clock,
      windowMinutes: usual.windowMinutes,
      remindAfter: usual.remindAfter,
      nextAt: new Date(nextAt),
      createdAt: new Date('2026-11-01'),
    },
  });
  await prisma.meetingQuestions.create({
    data: {
      organizationId,
      meetingId: id,
      version: 1,
      createdAt: new Date('2026-11-01'),
      questions: JSON.parse(JSON.stringify(standardOf[kind])),
    },
  });
  await prisma.meetingObserver.createMany({
    data: observers.map((person) => ({ organizationId, meetingId: id, personId: person.id })),
  });
  return id;
}

async function prompts(organization: SeededOrganization) {
  const rows = await database.prisma.prompt.findMany({
    where: { organizationId: organization.id },
    include: { person: true, meetings: true },
    orderBy: [{ date: 'asc' }, { opensAt: 'asc' }, { personId: 'asc' }],
  });
  return rows.map((row) => ({
    who: row.person.name,
    state: row.state,
    slot: row.slot,
    date: row.date.toISOString().slice(0, 10),
    opens: row.opensAt.toISOString().slice(11, 16),
    counts: row.meetings.length,
  }));
}
const told = (organization: SeededOrganization, of = 'prompt:') =>
  database.prisma.outbox.count({ where: { organizationId: organization.id, key: { startsWith: of } } });

async function crew(zones: Record<string, string>) {
  const organization = await build.organization();
  const people: SeededPerson[] = [];
  for (const [name, timeZone] of Object.entries(zones))
    people.push(await build.person(organization, { name, timeZone }));
  const team = await build.team(organization, { members: people });
  return { organization, people, team };
}

describe('the planner', () => {
  it('asks each on their own clock, once, and looks again when the next window opens', async () => {
    const { organization, team } = await crew({ Anna: 'Europe/Berlin', 陈伟: 'Asia/Shanghai' });
    const id = await meetingOf(organization, team);
    const job = planJob(planner());
    await job.run(instant(`${tuesday}T00:45Z`));
    expect(await prompts(organization)).toEqual([
      { who: '陈伟', state: 'open', slot: 'morning', date: tuesday, opens: '00:45', counts: 1 },
    ]);
    const { nextAt } = await database.prisma.meeting.findFirstOrThrow({ where: { id } });
    expect(nextAt?.toISOString()).toBe(`${tuesday}T07:45:00.000Z`);
    await job.run(instant(`${tuesday}T07:44Z`));
    expect(await told(organization)).toBe(1);
    await job.run(instant(`${tuesday}T07:45Z`));
    await job.run(instant(`${tuesday}T07:46Z`));
    expect(await told(organization)).toBe(2);
    // The summary waits for the last of them.
    const occurrence = await database.prisma.occurrence.findFirstOrThrow({
      where: { organizationId: organization.id },
    });
    expect(occurrence.summaryAt?.toISOString()).toBe(`${tuesday}T10:45:00.000Z`);
  });

  it('asks who is in several teams once, and counts them in each', async () => {
    const { organization, people, team } = await crew({ Anna: 'Europe/Berlin' });
    const other = await build.team(organization, { name: 'South', members: people });
    await meetingOf(organization, team);
    await meetingOf(organization, other, { startsAt: '08:30' });
    await planJob(planner()).run(instant(`${tuesday}T08:00Z`));
    expect(await prompts(organization)).toMatchObject([{ who: 'Anna', counts: 2 }]);
    expect(await told(organization)).toBe(1);
  });

  it('asks everybody else while one meeting cannot be planned, and its people as soon as it can', async () => {
    const [broken, ...others] = [
      await crew({ Anna: 'UTC' }),
      ...(await Promise.all(Array.from({ length: 3 }, () => crew({ Ben: 'UTC' })))),
    ];
    for (const { organization, team } of [broken, ...others]) await meetingOf(organization, team);
    const needs = planner();
    const job = (isBroken: boolean) =>
      planJob({
        ...needs,
        cards: async (asked, now) => {
          if (isBroken && asked.some(({ prompt }) => prompt.organizationId === broken.organization.id))
            throw new Error('nobody foresaw this');
          return needs.cards(asked, now);
        },
      });
    await job(true).run(instant(`${tuesday}T09:00Z`));
    expect(await prompts(broken.organization)).toEqual([]);
    for (const { organization } of others) expect(await prompts(organization)).toMatchObject([{ state: 'open' }]);
    await job(false).run(instant(`${tuesday}T09:01Z`));
    expect(await prompts(broken.organization)).toMatchObject([{ who: 'Anna', state: 'open' }]);
    for (const { organization } of [broken, ...others]) expect(await told(organization)).toBe(1);
  });

  it('counts somebody in a second team while they answer', async () => {
    const { organization, people, team } = await crew({ Anna: 'UTC' });
    const [anna] = people;
    if (!anna) throw new Error('nobody is there');
    await meetingOf(organization, team);
    const job = planJob(planner());
    await job.run(instant(`${tuesday}T09:00Z`));
    const asked = await database.prisma.prompt.findFirstOrThrow({ where: { personId: anna.id } });
    const { id: workspaceId } = await database.prisma.workspace.findFirstOrThrow();
    const card = { thing: 'prompt', thingId: asked.id, card: 'prompt', conversation: 'D1', message: uuid() };
    await database.prisma.sent.create({
      data: { organizationId: organization.id, workspaceId, sentAt: new Date(), ...card },
    });
    const other = await build.team(organization, { name: 'South', members: people });
    await meetingOf(organization, other);
    const by = { organizationId: organization.id, personId: anna.id, now: instant(`${tuesday}T09:05Z`), message: null };
    const answer = { prompt: { id: asked.id }, version: asked.version, answers: {}, plan: null, blockers: null };
    const saved = await answerSaveStore(database).save(by, { ...answer, state: 'nothing' }, async () => {
      // The answer is written and not yet committed. Whoever waited for it here could be waited for by it.
      await job.run(instant(`${tuesday}T09:05Z`));
      const content = {
        do: 'redraw',
        of: { thing: 'prompt', id: asked.id, card: 'prompt' },
        card: { body: [] },
      } as const;
      const { organizationId, now } = by;
      return outboxRow({ organizationId, key: `redrawn:${asked.id}`, to: { whereItStands: true }, content }, now);
    });
    expect(saved).toMatchObject({ became: 'saved' });
    expect(await prompts(organization)).toMatchObject([{ who: 'Anna', state: 'nothing', counts: 2 }]);
  });

  it('asks nobody who observes, is away, or has left, and nobody on a holiday', async () => {
    const { organization, people, team } = await crew({ Anna: 'UTC', Ben: 'UTC', Cleo: 'UTC', Dan: 'UTC' });
    const [, ben, cleo, dan] = people;
    if (!ben || !cleo || !dan) throw new Error('nobody is there');
    await meetingOf(organization, team, { observers: [ben] });
    await database.prisma.person.updateMany({ where: { id: dan.id }, data: { deactivatedAt: new Date() } });
    await days.set(team.id, { days: new Map([[tuesday, { works: false, name: 'A holiday' }]]) });
    await planJob(planner()).run(instant(`${tuesday}T09:00Z`));
    expect(await prompts(organization)).toEqual([]);
    await database.prisma.meeting.updateMany({
      where: { organizationId: organization.id },
      data: { nextAt: new Date(`${tuesday}T00:00Z`) },
    });
    await days.set(team.id, null);
    await days.away(cleo.id, { from: day(tuesday), to: day(tuesday) });
    await planJob(planner()).run(instant(`${tuesday}T09:00Z`));
    expect(await prompts(organization)).toMatchObject([{ who: 'Anna' }]);
  });

  it('writes down what an outage kept it from asking, and asks what is still open', async () => {
    const { organization, team } = await crew({ Anna: 'UTC' });
    await meetingOf(organization, team, { nextAt: '2026-11-20T08:45Z' });
    await planJob(planner()).run(instant(`${tuesday}T09:00Z`));
    expect(await prompts(organization)).toMatchObject([
      { date: '2026-11-20', state: 'missed' },
      { date: '2026-11-23', state: 'missed' },
      { date: tuesday, state: 'open' },
    ]);
    expect(await told(organization)).toBe(1);
  });

  it('asks nobody again who answered the day before', async () => {
    const { organization, people, team } = await crew({ Anna: 'UTC' });
    const id = await meetingOf(organization, team);
    await database.prisma.prompt.create({
      data: {
        organizationId: organization.id,
        personId: people[0]?.id ?? '',
        kind: 'morning',
        slot: 'morning',
        date: new Date(tuesday),
        opensAt: new Date(`${tuesday}T08:45Z`),
        closesAt: new Date(`${tuesday}T11:45Z`),
        state: 'answered',
        answeredAt: new Date('2026-11-23T17:00Z'),
        questionsOfId: id,
        questionsVersion: 1,
      },
    });
    await planJob(planner()).run(instant(`${tuesday}T09:00Z`));
    expect(await prompts(organization)).toMatchObject([{ state: 'answered', counts: 1 }]);
    expect(await told(organization)).toBe(0);
  });

  it('asks who has travelled over their window on arrival', async () => {
    const { organization, people, team } = await crew({ Anna: 'America/New_York' });
    const [anna] = people;
    if (!anna) throw new Error('nobody is there');
    await meetingOf(organization, team, { nextAt: `${tuesday}T13:45Z` });
    await database.prisma.person.updateMany({ where: { id: anna.id }, data: { timeZone: 'Asia/Shanghai' } });
    const now = instant(`${tuesday}T06:00Z`);
    await planMoved(planner(), { organizationId: organization.id, id: anna.id }, now);
    await planMoved(planner(), { organizationId: organization.id, id: anna.id }, now.add({ minutes: 5 }));
    expect(await prompts(organization)).toMatchObject([{ who: 'Anna', state: 'open', date: tuesday, opens: '06:00' }]);
    expect(await told(organization)).toBe(1);
  });

  it('does it once, however many processes do it at the same moment', async () => {
    const organization = await build.organization();
    const people: SeededPerson[] = [];
    for (let index = 0; index < 12; index += 1)
      people.push(await build.person(organization, { name: `Rep ${index}`, timeZone: 'UTC' }));
    for (let index = 0; index < 60; index += 1) {
      const team = await build.team(organization, { name: `Team ${index}`, members: people });
      await meetingOf(organization, team);
    }
    const now = instant(`${tuesday}T09:00Z`);
    await Promise.all(Array.from({ length: 5 }, () => planJob(planner()).run(now)));
    const found = await prompts(organization);
    expect(found).toHaveLength(12);
    expect(found.every(({ counts }) => counts === 60)).toBe(true);
    expect(await told(organization)).toBe(12);
  });
});

describe('who has not answered', () => {
  /** What asks people goes out. */
  const arrives = (organization: SeededOrganization, at = `${tuesday}T08:45Z`, state: 'sent' | 'failed' = 'sent') =>
    database.prisma.outbox.updateMany({
      where: { organizationId: organization.id, key: { startsWith: 'prompt:' }, state: 'waiting' },
      data: { state, sentAt: state === 'sent' ? new Date(at) : null },
    });

  it('is reminded twice at most, and then the prompt closes', async () => {
    const { organization, team } = await crew({ Anna: 'UTC' });
    await meetingOf(organization, team);
    await planJob(planner()).run(instant(`${tuesday}T08:45Z`));
    await arrives(organization);
    const follow = follower();
    const reminders = () => told(organization, 'prompt-reminder:');
    await follow.run(instant(`${tuesday}T10:32Z`));
    expect(await reminders()).toBe(0);
    await follow.run(instant(`${tuesday}T10:33Z`));
    expect(await reminders()).toBe(1);
    await follow.run(instant(`${tuesday}T10:34Z`));
    await follow.run(instant(`${tuesday}T11:10Z`));
    expect(await reminders()).toBe(2);
    await follow.run(instant(`${tuesday}T11:44Z`));
    expect(await prompts(organization)).toMatchObject([{ state: 'open' }]);
    await follow.run(instant(`${tuesday}T11:45Z`));
    expect(await prompts(organization)).toMatchObject([{ state: 'closed' }]);
    expect(await reminders()).toBe(2);
  });

  it('is not reminded after the close by a reminder that could not be sent before it', async () => {
    const { organization, team } = await crew({ Anna: 'UTC' });
    await meetingOf(organization, team);
    await planJob(planner()).run(instant(`${tuesday}T08:45Z`));
    await arrives(organization);
    const follow = follower();
    await follow.run(instant(`${tuesday}T10:33Z`));
    const reminder = () =>
      database.prisma.outbox.findFirstOrThrow({
        where: { organizationId: organization.id, key: { startsWith: 'prompt-reminder:' } },
      });
    expect(await reminder()).toMatchObject({ state: 'waiting' });
    await follow.run(instant(`${tuesday}T11:45Z`));
    expect(await prompts(organization)).toMatchObject([{ state: 'closed' }]);
    expect(await reminder()).toMatchObject({ state: 'failed', failure: 'too_late' });
  });

  it('hears nothing when the meeting was paused meanwhile', async () => {
    const { organization, team } = await crew({ Anna: 'UTC' });
    const id = await meetingOf(organization, team);
    await planJob(planner()).run(instant(`${tuesday}T08:45Z`));
    await arrives(organization);
    await database.prisma.meeting.updateMany({ where: { id }, data: { pausedAt: new Date() } });
    const follow = follower();
    await follow.run(instant(`${tuesday}T10:40Z`));
    expect(await told(organization, 'prompt-reminder:')).toBe(0);
  });

  it.each([
    [
      'they only observe by now',
      (personId: string) => database.prisma.person.updateMany({ where: { id: personId }, data: { observer: true } }),
    ],
    [
      'they are not in the team any more',
      (personId: string) => database.prisma.membership.deleteMany({ where: { personId } }),
    ],
    [
      'their team was put away',
      (_: string, teamId: string) =>
        database.prisma.team.updateMany({ where: { id: teamId }, data: { archivedAt: new Date() } }),
    ],
  ])('hears nothing when %s', async (_, change) => {
    const { organization, team, people } = await crew({ Anna: 'UTC' });
    await meetingOf(organization, team);
    await planJob(planner()).run(instant(`${tuesday}T08:45Z`));
    await arrives(organization);
    await change(people[0]?.id ?? '', team.id);
    const follow = follower();
    for (const time of ['10:33', '11:10', '11:45']) await follow.run(instant(`${tuesday}T${time}Z`));
    expect(await told(organization, 'prompt-reminder:')).toBe(0);
    expect(await prompts(organization)).toMatchObject([{ state: 'closed' }]);
  });

  it('hears nothing when they say afterwards that they are away', async () => {
    const { organization, team, people } = await crew({ Anna: 'UTC' });
    await meetingOf(organization, team);
    await planJob(planner()).run(instant(`${tuesday}T08:45Z`));
    await arrives(organization);
    await days.away(people[0]?.id ?? '', { from: day(tuesday), to: day(tuesday) });
    const follow = follower();
    for (const time of ['10:33', '11:10', '11:45']) await follow.run(instant(`${tuesday}T${time}Z`));
    expect(await told(organization, 'prompt-reminder:')).toBe(0);
    expect(await prompts(organization)).toMatchObject([{ state: 'closed' }]);
  });

  it('is not reminded of what has not reached them; whom it reaches late has half of what is left', async () => {
    const { organization, team } = await crew({ Anna: 'UTC' });
    await meetingOf(organization, team);
    await planJob(planner()).run(instant(`${tuesday}T08:45Z`));
    const follow = follower();
    const reminders = () => told(organization, 'prompt-reminder:');
    await follow.run(instant(`${tuesday}T10:33Z`));
    expect(await reminders()).toBe(0);
    await arrives(organization, `${tuesday}T11:05Z`);
    for (const time of ['11:09', '11:24']) await follow.run(instant(`${tuesday}T${time}Z`));
    expect(await reminders()).toBe(0);
    await follow.run(instant(`${tuesday}T11:25Z`));
    expect(await reminders()).toBe(1);
  });

  it.each(['waiting', 'failed'] as const)(
    'was missed by the bot where its message is %s at the close',
    async (state) => {
      const { organization, team } = await crew({ Anna: 'UTC' });
      await meetingOf(organization, team);
      await planJob(planner()).run(instant(`${tuesday}T08:45Z`));
      if (state === 'failed') await arrives(organization, '', 'failed');
      const follow = follower();
      for (const time of ['10:33', '11:10', '11:45']) await follow.run(instant(`${tuesday}T${time}Z`));
      expect(await told(organization, 'prompt-reminder:')).toBe(0);
      expect(await prompts(organization)).toMatchObject([{ state: 'missed' }]);
      // It is not asked afterwards either.
      const row = await database.prisma.outbox.findFirst({ where: { organizationId: organization.id } });
      expect(row?.state).toBe('failed');
    },
  );
});
