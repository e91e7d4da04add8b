import { Temporal } from 'temporal-polyfill';
import { v7 as uuid } from 'uuid';
import { describe, expect, it, test } from 'vitest';
import { createAccounts } from '../../src/accounts/index.ts';
import { createActions } from '../../src/actions/index.ts';
import { type Card, inPlainText } from '../../src/chat/card.ts';
import { judge, type PlainAnswers } from '../../src/chat/form.ts';
import type { Reply } from '../../src/chat/reply.ts';
import type { Call, Me } from '../../src/chat/slice.ts';
import { movableClock } from '../../src/clock.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { createLog } from '../../src/log.ts';
import { createDeciding } from '../../src/meetings/deciding.ts';
import { summaryJob } from '../../src/meetings/summarizing.ts';
import { createPeople } from '../../src/people/index.ts';
import { makeCall, monday } from '../support/call.ts';
import type { SeededPerson } from '../support/seed.ts';
import { answeringWorld, askedIn, buttonsOf, wordsOf } from './answering-world.ts';

const world = answeringWorld();
const log = createLog('silent');
const nudge = () => undefined;
/** The sales meeting of that Monday, 09:30 to 11:30 in Berlin. */
const closed = Temporal.Instant.from('2026-11-23T10:30Z');
const later = Temporal.Instant.from('2026-11-24T08:00Z');

let told = 0;
function slice() {
  const { database, days } = world;
  const clock = movableClock(monday);
  const people = createPeople({ database, clock, log });
  const accounts = createAccounts({ database, people, clock, activity: { of: async () => new Map() }, log, nudge });
  const actions = createActions({
    database,
    jobsDatabase: database,
    people,
    accounts,
    calendar: days.calendar,
    nudge,
    log,
  });
  const decided = () => {
    told += 1;
  };
  return createDeciding({ database, people, accounts, actions, nudge, log, decided });
}

const named = <T>(things: readonly T[], isIt: (thing: T) => boolean): T => {
  const found = things.find(isIt);
  if (found === undefined) throw new Error('there is no such thing');
  return found;
};
const open = (call: Call, about?: string) => named(slice().openers, () => true).run(call, about);
const undo = (call: Call, about?: string) => named(slice().actions, () => true).run(call, about);
async function submit(call: Call, asked: Reply, answers: PlainAnswers): Promise<Reply> {
  const { form, id, about, without, initial } = askedIn(asked);
  const judged = judge(form, { ...initial, ...answers }, { today: call.today, text: call.text, without });
  if (!judged.ok) return { reply: 'fix', problems: judged.problems };
  return named(slice().forms, () => true).submit(call, judged.answers, { id, about, without, expanded: false });
}
const summaries = () => summaryJob({ database: world.database, calendar: world.days.calendar, nudge, log });

/** Mia leads North with Anna and Ben, who have a sales meeting on Monday; Otto leads another team. */
async function company(given: { locale?: string; channelId?: string | null } = {}) {
  const { build, database } = world;
  const { locale = 'en', channelId = 'C1' } = given;
  const organization = await build.organization();
  const person = (name: string, of: Parameters<typeof build.person>[1] = {}) =>
    build.person(organization, { name, ...of });
  const [mia, anna, ben, otto] = [await person('Mia'), await person('Anna'), await person('Ben'), await person('Otto')];
  const [ada, eve] = [await person('Ada', { administrator: true }), await person('Eve', { observer: true })];
  const gone = await person('Gone', { deactivatedAt: new Date('2026-11-01') });
  const members = [anna, ben, eve];
  const channel = channelId === null ? {} : { channelId };
  const north = await build.team(organization, { name: 'North', manager: mia, members, locale, ...channel });
  const south = await build.team(organization, { name: 'South', manager: otto });
  const meeting = await world.meeting(organization, north, { kind: 'sales' });
  const { id: day } = await database.prisma.occurrence.create({
    data: {
      organizationId: organization.id,
      id: uuid(),
      meetingId: meeting,
      date: new Date('2026-11-23'),
      closesAt: new Date(closed.epochMilliseconds),
      summaryAt: new Date(closed.epochMilliseconds),
    },
  });
  const as = (who: SeededPerson, me: Partial<Me>, now = monday) => makeCall(organization, who, { me, now });
  const at = (now: Temporal.Instant) => ({
    mia: as(mia, { manages: [north.id] }, now),
    anna: as(anna, { memberOf: [north.id] }, now),
    ben: as(ben, { memberOf: [north.id] }, now),
    eve: as(eve, { memberOf: [north.id] }, now),
    otto: as(otto, { manages: [south.id] }, now),
    ada: as(ada, {}, now),
  });
  const steel = await world.account(anna, 'Example Steel');
  return { organization, mia, anna, ben, eve, otto, ada, gone, north, meeting, day, calls: at(monday), at, steel };
}

const decisionsIn = ({ id }: { id: string }) =>
  world.database.prisma.decision.findMany({ where: { organizationId: id }, include: { action: true } });

/** What was said, by what it is about: rows of one statement have no order. */
async function said({ id }: { id: string }) {
  const rows = await world.database.prisma.outbox.findMany({ where: { organizationId: id }, orderBy: { id: 'asc' } });
  const all = rows.map(({ key, message }) => {
    // Written by this program just now.
    const { card, to, do: what } = message as unknown as { card: Card; to: Record<string, unknown>; do: string };
    return { about: key.split(':')[0], to, do: what, lines: inPlainText(card).split('\n') };
  });
  return all.toSorted((a, b) => (a.about ?? '').localeCompare(b.about ?? ''));
}

/** Waits until so many statements wait for a row. */
const waiting = (count: number) =>
  expect
    .poll(async () => {
      const { rowCount } = await world.database.pool.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return rowCount;
    })
    .toBe(count);

const minutesOf = async (organization: { id: string }) =>
  (await said(organization)).filter(({ about }) => about === 'summary');

describe('a decision', () => {
  it('about a customer that somebody carries out is their next step too, and stands in the agenda’s thread', async () => {
    const { organization, calls, day, steel, ben } = await company({ locale: 'zh-CN' });
    const asked = await open(calls.anna, day);
    expect(JSON.stringify(askedIn(asked).intro)).toContain('Sales meeting · Mon 23 Nov');
    const answers = { text: 'Offer last year’s prices', account: steel, owner: ben.id, due: '2026-11-27' };
    expect(wordsOf(await submit(calls.anna, asked, answers))).toBe(
      'Saved. The decision stands in the thread of the agenda, and Ben has it as a next step.',
    );
    const [decision] = await decisionsIn(organization);
    expect(decision).toMatchObject({
      occurrenceId: day,
      text: 'Offer last year’s prices',
      accountId: steel,
      ownerId: ben.id,
      undoneAt: null,
      action: {
        accountId: steel,
        ownerId: ben.id,
        text: 'Offer last year’s prices',
        state: 'open',
        visitId: null,
        dueOn: new Date('2026-11-27'),
        remindAt: new Date('2026-11-27T07:30Z'),
      },
    });
    const [handed, posted] = await said(organization);
    expect(handed).toMatchObject({ about: 'action-handed', to: { personId: ben.id } });
    const under = { thing: 'occurrence', id: day, card: 'agenda' };
    expect(posted).toMatchObject({ about: 'decision', to: { conversation: 'C1', under } });
    expect(posted?.lines).toEqual([
      ...[
        '决定',
        'Offer last year’s prices',
        '客户：Example Steel',
        '负责人：Ben',
        '期限：11月27日周五',
        '登记人：Anna',
      ],
    ]);
  });

  it.each<[string, PlainAnswers, object, string[]]>([
    ['that only holds', { text: 'No discounts' }, { ownerId: null, dueOn: null }, ['decision']],
    ['with a day', { text: 'No discounts', due: '2026-12-31' }, { dueOn: new Date('2026-12-31') }, ['decision']],
    ['about a customer', { text: 'No discounts', account: 'steel' }, { ownerId: null, dueOn: null }, ['decision']],
    [
      'that a colleague carries out',
      { text: 'Book the hall by Friday', owner: 'ben' },
      { dueOn: new Date('2026-11-27') },
      ['decision', 'decision-told'],
    ],
    ['that its author carries out', { text: 'Book the hall', owner: 'anna' }, { dueOn: null }, ['decision']],
  ])('%s is no next step', async (_, { account, owner, ...answers }, stored, about) => {
    const { organization, calls, day, steel, ben, anna } = await company();
    const who = owner === 'ben' ? ben.id : anna.id;
    const chosen = { ...(account ? { account: steel } : {}), ...(owner ? { owner: who } : {}) };
    const reply = await submit(calls.anna, await open(calls.anna, day), { ...answers, ...chosen });
    expect(wordsOf(reply)).toBe('Saved. The decision stands in the thread of the agenda.');
    expect(await decisionsIn(organization)).toMatchObject([{ ...stored, actionId: null }]);
    expect((await said(organization)).map((one) => one.about)).toEqual(about);
  });

  it('starts with the customer of the agenda whose button was pressed, as one’s own', async () => {
    const { calls, day, steel, anna } = await company();
    expect(askedIn(await open(calls.anna, `${day} ${steel}`))).toMatchObject({
      initial: { account: steel, owner: anna.id },
      options: { account: [{ value: steel, label: 'Example Steel' }] },
    });
    await world.database.prisma.account.updateMany({ where: { id: steel }, data: { archivedAt: new Date() } });
    expect(askedIn(await open(calls.anna, `${day} ${steel}`)).initial).toEqual({});
  });

  it('about a new customer adds them', async () => {
    const { organization, calls, day } = await company();
    await submit(calls.anna, await open(calls.anna, day), {
      text: 'Visit them',
      account: 'new:Isar Glas',
      owner: calls.anna.me.id,
    });
    const [decision] = await decisionsIn(organization);
    const added = await world.database.prisma.account.findFirst({ where: { id: decision?.accountId ?? '' } });
    expect(added).toMatchObject({ name: 'Isar Glas', ownerId: calls.anna.me.id });
    expect(decision?.action).toMatchObject({ accountId: added?.id });
  });

  it('whose form arrives three times at one moment is one', async () => {
    const { organization, calls, day } = await company();
    const asked = await open(calls.anna, day);
    const first = { text: 'No discounts' };
    const other = { text: 'No discounts', due: '2026-12-01' };
    const before = told;
    // All three have seen that there is none yet, and wait for the meeting's day.
    const replies = await inTransaction(world.database.pool, async (client) => {
      await client.query('SELECT FROM "Occurrence" WHERE id = $1 FOR UPDATE', [day]);
      const submitted = [first, other, first].map((answers) => submit(calls.anna, asked, answers));
      await waiting(3);
      return submitted;
    });
    expect(new Set((await Promise.all(replies)).map(wordsOf)).size).toBe(1);
    expect(await decisionsIn(organization)).toHaveLength(1);
    expect(told - before).toBe(1);
  });

  it('whose form comes again with other answers stays the first', async () => {
    const { organization, calls, day, steel, ben } = await company();
    const asked = await open(calls.anna, day);
    const before = told;
    await submit(calls.anna, asked, { text: 'No discounts' });
    const other = { text: 'No discounts', account: steel, owner: ben.id };
    await submit(calls.anna, asked, other);
    expect(await decisionsIn(organization)).toMatchObject([{ text: 'No discounts', actionId: null }]);
    expect(await said(organization)).toHaveLength(1);
    expect(told - before).toBe(1);
    const [count] = await world.database.prisma.$queryRaw<{ count: bigint }[]>`
      SELECT count(*) FROM "Action" WHERE "organizationId" = ${organization.id}::uuid`;
    expect(count?.count).toBe(0n);
  });

  it('is stored though the team has no channel, and says so', async () => {
    const { organization, calls, day } = await company({ channelId: null });
    const reply = await submit(calls.mia, await open(calls.mia, day), { text: 'No discounts' });
    expect(wordsOf(reply)).toBe('Saved. The team has no channel, so the decision is posted nowhere.');
    expect(await decisionsIn(organization)).toHaveLength(1);
    expect(await said(organization)).toEqual([]);
  });
});

describe('what is refused keeps the form open and says what to do', () => {
  test.each<[string, PlainAnswers, object]>([
    ['no words', { text: ' ' }, { text: expect.any(String) }],
    ['too many', { text: 'x'.repeat(501) }, { text: expect.stringContaining('500') }],
    [
      'a day that is over',
      { text: 'A', due: '2026-11-22' },
      { due: 'This day is over. Please choose today or a later one.' },
    ],
    ['an owner who has left', { text: 'A', owner: 'gone' }, { owner: expect.stringContaining('active colleague') }],
    ['an observer as the owner', { text: 'A', owner: 'eve' }, { owner: expect.stringContaining('active colleague') }],
    ['an owner of another organisation', { text: 'A', owner: 'stranger' }, { owner: expect.any(String) }],
    ['a customer of another organisation', { text: 'A', account: 'theirs' }, { account: expect.any(String) }],
    ['an archived customer', { text: 'A', account: 'archived' }, { account: expect.any(String) }],
    ['no id of ours', { text: 'A', account: 'x' }, { account: expect.any(String) }],
  ])('%s', async (_, answers, problems) => {
    const { organization, calls, day, gone, eve, steel } = await company();
    const other = await company();
    await world.database.prisma.account.updateMany({ where: { id: steel }, data: { archivedAt: new Date() } });
    const ids: Record<string, string> = {
      gone: gone.id,
      eve: eve.id,
      stranger: other.ben.id,
      theirs: other.steel,
      archived: steel,
    };
    const given = Object.entries(answers).map(([field, value]) => [field, ids[String(value)] ?? value]);
    const reply = await submit(calls.anna, await open(calls.anna, day), Object.fromEntries(given));
    expect(reply).toMatchObject({ reply: 'fix', problems });
    expect(await decisionsIn(organization)).toEqual([]);
  });
});

describe('rights', () => {
  const missing = 'I can’t find that';

  test('members, the manager and administrators decide; observers read', async () => {
    const { calls, day } = await company();
    for (const call of [calls.anna, calls.mia, calls.ada]) expect(await open(call, day)).toHaveProperty('reply', 'ask');
    expect(wordsOf(await open(calls.eve, day))).toContain('Your role doesn’t allow this');
    const asked = await open(calls.anna, day);
    expect(await submit(calls.eve, asked, { text: 'A' })).toMatchObject({
      notice: expect.stringContaining('Your role doesn’t allow this'),
    });
  });

  test('of other teams and organisations, of another kind of meeting, and of no meeting there is nothing', async () => {
    const { organization, calls, day, north } = await company();
    const other = await company();
    const morning = await world.meeting(organization, north);
    await world.prompt(other.anna, await world.meeting(other.organization, other.north));
    const { id: mornings } = await world.database.prisma.occurrence.create({
      data: { organizationId: organization.id, id: uuid(), meetingId: morning, date: new Date(), closesAt: new Date() },
    });
    const asked = await open(calls.anna, day);
    for (const call of [calls.otto, other.calls.anna, other.calls.mia, other.calls.ada]) {
      expect(wordsOf(await open(call, day))).toContain(missing);
      expect(await submit(call, asked, { text: 'A' })).toMatchObject({ notice: expect.stringContaining(missing) });
    }
    for (const about of [mornings, uuid(), 'x', `${day} x`, `${day} ${uuid()} x`, '', undefined])
      expect(wordsOf(await open(calls.anna, about))).toContain(missing);
    expect(await decisionsIn(organization)).toEqual([]);
  });

  test('a meeting that was put away decides nothing more, and what was typed stays', async () => {
    const { calls, day, meeting } = await company();
    const asked = await open(calls.anna, day);
    await world.database.prisma.meeting.updateMany({ where: { id: meeting }, data: { archivedAt: new Date() } });
    expect(await submit(calls.anna, asked, { text: 'A' })).toMatchObject({ notice: expect.stringContaining(missing) });
  });
});

/** Anna decides that Ben does something for the customer. */
async function decided(given: Awaited<ReturnType<typeof company>>, answers: PlainAnswers = {}) {
  const { calls, day, steel, ben, organization } = given;
  const all = { text: 'Send the offer', account: steel, owner: ben.id, ...answers };
  await submit(calls.anna, await open(calls.anna, day), all);
  const [decision] = await decisionsIn(organization);
  if (decision === undefined) throw new Error('nothing was decided');
  return decision;
}

describe('undo', () => {
  it('by its author drops the open next step, redraws the card, and tells the owner; once', async () => {
    const given = await company();
    const { organization, calls, ben } = given;
    const { id } = await decided(given);
    const reply = await undo(calls.anna, id);
    expect(wordsOf(reply)).toBe('Taken back by Anna: Send the offer');
    expect(buttonsOf(reply)).toEqual([]);
    expect(await decisionsIn(organization)).toMatchObject([
      { undoneAt: expect.any(Date), action: { state: 'dropped', remindAt: null, closedAt: expect.any(Date) } },
    ]);
    expect((await said(organization)).slice(2)).toMatchObject([
      { about: 'decision-redrawn', do: 'redraw', to: { whereItStands: true } },
      {
        about: 'decision-undone',
        to: { personId: ben.id },
        lines: ['Anna took back what you were to carry out by decision of Sales meeting, Mon 23 Nov: Send the offer'],
      },
    ]);
    expect(wordsOf(await undo(calls.mia, id))).toBe('This decision was taken back.');
    expect(await said(organization)).toHaveLength(4);
    const changes = await world.database.prisma.actionChange.findMany({ where: { actionId: id } });
    expect(changes).toMatchObject([{ changedById: calls.anna.me.id, changes: { state: ['open', 'dropped'] } }]);
  });

  it('leaves a next step that is done as it is', async () => {
    const given = await company();
    const { id } = await decided(given);
    await world.database.prisma.action.updateMany({ where: { id }, data: { state: 'done' } });
    await undo(given.calls.mia, id);
    expect(await decisionsIn(given.organization)).toMatchObject([{ action: { state: 'done' } }]);
  });

  it('is not told to an owner who has left since', async () => {
    const given = await company();
    const { id } = await decided(given);
    await world.database.prisma.person.updateMany({ where: { id: given.ben.id }, data: { deactivatedAt: new Date() } });
    await undo(given.calls.anna, id);
    expect((await said(given.organization)).map(({ about }) => about)).not.toContain('decision-undone');
  });

  it('is for the author, the manager and administrators', async () => {
    const given = await company();
    const { organization, calls } = given;
    const other = await company();
    const { id } = await decided(given);
    for (const call of [calls.ben, calls.eve])
      expect(wordsOf(await undo(call, id))).toContain('Your role doesn’t allow this');
    for (const call of [calls.otto, other.calls.anna, other.calls.ada])
      expect(wordsOf(await undo(call, id))).toContain('I can’t find that');
    for (const about of [uuid(), 'x', undefined])
      expect(wordsOf(await undo(calls.mia, about))).toContain('I can’t find that');
    expect(await decisionsIn(organization)).toMatchObject([{ undoneAt: null, action: { state: 'open' } }]);
    expect(wordsOf(await undo(calls.ada, id))).toBe('Taken back by Ada: Send the offer');
  });
});

describe('the minutes', () => {
  it('are posted at the close, once, though nobody was asked, and changed by whatever is decided or undone later', async () => {
    const given = await company();
    const { organization, at, day } = given;
    const { id } = await decided(given, { due: '2026-11-27' });
    await summaries().run(closed.subtract({ minutes: 1 }));
    expect(await minutesOf(organization)).toEqual([]);
    await Promise.all([summaries(), summaries(), summaries()].map((job) => job.run(closed)));
    expect((await minutesOf(organization)).map(({ lines }) => lines)).toEqual([
      [
        'Minutes: Sales meeting · Mon 23 Nov',
        'Took part: Anna',
        'Actions',
        '• Example Steel – Send the offer – Ben, until Fri 27 Nov',
        'What was reported',
        'Nobody has written anything yet.',
        'Nobody was asked',
      ],
    ]);
    const { mia } = at(later);
    await submit(mia, await open(mia, day), { text: 'No discounts' });
    await summaries().run(later);
    await undo(at(later).anna, id);
    await summaries().run(later);
    const [, second, third, ...more] = await minutesOf(organization);
    expect(more).toEqual([]);
    expect(second).toMatchObject({ do: 'redraw' });
    expect(second?.lines.slice(1, 6)).toEqual([
      ...['Took part: Anna and Mia', 'Decisions', '• No discounts', 'Actions'],
      '• Example Steel – Send the offer – Ben, until Fri 27 Nov',
    ]);
    expect(third?.lines.slice(1, 5)).toEqual(['Took part: Mia', 'Decisions', '• No discounts', 'What was reported']);
  });

  it('that had nothing to say at the close are posted with the first late decision', async () => {
    const { organization, at, day } = await company();
    await summaries().run(closed);
    expect(await minutesOf(organization)).toEqual([]);
    const { anna } = at(later);
    await submit(anna, await open(anna, day), { text: 'No discounts' });
    await summaries().run(later);
    await summaries().run(later.add({ hours: 1 }));
    expect(await minutesOf(organization)).toMatchObject([{ do: 'post', to: { conversation: 'C1' } }]);
  });

  it('have a decision that is noted while they are being posted', async () => {
    const given = await company();
    const { organization, at, day } = given;
    await decided(given);
    const { anna } = at(closed);
    const asked = await open(anna, day);
    const { calendar } = world.days;
    let noted: Promise<unknown> | undefined;
    // What was decided is read before a summary asks for calendars.
    const meanwhile: typeof calendar = {
      ...calendar,
      workdaysOf: async (teams) => {
        noted ??= submit(anna, asked, { text: 'At the last moment' });
        await Promise.race([noted, waiting(1)]);
        return calendar.workdaysOf(teams);
      },
    };
    await summaryJob({ database: world.database, calendar: meanwhile, nudge, log }).run(closed);
    await noted;
    await summaries().run(closed.add({ minutes: 1 }));
    expect((await minutesOf(organization)).at(-1)?.lines).toContain('• At the last moment');
  });

  it('wait until it is planned whom the bot could not ask, after an outage', async () => {
    const given = await company();
    const { organization, meeting } = given;
    await decided(given);
    const looksAt = (nextAt: Temporal.Instant) =>
      world.database.prisma.meeting.updateMany({
        where: { id: meeting },
        data: { nextAt: new Date(nextAt.epochMilliseconds) },
      });
    await looksAt(closed.subtract({ hours: 2 }));
    await summaries().run(closed);
    expect(await minutesOf(organization)).toEqual([]);
    await looksAt(closed.add({ hours: 160 }));
    await summaries().run(closed);
    expect(await minutesOf(organization)).toHaveLength(1);
  });

  it('name an owner who has left since, for it was decided so', async () => {
    const given = await company();
    await decided(given);
    await world.database.prisma.person.updateMany({ where: { id: given.ben.id }, data: { deactivatedAt: new Date() } });
    await summaries().run(closed);
    expect((await minutesOf(given.organization))[0]?.lines).toContain(
      '• Example Steel – Send the offer – Ben, no day set',
    );
  });
});
