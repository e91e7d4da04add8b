import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plainWeek } from '../../src/calendar/index.ts';
import { type Figures, factOf, figureNames, readFigures } from '../../src/digest/figures.ts';
import { type PeriodKind, periodWith } from '../../src/digest/period.ts';
import { type FigureSetting, figureSetting, friday, putInto, tellStory } from './story.ts';

let setting: FigureSetting;
let story: Awaited<ReturnType<typeof tellStory>>;
beforeAll(async () => {
  setting = await figureSetting();
  story = await tellStory(setting);
});
afterAll(() => setting.close());

const asked = (day = '2026-11-27', kind: PeriodKind = 'week', asOf = friday) => ({
  organizationId: story.organization.id,
  teamId: story.team.id,
  asOf,
  period: periodWith(kind, Temporal.PlainDate.from(day), plainWeek),
});

async function ofTeam(given = asked()): Promise<Figures> {
  const figures = await setting.figures.ofTeam(given);
  if (figures === null) throw new Error('there are no figures');
  return figures;
}

/** "value of", "before", "mean" of each figure. */
const lines = (figures: Figures) =>
  Object.fromEntries(
    figures.facts.map(({ name, value, of, before, mean }) => [name, `${value} of ${of}, ${before}, ${mean}`]),
  );

describe('the week of the story', () => {
  test('has the figures that were counted by hand', async () => {
    expect(lines(await ofTeam())).toEqual({
      visits: '4 of 3, 2, 1',
      prompts: '3 of 4, 0, 0',
      coverageCore: '2 of 3, 2, 1.5',
      coveragePotential: '1 of 1, 1, 0.25',
      promises: '1 of 3, 1, 0.25',
      overdue: '2 of 3, 1, 0.5',
      feedbackIn: '2 of null, 0, 0.25',
      feedbackAnswered: '1 of 2, 1, 0.25',
      feedbackOpen: '1 of null, 0, 0.25',
      advances: '2 of 4, 0, 0',
      score: '4 of 3, null, null',
    });
  });

  test('says what does not count', async () => {
    const { leftOut, people, customers, until, first } = await ofTeam();
    expect({ people, customers, until, first }).toEqual({ people: 3, customers: 9, until: '2026-11-29', first: false });
    expect(leftOut).toEqual({
      away: [{ id: story.people.cleo.id, name: 'Cleo Sun' }],
      customersOfAway: 2,
      holidays: [],
      promptsMissed: 1,
    });
  });

  test('counts visits and coverage by class', async () => {
    const { visitsByClass, coverage } = await ofTeam();
    // The visit to the customer who was put away since is a visit to a core customer.
    expect(visitsByClass.map((one) => `${one.class} ${one.value}/${one.of}`)).toEqual([
      'core 4/2',
      'corePotential 0/1',
    ]);
    expect(coverage.ends).toHaveLength(8);
    const last = coverage.classes.map((one) => [one.class, one.points.slice(-3).map((of) => `${of.value}/${of.of}`)]);
    expect(last).toEqual([
      ['core', ['2/4', '2/4', '2/3']],
      ['corePotential', ['0/2', '1/2', '1/1']],
      ['balanced', ['0/1', '0/1', '0/1']],
      ['general', ['0/2', '1/2', '1/2']],
    ]);
  });

  test('names who needs somebody and why, the highest class first', async () => {
    const { attention } = await ofTeam();
    expect(attention.total).toBe(7);
    expect(attention.customers.map(({ name, reasons }) => [name, ...reasons])).toEqual([
      ['A1', { why: 'promise', days: 7, count: 1 }],
      ['A2', { why: 'problem', days: 3, count: 1 }],
      ['B1', { why: 'promise', days: 1, count: 1 }],
      ['C1', { why: 'overdue', days: null }],
      ['C2', { why: 'overdue', days: null }],
    ]);
  });

  test('proposes and praises', async () => {
    const { proposals, wins } = await ofTeam();
    const { a2, a1, b1, c1, c2 } = story.accounts;
    expect(proposals).toEqual([
      { rule: 'planSilent', accountIds: [c1, c2], count: 2, figure: 'coverageCore', before: 2 / 3 },
      { rule: 'answerProblems', accountIds: [a2], count: 1, figure: 'feedbackOpen', before: 1 },
    ]);
    expect(wins).toEqual([
      // The other one is put away, and not named.
      { kind: 'advances', count: 2, customers: [{ id: a1, name: 'A1' }], more: true },
      { kind: 'praise', count: 1, customers: [{ id: b1, name: 'B1' }], more: false },
    ]);
  });

  test('is kept as JSON and read back', async () => {
    const figures = await ofTeam();
    expect(readFigures(JSON.parse(JSON.stringify(figures)))).toEqual(figures);
    expect(readFigures({ ...figures, version: 2 })).toBeNull();
    expect(readFigures(null)).toBeNull();
  });

  test('ranks nobody unless the organisation wants it', async () => {
    expect((await ofTeam()).ranking).toBeNull();
    const { prisma } = setting.database;
    await prisma.organization.update({ where: { id: story.organization.id }, data: { ranksPeople: true } });
    const { ranking } = await ofTeam();
    await prisma.organization.update({ where: { id: story.organization.id }, data: { ranksPeople: false } });
    expect(ranking?.map(({ name, value, of }) => `${name} ${value}/${of}`)).toEqual(['Anna Berg 3/3', 'Ben Ode 2/1']);
  });
});

describe('people of the story', () => {
  const ofPeople = async () => {
    const { anna, ben, cleo, dora, eve } = story.people;
    const personIds = [anna, ben, cleo, dora, eve].map(({ id }) => id);
    return setting.figures.ofPeople({ ...asked(), personIds });
  };

  test('have their own part; who observes or belongs to another team has none', async () => {
    const own = await ofPeople();
    const { anna, ben, cleo } = story.people;
    expect([...own.keys()].toSorted()).toEqual([anna.id, ben.id, cleo.id].toSorted());
    const visits = [anna, ben, cleo].map(({ id }) => own.get(id)?.facts[0]);
    expect(visits.map((fact) => `${fact?.value}/${fact?.of}`)).toEqual(['3/3', '2/1', '0/0']);
    expect(own.get(cleo.id)?.leftOut).toMatchObject({ away: [{ name: 'Cleo Sun' }], customersOfAway: 2 });
    expect(own.get(ben.id)).toMatchObject({ personId: ben.id, people: 1, customers: 2 });
  });

  test('are asked in as many statements as one', async () => {
    const { pool } = setting.database;
    const query = pool.query.bind(pool);
    const count = async (personIds: readonly string[]) => {
      let asks = 0;
      pool.query = ((...given: Parameters<typeof query>) => {
        asks += 1;
        return query(...given);
      }) as typeof pool.query;
      await setting.figures.ofPeople({ ...asked(), personIds });
      pool.query = query;
      return asks;
    };
    const one = await count([story.people.anna.id]);
    expect(one).toBeLessThanOrEqual(8);
    expect(await count(Object.values(story.people).map(({ id }) => id))).toBe(one);
  });
});

describe('other periods', () => {
  test('on a Tuesday the earlier weeks count until their Tuesday', async () => {
    const tuesday = Temporal.Instant.from('2026-11-24T08:00:00Z');
    const figures = await ofTeam(asked('2026-11-24', 'week', tuesday));
    expect(figures.until).toBe('2026-11-24');
    // This week's Monday and Tuesday against the Tuesday of the week before; two days ask two fifths.
    expect(factOf(figures, 'visits')).toMatchObject({ value: 2, of: 1, before: 1 });
    expect(factOf(figures, 'promises')).toMatchObject({ value: 1, of: 1 });
  });

  test('a week that is over is counted as it ended', async () => {
    const figures = await ofTeam(asked('2026-11-18'));
    expect(figures.until).toBe('2026-11-22');
    // Two days later than the posting of that week: what was due on Friday is overdue on Sunday night.
    expect(lines(figures)).toMatchObject({ visits: `2 of 3, 1, ${2 / 3}`, overdue: `2 of 4, 1, ${1 / 3}` });
  });

  test('a month and a quarter have the same form', async () => {
    expect(factOf(await ofTeam(asked('2026-11-27', 'month')), 'visits')).toMatchObject({ value: 7, before: 1 });
    const quarter = await ofTeam(asked('2026-11-27', 'quarter'));
    expect(quarter).toMatchObject({ from: '2026-10-01', to: '2026-12-31', until: '2026-11-27' });
    expect(factOf(quarter, 'visits')).toMatchObject({ value: 8, before: null });
  });

  test('one that has not begun has none, nor has a team that is not there', async () => {
    expect(await setting.figures.ofTeam(asked('2026-11-30'))).toBeNull();
    expect(await setting.figures.ofTeam({ ...asked(), teamId: story.organization.id })).toBeNull();
    const other = await setting.make.organization();
    expect(await setting.figures.ofTeam({ ...asked(), organizationId: other.id })).toBeNull();
  });
});

describe('what may go wrong', () => {
  /** A team of its own, with some people. */
  async function fresh(count: number) {
    const organization = await setting.make.organization();
    const people = await Promise.all(
      Array.from({ length: count }, (_, index) => setting.make.person(organization, { name: `P${index}` })),
    );
    const team = await setting.make.team(organization, { members: people });
    const put = putInto(setting.database, organization);
    const of = (given = asked()) => ofTeam({ ...given, organizationId: organization.id, teamId: team.id });
    return { organization, people, put, of, team };
  }

  test('a team without members', async () => {
    const { of } = await fresh(0);
    expect(await of()).toMatchObject({ people: 0, customers: 0, first: true, wins: [], proposals: [] });
  });

  test('an empty week, nothing at all before it', async () => {
    const { of } = await fresh(2);
    const figures = await of();
    expect(figures).toMatchObject({ people: 2, first: true, attention: { total: 0, customers: [] } });
    expect(figures.facts.every(({ value, before, mean }) => !value && before === null && mean === null)).toBe(true);
    expect(figures.coverage.ends).toHaveLength(1);
  });

  test('the first week: customers who came in it ask nothing yet', async () => {
    const { put, people, of } = await fresh(1);
    const [only] = people;
    if (!only) throw new Error('nobody');
    const account = await put.account('New', 'core', { owner: only, created: '2026-11-24' });
    await put.visit(account, [only], '2026-11-25');
    const figures = await of();
    expect(figures.first).toBe(true);
    expect(factOf(figures, 'visits')).toMatchObject({ value: 1, of: 0, before: null, mean: null });
    expect(factOf(figures, 'coverageCore')).toMatchObject({ value: 1, of: 1 });
  });

  test('while a week goes on, what the earlier ones brought after their own moment does not count', async () => {
    const { put, people, of } = await fresh(1);
    const [only] = people;
    if (!only) throw new Error('nobody');
    const account = await put.account('Late Steel', 'core', { owner: only });
    // After the week itself was over.
    const late = '2026-11-24T12:00:00Z';
    await put.visit(account, [only], '2026-11-19');
    await put.visit(account, [only], '2026-11-20', { logged: late });
    await put.prompt(only, '2026-11-20', 'answered', '2026-11-20T10:00:00Z', late);
    await put.plan(only, '2026-11-19', 'done', late);
    const counted = ['visits', 'prompts', 'promises'] as const;
    const running = await of();
    expect(counted.map((name) => factOf(running, name).before)).toEqual([1, 0, 0]);
    // Of a week that is over everything is known that was ever written down.
    const over = await of(asked('2026-11-20'));
    expect(counted.map((name) => factOf(over, name).value)).toEqual([2, 1, 1]);
  });

  test('a visit of another team’s colleague, to which two of this one came along, is one', async () => {
    const { put, people, of, organization } = await fresh(2);
    const [one, two] = people;
    if (!one || !two) throw new Error('nobody');
    const colleague = await setting.make.person(organization, { name: 'Of another team' });
    const account = await put.account('Shared Steel', 'core', { owner: one });
    await put.visit(account, [colleague, one, two], '2026-11-25');
    expect(factOf(await of(), 'visits').value).toBe(1);
  });

  test('everybody on leave, and half days', async () => {
    const { put, people, of } = await fresh(2);
    const [one, two] = people;
    if (!one || !two) throw new Error('nobody');
    for (const name of ['a', 'b', 'c', 'd']) await put.account(name, 'core', { owner: one });
    await put.away(one, '2026-11-20', '2026-11-30');
    await put.away(two, '2026-11-23', '2026-11-27', 'morning');
    expect((await of()).leftOut).toMatchObject({ away: [{ name: 'P0' }], customersOfAway: 4 });
    await put.away(two, '2026-11-23', '2026-11-29');
    const figures = await of();
    expect(figures.leftOut.away).toHaveLength(2);
    expect(factOf(figures, 'visits')).toMatchObject({ value: 0, of: 0 });
    expect(factOf(figures, 'coverageCore')).toMatchObject({ value: 0, of: 0 });
  });

  test('holidays and half days ask less', async () => {
    const { put, people, team, of } = await fresh(1);
    const [only] = people;
    if (!only) throw new Error('nobody');
    for (let number = 0; number < 20; number += 1) await put.account(`k${number}`, 'core', { owner: only });
    expect(factOf(await of(), 'visits').of).toBe(10);
    await put.holiday(team.id, '2026-11-26');
    const holiday = await of();
    expect(factOf(holiday, 'visits').of).toBe(8);
    expect(holiday.leftOut.holidays).toEqual(['2026-11-26']);
    await put.away(only, '2026-11-23', '2026-11-24', 'morning');
    expect(factOf(await of(), 'visits').of).toBe(6);
  });

  test('somebody who has left counts until then, and is asked nothing afterwards', async () => {
    const { put, people, of } = await fresh(2);
    const [gone, left] = people;
    if (!gone || !left) throw new Error('nobody');
    for (let number = 0; number < 20; number += 1) await put.account(`l${number}`, 'core', { owner: gone });
    const account = await put.account('mine', 'general', { owner: left });
    await put.visit(account, [gone], '2026-11-17');
    await setting.database.prisma.person.updateMany({
      where: { id: gone.id },
      data: { deactivatedAt: new Date('2026-11-20T12:00:00Z') },
    });
    const figures = await of();
    expect(figures.people).toBe(1);
    expect(factOf(figures, 'visits')).toMatchObject({ value: 0, of: 0, before: 1 });
  });
});

test('every figure is there, in its order', async () => {
  expect((await ofTeam()).facts.map(({ name }) => name)).toEqual(figureNames);
});
