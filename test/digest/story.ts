import { Temporal } from 'temporal-polyfill';
import { v7 as uuid } from 'uuid';
import { createCalendar } from '../../src/calendar/index.ts';
import { movableClock } from '../../src/clock.ts';
import { type Database, openDatabase } from '../../src/database.ts';
import { createFigures } from '../../src/digest/figures-taking.ts';
import { rowsStore } from '../../src/digest/rows-store.ts';
import { createLog } from '../../src/log.ts';
import { createPeople } from '../../src/people/index.ts';
import { createTestDatabase } from '../support/database.ts';
import { type SeededOrganization, type SeededPerson, seed } from '../support/seed.ts';

/** Friday, 27 November 2026, half past four in Berlin: when an evaluation is posted. */
export const friday = Temporal.Instant.from('2026-11-27T15:30:00Z');

const date = (day: string) => new Date(`${day}T00:00:00Z`);
const moment = (at: string) => new Date(at.includes('T') ? at : `${at}T09:00:00Z`);

/** A database with figures over it, and rows put into it by hand. */
export async function figureSetting() {
  const testDatabase = await createTestDatabase();
  const log = createLog('silent');
  const database: Database = openDatabase(testDatabase.url, { log });
  const clock = movableClock(friday);
  const shared = { database, clock, log, nudge: () => undefined };
  const people = createPeople(shared);
  const calendar = createCalendar({ ...shared, people, changed: async () => undefined });
  return {
    database,
    people,
    calendar,
    make: seed(database),
    figures: createFigures({ database, calendar }),
    rows: rowsStore(database),
    close: async () => {
      await database.close();
      await testDatabase.drop();
    },
  };
}
export type FigureSetting = Awaited<ReturnType<typeof figureSetting>>;

/** Puts rows into an organisation; whatever is not said is plain. */
export function putInto({ prisma }: Database, { id: organizationId }: Pick<SeededOrganization, 'id'>) {
  let prompts = 0;
  const prompt = async (
    person: SeededPerson,
    day: string,
    state: string,
    closesAt = `${day}T10:00:00Z`,
    answeredAt = `${day}T07:30:00Z`,
  ) => {
    const id = uuid();
    const isAnswer = ['answered', 'nothing', 'skipped'].includes(state);
    await prisma.prompt.create({
      data: {
        organizationId,
        id,
        personId: person.id,
        kind: 'morning',
        slot: `s${prompts++}`,
        date: date(day),
        opensAt: moment(`${day}T07:00:00Z`),
        closesAt: moment(closesAt),
        state: state as 'open',
        questionsOfId: id,
        questionsVersion: 1,
        answeredAt: isAnswer ? moment(answeredAt) : null,
      },
    });
    return id;
  };
  return {
    prompt,
    async account(
      name: string,
      of: 'core' | 'corePotential' | 'balanced' | 'general',
      given: { owner?: SeededPerson; teamId?: string; created?: string; archived?: boolean } = {},
    ): Promise<string> {
      const id = uuid();
      await prisma.account.create({
        data: {
          organizationId,
          id,
          name,
          nameKey: name.toLowerCase(),
          searchText: '',
          searchGrams: [],
          class: of,
          ownerId: given.owner?.id ?? null,
          teamId: given.teamId ?? null,
          createdAt: moment(given.created ?? '2026-08-01'),
          archivedAt: given.archived ? moment('2026-11-26') : null,
        },
      });
      return id;
    },
    async visit(
      accountId: string,
      by: readonly SeededPerson[],
      day: string,
      given: {
        outcome?: 'advance' | 'noChange' | 'setback';
        kind?: 'visit' | 'call';
        undone?: boolean;
        logged?: string;
      } = {},
    ): Promise<string> {
      const id = uuid();
      const [author] = by;
      if (author === undefined) throw new Error('somebody must have been there');
      await prisma.visit.create({
        data: {
          organizationId,
          id,
          accountId,
          authorId: author.id,
          date: date(day),
          loggedAt: moment(given.logged ?? `${day}T07:30:00Z`),
          requestKey: id,
          kind: given.kind ?? 'visit',
          outcome: given.outcome ?? null,
          undoneAt: given.undone ? moment(day) : null,
        },
      });
      await prisma.visitPerson.createMany({
        data: by.map((person) => ({ organizationId, visitId: id, personId: person.id })),
      });
      return id;
    },
    async plan(
      person: SeededPerson,
      day: string,
      state: 'planned' | 'done' | 'moved' | 'dropped',
      closed = `${day}T07:30:00Z`,
    ) {
      const id = uuid();
      // A plan hangs on a prompt; one that the bot missed is in no figure but that of those missed.
      const promptId = await prompt(person, '2026-01-05', 'missed');
      await prisma.planItem.create({
        data: {
          organizationId,
          id,
          personId: person.id,
          date: date(day),
          promptId,
          position: 0,
          text: 'See them',
          state,
          closedAt: state === 'planned' ? null : moment(closed),
        },
      });
      return id;
    },
    async step(
      accountId: string,
      owner: SeededPerson,
      given: { due: string | null; created: string; closed?: string; state?: 'done' | 'dropped' },
    ): Promise<string> {
      const id = uuid();
      await prisma.action.create({
        data: {
          organizationId,
          id,
          accountId,
          ownerId: owner.id,
          createdById: owner.id,
          text: 'Send the offer',
          requestKey: id,
          dueOn: given.due === null ? null : date(given.due),
          createdAt: moment(given.created),
          state: given.closed === undefined ? 'open' : (given.state ?? 'done'),
          closedAt: given.closed === undefined ? null : moment(given.closed),
        },
      });
      return id;
    },
    async feedback(
      accountId: string,
      author: SeededPerson,
      kind: 'praise' | 'problem' | 'wish',
      day: string,
      given: { answered?: string; closed?: string; undone?: boolean } = {},
    ): Promise<string> {
      const id = uuid();
      const { answered, closed } = given;
      await prisma.feedback.create({
        data: {
          organizationId,
          id,
          accountId,
          authorId: author.id,
          kind,
          words: 'In their words',
          saidOn: date(day),
          requestKey: id,
          accountClass: 'core',
          openActions: 0,
          createdAt: moment(day),
          state: closed !== undefined ? 'closed' : answered !== undefined ? 'answered' : 'open',
          answeredAt: answered === undefined ? null : moment(answered),
          closedAt: closed === undefined ? null : moment(closed),
          undoneAt: given.undone ? moment(day) : null,
        },
      });
      return id;
    },
    async survey(accountId: string, author: SeededPerson, day: string, scores: readonly number[]): Promise<string> {
      const id = uuid();
      await prisma.survey.create({
        data: {
          organizationId,
          id,
          accountId,
          authorId: author.id,
          source: 'accountManager',
          state: 'answered',
          requestKey: id,
          scoredOn: date(day),
          createdAt: moment(day),
        },
      });
      for (const [position, score] of scores.entries()) {
        const dimension = await prisma.serviceDimension.upsert({
          where: { organizationId_key: { organizationId, key: `d${position}` } },
          create: { organizationId, key: `d${position}`, position },
          update: {},
        });
        await prisma.surveyScore.create({
          data: { organizationId, surveyId: id, dimensionId: dimension.id, score },
        });
      }
      return id;
    },
    async away(person: SeededPerson, from: string, to: string, half: 'morning' | null = null) {
      const id = uuid();
      await prisma.absence.create({
        data: {
          organizationId,
          id,
          personId: person.id,
          fromDay: date(from),
          toDay: date(to),
          half,
          createdById: person.id,
          createdAt: moment(from),
          requestKey: id,
        },
      });
    },
    async holiday(teamId: string, day: string) {
      await prisma.calendarDay.create({
        data: { organizationId, teamId, date: date(day), source: 'hand', works: false, name: 'A holiday' },
      });
    },
  };
}

/** Three people of a team with nine customers, a week that is told in the test, and four before it. */
export async function tellStory({ database, make }: Pick<FigureSetting, 'database' | 'make'>) {
  const organization = await make.organization();
  const [lea, anna, ben, cleo] = await Promise.all(
    ['Lea Lead', 'Anna Berg', 'Ben Ode', 'Cleo Sun'].map((name) => make.person(organization, { name })),
  );
  const [dora, eve] = await Promise.all([
    make.person(organization, { name: 'Dora Watch', observer: true }),
    make.person(organization, { name: 'Eve Else' }),
  ]);
  if (!lea || !anna || !ben || !cleo) throw new Error('nobody was made');
  const team = await make.team(organization, { manager: lea, members: [anna, ben, cleo, dora] });
  const other = await make.team(organization, { name: 'South', members: [eve] });
  const put = putInto(database, organization);
  const a1 = await put.account('A1', 'core', { owner: anna });
  const a2 = await put.account('A2', 'core', { owner: anna });
  const a3 = await put.account('A3', 'corePotential', { owner: anna });
  await put.account('A4', 'balanced', { owner: anna });
  await put.account('A5', 'general', { owner: anna });
  const b1 = await put.account('B1', 'core', { owner: ben });
  const b2 = await put.account('B2', 'general', { owner: ben });
  const c1 = await put.account('C1', 'core', { owner: cleo });
  const c2 = await put.account('C2', 'corePotential', { owner: cleo });
  const gone = await put.account('Gone', 'core', { owner: anna, archived: true });
  await put.account('Elsewhere', 'core', { owner: eve });
  await put.account('Given away', 'core', { owner: anna, teamId: other.id });

  await put.visit(a1, [anna, ben], '2026-11-23', { outcome: 'advance' });
  await put.visit(a1, [anna], '2026-11-24', { outcome: 'noChange', kind: 'call' });
  await put.visit(b1, [ben], '2026-11-25', { outcome: 'setback' });
  await put.visit(gone, [anna], '2026-11-26', { outcome: 'advance' });
  await put.visit(a2, [anna], '2026-11-24', { outcome: 'advance', undone: true });
  await put.visit(a2, [eve], '2026-11-13');
  await put.visit(a3, [anna], '2026-11-17');
  await put.visit(b2, [ben], '2026-11-18');
  await put.visit(a1, [anna], '2026-11-09');
  await put.visit(b1, [ben], '2026-10-27');

  await put.prompt(anna, '2026-11-23', 'answered');
  await put.prompt(anna, '2026-11-24', 'nothing');
  await put.prompt(anna, '2026-11-25', 'closed');
  await put.prompt(ben, '2026-11-23', 'skipped');
  await put.prompt(ben, '2026-11-24', 'missed');
  await put.prompt(ben, '2026-11-27', 'open', '2026-11-27T17:00:00Z');
  await put.prompt(cleo, '2026-11-23', 'closed');
  await put.prompt(dora, '2026-11-23', 'closed');
  await put.prompt(anna, '2026-11-19', 'closed');

  await put.plan(anna, '2026-11-23', 'done');
  await put.plan(anna, '2026-11-24', 'planned');
  await put.plan(anna, '2026-11-27', 'planned');
  await put.plan(ben, '2026-11-25', 'moved');
  await put.plan(cleo, '2026-11-23', 'planned');
  await put.plan(ben, '2026-11-18', 'done');

  await put.step(a1, anna, { due: '2026-11-20', created: '2026-11-01' });
  await put.step(b1, ben, { due: '2026-11-26', created: '2026-11-10' });
  await put.step(b1, ben, { due: '2026-11-27', created: '2026-11-10' });
  await put.step(a1, anna, { due: '2026-11-10', created: '2026-11-01', closed: '2026-11-24' });
  await put.step(a1, eve, { due: '2026-11-10', created: '2026-11-01' });

  await put.feedback(a2, anna, 'problem', '2026-11-24');
  await put.feedback(b1, ben, 'praise', '2026-11-25', { answered: '2026-11-26' });
  await put.feedback(a1, anna, 'wish', '2026-11-12', { answered: '2026-11-18', closed: '2026-11-26' });
  await put.feedback(a1, anna, 'problem', '2026-11-24', { undone: true });
  await put.feedback(gone, anna, 'problem', '2026-11-24');

  await put.survey(a1, anna, '2026-11-23', [4, 5]);
  await put.survey(b1, ben, '2026-11-24', [3, 3]);
  await put.survey(a3, anna, '2026-11-25', [5, 4]);
  await put.survey(a3, anna, '2026-11-18', [1]);

  await put.away(cleo, '2026-11-23', '2026-11-27');
  const accounts = { a1, a2, a3, b1, b2, c1, c2 };
  return { organization, team, other, people: { lea, anna, ben, cleo, dora, eve }, accounts, put };
}
