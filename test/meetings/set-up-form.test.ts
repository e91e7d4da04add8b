import { describe, expect, test } from 'vitest';
import type { PlainAnswers } from '../../src/chat/form.ts';
import type { Reply } from '../../src/chat/reply.ts';
import { readQuestions } from '../../src/meetings/question.ts';
import { plain } from '../../src/text/words.ts';
import { aCompany, setUpWorld, wordsOf } from './set-up-world.ts';

const world = setUpWorld();

const stored = async (id: string | undefined) => {
  if (id === undefined) throw new Error('no meeting');
  const { observers, questions, ...meeting } = await world.database.prisma.meeting.findFirstOrThrow({
    where: { id },
    include: { observers: true, questions: { orderBy: { version: 'asc' } } },
  });
  return {
    ...meeting,
    observerIds: observers.map(({ personId }) => personId),
    asks: questions.map((each) => readQuestions(each.questions).map(({ id, text }) => `${id}: ${text ?? '–'}`)),
  };
};

const ofTeam = (teamId: string) =>
  world.database.prisma.meeting.findMany({ where: { teamId }, orderBy: { createdAt: 'asc' } });

/** Mia's morning meeting of North, made by the form. */
async function morning(answers: PlainAnswers = {}) {
  const company = await aCompany(world);
  const asked = await world.open(company.calls.mia, 'meetings.new', company.north.id);
  const made = await world.submit(company.calls.mia, asked, answers);
  const [meeting] = await ofTeam(company.north.id);
  return { ...company, asked, made, id: meeting?.id ?? '' };
}

const edit = async (call: Parameters<typeof world.open>[0], id: string, answers: PlainAnswers) =>
  world.submit(call, await world.open(call, 'meetings.edit', id), answers);

function asking(reply: Reply) {
  if (reply.reply !== 'ask') throw new Error(`nothing was asked: ${JSON.stringify(reply)}`);
  return reply.asked;
}

describe('a new meeting', () => {
  test('starts with what the team has not yet, and is made as it stands there', async () => {
    const { asked, made, id, calls, north } = await morning();
    expect(asking(asked)).toMatchObject({
      without: ['team'],
      initial: { kind: 'morning', days: ['workdays'], at: '08:45', clock: 'person', open: '180', remind: '60' },
    });
    expect(wordsOf(made)).toMatch(
      /^Morning meeting · North\nThe meeting is set up\.\nWhen: every working day at 08:45/,
    );
    expect(await stored(id)).toMatchObject({
      kind: 'morning',
      rule: 'WORKDAYS',
      startsAt: '08:45',
      clock: 'person',
      windowMinutes: 180,
      version: 1,
      startsOn: new Date('2026-11-23'),
      remindAfter: 60,
      namesSilent: false,
      channelId: null,
      name: null,
      asks: [['plan: –', 'blockers: –']],
    });
    expect(asking(await world.open(calls.mia, 'meetings.new', north.id)).initial.kind).toBe('evening');
  });

  test('is made once, also when the form arrives twice', async () => {
    const { asked, calls, north } = await morning();
    await Promise.all([1, 2, 3].map(() => world.submit(calls.mia, asked, {})));
    expect(wordsOf(await world.submit(calls.mia, asked, {}))).toContain('The meeting is set up.');
    expect(await ofTeam(north.id)).toHaveLength(1);
  });

  test('says everything that can be said', async () => {
    const answers = {
      kind: 'own',
      name: 'Pipeline',
      days: [],
      rule: 'rrule:freq=weekly;interval=2;byday=mo',
      at: '8.45 pm',
      clock: 'team',
      open: '4320',
      remind: '80',
      startsOn: '2026-11-30',
      channel: 'C9',
      namesSilent: true,
      question1: 'What moves?',
      question3: 'And the rest?',
    };
    const company = await aCompany(world);
    const asked = await world.open(company.calls.ada, 'meetings.new', company.north.id);
    expect(asking(asked).options.team?.map(({ label }) => label)).toEqual(['North', 'South']);
    const made = await world.submit(company.calls.ada, asked, { ...answers, observers: [company.ben.id] });
    const [meeting] = await ofTeam(company.north.id);
    expect(await stored(meeting?.id)).toMatchObject({
      kind: 'own',
      name: 'Pipeline',
      rule: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO',
      startsAt: '20:45',
      clock: 'team',
      windowMinutes: 4320,
      remindAfter: 80,
      startsOn: new Date('2026-11-30'),
      namesSilent: true,
      channelId: 'C9',
      channelWorkspaceId: company.organization.workspaceId,
      observerIds: [company.ben.id],
      asks: [['words: What moves?', 'own1: And the rest?']],
    });
    const card = wordsOf(made);
    for (const said of ['Pipeline · North', 'Can be answered for: 72 hours', '1 person; Ben Ode only reads'])
      expect(card).toContain(said);
    expect(card).toContain('• Mon 30 Nov: 20:45 (Berlin)\n• Mon 14 Dec: 20:45 (Berlin)');
  });

  test.each([
    [{ at: 'early' }, 'at', 'Please type a time of day'],
    [{ days: [] }, 'days', 'Please choose the days.'],
    [{ days: ['workdays', '6'] }, 'days', 'Choose either'],
    [{ rule: 'every Monday' }, 'rule', 'I can’t read this rule. It looks like FREQ=WEEKLY;INTERVAL=2;BYDAY=MO'],
    [{ open: '7' }, 'open', 'Please choose one of the list.'],
    [{ kind: 'own' }, 'name', 'Please give the meeting a name'],
    [{ name: 'Mine' }, 'name', 'Only a meeting of another kind'],
  ])('%j is told at its field', async (answers, field, sentence) => {
    const { made, north } = await morning(answers);
    expect(made).toMatchObject({ reply: 'fix', problems: { [field]: expect.stringContaining(sentence) } });
    expect(await ofTeam(north.id)).toEqual([]);
  });

  test('is read along only by members of the team', async () => {
    const { calls, north, otto } = await morning();
    const asked = await world.open(calls.mia, 'meetings.new', north.id);
    expect(await world.submit(calls.mia, asked, { observers: [otto.id] })).toMatchObject({
      problems: { observers: 'Only members of the team can read along: Otto Lang isn’t in it.' },
    });
  });

  test('goes to no team that is not theirs, whatever the form says', async () => {
    const { calls, south, asked } = await morning();
    expect(
      await world.submit(
        calls.mia,
        { ...asked, reply: 'ask', asked: { ...asking(asked), without: [] } },
        { team: south.id },
      ),
    ).toMatchObject({ notice: expect.stringContaining('I can’t find that') });
    expect(await ofTeam(south.id)).toEqual([]);
  });
});

describe('a meeting that is changed', () => {
  test('is looked at again at once; without a change nothing happens', async () => {
    const { id, calls } = await morning();
    await world.database.prisma.meeting.updateMany({ where: { id }, data: { nextAt: new Date('2027-01-01') } });
    expect(wordsOf(await edit(calls.mia, id, {}))).toContain('Saved.');
    expect(await stored(id)).toMatchObject({ version: 1, nextAt: new Date('2027-01-01'), questionsVersion: 1 });
    expect(wordsOf(await edit(calls.mia, id, { at: '9:15', days: ['1', '5'] }))).toContain(
      'every Monday and Friday at 09:15',
    );
    expect(await stored(id)).toMatchObject({
      version: 2,
      questionsVersion: 1,
      startsAt: '09:15',
      rule: 'FREQ=WEEKLY;BYDAY=MO,FR',
      nextAt: new Date('2026-11-23T09:00:00Z'),
    });
  });

  test('stays paused', async () => {
    const { id, calls } = await morning();
    await world.press(calls.mia, 'meetings.pause', id);
    await edit(calls.mia, id, { at: '9:15' });
    expect(await stored(id)).toMatchObject({ nextAt: null, pausedAt: expect.any(Date), startsAt: '09:15' });
  });

  test('keeps every wording that it ever asked', async () => {
    const { id, calls } = await morning();
    const first = await world.open(calls.mia, 'meetings.edit', id);
    expect(plain(asking(first).intro ?? '')).toContain('It asks now: “Which customers do you see today');
    await world.submit(calls.mia, first, { question2: 'Who helps?', question3: 'Ideas?' });
    await edit(calls.mia, id, { at: '9:00' });
    await edit(calls.mia, id, { question2: undefined, question3: undefined });
    expect((await stored(id)).asks).toEqual([
      ['plan: –', 'blockers: –'],
      ['plan: –', 'blockers: Who helps?', 'own1: Ideas?'],
      ['plan: –', 'blockers: –'],
    ]);
  });

  test('keeps what its form cannot show: a channel and observers of another workspace', async () => {
    const { id, calls, organization, anna } = await morning();
    const there = { organizationId: organization.id, platform: 'teams', externalId: id, name: 'There' };
    const { id: workspace } = await world.database.prisma.workspace.create({ data: there });
    await world.database.prisma.meeting.updateMany({
      where: { id },
      data: { channelId: 'general', channelWorkspaceId: workspace },
    });
    await world.database.prisma.meetingObserver.create({
      data: { organizationId: organization.id, meetingId: id, personId: anna.id },
    });
    await world.database.prisma.identity.updateMany({ where: { personId: anna.id }, data: { workspaceId: workspace } });
    await edit(calls.mia, id, { at: '9:00', observers: [] });
    expect(await stored(id)).toMatchObject({ startsAt: '09:00', channelId: 'general', observerIds: [anna.id] });
    await edit(calls.mia, id, { channel: 'C2', observers: [] });
    expect(await stored(id)).toMatchObject({ channelId: 'C2', channelWorkspaceId: organization.workspaceId });
  });

  test('of two at once the second is told, sees what is there now, and loses nothing', async () => {
    const { id, calls } = await morning();
    const [mias, adas] = [
      await world.open(calls.mia, 'meetings.edit', id),
      await world.open(calls.ada, 'meetings.edit', id),
    ];
    const [one, other] = await Promise.all([
      world.submit(calls.mia, mias, { at: '9:00', question1: 'Whom?' }),
      world.submit(calls.ada, adas, { at: '9:30', clock: 'team' }),
    ]);
    const [second, typed, saved] = one.reply === 'ask' ? [one, '9:00', '09:30'] : [other, '9:30', '09:00'];
    const again = asking(second);
    expect((await stored(id)).startsAt).toBe(saved);
    expect(again.initial.at).toBe(typed);
    const told = plain(again.intro ?? '');
    const faster = one.reply === 'ask' ? 'Ada Klein' : 'Mia Voss';
    expect(told).toContain(`${faster} changed this meeting on Mon 23 Nov, 10:00 (Berlin), while you had it open`);
    expect(told).toContain(`at ${saved}`);
    const by = one.reply === 'ask' ? calls.mia : calls.ada;
    expect(wordsOf(await world.submit(by, second, {}))).toContain('Saved.');
    expect(await stored(id)).toMatchObject({ version: 3, startsAt: typed.padStart(5, '0') });
  });

  test('the same form twice is one change, and nobody else’s', async () => {
    const { id, calls } = await morning();
    const asked = await world.open(calls.mia, 'meetings.edit', id);
    const answers = { at: '9:00', question1: 'Whom?', question3: 'What else?' };
    for (let twice = 0; twice < 2; twice += 1)
      expect(wordsOf(await world.submit(calls.mia, asked, answers))).toContain('Saved.');
    expect(await stored(id)).toMatchObject({ version: 2, questionsVersion: 2 });
  });

  test('somebody put it away meanwhile, and is named to those who could see it', async () => {
    const { id, calls } = await morning();
    const { calls: others } = await aCompany(world);
    const asked = await world.open(calls.mia, 'meetings.edit', id);
    await world.press(calls.ada, 'meetings.archive', id);
    expect(await world.submit(calls.mia, asked, { at: '9:00' })).toMatchObject({
      notice: expect.stringMatching(/^Ada.* archived this meeting on Mon 23 Nov, .*\. Your answers are still here/),
    });
    for (const stranger of [calls.otto, others.mia, others.ada])
      expect(await world.submit(stranger, asked, { at: '9:00' })).toMatchObject({
        notice: expect.stringContaining('I can’t find that'),
      });
  });

  test('somebody paused it meanwhile: the second is told so, and their answers are saved with the next press', async () => {
    const { id, calls } = await morning();
    const asked = await world.open(calls.mia, 'meetings.edit', id);
    await world.press(calls.ada, 'meetings.pause', id);
    const again = await world.submit(calls.mia, asked, { at: '9:00' });
    expect(plain(asking(again).intro ?? '')).toMatch(
      /^Ada Klein changed this meeting on Mon 23 Nov, .*; Paused\. If you save/,
    );
    expect(wordsOf(await world.submit(calls.mia, again, {}))).toContain('Saved.');
    expect(await stored(id)).toMatchObject({ startsAt: '09:00', pausedAt: expect.any(Date), nextAt: null });
  });

  test('every change says whose it is', async () => {
    const { id, calls, mia, ada } = await morning();
    const changed = async () => {
      const row = await world.database.prisma.meeting.findFirstOrThrow({ where: { id } });
      return [row.changedById, row.changedAt !== null];
    };
    expect(await changed()).toEqual([null, false]);
    await edit(calls.mia, id, { at: '9:00' });
    expect(await changed()).toEqual([mia.id, true]);
    for (const [turn, by, who] of [
      ['meetings.pause', calls.ada, ada],
      ['meetings.resume', calls.mia, mia],
      ['meetings.archive', calls.ada, ada],
    ] as const) {
      await world.press(by, turn, id);
      expect(await changed()).toEqual([who.id, true]);
    }
  });
});

describe('a copy', () => {
  test('is a new meeting with everything of the old one, in the team that is chosen', async () => {
    const { id, calls, north, south, anna } = await morning({ at: '7:30', question1: 'Whom?', days: ['2'] });
    await edit(calls.mia, id, { observers: [anna.id] });
    const asked = await world.open(calls.ada, 'meetings.copy', id);
    await world.submit(calls.ada, asked, { team: south.id });
    const [copy] = await ofTeam(south.id);
    expect(await stored(copy?.id)).toMatchObject({
      kind: 'morning',
      startsAt: '07:30',
      rule: 'FREQ=WEEKLY;BYDAY=TU',
      version: 1,
      observerIds: [anna.id],
      asks: [['plan: Whom?', 'blockers: –']],
    });
    expect(await ofTeam(north.id)).toHaveLength(1);
  });

  test('of a meeting with a rule shows the rule', async () => {
    const { id, calls } = await morning({ days: [], rule: 'FREQ=MONTHLY;BYDAY=1MO' });
    for (const opener of ['meetings.copy', 'meetings.edit']) {
      const { expanded, initial } = asking(await world.open(calls.mia, opener, id));
      expect({ expanded, rule: initial.rule }).toEqual({ expanded: true, rule: 'FREQ=MONTHLY;BYDAY=1MO' });
    }
  });
});
