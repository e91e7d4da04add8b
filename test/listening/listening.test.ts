import { Temporal } from 'temporal-polyfill';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Card } from '../../src/chat/card.ts';
import type { Drafts } from '../../src/chat/drafts.ts';
import { createDrafts } from '../../src/chat/drafts-store.ts';
import type { Call, Me } from '../../src/chat/slice.ts';
import { movableClock } from '../../src/clock.ts';
import { createListening, type ListeningVisits } from '../../src/listening/index.ts';
import { createLog } from '../../src/log.ts';
import { createPeople } from '../../src/people/index.ts';
import { createSurveys } from '../../src/surveys/index.ts';
import { plain } from '../../src/text/words.ts';
import { createVisits } from '../../src/visits/index.ts';
import { createLinks } from '../../src/web/links.ts';
import {
  askedOf,
  buttonsOf,
  type Company,
  type FeedbackWorld,
  openFeedbackWorld,
  press,
  say,
  submit,
  wordsOf,
} from '../feedback/feedback-world.ts';
import { monday } from '../support/call.ts';
import type { SeededPerson } from '../support/seed.ts';

let world: FeedbackWorld;
let listening: ListeningVisits;
let drafts: Drafts;
let on: { feedback: FeedbackWorld['feedback'] };
beforeAll(async () => {
  world = await openFeedbackWorld();
  const { database, accounts, actions, days, feedback } = world;
  const [clock, log] = [movableClock(monday), createLog('silent')];
  const nudge = () => undefined;
  const people = createPeople({ database, clock, log });
  const links = createLinks({ linkSecret: null, publicUrl: null, dataDirectory: null });
  drafts = createDrafts({ database, clock });
  const visits = createVisits({ database, people, accounts, actions, feedback, drafts, clock, nudge, log });
  const surveys = createSurveys({ database, people, accounts, feedback, links, clock, nudge });
  listening = createListening({
    database,
    jobsDatabase: database,
    people,
    accounts,
    actions,
    drafts,
    feedback,
    surveys,
    visits,
    nudge,
    log,
    calendar: days.calendar,
  });
  // What presses and fills in is the same, whatever the slice.
  on = { feedback: { ...feedback, slice: listening.slice } };
});
afterAll(() => world.close());

const asMia = (company: Company, given: { now?: Temporal.Instant } = {}): Call =>
  world.call(company, company.mia, { ...given, me: { memberOf: [], manages: [company.team.id] } });
const rows = ({ organization }: Company) => {
  const where = { organizationId: organization.id };
  const { listening: table, visit, survey, surveyVersion, outbox } = world.database.prisma;
  return Promise.all([
    table.findMany({ where }),
    visit.findMany({ where }),
    survey.findMany({ where, include: { scores: true } }),
    surveyVersion.findMany({ where }),
    outbox.findMany({ where }),
  ]).then(([listenings, visits, surveys, versions, outboxes]) => ({
    listenings,
    visits,
    surveys,
    versions,
    told: outboxes.map(({ key, message }) => {
      const { to, card } = message as unknown as { to: { personId?: string }; card: Card };
      return { step: key.split(':')[0], to: to.personId, card };
    }),
  }));
};

/** Mia means to visit Acme on Wednesday. */
async function planned(company: Company, day = '2026-11-25', call = asMia(company)) {
  const id = uuid();
  await submit(on, call, 'listening.plan', { account: company.acme, day, purpose: 'hear them' }, { id });
  return id;
}
const shown = (asked: ReturnType<typeof askedOf>) => ({
  id: asked.id,
  about: { ...asked.about },
  without: [...asked.without],
});
const open = async (call: Call, id: string, name = 'record') =>
  shown(askedOf(await press(on, call, `listening.${name}`, id)));
const dimensionsOf = async ({ organization }: Company) => {
  const dimensions = await world.feedback.dimensionsOf(organization.id);
  return { organizationId: organization.id, dimensions };
};
const heard = { day: '2026-11-23', heard: 'You are late', improve: 'A call each week', score1: '2', recommend: 5 };

describe('planning', () => {
  it('a form that arrives twice plans once, and tells the owner once', async () => {
    const company = await world.company();
    const id = uuid();
    const answers = { account: company.acme, day: '2026-11-25' };
    const replies = await Promise.all([1, 2].map(() => submit(on, asMia(company), 'listening.plan', answers, { id })));
    for (const reply of replies) expect(wordsOf(reply)).toContain('Planned for: Wed 25 Nov');
    const { listenings, told } = await rows(company);
    expect(listenings).toMatchObject([{ state: 'planned', managerId: company.mia.id, version: 1 }]);
    expect(told.map(({ step, to }) => [step, to])).toEqual([['listening-planned', company.anna.id]]);
  });

  it.each<[string, (company: Company) => { person: SeededPerson; me?: Partial<Me> }, boolean]>([
    ['who manages the team', ({ mia, team }) => ({ person: mia, me: { memberOf: [], manages: [team.id] } }), true],
    ['an administrator', ({ otto }) => ({ person: otto, me: { memberOf: [], administrator: true } }), true],
    ['the owner', ({ anna }) => ({ person: anna }), false],
    ['who manages another team', ({ otto }) => ({ person: otto, me: { memberOf: [], manages: [uuid()] } }), false],
    ['an observer', ({ otto }) => ({ person: otto, me: { observer: true } }), false],
  ])('is for managers of the account’s team and administrators: %s', async (_, who, may) => {
    const company = await world.company();
    const { person, me = {} } = who(company);
    const call = world.call(company, person, { me });
    await submit(on, call, 'listening.plan', { account: company.acme, day: '2026-11-25' });
    expect((await rows(company)).listenings).toHaveLength(may ? 1 : 0);
  });

  it('a day that is over, a customer to be added and one of somebody else are answered, and nothing is planned', async () => {
    const [company, other] = [await world.company(), await world.company()];
    for (const answers of [
      { account: company.acme, day: '2026-11-22' },
      { account: company.acme, day: '2028-01-01' },
      { account: 'new:Nobody yet', day: '2026-11-25' },
      { account: other.acme, day: '2026-11-25' },
    ]) {
      const reply = await submit(on, asMia(company), 'listening.plan', answers);
      expect(reply.reply).toBe('fix');
    }
    expect((await rows(company)).listenings).toEqual([]);
  });

  it('is shown again to who means to visit already, and its words are the purpose of a new one', async () => {
    const company = await world.company();
    const asked = askedOf(await say(on, asMia(company), 'listen', 'Acme Tools about the dates'));
    expect(asked.initial).toMatchObject({ account: company.acme, purpose: 'about the dates' });
    await planned(company);
    const again = await say(on, asMia(company), 'listen', 'Acme Tools');
    expect(buttonsOf(again).map(({ to }) => to)).toEqual(['listening.record', 'listening.move', 'listening.drop']);
    const hers = await say(on, world.call(company, company.anna), 'listen', 'Acme Tools');
    expect(wordsOf(hers)).toContain('Purpose: hear them');
    expect(buttonsOf(hers)).toEqual([]);
  });

  it('of a customer whom no manager visits, who may not plan one reads that there is none', async () => {
    const company = await world.company();
    const hers = await say(on, world.call(company, company.anna), 'listen', 'Acme Tools');
    expect(wordsOf(hers)).toBe('No manager’s visit to Acme Tools is planned or recorded. A manager can plan one.');
  });

  it('of two who move it the second is told, and so is who drops what was moved', async () => {
    const company = await world.company();
    const id = await planned(company);
    const card = await press(on, asMia(company), 'listening.show', id);
    const drop = buttonsOf(card).find(({ to }) => to === 'listening.drop')?.about;
    const [one, two] = [await open(asMia(company), id, 'move'), await open(asMia(company), id, 'move')];
    await submit(on, asMia(company), 'listening.move', { day: '2026-12-01' }, one);
    expect((await submit(on, asMia(company), 'listening.move', { day: '2026-12-01' }, one)).reply).toBe('redraw');
    const late = await submit(on, asMia(company), 'listening.move', { day: '2026-12-02' }, two);
    expect(wordsOf(late)).toContain('Somebody has moved it to Tue 1 Dec');
    expect(askedOf(late).initial).toMatchObject({ day: '2026-12-02' });
    const refused = await press(on, asMia(company), 'listening.drop', drop);
    expect(wordsOf(refused)).toContain('Somebody has changed it');
    const { listenings, told } = await rows(company);
    expect(listenings).toMatchObject([{ state: 'planned', version: 2 }]);
    expect(told.map(({ step }) => step)).toEqual(['listening-planned', 'listening-moved']);
  });
});

describe('recording', () => {
  it('twice at one moment makes one visit, one survey and one message', async () => {
    const company = await world.company();
    const id = await planned(company);
    const form = await open(asMia(company), id);
    const replies = await Promise.all([1, 2, 3].map(() => submit(on, asMia(company), 'listening.record', heard, form)));
    for (const reply of replies) expect(wordsOf(reply)).toContain('What was heard: You are late');
    const { listenings, visits, surveys, told } = await rows(company);
    expect(visits).toMatchObject([{ authorId: company.mia.id, note: 'You are late', purpose: 'hear them' }]);
    expect(surveys).toMatchObject([{ source: 'salesManager', recommend: 5, visitId: visits[0]?.id }]);
    expect(surveys[0]?.scores).toMatchObject([{ score: 2 }]);
    expect(listenings).toMatchObject([
      { state: 'done', visitId: visits[0]?.id, surveyId: surveys[0]?.id, remindAt: null, version: 2 },
    ]);
    expect(told.filter(({ step }) => step === 'listening-done').map(({ to }) => to)).toEqual([company.anna.id]);
  });

  it('of two forms the second is told, with what was typed, and saving again puts it in the place', async () => {
    const company = await world.company();
    const id = await planned(company);
    const [one, two] = [await open(asMia(company), id), await open(asMia(company), id)];
    await submit(on, asMia(company), 'listening.record', heard, one);
    const late = await submit(on, asMia(company), 'listening.record', { ...heard, heard: 'Or not' }, two);
    expect(wordsOf(late)).toContain('recorded or changed in the meantime');
    const asked = askedOf(late);
    expect(asked.initial).toMatchObject({ heard: 'Or not' });
    expect((await rows(company)).visits).toHaveLength(1);
    await submit(on, asMia(company), 'listening.record', { ...heard, heard: 'Or not' }, shown(asked));
    const { listenings, visits, surveys } = await rows(company);
    expect([listenings.length, visits.length, surveys.length]).toEqual([1, 1, 1]);
    expect(listenings).toMatchObject([{ heard: 'Or not', version: 3 }]);
  });

  it('asked again, each score stands at what it was given for, whatever is asked by now', async () => {
    const company = await world.company();
    const { organizationId, dimensions } = await dimensionsOf(company);
    const id = await planned(company);
    const form = await open(asMia(company), id);
    const given = { day: heard.day, heard: 'You are late', score1: '5', score2: '1' };
    await submit(on, asMia(company), 'listening.move', { day: '2026-12-01' }, await open(asMia(company), id, 'move'));
    const [first, second] = dimensions;
    if (!first || !second) throw new Error('no dimensions');
    await world.database.prisma.serviceDimension.update({
      where: { organizationId_id: { organizationId, id: first.id } },
      data: { position: 99 },
    });
    const late = askedOf(await submit(on, asMia(company), 'listening.record', given, form));
    const order = (late.about.dimensions ?? '').split(' ');
    expect(late.initial[`score${order.indexOf(first.id) + 1}`]).toBe('5');
    expect(late.initial[`score${order.indexOf(second.id) + 1}`]).toBe('1');
    expect(Object.keys(late.initial).filter((name) => name.startsWith('score'))).toHaveLength(2);
  });

  it('begun and closed, it is offered again, with each score at its place; not when it was recorded since', async () => {
    const company = await world.company();
    const { organizationId, dimensions } = await dimensionsOf(company);
    const [first] = dimensions;
    if (!first) throw new Error('no dimensions');
    const id = await planned(company);
    const form = await open(asMia(company), id);
    const handler = listening.slice.forms?.find((one) => one.form.name === 'listening.record');
    const answers = { day: heard.day, heard: 'You are', score1: '5', recommend: 3 };
    expect(handler?.keepsDraft(answers)).toBe(true);
    expect(handler?.keepsDraft({ day: heard.day })).toBe(false);
    // A correction starts with what is stored: that is there anyway.
    expect(handler?.keepsDraft({ heard: 'You are', recommend: 3 })).toBe(false);
    const keep = () =>
      drafts.keep(organizationId, company.mia.id, {
        ...form,
        form: 'listening.record',
        formId: form.id,
        answers,
        expanded: true,
      });
    await keep();
    const again = askedOf(await press(on, asMia(company), 'listening.record', id));
    expect(plain(again.offer?.words ?? '')).toContain('Acme Tools');
    expect(askedOf(await press(on, asMia(company), 'listening.record', id)).offer).toBeUndefined();
    await world.database.prisma.serviceDimension.update({
      where: { organizationId_id: { organizationId, id: first.id } },
      data: { position: 99 },
    });
    const resumed = askedOf(await press(on, asMia(company), 'listening.resume', form.id));
    const last = (resumed.about.dimensions ?? '').split(' ').length;
    expect(resumed).toMatchObject({ id: form.id, initial: { heard: 'You are', recommend: 3, [`score${last}`]: '5' } });
    expect(resumed.initial).not.toHaveProperty('score1');
    const stranger = world.call(company, company.otto, { me: { administrator: true, memberOf: [] } });
    expect(wordsOf(await press(on, stranger, 'listening.resume', form.id))).toContain('can’t find');
    await submit(on, asMia(company), 'listening.record', { ...answers, heard: 'You are late' }, shown(resumed));
    expect(await world.database.prisma.draft.count({ where: { organizationId } })).toBe(0);
    await keep();
    expect(wordsOf(await press(on, asMia(company), 'listening.resume', form.id))).toContain(
      'What was heard: You are late',
    );
  });

  it('what was moved meanwhile is asked again, what was dropped is said', async () => {
    const company = await world.company();
    const id = await planned(company);
    const [record, again] = [await open(asMia(company), id), await open(asMia(company), id)];
    await submit(on, asMia(company), 'listening.move', { day: '2026-12-01' }, await open(asMia(company), id, 'move'));
    const late = await submit(on, asMia(company), 'listening.record', heard, record);
    expect(wordsOf(late)).toContain('Somebody has changed the plan');
    await press(on, asMia(company), 'listening.drop', `${id} 2`);
    const dropped = await submit(on, asMia(company), 'listening.record', heard, again);
    expect(wordsOf(dropped)).toContain('was dropped in the meantime');
    expect((await rows(company)).visits).toEqual([]);
  });

  it('a day on which the manager has a visit there already is asked about, and nothing is half stored', async () => {
    const company = await world.company();
    const first = await planned(company);
    await submit(on, asMia(company), 'listening.record', heard, await open(asMia(company), first));
    const id = await planned(company);
    const late = await submit(on, asMia(company), 'listening.record', heard, await open(asMia(company), id));
    expect(wordsOf(late)).toContain('You have a visit to Acme Tools on Mon 23 Nov already');
    expect((await rows(company)).surveys).toHaveLength(1);
    const asked = shown(askedOf(late));
    const unticked = await submit(on, asMia(company), 'listening.record', heard, asked);
    expect(unticked.reply).toBe('fix');
    await submit(on, asMia(company), 'listening.record', { ...heard, second: true }, asked);
    const { visits, surveys } = await rows(company);
    expect([visits.length, surveys.length]).toEqual([2, 2]);
  });

  it('without scores there are none; they can be added later, changed, and not taken back', async () => {
    const company = await world.company();
    const id = await planned(company);
    const { day, heard: words } = heard;
    await submit(on, asMia(company), 'listening.record', { day, heard: words }, await open(asMia(company), id));
    expect((await rows(company)).surveys).toEqual([]);
    const add = await open(asMia(company), id, 'edit');
    for (let twice = 0; twice < 2; twice += 1) {
      const reply = await submit(on, asMia(company), 'listening.record', { heard: words, score1: '3' }, add);
      expect(reply.reply).toBe('redraw');
    }
    const change = await open(asMia(company), id, 'edit');
    expect((await submit(on, asMia(company), 'listening.record', { heard: words }, change)).reply).toBe('fix');
    await submit(on, asMia(company), 'listening.record', { heard: words, score1: '5' }, change);
    const { surveys, versions, listenings } = await rows(company);
    expect(surveys).toMatchObject([{ version: 2, source: 'salesManager', scores: [{ score: 5 }] }]);
    expect(versions).toHaveLength(1);
    expect(listenings).toMatchObject([{ surveyId: surveys[0]?.id }]);
  });

  it('is for who was there, however much somebody else may change', async () => {
    const company = await world.company();
    const id = await planned(company);
    const admin = world.call(company, company.otto, { me: { administrator: true, memberOf: [] } });
    const form = await open(asMia(company), id);
    expect(wordsOf(await press(on, admin, 'listening.record', id))).toContain('doesn’t allow');
    expect(wordsOf(await submit(on, admin, 'listening.record', heard, form))).toContain('doesn’t allow');
    expect((await rows(company)).visits).toEqual([]);
  });
});

describe('the scores beside each other', () => {
  it('are for who may see scores; who may see the visit alone sees the rest, and what they scored themself', async () => {
    const company = await world.company();
    const { organization, acme, anna, mia } = company;
    const id = await planned(company);
    await submit(on, asMia(company), 'listening.record', heard, await open(asMia(company), id));
    const { survey } = world.database.prisma;
    const dimensionId = (await dimensionsOf(company)).dimensions[0]?.id ?? '';
    await survey.create({
      data: {
        organizationId: organization.id,
        accountId: acme,
        authorId: anna.id,
        source: 'accountManager',
        state: 'answered',
        scoredOn: new Date('2026-11-20'),
        createdAt: new Date(),
        requestKey: uuid(),
        recommend: 9,
        scores: { create: { dimensionId, score: 5 } },
      },
    });
    const led = wordsOf(await press(on, asMia(company), 'listening.show', id));
    expect(led).toContain('manager 5 · account manager 9');
    // Mia leads them no more: the visit is still hers.
    const gone = world.call(company, mia, { me: { memberOf: [], manages: [] } });
    const left = wordsOf(await press(on, gone, 'listening.show', id));
    expect(left).toContain('What was heard: You are late');
    expect(left).toContain('manager 5');
    expect(left).not.toMatch(/account manager|can be compared/i);
    await world.database.prisma.listening.updateMany({ where: { id }, data: { surveyId: null } });
    await survey.updateMany({
      where: { source: 'salesManager', accountId: acme },
      data: { authorId: company.otto.id },
    });
    expect(wordsOf(await press(on, gone, 'listening.show', id))).not.toContain('How each side sees our service');
  });

  it('a name is never cut through the middle of a character', async () => {
    const company = await world.company();
    await planned(company);
    const name = `${'x'.repeat(49)}😀😀`;
    await world.database.prisma.account.update({
      where: { organizationId_id: { organizationId: company.organization.id, id: company.acme } },
      data: { name },
    });
    const list = JSON.stringify(await say(on, asMia(company), 'listen'));
    expect(list).toContain(`Show the manager’s visit to ${'x'.repeat(49)}…`);
    expect(list).not.toMatch(/\\ud83d/i);
  });
});

describe('what happens by itself', () => {
  const run = async (at: string) => {
    const job = listening.slice.jobs?.find(({ name }) => name === 'listening.remind');
    if (!job) throw new Error('no job');
    await job.run(Temporal.Instant.from(at));
  };
  const reminded = async (company: Company) =>
    (await rows(company)).told.filter(({ step }) => step === 'listening-due').map(({ to }) => to);

  it('the manager is reminded once on the morning, of all of that day, however many look', async () => {
    const company = await world.company();
    await planned(company);
    await planned(company);
    await run('2026-11-25T07:29:00Z');
    expect(await reminded(company)).toEqual([]);
    await Promise.all([1, 2, 3, 4].map(() => run('2026-11-25T07:30:00Z')));
    expect(await reminded(company)).toEqual([company.mia.id]);
    await run('2026-11-26T07:30:00Z');
    expect(await reminded(company)).toHaveLength(1);
  });

  it('not while they are away: on the next morning that they work', async () => {
    const company = await world.company();
    const day = Temporal.PlainDate.from('2026-11-25');
    await planned(company);
    await world.days.away(company.mia.id, { from: day, to: day });
    await listening.ownersChanged(company.organization.id, { personIds: [company.mia.id] });
    await run('2026-11-25T07:30:00Z');
    expect(await reminded(company)).toEqual([]);
    await run('2026-11-26T07:30:00Z');
    expect(await reminded(company)).toEqual([company.mia.id]);
  });

  it('a manager who has left is not reminded, and does not come up again', async () => {
    const company = await world.company();
    const id = await planned(company);
    await world.database.prisma.person.updateMany({
      where: { id: company.mia.id },
      data: { deactivatedAt: new Date('2026-11-24') },
    });
    await run('2026-11-25T07:30:00Z');
    expect(await reminded(company)).toEqual([]);
    const left = (await rows(company)).listenings.find((one) => one.id === id);
    expect(left).toMatchObject({ state: 'planned', remindAt: null });
  });

  it('nobody is reminded of what is dropped or recorded', async () => {
    const company = await world.company();
    await press(on, asMia(company), 'listening.drop', `${await planned(company)} 1`);
    const id = await planned(company);
    await submit(on, asMia(company), 'listening.record', heard, await open(asMia(company), id));
    await run('2026-11-25T07:30:00Z');
    expect(await reminded(company)).toEqual([]);
  });
});

it('when an account was heard last', async () => {
  const company = await world.company();
  const { organization, acme } = company;
  await planned(company);
  expect(await listening.lastOf(organization.id, acme)).toBeNull();
  const id = await planned(company);
  await submit(on, asMia(company), 'listening.record', heard, await open(asMia(company), id));
  expect(String(await listening.lastOf(organization.id, acme))).toBe('2026-11-23');
});

it('the list says what is past its day, what is planned and what was heard; each sees what is theirs to see', async () => {
  const company = await world.company();
  await planned(company, '2026-11-24');
  await planned(company, '2026-12-24');
  const id = await planned(company, '2026-12-01');
  await submit(on, asMia(company), 'listening.record', heard, await open(asMia(company), id));
  const now = monday.add({ hours: 48 });
  const list = wordsOf(await say(on, asMia(company, { now }), 'listen'));
  expect(list.split('\n').filter((line) => !line.startsWith('•'))).toEqual([
    ...['Managers’ visits', 'Past their day, not recorded', 'Planned', 'Heard last'],
  ]);
  const due = buttonsOf(await say(on, asMia(company, { now }), 'listen')).filter(({ to }) => to === 'listening.record');
  expect(due).toHaveLength(1);
  await world.database.prisma.visit.updateMany({
    where: { organizationId: company.organization.id },
    data: { undoneAt: new Date() },
  });
  expect(wordsOf(await say(on, asMia(company, { now }), 'listen'))).not.toContain('Heard last');
  expect(wordsOf(await press(on, asMia(company), 'listening.show', id))).toContain('taken back in the records');
  const strangers = world.call(company, company.otto, { me: { memberOf: [] } });
  expect(wordsOf(await say(on, strangers, 'listen'))).toContain('No manager’s visit');
  expect(wordsOf(await press(on, strangers, 'listening.show', id))).toContain('can’t find');
});
