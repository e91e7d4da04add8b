import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../src/chat/reply.ts';
import { readFigures } from '../../src/digest/figures.ts';
import { proposalPointer } from '../../src/digest/proposal-pointer.ts';
import { makeCall } from '../support/call.ts';
import { type Crew, friday, postingWorld, wordsOf } from './posting-world.ts';

const world = postingWorld();
const kept = ({ organization }: Crew) =>
  world.database.prisma.improvement.findMany({ where: { organizationId: organization.id }, orderBy: { id: 'asc' } });
const steps = ({ organization }: Crew) =>
  world.database.prisma.action.findMany({
    where: { organizationId: organization.id },
    include: { account: true },
    orderBy: { account: { name: 'asc' } },
  });
const labels = (reply: Reply) =>
  reply.reply === 'show' || reply.reply === 'redraw'
    ? reply.card.body.flatMap((part) =>
        part.kind === 'list' ? part.items.flatMap(({ buttons = [] }) => buttons.map(({ label }) => label)) : [],
      )
    : [];
const told = async (crew: Crew, start: string) =>
  (await world.said(crew.organization)).filter(({ key }) => key.startsWith(start));

/** Core customers of Anna and Ben that nobody has seen for long, and the posted week that proposes to plan them. */
async function proposing(given: Parameters<typeof world.crew>[0] = {}) {
  const crew = await world.crew(given);
  const { anna, ben } = crew;
  const owners = [anna, anna, ben];
  for (const [index, owner] of owners.entries()) {
    const account = await world.account(owner, `Example ${['Steel', 'Glass', 'Paper'][index]}`);
    await world.visit(owner, account, '2026-09-01');
  }
  await world.at(friday);
  const [digest] = await world.digests(crew.organization);
  const figures = readFigures(digest?.figures);
  const proposal = figures?.proposals.find(({ rule }) => rule === 'planSilent');
  if (!figures || !proposal) throw new Error('nothing is proposed');
  return { ...crew, pointer: proposalPointer(figures, 'planSilent'), proposal };
}
const later = friday.add({ hours: 1 });

describe('a proposal', () => {
  it('becomes an improvement with its owner, and a visit next week for who owns each customer', async () => {
    const crew = await proposing();
    const { mia, anna, ben, pointer } = crew;
    const call = crew.call(mia, { now: later });
    const asked = await world.open(call, 'improvements.plan', pointer);
    expect(asked).toMatchObject({ asked: { initial: { owner: mia.id, plan: true, due: '2026-12-04' } } });
    const made = await world.submit(call, asked, { owner: anna.id });
    expect(wordsOf(made)).toContain('3 customers have a visit as a next step now.');
    expect(await kept(crew)).toMatchObject([
      { rule: 'planSilent', ownerId: anna.id, createdById: mia.id, figure: 'coverageCore', before: 0, state: 'open' },
    ]);
    expect((await steps(crew)).map(({ account, ownerId, dueOn }) => [account.name, ownerId, dueOn])).toEqual([
      ['Example Glass', anna.id, new Date('2026-12-04')],
      ['Example Paper', ben.id, new Date('2026-12-04')],
      ['Example Steel', anna.id, new Date('2026-12-04')],
    ]);
    // One message for each, whatever the number of their customers.
    const visits = await told(crew, 'improvement-visits:');
    expect(visits.map(({ message }) => message.to)).toEqual([{ personId: anna.id }, { personId: ben.id }]);
    expect(visits[0]?.words).toContain('• Example Glass\n• Example Steel');
    expect(await told(crew, 'improvement:')).toMatchObject([{ message: { to: { personId: anna.id } } }]);
  });

  it('is measured by the figure in which its customers count', async () => {
    const crew = await world.crew();
    for (const name of ['Example Steel', 'Example Glass']) {
      const account = await world.account(crew.anna, name, 'corePotential');
      await world.visit(crew.anna, account, '2026-09-01');
    }
    await world.account(crew.anna, 'Example Paper', 'core');
    await world.at(friday);
    const figures = readFigures((await world.digests(crew.organization))[0]?.figures);
    const silent = figures?.proposals.find(({ rule }) => rule === 'planSilent');
    expect(silent).toMatchObject({ count: 3, figure: 'coveragePotential', before: 0 });
  });

  it('that is saved twice is one improvement', async () => {
    const crew = await proposing();
    const call = crew.call(crew.mia, { now: later });
    const asked = await world.open(call, 'improvements.plan', crew.pointer);
    const replies = await Promise.all([world.submit(call, asked, {}), world.submit(call, asked, {})]);
    replies.push(await world.submit(call, asked, {}));
    for (const reply of replies) expect(wordsOf(reply)).toContain('Decided: “See the 3 important customers');
    expect(await kept(crew)).toHaveLength(1);
    expect(await steps(crew)).toHaveLength(3);
  });

  it('that somebody acts on again says who has, and plans no visit a second time', async () => {
    const crew = await proposing();
    const { anna, ben, mia, pointer } = crew;
    const first = crew.call(anna, { now: later });
    await world.submit(first, await world.open(first, 'improvements.plan', pointer), {});
    const second = crew.call(mia, { now: later });
    const asked = await world.open(second, 'improvements.plan', pointer);
    expect(wordsOf(asked)).toContain(
      '“See the 3 important customers nobody has seen for twice their interval”, and Anna',
    );
    const made = wordsOf(await world.submit(second, asked, {}));
    expect(made).toContain('1 customer has a visit as a next step now. 2 had one already.');
    const due = async () => (await steps(crew)).map(({ account, ownerId }) => [account.name, ownerId]);
    const once = [
      ['Example Glass', anna.id],
      ['Example Paper', ben.id],
      ['Example Steel', anna.id],
    ];
    expect(await due()).toEqual(once);
    expect((await told(crew, 'improvement-visits:')).map(({ message }) => message.to)).toEqual([{ personId: ben.id }]);
    const third = await world.submit(second, await world.open(second, 'improvements.plan', pointer), {});
    expect(wordsOf(third)).toContain('3 had one already.');
    // What is done or dropped may be planned again.
    await world.database.prisma.action.updateMany({
      where: { organizationId: crew.organization.id, ownerId: ben.id },
      data: { state: 'done', closedAt: new Date() },
    });
    const fourth = await world.submit(second, await world.open(second, 'improvements.plan', pointer), {});
    expect(wordsOf(fourth)).toContain('1 customer has a visit as a next step now. 2 had one already.');
  });

  it('that is acted on by several at once plans each visit once', async () => {
    const crew = await proposing();
    const call = crew.call(crew.mia, { now: later });
    const forms = await Promise.all([1, 2, 3, 4].map(() => world.open(call, 'improvements.plan', crew.pointer)));
    await Promise.all(forms.map((asked) => world.submit(call, asked, {})));
    expect(await kept(crew)).toHaveLength(4);
    expect((await steps(crew)).map(({ account }) => account.name)).toEqual([
      ...['Example Glass', 'Example Paper', 'Example Steel'],
    ]);
    expect(await told(crew, 'improvement-visits:')).toHaveLength(2);
  });

  it('without visits plans none', async () => {
    const crew = await proposing();
    const call = crew.call(crew.mia, { now: later });
    await world.submit(call, await world.open(call, 'improvements.plan', crew.pointer), { plan: false });
    expect([await kept(crew), await steps(crew)]).toMatchObject([[{ rule: 'planSilent' }], []]);
  });

  it('is for oneself where one leads nobody: one’s own customers, and no one else’s week', async () => {
    const crew = await proposing();
    const { anna, ben, pointer } = crew;
    const call = crew.call(anna, { now: later });
    const asked = await world.open(call, 'improvements.plan', pointer);
    expect(await world.submit(call, asked, { owner: ben.id })).toMatchObject({
      reply: 'fix',
      problems: { owner: expect.stringContaining('choose yourself') },
    });
    await world.submit(call, asked, {});
    expect((await steps(crew)).map(({ ownerId }) => ownerId)).toEqual([anna.id, anna.id]);
  });

  it('goes to its owner where a customer’s has left, and leaves out who was put away', async () => {
    const crew = await proposing();
    const { prisma } = world.database;
    await prisma.person.updateMany({ where: { id: crew.ben.id }, data: { deactivatedAt: new Date() } });
    await prisma.account.updateMany({
      where: { organizationId: crew.organization.id, name: 'Example Glass' },
      data: { archivedAt: new Date() },
    });
    const call = crew.call(crew.mia, { now: later });
    await world.submit(call, await world.open(call, 'improvements.plan', crew.pointer), {});
    expect((await steps(crew)).map(({ account, ownerId }) => [account.name, ownerId])).toEqual([
      ['Example Paper', crew.mia.id],
      ['Example Steel', crew.anna.id],
    ]);
  });

  it('of a week that was not posted is read from the figures as they are', async () => {
    const crew = await proposing();
    await world.database.prisma.digest.deleteMany({ where: { organizationId: crew.organization.id } });
    const call = crew.call(crew.mia, { now: later });
    expect((await world.open(call, 'improvements.plan', crew.pointer)).reply).toBe('ask');
    for (const { id: accountId } of await world.database.prisma.account.findMany({
      where: { organizationId: crew.organization.id },
    }))
      await world.visit(crew.anna, accountId, '2026-11-27');
    expect(wordsOf(await world.open(call, 'improvements.plan', crew.pointer))).toContain('does not hold any more');
  });

  it.each(['observer', 'stranger'] as const)('is nothing for an %s', async (who) => {
    const crew = await proposing();
    const person = await world.build.person(crew.organization, { name: 'Zoe Quist', observer: who === 'observer' });
    const me = who === 'observer' ? { memberOf: [crew.team.id] } : {};
    const call = makeCall(crew.organization, person, { now: later, me });
    const refused = who === 'observer' ? /^Your role doesn’t allow this/ : /^I can’t find that any more/;
    expect(wordsOf(await world.open(call, 'improvements.plan', crew.pointer))).toMatch(refused);
  });
});

describe('improvements', () => {
  /** An improvement of Mia's, seen to by Anna. */
  async function decided() {
    const crew = await proposing();
    const call = crew.call(crew.mia, { now: later });
    const asked = await world.open(call, 'improvements.plan', crew.pointer);
    await world.submit(call, asked, { owner: crew.anna.id, plan: false });
    const [improvement] = await kept(crew);
    if (improvement === undefined) throw new Error('nothing was decided');
    return { ...crew, improvement };
  }

  it('begin by oneself too', async () => {
    const crew = await world.crew();
    const call = crew.call(crew.anna);
    expect(wordsOf(await world.say(call, '改进'))).toContain('Nothing is open.');
    const asked = await world.open(call, 'improvements.new');
    expect(await world.submit(call, asked, { text: 'x', due: '2026-11-22' })).toMatchObject({ reply: 'fix' });
    const made = await world.submit(call, asked, { text: 'Call <!channel> before every visit' });
    expect(wordsOf(made)).toContain('• Call <!channel> before every visit – Anna Berg · North · due Mon 30 Nov');
    expect(await kept(crew)).toMatchObject([{ rule: null, figure: null, teamId: crew.team.id }]);
  });

  it('of a team are read by who is in it, and by nobody else', async () => {
    const crew = await decided();
    const text = 'See the 3 important customers';
    for (const person of [crew.mia, crew.anna, crew.ben])
      expect(wordsOf(await world.say(crew.call(person, { now: later }), 'improvements'))).toContain(text);
    const other = await world.crew();
    expect(wordsOf(await world.say(other.call(other.mia), 'improvements'))).not.toContain(text);
    const about = crew.improvement.id;
    expect(wordsOf(await world.press(other.call(other.mia), 'improvements.done', about))).toMatch(/^I can’t find/);
    expect(wordsOf(await world.say(crew.call(crew.mia), 'improvements', 'South'))).toContain('No team of yours');
  });

  it('are closed by their owner, who decided, and the manager; not by others', async () => {
    const crew = await decided();
    const { id } = crew.improvement;
    const seen = (person: typeof crew.mia) => world.say(crew.call(person, { now: later }), 'improvements');
    expect(labels(await seen(crew.ben))).toEqual([]);
    expect(labels(await seen(crew.anna))).toEqual(['Done', 'Drop']);
    const call = crew.call(crew.ben, { now: later });
    expect(wordsOf(await world.press(call, 'improvements.done', id))).toMatch(/^Your role doesn’t allow this/);
    const done = await world.press(crew.call(crew.anna, { now: later }), 'improvements.done', id);
    expect(wordsOf(done)).toContain('In four weeks you are told what it did for “Core customers seen in time”.');
    await world.press(crew.call(crew.anna, { now: later }), 'improvements.done', id);
    expect(await kept(crew)).toMatchObject([
      { state: 'done', version: 2, measureAt: new Date('2026-12-25T08:00:00Z'), closedAt: new Date(later.toString()) },
    ]);
    const reopened = await world.press(crew.call(crew.mia, { now: later }), 'improvements.reopen', id);
    expect(wordsOf(reopened)).toContain('Open again:');
    expect(await kept(crew)).toMatchObject([{ state: 'open', measureAt: null, closedAt: null }]);
  });

  it('that two close at once, one as done and one as dropped, are closed once', async () => {
    const crew = await decided();
    const { id } = crew.improvement;
    const replies = await Promise.all([
      world.press(crew.call(crew.anna, { now: later }), 'improvements.done', id),
      world.press(crew.call(crew.mia, { now: later }), 'improvements.drop', id),
    ]);
    expect(replies.filter((reply) => wordsOf(reply).includes('closed or changed meanwhile'))).toHaveLength(1);
    expect(await kept(crew)).toMatchObject([{ version: 2 }]);
  });

  it('are measured again four weeks after the close; owner and manager hear of it once', async () => {
    const crew = await decided();
    await world.press(crew.call(crew.anna, { now: later }), 'improvements.done', crew.improvement.id);
    const accounts = await world.database.prisma.account.findMany({ where: { organizationId: crew.organization.id } });
    for (const { id } of accounts.slice(0, 2)) await world.visit(crew.anna, id, '2026-12-17');
    const due = Temporal.Instant.from('2026-12-25T08:00:00Z');
    await world.at(due.subtract({ seconds: 1 }));
    expect(await told(crew, 'improvement-measured:')).toEqual([]);
    await Promise.all([world.at(due), world.at(due)]);
    const measured = await told(crew, 'improvement-measured:');
    expect(measured.map(({ message }) => message.to)).toEqual(
      expect.arrayContaining([{ personId: crew.anna.id }, { personId: crew.mia.id }]),
    );
    expect(measured).toHaveLength(2);
    expect(measured[0]?.words).toContain('Core customers seen in time: before 0 %, now 67 %. Better.');
    expect(await kept(crew)).toMatchObject([{ before: 0, measureAt: null }]);
    expect((await kept(crew))[0]?.after).toBeCloseTo(2 / 3);
  });

  it('that are closed and measured are told in the next evaluation', async () => {
    const crew = await decided();
    await world.press(crew.call(crew.anna, { now: later }), 'improvements.done', crew.improvement.id);
    const more = async () => (await told(crew, 'digest-more:')).at(-1)?.words;
    await world.at(Temporal.Instant.from('2026-12-04T15:30:00Z'));
    expect(await more()).toContain('done on Fri 27 Nov · Core customers seen in time is measured again on Fri 25 Dec');
    await world.at(Temporal.Instant.from('2026-12-11T15:30:00Z'));
    expect(await more()).not.toContain('done on Fri 27 Nov');
    await world.at(Temporal.Instant.from('2026-12-18T15:30:00Z'));
    await world.at(Temporal.Instant.from('2026-12-25T15:30:00Z'));
    expect(await more()).toContain('Core customers seen in time: before 0 %, now 0 %');
    await world.at(Temporal.Instant.from('2027-01-01T15:30:00Z'));
    expect(await more()).not.toContain('before 0 %');
  });

  it('of a team that was put away are measured without a word', async () => {
    const crew = await decided();
    await world.press(crew.call(crew.anna, { now: later }), 'improvements.done', crew.improvement.id);
    await world.database.prisma.team.updateMany({ where: { id: crew.team.id }, data: { archivedAt: new Date() } });
    await world.at(Temporal.Instant.from('2026-12-25T08:00:00Z'));
    expect(await kept(crew)).toMatchObject([{ after: null, measureAt: null }]);
    expect(await told(crew, 'improvement-measured:')).toEqual([]);
  });
});

describe('the day of an improvement', () => {
  it.each<[string, string, string, string | null]>([
    // The team is in Berlin, where it is Saturday, 28 November, half past midnight, or still Friday an hour before.
    ['its reader is behind the team’s day', 'America/New_York', '2026-11-27T23:30:00Z', '2026-11-28'],
    ['its reader is ahead of it', 'Asia/Shanghai', '2026-11-27T22:30:00Z', null],
  ])('is the team’s: %s', async (_, timeZone, at, first) => {
    const crew = await world.crew();
    const { organization, team, mia } = crew;
    const now = Temporal.Instant.from(at);
    const me = { memberOf: [], manages: [team.id] };
    const call = makeCall(organization, { ...mia, timeZone }, { now, me });
    const asked = await world.open(call, 'improvements.new');
    const made = await world.submit(call, asked, { text: 'Ask better', due: '2026-11-27' });
    if (first === null) {
      expect(wordsOf(made)).toContain('due Fri 27 Nov');
      expect(wordsOf(made)).not.toContain('was due');
      return;
    }
    expect(made).toMatchObject({ reply: 'fix', problems: { due: expect.stringContaining('That day is over') } });
    expect(wordsOf(await world.submit(call, asked, { text: 'Ask better', due: first }))).toContain('due Sat 28 Nov');
    const nextDay = makeCall(organization, { ...mia, timeZone }, { now: now.add({ hours: 24 }), me });
    // In New York it is Saturday still.
    expect(wordsOf(await world.say(nextDay, 'improvements'))).toContain('was due Sat 28 Nov');
  });
});
