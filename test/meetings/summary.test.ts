import { Temporal } from 'temporal-polyfill';
import { v7 as uuid } from 'uuid';
import { describe, expect, it } from 'vitest';
import { plainWeek } from '../../src/calendar/index.ts';
import { inPlainText } from '../../src/chat/card.ts';
import type { Claimed } from '../../src/chat/outbox-store.ts';
import { createLog } from '../../src/log.ts';
import { raiseJob } from '../../src/meetings/raising.ts';
import { summaryJob } from '../../src/meetings/summarizing.ts';
import { makeCall } from '../support/call.ts';
import type { SeededOrganization, SeededPerson } from '../support/seed.ts';
import { answeringWorld } from './answering-world.ts';

const world = answeringWorld();
const log = createLog('silent');
const monday = '2026-11-23';
/** The default window of a morning in Berlin has closed. */
const closed = Temporal.Instant.from('2026-11-23T10:45Z');
const date = (text: string) => Temporal.PlainDate.from(text);

/** A process that sums up. */
const summaries = () =>
  summaryJob({ database: world.database, calendar: world.days.calendar, nudge: () => undefined, log });

/** Rows of the outbox in the order in which they were decided. */
async function decided(organization: { id: string }) {
  const rows = await world.database.prisma.outbox.findMany({
    where: { organizationId: organization.id, NOT: { key: { startsWith: 'prompt' } } },
    orderBy: { id: 'asc' },
  });
  return rows.map((row) => {
    // Written by outboxRow just now.
    const message = row.message as unknown as Claimed['message'];
    return { message, words: inPlainText(message.card) };
  });
}

/** Stores what a person has answered. */
async function answered(
  person: SeededPerson,
  promptId: string,
  given: {
    state?: 'answered' | 'nothing' | 'skipped';
    items?: string[];
    blockers?: [text: string, since: string][];
  } = {},
) {
  const { prisma } = world.database;
  const { organizationId } = person;
  const { state = 'answered', items = [], blockers = [] } = given;
  await prisma.prompt.update({
    where: { organizationId_id: { organizationId, id: promptId } },
    data: { state, answeredAt: new Date(`${monday}T08:00Z`), version: 1 },
  });
  const of = { organizationId, personId: person.id, promptId };
  await prisma.planItem.createMany({
    data: items.map((text, position) => ({ ...of, id: uuid(), date: new Date(monday), position, text })),
  });
  await prisma.blocker.createMany({
    data: blockers.map(([text, since]) => ({ ...of, id: uuid(), text, since: new Date(since) })),
  });
}

const occurrences = (organization: { id: string }) =>
  world.database.prisma.occurrence.findMany({ where: { organizationId: organization.id }, orderBy: { date: 'asc' } });

/** Anna and Ben in a team that has a morning and a channel. */
async function crew(given: { channelId?: string | null; locale?: string; names?: string[] } = {}) {
  const { channelId = 'C1', names = ['Anna', 'Ben'] } = given;
  const organization = await world.build.organization();
  const people: SeededPerson[] = [];
  for (const name of names) people.push(await world.build.person(organization, { name }));
  const mia = await world.build.person(organization, { name: 'Mia Voss', locale: 'zh-CN' });
  const team = await world.build.team(organization, {
    members: people,
    manager: mia,
    locale: given.locale ?? 'en',
    ...(channelId === null ? {} : { channelId }),
  });
  const meeting = await world.meeting(organization, team);
  const [anna, ben] = people;
  if (!anna || !ben) throw new Error('two at least');
  return { organization, people, anna, ben, mia, team, meeting };
}

const change = (meeting: string, data: Parameters<typeof world.database.prisma.meeting.updateMany>[0]['data']) =>
  world.database.prisma.meeting.updateMany({ where: { id: meeting }, data });

describe('the summary', () => {
  it('is posted in the team’s channel when the window closes, once, in the team’s language', async () => {
    const { organization, anna, ben, meeting } = await crew({ locale: 'zh-CN' });
    const steel = await world.account(anna, 'Example Steel');
    const prompt = await world.prompt(anna, meeting);
    await world.prompt(ben, meeting, { state: 'closed' });
    await answered(anna, prompt, { items: ['sign the contract'], blockers: [['no sample', '2026-11-19']] });
    await world.database.prisma.planItem.updateMany({ where: { promptId: prompt }, data: { accountId: steel } });
    const job = summaries();
    await job.run(closed.subtract({ seconds: 1 }));
    expect(await occurrences(organization)).toMatchObject([{ postedAt: null }]);
    await job.run(closed);
    await job.run(closed.add({ minutes: 1 }));
    const [post, ...others] = await decided(organization);
    expect(others).toEqual([]);
    const [occurrence] = await occurrences(organization);
    expect(post?.message).toMatchObject({
      do: 'post',
      to: { workspaceId: organization.workspaceId, conversation: 'C1' },
      as: { thing: 'occurrence', id: occurrence?.id, card: 'summary' },
    });
    expect(post?.words).toBe(
      [
        '早会 · 11月23日周一',
        '• Anna：Example Steel – sign the contract',
        '遇到的困难',
        '• no sample – Anna，11月19日周四提出，已 2 个工作日',
        '问了 2 人，1 人已回答',
      ].join('\n'),
    );
    expect(occurrence).toMatchObject({ summaryAt: null, postedAt: new Date(closed.epochMilliseconds) });
  });

  it('of one meeting that cannot be drawn holds up no other, and comes as soon as it can', async () => {
    const [broken, ...others] = [await crew(), await crew(), await crew()];
    for (const { anna, meeting } of [broken, ...others]) await answered(anna, await world.prompt(anna, meeting));
    const { calendar } = world.days;
    const failing: typeof calendar = {
      ...calendar,
      absencesOf: async (people, ...days) => {
        if (people.some(({ personId }) => personId === broken.anna.id)) throw new Error('nobody foresaw this');
        return calendar.absencesOf(people, ...days);
      },
    };
    const posted = async ({ organization }: { organization: { id: string } }) => (await decided(organization)).length;
    await summaryJob({ database: world.database, calendar: failing, nudge: () => undefined, log }).run(closed);
    expect(await Promise.all([broken, ...others].map(posted))).toEqual([0, 1, 1]);
    await summaries().run(closed.add({ minutes: 1 }));
    expect(await Promise.all([broken, ...others].map(posted))).toEqual([1, 1, 1]);
  });

  it('goes to the meeting’s own channel where it has one', async () => {
    const { organization, anna, meeting } = await crew();
    await change(meeting, { channelWorkspaceId: organization.workspaceId, channelId: 'C2' });
    await answered(anna, await world.prompt(anna, meeting), { state: 'nothing' });
    await summaries().run(closed);
    expect((await decided(organization)).map(({ message }) => message.to)).toMatchObject([{ conversation: 'C2' }]);
  });

  it('is drawn anew after a late answer and after every other', async () => {
    const { organization, anna, ben, meeting } = await crew();
    const prompts = [await world.prompt(anna, meeting), await world.prompt(ben, meeting, { state: 'closed' })] as const;
    await answered(anna, prompts[0], { items: ['see the buyer'] });
    const job = summaries();
    await job.run(closed);
    for (const minutes of [10, 20]) {
      const now = closed.add({ minutes });
      await world.press(
        makeCall(organization, ben, { now }),
        minutes === 10 ? 'prompts.nothing' : 'prompts.skip',
        prompts[1],
      );
      await job.run(now);
    }
    const [post, first, second, ...others] = await decided(organization);
    expect(others).toEqual([]);
    expect(post?.words).toContain('1 of 2 asked answered');
    const of = post?.message.do === 'post' && post.message.as;
    expect(first?.message).toMatchObject({ do: 'redraw', of, to: { whereItStands: true } });
    expect(first?.words).toContain('Nothing today: Ben\n2 of 2 asked answered');
    expect(second?.words).toContain('Skipped: Ben\n2 of 2 asked answered');
    expect((await occurrences(organization))[0]?.postedAt).toEqual(new Date(closed.epochMilliseconds));
  });

  it('has an answer that comes while it is being posted', async () => {
    const { organization, anna, ben, meeting } = await crew();
    await answered(anna, await world.prompt(anna, meeting));
    const prompt = await world.prompt(ben, meeting, { state: 'closed' });
    const { pool } = world.database;
    const waits = () =>
      expect
        .poll(async () => {
          const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
          return (await pool.query(waiting)).rowCount;
        })
        .toBe(1);
    const { workdaysOf, absencesOf } = world.days.calendar;
    let pressed: Promise<unknown> | undefined;
    // What everybody said was read before a summary asks for calendars.
    const calendar: typeof world.days.calendar = {
      ...world.days.calendar,
      absencesOf,
      workdaysOf: async (teams) => {
        pressed ??= world.press(makeCall(organization, ben, { now: closed }), 'prompts.nothing', prompt);
        await Promise.race([pressed, waits()]);
        return workdaysOf(teams);
      },
    };
    await summaryJob({ database: world.database, calendar, nudge: () => undefined, log }).run(closed);
    await pressed;
    await summaries().run(closed.add({ minutes: 1 }));
    const said = await decided(organization);
    expect(said.at(-1)?.words).toContain('2 of 2 asked answered');
  });

  it.each<[string, (of: Awaited<ReturnType<typeof crew>>) => Promise<unknown>]>([
    [
      'without a channel',
      async ({ team }) => world.database.prisma.team.updateMany({ where: { id: team.id }, data: { channelId: null } }),
    ],
    ['of a meeting that was put away', async ({ meeting }) => change(meeting, { archivedAt: new Date() })],
    [
      'of a team that was put away',
      async ({ team }) =>
        world.database.prisma.team.updateMany({ where: { id: team.id }, data: { archivedAt: new Date() } }),
    ],
  ])('%s is not posted, and not looked at again', async (_, given) => {
    const of = await crew();
    await given(of);
    await answered(of.anna, await world.prompt(of.anna, of.meeting));
    await summaries().run(closed);
    expect(await decided(of.organization)).toEqual([]);
    expect(await occurrences(of.organization)).toMatchObject([{ summaryAt: null, postedAt: null }]);
  });

  it('says at the close whom the bot could not ask, but not days later', async () => {
    const { organization, anna, ben, meeting } = await crew();
    for (const person of [anna, ben]) {
      await world.prompt(person, meeting, { state: 'missed', date: '2026-11-20' });
      await world.prompt(person, meeting, { state: 'missed' });
    }
    await summaries().run(closed);
    expect((await decided(organization)).map(({ words }) => words.split('\n'))).toEqual([
      ['Morning meeting · Mon 23 Nov', 'Nobody has written anything yet.', 'The bot could not ask 2 people in time'],
    ]);
  });

  it('counts nobody who is away or observes, and names no silence', async () => {
    const { organization, people, anna, ben, meeting } = await crew({ names: ['Anna', 'Ben', 'Cleo', 'Dan', 'Eva'] });
    const [, , cleo, dan, eva] = people;
    if (!cleo || !dan || !eva) throw new Error('five');
    await answered(anna, await world.prompt(anna, meeting), { items: ['see the buyer'] });
    for (const person of [ben, cleo, dan]) await world.prompt(person, meeting, { state: 'closed' });
    await world.database.prisma.meetingObserver.create({
      data: { organizationId: organization.id, meetingId: meeting, personId: dan.id },
    });
    // Ben was asked before his leave was entered, Eva never was.
    for (const { id } of [ben, eva]) await world.days.away(id, { from: date(monday), to: date(monday) });
    await summaries().run(closed);
    const [post] = await decided(organization);
    expect(post?.words).toBe('Morning meeting · Mon 23 Nov\n• Anna: see the buyer\n1 of 2 asked answered, 2 on leave');
  });

  it('of an evening has the visits that nobody planned', async () => {
    const { organization, anna, team } = await crew();
    const meeting = await world.meeting(organization, team, { kind: 'evening' });
    const [steel, bakery] = [await world.account(anna, 'Example Steel'), await world.account(anna, 'Example Bakery')];
    const prompt = await world.prompt(anna, meeting, { kind: 'evening' });
    await answered(anna, prompt, { items: ['prices'] });
    await world.database.prisma.planItem.updateMany({ where: { promptId: prompt }, data: { accountId: steel } });
    for (const account of [steel, bakery, bakery]) await world.visit(anna, account, monday);
    await world.visit(anna, bakery, '2026-11-22');
    await summaries().run(closed);
    const [post] = await decided(organization);
    expect(post?.words).toContain(
      '• Anna: Example Steel – prices (a visit is logged) · not planned, but visited: Example Bakery\n',
    );
  });

  it('keeps the wording of the question that was answered', async () => {
    const { organization, anna, team } = await crew();
    const questions = [{ id: 'a', role: 'words' as const, text: 'Which price?', standard: null }];
    const meeting = await world.meeting(organization, team, { kind: 'own', questions, name: 'Prices' });
    const prompt = await world.prompt(anna, meeting, { kind: 'own' });
    await answered(anna, prompt);
    await world.database.prisma.prompt.updateMany({ where: { id: prompt }, data: { answers: { a: 'Twelve' } } });
    const key = { organizationId: organization.id, meetingId: meeting };
    await world.database.prisma.meetingQuestions.create({
      data: {
        ...key,
        version: 2,
        createdAt: new Date(),
        questions: [{ ...questions[0], id: 'b', text: 'Which car?' }],
      },
    });
    await change(meeting, { questionsVersion: 2 });
    await summaries().run(closed);
    expect((await decided(organization))[0]?.words).toContain('Prices · Mon 23 Nov\n• Anna: Twelve\n');
  });

  it('of sixty people is one message', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `Person ${String(index).padStart(2, '0')}`);
    const { organization, people, meeting } = await crew({ names });
    for (const person of people)
      await answered(person, await world.prompt(person, meeting), { items: ['a', 'b', 'c'] });
    await summaries().run(closed);
    const posts = await decided(organization);
    expect(posts).toHaveLength(1);
    expect(posts[0]?.words).toContain('60 of 60 asked answered');
  });

  it('is posted once however many look, and each of many is', async () => {
    const organizations: SeededOrganization[] = [];
    for (let count = 0; count < 25; count += 1) {
      const { organization, anna, meeting } = await crew();
      await answered(anna, await world.prompt(anna, meeting));
      organizations.push(organization);
    }
    await Promise.all([summaries(), summaries(), summaries()].map((job) => job.run(closed)));
    for (const organization of organizations) expect(await decided(organization)).toHaveLength(1);
  });
});

/** A process that tells managers. */
const raising = () =>
  raiseJob({
    database: world.database,
    calendar: world.days.calendar,
    nudge: () => undefined,
    log,
  });
const wednesday = Temporal.Instant.from('2026-11-25T08:00Z');

describe('what does not move for two working days', () => {
  it('is raised once with the manager, privately and in their language', async () => {
    const { organization, anna, ben, mia, meeting } = await crew();
    await answered(anna, await world.prompt(anna, meeting), {
      blockers: [
        ['no sample', monday],
        ['no car', '2026-11-24'],
      ],
    });
    await answered(ben, await world.prompt(ben, meeting), { blockers: [['no permit', '2026-11-20']] });
    await raising().run(Temporal.Instant.from('2026-11-23T12:00Z'));
    expect(await decided(organization)).toEqual([]);
    await Promise.all([raising(), raising(), raising()].map((job) => job.run(wednesday)));
    await raising().run(wednesday.add({ hours: 1 }));
    const told = await decided(organization);
    expect(told).toHaveLength(1);
    expect(told[0]?.message.to).toEqual({ personId: mia.id });
    expect(told[0]?.words.split('\n')).toEqual([
      '两个工作日以上没有进展的困难',
      '• Ben：no permit – 11月20日周五提出，已 3 个工作日',
      '• Anna：no sample – 11月23日周一提出，已 2 个工作日',
      '这里只提醒您一次；解决之前，团队汇总里会一直列着。',
    ]);
  });

  it.each<[string, string, string, number]>([
    ['on a weekend', '2026-11-19', '2026-11-21T10:00Z', 0],
    ['after it', '2026-11-19', '2026-11-23T10:00Z', 1],
    ['before the manager’s day begins', monday, '2026-11-25T06:59Z', 0],
    ['in the evening', monday, '2026-11-25T19:00Z', 0],
    ['over a holiday', '2026-12-24', '2026-12-28T10:00Z', 0],
    ['after a holiday', '2026-12-24', '2026-12-29T10:00Z', 1],
  ])('%s', async (_, since, now, messages) => {
    const { organization, anna, team, meeting } = await crew();
    await world.days.set(team.id, {
      ...plainWeek,
      days: new Map([['2026-12-25', { works: false, name: 'Christmas' }]]),
    });
    await answered(anna, await world.prompt(anna, meeting), { blockers: [['no sample', since]] });
    await raising().run(Temporal.Instant.from(now));
    expect(await decided(organization)).toHaveLength(messages);
  });

  it('is not raised when it is out of the way', async () => {
    const { organization, anna, meeting } = await crew();
    await answered(anna, await world.prompt(anna, meeting), { blockers: [['no sample', monday]] });
    await world.database.prisma.blocker.updateMany({ where: { personId: anna.id }, data: { resolvedAt: new Date() } });
    await raising().run(wednesday);
    expect(await decided(organization)).toEqual([]);
  });

  it.each<[string, (of: Awaited<ReturnType<typeof crew>>) => Promise<unknown>]>([
    [
      'without a manager',
      async ({ team }) => world.database.prisma.team.updateMany({ where: { id: team.id }, data: { managerId: null } }),
    ],
    [
      'of the manager',
      async ({ team, anna }) =>
        world.database.prisma.team.updateMany({ where: { id: team.id }, data: { managerId: anna.id } }),
    ],
    [
      'of somebody who has left',
      async ({ anna }) =>
        world.database.prisma.person.updateMany({ where: { id: anna.id }, data: { deactivatedAt: new Date() } }),
    ],
    [
      'under a manager who has left',
      async ({ mia }) =>
        world.database.prisma.person.updateMany({ where: { id: mia.id }, data: { deactivatedAt: new Date() } }),
    ],
  ])('%s is never raised and never looked at again', async (_, given) => {
    const of = await crew();
    await answered(of.anna, await world.prompt(of.anna, of.meeting), { blockers: [['no sample', monday]] });
    await given(of);
    await raising().run(wednesday);
    expect(await decided(of.organization)).toEqual([]);
    const [blocker] = await world.database.prisma.blocker.findMany({ where: { personId: of.anna.id } });
    expect(blocker?.raisedAt).not.toBeNull();
  });

  it('goes to the manager of the team in whose meeting it was said', async () => {
    const { organization, anna, mia, meeting } = await crew();
    for (const name of ['A', 'B'])
      await world.build.team(organization, {
        name,
        members: [anna],
        manager: await world.build.person(organization, { name: `Manager ${name}` }),
      });
    await answered(anna, await world.prompt(anna, meeting), { blockers: [['no sample', monday]] });
    await raising().run(wednesday);
    expect((await decided(organization)).map(({ message }) => message.to)).toEqual([{ personId: mia.id }]);
  });

  it('of many is told whole, ten at once, also when most of it has to wait', async () => {
    const { organization, anna, team, meeting } = await crew();
    const many = Array.from({ length: 215 }, (_, nth): [string, string] => [`thing ${nth}`, '2026-11-19']);
    await answered(anna, await world.prompt(anna, meeting), { blockers: many });
    // Older, and of a team that rests today: they stand before all the others.
    const cleo = await world.build.person(organization, { name: 'Cleo' });
    const resting = await world.build.team(organization, { name: 'Resting', members: [cleo], manager: anna });
    await world.days.set(resting.id, { ...plainWeek, weekdays: [7] });
    const other = await world.meeting(organization, resting);
    await answered(cleo, await world.prompt(cleo, other), {
      blockers: Array.from({ length: 205 }, (_, nth): [string, string] => [`older ${nth}`, '2026-11-18']),
    });
    await world.days.set(team.id, null);
    await raising().run(wednesday);
    const told = await world.database.prisma.outbox.findMany({ where: { organizationId: organization.id } });
    const things = told.flatMap(({ message }) => JSON.stringify(message).match(/thing \d+/g) ?? []);
    expect(new Set(things).size).toBe(215);
    expect(JSON.stringify(told)).not.toContain('older');
  });
});
