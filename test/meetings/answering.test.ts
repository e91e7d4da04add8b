import { Temporal } from 'temporal-polyfill';
import { v7 as uuid } from 'uuid';
import { describe, expect, test } from 'vitest';
import type { Call, Me } from '../../src/chat/slice.ts';
import type { Locale } from '../../src/text/locale.ts';
import { makeCall } from '../support/call.ts';
import type { SeededPerson } from '../support/seed.ts';
import { aboutOf, answeringWorld, askedIn, buttonsOf, wordsOf } from './answering-world.ts';

const world = answeringWorld();
const today = '2026-11-23';

/** Anna in team North, which has a morning and an evening; it is Monday, 10:00 in Berlin. */
async function sales() {
  const organization = await world.build.organization();
  const anna = await world.build.person(organization, { name: 'Anna Berg' });
  const mia = await world.build.person(organization, { name: 'Mia Voss' });
  const north = await world.build.team(organization, { manager: mia, members: [anna] });
  const steel = await world.account(anna, 'Example Steel');
  const morning = await world.meeting(organization, north);
  const evening = await world.meeting(organization, north, { kind: 'evening' });
  const as = (person: SeededPerson, given: { me?: Partial<Me>; locale?: Locale; at?: string } = {}): Call =>
    makeCall(organization, person, {
      me: { memberOf: [north.id], ...given.me },
      locale: given.locale ?? 'en',
      ...(given.at === undefined ? {} : { now: Temporal.Instant.from(given.at) }),
    });
  return { organization, anna, mia, north, steel, morning, evening, as, call: as(anna) };
}

const rowOf = (id: string) => world.database.prisma.prompt.findFirstOrThrow({ where: { id } });
const occurrenceOf = (meetingId: string) => world.database.prisma.occurrence.findFirstOrThrow({ where: { meetingId } });

describe('the morning', () => {
  test('is answered by choosing and adding in one form', async () => {
    const { anna, steel, morning, call } = await sales();
    const bakery = await world.account(anna, 'Example Bakery', 'core');
    await world.visit(anna, bakery, '2025-10-01');
    await world.visit(anna, steel, '2026-11-20');
    await world.step(anna, steel, 'Send the offer', today);
    const id = await world.prompt(anna, morning);
    const asked = await world.open(call, 'prompts.answer', id);
    const { form, labels, options, initial } = askedIn(asked);
    expect(form.name).toBe('prompts.plan');
    expect(labels).toEqual({
      chosen: 'Which customers do you see today, and what do you want from each?',
      blockers: 'What is in your way?',
    });
    expect(options.chosen?.map(({ label, detail }) => `${label} (${detail})`)).toEqual([
      'Example Steel – Send the offer (due Mon 23 Nov)',
      'Example Bakery (last visit Wed, 1 Oct 2025)',
    ]);
    expect(initial.chosen).toEqual([]);
    const answered = await world.submit(call, asked, {
      chosen: options.chosen?.map(({ value }) => value),
      others: '1. Example Steel – talk to the new buyer\n\n- write the monthly report',
      blockers: 'no demo unit',
    });
    expect(answered.reply).toBe('redraw');
    expect(wordsOf(answered)).toBe(
      [
        'Morning meeting · Mon 23 Nov',
        'Answered, thank you.',
        'What is in your way: no demo unit',
        'Your plan',
        '• Example Steel – Send the offer',
        '• Example Bakery',
        '• Example Steel – talk to the new buyer',
        '• write the monthly report',
      ].join('\n'),
    );
    expect(await world.plan(anna)).toEqual([
      'Example Steel | Send the offer | planned',
      'Example Bakery |  | planned',
      'Example Steel | talk to the new buyer | planned',
      '- | write the monthly report | planned',
    ]);
    expect(await world.blockers(anna)).toEqual(['no demo unit']);
    expect(await rowOf(id)).toMatchObject({ state: 'answered', version: 1, dueAt: null });
  });

  test('is edited in the same form, prefilled; saving it untouched changes nothing, and what is done stays', async () => {
    const { anna, steel, morning, call } = await sales();
    await world.step(anna, steel, 'Send the offer', today);
    const id = await world.prompt(anna, morning);
    const first = await world.open(call, 'prompts.answer', id);
    const chosen = askedIn(first).options.chosen?.map(({ value }) => value) ?? [];
    await world.submit(call, first, { chosen, others: 'Example Steel – prices\nreport', blockers: 'no demo unit' });
    const ids = async () =>
      (
        await world.database.prisma.planItem.findMany({ where: { personId: anna.id }, orderBy: { position: 'asc' } })
      ).map((item) => item.id);
    const before = await ids();
    const again = await world.open(call, 'prompts.answer', id);
    expect(askedIn(again).initial).toEqual({
      chosen,
      others: 'Example Steel – prices\nreport',
      still: [],
      blockers: 'no demo unit',
    });
    await world.submit(call, again, {});
    expect(await ids()).toEqual(before);
    await world.database.prisma.planItem.updateMany({
      where: { text: 'report', personId: anna.id },
      data: { state: 'done' },
    });
    const third = await world.open(call, 'prompts.answer', id);
    expect(askedIn(third).initial.others).toBe('Example Steel – prices');
    await world.submit(call, third, { chosen: [], others: 'call the bakery', blockers: '' });
    expect((await world.plan(anna)).sort()).toEqual(['- | call the bakery | planned', '- | report | done']);
    expect(await world.blockers(anna)).toEqual([]);
  });

  test('asks whether what was in the way still is; what is unticked is resolved', async () => {
    const { anna, morning, call } = await sales();
    const friday = await world.prompt(anna, morning, { date: '2026-11-20' });
    await world.submit(call, await world.open(call, 'prompts.answer', friday), {
      blockers: 'no demo unit\nprice list',
    });
    const id = await world.prompt(anna, morning);
    const asked = await world.open(call, 'prompts.answer', id);
    const still = askedIn(asked).options.still ?? [];
    expect(still.map(({ label, detail }) => [label, detail])).toEqual([
      ['no demo unit', 'since Fri 20 Nov'],
      ['price list', 'since Fri 20 Nov'],
    ]);
    expect(askedIn(asked).initial.still).toEqual(still.map(({ value }) => value));
    await world.submit(call, asked, { still: [still[1]?.value], others: 'x', blockers: 'car is broken\nprice list' });
    expect(await world.blockers(anna)).toEqual(['price list', 'car is broken']);
    const rows = await world.database.prisma.blocker.findMany({
      where: { personId: anna.id, resolvedAt: { not: null } },
    });
    expect(rows.map(({ text }) => text)).toEqual(['no demo unit']);
  });

  test('takes "nothing today" and "skip", which are answers, and an answer after all', async () => {
    const { anna, morning, as, call } = await sales();
    const id = await world.prompt(anna, morning);
    const nothing = await world.press(call, 'prompts.nothing', id);
    expect([nothing.reply, wordsOf(nothing)]).toEqual([
      'redraw',
      'Morning meeting · Mon 23 Nov\nNothing this time: noted, thank you.',
    ]);
    expect(await rowOf(id)).toMatchObject({ state: 'nothing', version: 1, dueAt: null });
    expect(wordsOf(await world.press(as(anna, { locale: 'zh-CN' }), 'prompts.skip', id))).toContain('这次跳过。');
    expect((await rowOf(id)).state).toBe('skipped');
    await world.submit(call, await world.open(call, 'prompts.answer', id), { others: 'report' });
    expect(wordsOf(await world.press(call, 'prompts.nothing', id))).toContain('Answered, thank you.');
    expect((await rowOf(id)).state).toBe('answered');
    const empty = await world.prompt(anna, morning, { date: '2026-11-24' });
    await world.submit(call, await world.open(call, 'prompts.answer', empty), {});
    expect((await rowOf(empty)).state).toBe('nothing');
  });

  test('is taken late, and says so', async () => {
    const { anna, morning, as } = await sales();
    const call = as(anna, { at: '2026-11-23T14:00:00Z' });
    const id = await world.prompt(anna, morning, { state: 'closed', posted: true });
    const asked = await world.open(call, 'prompts.answer', id);
    expect(wordsOf(await world.submit(call, asked, { others: 'report' }))).toContain(
      'Your answer came after the close.',
    );
    expect((await occurrenceOf(morning)).summaryAt).toEqual(new Date('2026-11-23T14:00:00Z'));
  });

  test('says the same in Chinese', async () => {
    const { anna, steel, morning, as } = await sales();
    const call = as(anna, { locale: 'zh-CN' });
    await world.step(anna, steel, '发报价', today);
    const id = await world.prompt(anna, morning);
    const asked = await world.open(call, 'prompts.answer', id);
    expect(askedIn(asked).labels?.chosen).toBe('今天见哪些客户？每家想达成什么？');
    const answered = await world.submit(call, asked, { others: 'Example Steel：见新采购', blockers: '缺样机' });
    expect(wordsOf(answered).split('\n')).toEqual([
      '早会 · 11月23日周一',
      '已收到，谢谢。',
      '有什么困难需要支持：缺样机',
      '您的计划',
      '• Example Steel – 见新采购',
    ]);
  });

  test('refuses a plan that nobody can carry out, and keeps what was typed', async () => {
    const { anna, morning, call } = await sales();
    const id = await world.prompt(anna, morning);
    const asked = await world.open(call, 'prompts.answer', id);
    const lines = (count: number) => Array.from({ length: count }, (_, n) => `thing ${n}`).join('\n');
    expect(await world.submit(call, asked, { others: lines(21) })).toEqual({
      reply: 'fix',
      problems: { others: 'At most 20 things fit into one day.' },
    });
    expect(await world.submit(call, asked, { blockers: lines(11) })).toMatchObject({
      problems: { blockers: expect.any(String) },
    });
    expect((await rowOf(id)).state).toBe('open');
  });
});

describe('the same form', () => {
  test('delivered twice, also at once, is one answer', async () => {
    const { anna, morning, call } = await sales();
    const id = await world.prompt(anna, morning);
    const asked = await world.open(call, 'prompts.answer', id);
    const send = () => world.submit(call, asked, { others: 'report\ncalls', blockers: 'fog' });
    const replies = await Promise.all([send(), send(), send()]);
    replies.push(await send());
    expect(new Set(replies.map(wordsOf)).size).toBe(1);
    expect(await world.plan(anna)).toHaveLength(2);
    expect(await world.blockers(anna)).toEqual(['fog']);
    expect((await rowOf(id)).version).toBe(1);
  });

  test('opened twice and saved with different answers loses neither', async () => {
    const { anna, morning, call } = await sales();
    const id = await world.prompt(anna, morning);
    const [phone, desk] = [await world.open(call, 'prompts.answer', id), await world.open(call, 'prompts.answer', id)];
    await world.submit(call, phone, { others: 'from the phone' });
    const anew = await world.submit(call, desk, { others: 'from the desk' });
    expect(wordsOf(anew)).toContain('You have answered this elsewhere in the meantime.');
    expect(askedIn(anew).initial.others).toBe('from the desk');
    expect(await world.plan(anna)).toEqual(['- | from the phone | planned']);
    await world.submit(call, anew, {});
    expect(await world.plan(anna)).toEqual(['- | from the desk | planned']);
  });

  test('is drawn anew with its labels where nobody remembers it', async () => {
    const { anna, morning, call } = await sales();
    const id = await world.prompt(anna, morning);
    const { form, id: formId, about, without } = askedIn(await world.open(call, 'prompts.answer', id));
    const handler = world.answering.forms.find((one) => one.form === form);
    const typed = { others: 'half a line' };
    const anew = await handler?.change(call, '', typed, { id: formId, about, without, expanded: false });
    expect(anew).toMatchObject({
      asked: { id: formId, initial: typed, about, labels: { chosen: expect.stringContaining('Which customers') } },
    });
  });
});

describe('the evening', () => {
  async function evening() {
    const all = await sales();
    const { anna, steel, morning } = all;
    const plan = await world.prompt(anna, morning);
    await world.submit(all.call, await world.open(all.call, 'prompts.answer', plan), {
      others: 'Example Steel – prices\nreport\ncall Ben',
    });
    const id = await world.prompt(anna, all.evening, {
      kind: 'evening',
      opensAt: '2026-11-23T16:45:00Z',
      closesAt: '2026-11-23T20:45:00Z',
    });
    return { ...all, id, steel, call: all.as(anna, { at: '2026-11-23T17:00:00Z' }) };
  }
  const item = async (text: string, anna: SeededPerson) =>
    (
      await world.database.prisma.planItem.findFirstOrThrow({
        where: { text, personId: anna.id, date: new Date(today) },
      })
    ).id;

  test('that is answered on another day is asked about by its name', async () => {
    const { anna, id, as } = await evening();
    const labels = async (locale: Locale, at: string) =>
      Object.values(askedIn(await world.open(as(anna, { locale, at }), 'prompts.answer', id)).labels ?? {});
    expect(await labels('en', '2026-11-24T07:00:00Z')).toEqual(['How did it go on Mon 23 Nov?', 'What comes next?']);
    expect(await labels('zh-CN', '2026-11-24T07:00:00Z')).toEqual(['11月23日周一进展如何？', '接下来做什么？']);
    expect(await labels('zh-CN', '2026-11-23T17:00:00Z')).toEqual(['今天进展如何？', '接下来做什么？']);
  });

  test('closes each item of the plan by one tap, and links the visit that was logged', async () => {
    const { anna, steel, id, call } = await evening();
    const visitId = await world.visit(anna, steel, today);
    const about = async (text: string) => `${await item(text, anna)} ${id}`;
    const done = await world.press(call, 'prompts.done', await about('prices'));
    expect(done.reply).toBe('redraw');
    expect(wordsOf(done)).toContain('• Example Steel – prices – done');
    expect(wordsOf(done)).toContain('Visits logged today\n• Example Steel');
    expect(buttonsOf(done).map(({ label }) => label)).toEqual([
      ...['Done', 'Moved', 'Dropped', 'Done', 'Moved', 'Dropped', 'Undo'],
      ...['Answer', 'Log a visit', 'Add feedback', 'Nothing today', 'Skip'],
    ]);
    await world.press(call, 'prompts.dropped', await about('call Ben'));
    const moved = await world.press(call, 'prompts.moved', await about('report'));
    expect(wordsOf(moved)).toContain('• report – moved to Tue 24 Nov');
    expect(wordsOf(moved), 'nothing is left to be said of the plan').toContain('Answered, thank you.');
    expect(await rowOf(id)).toMatchObject({ state: 'answered', version: 1, dueAt: null });
    expect(await world.plan(anna)).toEqual([
      'Example Steel | prices | done',
      '- | report | moved',
      '- | call Ben | dropped',
    ]);
    expect(await world.plan(anna, '2026-11-24')).toEqual(['- | report | planned']);
    const row = await world.database.prisma.planItem.findFirstOrThrow({ where: { id: await item('prices', anna) } });
    expect(row).toMatchObject({ visitId, closedAt: new Date('2026-11-23T17:00:00Z') });
  });

  test('shows a visit that was logged before anything is tapped', async () => {
    const { anna, steel, id, call } = await evening();
    await world.visit(anna, steel, today);
    const card = await world.press(call, 'prompts.skip', id);
    expect(wordsOf(card)).toContain('• Example Steel – prices – a visit is logged');
  });

  test('moves to the next day that the team works, once, and takes it back', async () => {
    const { anna, north, id, call } = await evening();
    const days = new Map([['2026-11-24', { works: false, name: 'Holiday' }]]);
    await world.days.set(north.id, { weekdays: [1, 2, 3, 4, 5], days });
    const about = `${await item('report', anna)} ${id}`;
    await Promise.all([1, 2, 3].map(() => world.press(call, 'prompts.moved', about)));
    expect(await world.plan(anna, '2026-11-25')).toEqual(['- | report | planned']);
    await world.press(call, 'prompts.reopen', about);
    expect(await world.plan(anna, '2026-11-25')).toEqual([]);
    expect(await world.plan(anna)).toContain('- | report | planned');
    await world.press(call, 'prompts.moved', about);
    await world.database.prisma.planItem.updateMany({
      where: { personId: anna.id, date: new Date('2026-11-25') },
      data: { state: 'done' },
    });
    expect(wordsOf(await world.press(call, 'prompts.reopen', about))).toContain('It was moved');
    expect(await world.plan(anna)).toContain('- | report | moved');
  });

  test('what was moved is suggested on its day, and dropped rather than forgotten when it is not wanted', async () => {
    const { anna, morning, id, as, call } = await evening();
    await world.press(call, 'prompts.moved', `${await item('report', anna)} ${id}`);
    const tomorrow = as(anna, { at: '2026-11-24T08:00:00Z' });
    const next = await world.prompt(anna, morning, { date: '2026-11-24' });
    const asked = await world.open(tomorrow, 'prompts.answer', next);
    expect(askedIn(asked).options.chosen?.[0]).toMatchObject({ label: 'report', detail: 'moved here' });
    expect(askedIn(asked).initial.chosen).toEqual([askedIn(asked).options.chosen?.[0]?.value]);
    await world.submit(tomorrow, asked, {});
    expect(await world.plan(anna, '2026-11-24')).toEqual(['- | report | planned']);
    await world.submit(tomorrow, await world.open(tomorrow, 'prompts.answer', next), { chosen: [], others: 'calls' });
    expect((await world.plan(anna, '2026-11-24')).sort()).toEqual(['- | calls | planned', '- | report | dropped']);
  });

  test('is answered in words, and then offers the next working day', async () => {
    const { anna, id, call } = await evening();
    const asked = await world.open(call, 'prompts.answer', id);
    expect(askedIn(asked).labels).toEqual({ words1: 'How did it go?', words2: 'What comes next?' });
    const answered = await world.submit(call, asked, { words1: 'Well.', words2: 'The contract' });
    expect(wordsOf(answered)).toContain('How did it go: Well.\nWhat comes next: The contract');
    const ahead = await world.open(call, 'prompts.ahead', aboutOf(answered, 'Plan the next working day'));
    expect(wordsOf(ahead)).toContain('Tue 24 Nov');
    const shown = await world.submit(call, ahead, { others: 'calls' });
    expect([shown.reply, wordsOf(shown)]).toEqual(['show', expect.stringContaining('Morning meeting · Tue 24 Nov')]);
    expect(await world.plan(anna, '2026-11-24')).toEqual(['- | calls | planned']);
  });
});

describe('whose prompt it is', () => {
  test('is its own person’s; others learn nothing, and an observer writes nothing', async () => {
    const { anna, mia, morning, evening, as } = await sales();
    const id = await world.prompt(anna, morning);
    const asked = await world.open(as(anna), 'prompts.answer', id);
    await world.submit(as(anna), asked, { others: 'report' });
    const { id: itemId } = await world.database.prisma.planItem.findFirstOrThrow({ where: { personId: anna.id } });
    const other = await world.prompt(mia, evening, { kind: 'evening' });
    const stranger = as(mia, { me: { administrator: true } });
    const gone = 'I can’t find that any more';
    for (const about of [id, undefined, '', 'x', uuid(), `${id}'; --`]) {
      expect(wordsOf(await world.open(stranger, 'prompts.answer', about))).toContain(gone);
      expect(wordsOf(await world.press(stranger, 'prompts.skip', about))).toContain(gone);
    }
    for (const about of [`${itemId} ${id}`, `${itemId} ${other}`, itemId, `${uuid()} ${other}`])
      for (const what of ['done', 'moved', 'dropped', 'reopen'])
        expect(wordsOf(await world.press(stranger, `prompts.${what}`, about))).toContain(gone);
    // What was typed stays in the open form.
    const kept = (notice: string) => ({ reply: 'fix', problems: {}, notice: expect.stringContaining(notice) });
    expect(await world.submit(stranger, asked, { others: 'mine' })).toEqual(kept(gone));
    expect(await world.plan(anna)).toEqual(['- | report | planned']);
    const observer = as(anna, { me: { observer: true } });
    expect(wordsOf(await world.press(observer, 'prompts.skip', id))).toContain('Your role doesn’t allow this');
    expect(wordsOf(await world.say(observer, 'plan'))).toContain('Your role doesn’t allow this');
    expect(await world.submit(observer, asked, { others: 'mine' })).toEqual(kept('Your role doesn’t allow this'));
  });
});

describe('the summary', () => {
  test('waits for its close while somebody is left, and is due at once when nobody is', async () => {
    const { organization, anna, north, morning, as, call } = await sales();
    const ben = await world.build.person(organization, { name: 'Ben Ode' });
    const eva = await world.build.person(organization, { name: 'Eva Lind' });
    const key = { organizationId: organization.id, teamId: north.id };
    await world.database.prisma.membership.createMany({
      data: [ben, eva].map(({ id: personId }) => ({ ...key, personId })),
    });
    await world.database.prisma.absence.create({
      data: {
        organizationId: organization.id,
        personId: eva.id,
        fromDay: new Date(today),
        toDay: new Date(today),
        createdById: eva.id,
        createdAt: new Date(today),
        requestKey: uuid(),
      },
    });
    const closesAt = new Date('2026-11-23T10:45:00Z');
    const annas = await world.prompt(anna, morning);
    const { answered } = world.told;
    await world.press(call, 'prompts.skip', annas);
    expect((await occurrenceOf(morning)).summaryAt, 'Ben was not asked yet').toEqual(closesAt);
    const bens = await world.prompt(ben, morning);
    await world.press(call, 'prompts.nothing', annas);
    expect((await occurrenceOf(morning)).summaryAt, 'Ben has not answered').toEqual(closesAt);
    await world.press(as(ben), 'prompts.skip', bens);
    expect((await occurrenceOf(morning)).summaryAt, 'Eva is away').toEqual(new Date('2026-11-23T09:00:00Z'));
    expect(world.told.answered - answered).toBe(3);
  });

  test('is not posted the evening before, though everybody has answered already', async () => {
    const { anna, morning, call } = await sales();
    const id = await world.prompt(anna, morning, { date: '2026-11-24', opensAt: '2026-11-24T07:45:00Z' });
    await world.press(call, 'prompts.nothing', id);
    expect((await occurrenceOf(morning)).summaryAt).toEqual(new Date('2026-11-24T10:45:00Z'));
  });

  test.each([
    [
      'an answer',
      async (call: Call, id: string) => world.submit(call, await world.open(call, 'prompts.answer', id), {}),
    ],
    ['a tap', (call: Call, id: string) => world.press(call, 'prompts.skip', id)],
  ])('withdraws what asks and reminds and still waits to be sent, at %s', async (_, answer) => {
    const { organization, anna, morning, call } = await sales();
    const [id, other] = [await world.prompt(anna, morning), await world.prompt(anna, morning, { date: '2026-11-24' })];
    const at = new Date(`${today}T09:00:00Z`);
    const row = {
      organizationId: organization.id,
      lane: `person:${anna.id}`,
      message: {},
      notBefore: at,
      createdAt: at,
    };
    const keys = [`prompt-reminder:${id}:1`, `prompt-reminder:${id}:2`, `prompt-reminder:${other}:1`, `prompt:${id}`];
    const states = ['sent', 'waiting', 'waiting', 'waiting'] as const;
    await world.database.prisma.outbox.createMany({
      data: keys.map((key, index) => ({ ...row, key, state: states[index] ?? 'waiting' })),
    });
    await answer(call, id);
    const kept = await world.database.prisma.outbox.findMany({ where: { organizationId: organization.id } });
    const stateOf = new Map(kept.map(({ key, state, failure }) => [key, failure ?? state]));
    expect(keys.map((key) => stateOf.get(key))).toEqual(['sent', 'too_late', 'waiting', 'too_late']);
  });

  test('redraws the prompt wherever else it stands, once for each answer', async () => {
    const { organization, anna, morning, call } = await sales();
    const id = await world.prompt(anna, morning);
    const sent = { thing: 'prompt', thingId: id, card: 'prompt', workspaceId: organization.workspaceId };
    await world.database.prisma.sent.create({
      data: { ...sent, organizationId: organization.id, conversation: 'D1', message: '1.1', sentAt: new Date(today) },
    });
    const redraws = () =>
      world.database.prisma.outbox.findMany({ where: { key: { startsWith: `prompt-redrawn:${id}` } } });
    const there = { ...call, place: { kind: 'direct', conversation: 'D1', message: '1.1' } } as const;
    await world.press(there, 'prompts.skip', id);
    expect(await redraws()).toHaveLength(0);
    await world.submit(call, await world.open(call, 'prompts.answer', id), { others: 'report' });
    expect((await redraws()).map(({ message }) => JSON.stringify(message))).toEqual([
      expect.stringContaining('report'),
    ]);
  });
});
