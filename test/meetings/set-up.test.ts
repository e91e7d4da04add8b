import { Temporal } from 'temporal-polyfill';
import { v7 as uuid } from 'uuid';
import { describe, expect, test } from 'vitest';
import { monday } from '../support/call.ts';
import { aboutOf, aCompany, buttonsOf, setUpWorld, wordsOf } from './set-up-world.ts';

const world = setUpWorld();

const rowsOf = (teamId: string) =>
  world.database.prisma.meeting.findMany({
    where: { teamId },
    orderBy: { startsAt: 'asc' },
    include: { questions: true },
  });
const row = (id: string) => world.database.prisma.meeting.findFirstOrThrow({ where: { id } });

/** North's usual three meetings, made by Mia; and the id of the morning's. */
async function running() {
  const company = await aCompany(world);
  await world.press(company.calls.mia, 'meetings.usual', company.north.id);
  const [morning] = await rowsOf(company.north.id);
  if (morning === undefined) throw new Error('nothing was made');
  return { ...company, morning };
}

describe('a team without meetings', () => {
  test('starts with the usual three at one click, and says when the first prompt comes, to whom', async () => {
    const { calls, north } = await aCompany(world);
    const before = await world.say(calls.mia, 'meeting');
    expect(wordsOf(before)).toContain('North\nNo meetings yet. The usual three are');
    expect(buttonsOf(before)[0]).toMatchObject({ label: 'Start with the usual three', look: 'primary' });
    const started = await world.press(calls.mia, 'meetings.usual', aboutOf(before, 'Start with the usual three'));
    expect(wordsOf(started).split('\n')).toEqual([
      'The meetings of North are running',
      // Monday, 10:00 in Berlin and 17:00 in Shanghai.
      '• Morning meeting · every working day at 08:45, on each person’s own clock (the team’s is Berlin) – The next prompt comes within a minute, to Anna Berg.',
      '• Sales meeting · every Monday at 09:30, on the team’s clock (Berlin) – The next prompt comes within a minute, to Anna Berg and Ben Ode.',
      '• Evening meeting · every working day at 17:45, on each person’s own clock (the team’s is Berlin) – Next prompt: Mon 23 Nov, 17:45 (Shanghai), to Ben Ode.',
    ]);
    const rows = await rowsOf(north.id);
    expect(rows.map(({ kind, startsAt, rule }) => `${kind} ${startsAt} ${rule}`)).toEqual([
      'morning 08:45 WORKDAYS',
      'sales 09:30 FREQ=WEEKLY;BYDAY=MO',
      'evening 17:45 WORKDAYS',
    ]);
    for (const { nextAt, questions } of rows) {
      expect(nextAt?.toISOString()).toBe('2026-11-23T09:00:00.000Z');
      expect(questions).toHaveLength(1);
    }
  });

  test('has three however often, and by however many, it is pressed', async () => {
    const { calls, north } = await aCompany(world);
    await Promise.all([calls.mia, calls.ada, calls.mia].map((call) => world.press(call, 'meetings.usual', north.id)));
    await world.press(calls.mia, 'meetings.usual', north.id);
    expect(await rowsOf(north.id)).toHaveLength(3);
  });

  test('begins again when all were put away', async () => {
    const { calls, north } = await running();
    for (const { id } of await rowsOf(north.id)) await world.press(calls.mia, 'meetings.archive', id);
    expect(wordsOf(await world.say(calls.mia, 'meeting'))).toContain('No meetings yet');
    await world.press(calls.mia, 'meetings.usual', north.id);
    expect((await rowsOf(north.id)).filter(({ archivedAt }) => archivedAt === null)).toHaveLength(3);
  });

  test('says where nobody reads the summary', async () => {
    const { calls, south } = await aCompany(world);
    expect(wordsOf(await world.press(calls.otto, 'meetings.usual', south.id))).toContain('The team has no channel');
  });
});

describe('the list', () => {
  test('shows managers what they may change, and members what they are asked', async () => {
    const { calls } = await running();
    const lines = wordsOf(await world.say(calls.mia, 'meeting')).split('\n');
    expect(lines).toContain(
      '• Morning meeting – every working day at 08:45, on each person’s own clock (the team’s is Berlin) · open for 3 hours · 2 people are asked',
    );
    const members = await world.say(calls.anna, '会议');
    expect(wordsOf(members)).toContain('South\nNo meetings yet. The team’s manager can set them up.');
    expect(buttonsOf(members).map(({ label }) => label)).toEqual(['Open', 'Open', 'Open']);
  });

  test('shows administrators all teams, and those that are named', async () => {
    const { calls } = await running();
    expect(wordsOf(await world.say(calls.ada, 'meeting'))).toContain('South');
    expect(wordsOf(await world.say(calls.ada, 'meeting', 'nor'))).not.toContain('South');
    expect(wordsOf(await world.say(calls.ada, 'meeting', 'zzz'))).toContain('No team of yours is called “zzz”.');
    const { calls: others } = await aCompany(world);
    expect(wordsOf(await world.say(others.mia, 'meeting', 'south'))).toContain('No team of yours is called');
  });
});

describe('a meeting’s card', () => {
  test('shows the next five on everybody’s clock, and which day is skipped and why', async () => {
    const { calls, north, morning } = await running();
    await world.days.set(north.id, {
      weekdays: [1, 2, 3, 4, 5],
      days: new Map([
        ['2026-11-25', { works: false, name: 'Day of Prayer' }],
        ['2026-11-28', { works: true, name: null }],
      ]),
    });
    const card = wordsOf(await world.press(calls.mia, 'meetings.show', morning.id));
    expect(card).toContain(
      'Questions: “Which customers do you see today, and what do you want from each?” and “What is in your way?”',
    );
    expect(card.split('\n').slice(-8)).toEqual([
      'The next five times',
      '• Mon 23 Nov: 08:45 (Berlin) and 08:45 (Shanghai; 01:45 in Berlin)',
      '• Tue 24 Nov: 08:45 (Berlin) and 08:45 (Shanghai; 01:45 in Berlin)',
      '• Wed 25 Nov: not held, Day of Prayer',
      '• Thu 26 Nov: 08:45 (Berlin) and 08:45 (Shanghai; 01:45 in Berlin)',
      '• Fri 27 Nov: 08:45 (Berlin) and 08:45 (Shanghai; 01:45 in Berlin)',
      '• Sat 28 Nov: 08:45 (Berlin) and 08:45 (Shanghai; 01:45 in Berlin)',
      'The next prompt comes within a minute, to Anna Berg.',
    ]);
    const sales = (await rowsOf(north.id)).find(({ kind }) => kind === 'sales');
    expect(wordsOf(await world.press(calls.mia, 'meetings.show', sales?.id))).toContain(
      '• Mon 30 Nov: 09:30 (Berlin) and 16:30 (Shanghai)',
    );
  });

  test('pauses, goes on, and is put away; each pressed twice is once', async () => {
    const { calls, morning } = await running();
    for (let twice = 0; twice < 2; twice += 1)
      expect(wordsOf(await world.press(calls.mia, 'meetings.pause', morning.id))).toContain('Paused.');
    expect(await row(morning.id)).toMatchObject({ nextAt: null, version: 2, pausedAt: expect.any(Date) });
    expect(wordsOf(await world.say(calls.anna, 'meeting'))).toContain('Morning meeting – Paused · every working day');
    for (let twice = 0; twice < 2; twice += 1) await world.press(calls.mia, 'meetings.resume', morning.id);
    expect(await row(morning.id)).toMatchObject({ nextAt: expect.any(Date), version: 3, pausedAt: null });
    const card = await world.press(calls.mia, 'meetings.show', morning.id);
    expect(buttonsOf(card).find(({ label }) => label === 'Archive')).toHaveProperty('confirm');
    const away = await world.press(calls.mia, 'meetings.archive', morning.id);
    expect(wordsOf(away)).toContain('Morning meeting of North is archived.');
    expect(await row(morning.id)).toMatchObject({ nextAt: null, archivedAt: expect.any(Date) });
    expect(wordsOf(await world.press(calls.mia, 'meetings.archive', morning.id))).toContain('I can’t find that');
  });
});

describe('rights', () => {
  test('a member who is no manager reads, and changes nothing', async () => {
    const { calls, morning, north } = await running();
    const card = await world.press(calls.anna, 'meetings.show', morning.id);
    expect(buttonsOf(card).map(({ label }) => label)).toEqual(['All meetings']);
    for (const button of ['meetings.pause', 'meetings.resume', 'meetings.archive'])
      expect(wordsOf(await world.press(calls.anna, button, morning.id))).toContain('Your role doesn’t allow this');
    for (const opener of ['meetings.edit', 'meetings.copy'])
      expect(wordsOf(await world.open(calls.anna, opener, morning.id))).toContain('Your role doesn’t allow this');
    for (const reply of [
      await world.open(calls.anna, 'meetings.new', north.id),
      await world.press(calls.anna, 'meetings.usual', north.id),
    ])
      expect(wordsOf(reply)).toContain('Your role doesn’t allow this');
    const asked = await world.open(calls.mia, 'meetings.edit', morning.id);
    expect(await world.submit(calls.anna, asked, { at: '9:00' })).toMatchObject({
      notice: expect.stringContaining('Your role doesn’t allow this'),
    });
    const made = await world.open(calls.mia, 'meetings.new', north.id);
    expect(await world.submit(calls.anna, made, { name: 'Mine' })).toHaveProperty('notice');
    expect(await row(morning.id)).toMatchObject({ version: 1, startsAt: '08:45' });
    expect(await rowsOf(north.id)).toHaveLength(3);
  });

  test('what belongs to others, and what is no id at all, is not there', async () => {
    const { morning, north } = await running();
    const { calls } = await aCompany(world);
    for (const call of [calls.mia, calls.ada, calls.otto]) {
      for (const id of [morning.id, uuid(), 'x', undefined]) {
        for (const button of ['meetings.show', 'meetings.pause', 'meetings.resume', 'meetings.archive'])
          expect(wordsOf(await world.press(call, button, id))).toContain('I can’t find that');
        for (const opener of ['meetings.edit', 'meetings.copy'])
          expect(wordsOf(await world.open(call, opener, id))).toContain('I can’t find that');
      }
      for (const id of [north.id, uuid(), 'x', undefined]) {
        expect(wordsOf(await world.press(call, 'meetings.usual', id))).toContain('I can’t find that');
        expect(wordsOf(await world.open(call, 'meetings.new', id))).toContain('I can’t find that');
      }
    }
    expect(await row(morning.id)).toMatchObject({ version: 1, pausedAt: null });
  });
});

describe('what changes around meetings', () => {
  const later = monday.add({ hours: 30 });
  const nextOf = async (id: string) => (await row(id)).nextAt?.toISOString();
  const planned = new Date('2026-12-01T00:00:00Z');

  test.each(['teamIds', 'personIds'] as const)('lets them be looked at again, by %s', async (by) => {
    const { organization, north, anna, otto, morning, calls } = await running();
    const [, sales, evening] = await rowsOf(north.id);
    if (sales === undefined || evening === undefined) throw new Error('nothing was made');
    await world.press(calls.mia, 'meetings.pause', evening.id);
    const due = new Date('2026-11-23T08:00:00Z');
    await world.database.prisma.meeting.updateMany({ where: { id: morning.id }, data: { nextAt: planned } });
    await world.database.prisma.meeting.updateMany({ where: { id: sales.id }, data: { nextAt: due } });
    await world.store.touch(organization.id, { personIds: [otto.id] }, later);
    expect(await nextOf(morning.id)).toBe(planned.toISOString());
    await world.store.touch(organization.id, { [by]: by === 'teamIds' ? [north.id] : [anna.id] }, later);
    expect(await nextOf(morning.id)).toBe('2026-11-24T15:00:00.000Z');
    // What is due stays due since then, and what is paused stays paused.
    expect(await nextOf(sales.id)).toBe(due.toISOString());
    expect(await nextOf(evening.id)).toBeUndefined();
  });
});

describe('the schedule', () => {
  test('of a manager, a member, and nobody', async () => {
    const { organization, calls, anna, ben, south, morning } = await running();
    await world.press(calls.otto, 'meetings.usual', south.id);
    const day = (date: string) => Temporal.PlainDate.from(date);
    await world.days.away(ben.id, { from: day('2026-11-24'), to: day('2026-11-27') });
    const last = async () =>
      wordsOf(await world.press(calls.mia, 'meetings.show', morning.id))
        .split('\n')
        .at(-1);
    expect(await last()).toBe('The next prompt comes within a minute, to Anna Berg.');
    for (const date of ['2026-11-23', '2026-11-25'])
      await world.database.prisma.prompt.create({
        data: {
          ...{ organizationId: organization.id, id: uuid(), personId: anna.id, kind: 'morning', slot: 'morning' },
          ...{ date: new Date(date), state: 'answered' },
          ...{ opensAt: new Date('2026-11-25T07:45:00Z'), closesAt: new Date('2026-11-25T10:45:00Z') },
          ...{ questionsOfId: morning.id, questionsVersion: 1 },
        },
      });
    expect(await last(), 'Anna was asked today').toBe('Next prompt: Tue 24 Nov, 08:45 (Berlin), to Anna Berg.');
    const forMia = wordsOf(await world.say(calls.mia, 'schedule')).split('\n');
    expect(forMia, 'Anna has planned ahead').toContain(
      '• Wed 25 Nov · Morning meeting – nobody is asked; not asked: Anna Berg (asked or answered already) and Ben Ode (away until Fri 27 Nov)',
    );
    expect(forMia.slice(0, 4)).toEqual(['The next 14 days', 'You', 'You won’t be asked anything.', 'North']);
    expect(forMia).toContain(
      '• Tue 24 Nov · Morning meeting – 08:45 (Berlin) to Anna Berg; not asked: Ben Ode (away until Fri 27 Nov)',
    );
    expect(forMia.at(-1), 'all fourteen days').toMatch(/^• Mon 7 Dec · Sales meeting/);
    const forOtto = wordsOf(await world.say(calls.otto, '安排'));
    expect(forOtto).toContain('No summary is posted where there is no channel');
    expect(forOtto).toContain('Anna Berg (asked in the Morning meeting of North)');
    expect(
      wordsOf(await world.say(calls.anna, 'schedule'))
        .split('\n')
        .slice(0, 4),
    ).toEqual([
      'The next 14 days',
      'You',
      '• Mon 23 Nov, 08:45 (Berlin) · Morning meeting (North)',
      '• Mon 23 Nov, 09:30 (Berlin) · Sales meeting (North)',
    ]);
    expect(wordsOf(await world.say(calls.ben, 'schedule'))).toContain(
      'Tue 24 Nov · Morning meeting (North): not asked, you are away until Fri 27 Nov',
    );
    await world.press(calls.mia, 'meetings.pause', morning.id);
    expect(wordsOf(await world.say(calls.otto, 'schedule'))).toContain('Morning meeting – 08:45 (Berlin) to Anna Berg');
    expect(wordsOf(await world.say(calls.mia, 'schedule', 'zzz'))).toContain('No team of yours is called “zzz”.');
  });
});
