import { Temporal } from 'temporal-polyfill';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll } from 'vitest';
import { type AccountClass, createAccounts } from '../../src/accounts/index.ts';
import { accountStore } from '../../src/accounts/store.ts';
import { type Button, inPlainText } from '../../src/chat/card.ts';
import { judge, type PlainAnswers } from '../../src/chat/form.ts';
import type { Reply } from '../../src/chat/reply.ts';
import type { Call } from '../../src/chat/slice.ts';
import { movableClock } from '../../src/clock.ts';
import { type Database, openDatabase } from '../../src/database.ts';
import { createLog } from '../../src/log.ts';
import { type Answering, createAnswering } from '../../src/meetings/answering.ts';
import { defaults, type MeetingKind } from '../../src/meetings/meeting.ts';
import { type Question, standardOf } from '../../src/meetings/question.ts';
import { createPeople } from '../../src/people/index.ts';
import { monday } from '../support/call.ts';
import { createTestDatabase } from '../support/database.ts';
import { type SeededOrganization, type SeededPerson, seed } from '../support/seed.ts';
import { type Days, daysOn } from './days.ts';

/** A database with meetings on it, and what people can do with what they are asked. */
export interface AnsweringWorld {
  database: Database;
  answering: Answering;
  build: ReturnType<typeof seed>;
  /** The calendar of each team; a plain week where nothing is set. */
  days: Days;
  /** How often it was told that something was answered. */
  told: { answered: number };
  meeting(
    organization: SeededOrganization,
    team: { id: string },
    given?: { kind?: MeetingKind; questions?: readonly Question[]; name?: string },
  ): Promise<string>;
  /** A prompt that was asked: open from 08:45 to 11:45 of Berlin on its day, unless said otherwise. */
  prompt(person: SeededPerson, meetingId: string, given?: GivenPrompt): Promise<string>;
  account(owner: SeededPerson, name: string, accountClass?: AccountClass): Promise<string>;
  visit(person: SeededPerson, accountId: string, date: string): Promise<string>;
  step(owner: SeededPerson, accountId: string, text: string, dueOn: string): Promise<string>;
  say(call: Call, command: string, rest?: string): Promise<Reply>;
  press(call: Call, action: string, about?: string): Promise<Reply>;
  open(call: Call, opener: string, about?: string): Promise<Reply>;
  /** Answers a form that was asked: what it starts with, and what is answered besides. */
  submit(call: Call, asked: Reply, answers: PlainAnswers): Promise<Reply>;
  /** The items of a person's day, in order: what stands in them and their state. */
  plan(person: SeededPerson, date?: string): Promise<string[]>;
  /** What stands in a person's way. */
  blockers(person: SeededPerson): Promise<string[]>;
}

interface GivenPrompt {
  kind?: MeetingKind;
  date?: string;
  state?: 'open' | 'closed' | 'missed';
  opensAt?: string;
  closesAt?: string;
  nth?: number;
  posted?: boolean;
}

/** The words of a reply's card, or of what is asked. */
export function wordsOf(reply: Reply): string {
  if (reply.reply === 'show' || reply.reply === 'redraw') return inPlainText(reply.card);
  return JSON.stringify(reply);
}

/** The buttons of a reply's card, in order. */
export function buttonsOf(reply: Reply): Button[] {
  if (reply.reply !== 'show' && reply.reply !== 'redraw') return [];
  return reply.card.body.flatMap((part) => {
    if (part.kind === 'buttons') return [...part.buttons];
    return part.kind === 'list' ? part.items.flatMap((item) => [...(item.buttons ?? [])]) : [];
  });
}

/** What the button with this label is about; of several the one whose spoken words hold `of`. */
export function aboutOf(reply: Reply, label: string, of = ''): string | undefined {
  const button = buttonsOf(reply).find((one) => one.label === label && (one.spoken ?? '').includes(of));
  return button && 'about' in button ? button.about : undefined;
}

/** The form that was asked. */
export function askedIn(reply: Reply) {
  if (reply.reply !== 'ask') throw new Error(`nothing was asked: ${wordsOf(reply)}`);
  return reply.asked;
}

export const berlin = (day: string, time: string): Date =>
  new Date(Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime('Europe/Berlin').epochMilliseconds);

/** One world for a test file. */
export function answeringWorld(): AnsweringWorld {
  const log = createLog('silent');
  const world = { told: { answered: 0 } } as AnsweringWorld;
  let drop = async () => {};
  beforeAll(async () => {
    const test = await createTestDatabase();
    const database = openDatabase(test.url, { log });
    drop = async () => {
      await database.close();
      await test.drop();
    };
    const { prisma } = database;
    const clock = movableClock(monday);
    const nudge = () => undefined;
    const people = createPeople({ database, clock, log });
    const accounts = createAccounts({ database, people, clock, activity: { of: async () => new Map() }, log, nudge });
    const store = accountStore(database);
    const days = daysOn(database);
    const answering = createAnswering({
      database,
      people,
      accounts,
      nudge,
      answered: () => {
        world.told.answered += 1;
      },
      calendar: days.calendar,
    });
    const plain = { otherNames: [], code: null, teamId: null, city: null, timeZone: null };
    Object.assign(world, {
      database,
      answering,
      days,
      build: seed(database),
      async meeting(organization, team, { kind = 'morning', questions = standardOf[kind], name } = {}) {
        const id = uuid();
        const organizationId = organization.id;
        const { rule, startsAt, clock: whose, windowMinutes, remindAfter } = defaults[kind];
        await prisma.meeting.create({
          data: {
            organizationId,
            id,
            teamId: team.id,
            kind,
            rule,
            startsOn: new Date('2026-11-01'),
            startsAt,
            clock: whose,
            windowMinutes,
            remindAfter,
            createdAt: new Date('2026-11-01'),
            name: name ?? null,
          },
        });
        await prisma.meetingQuestions.create({
          data: {
            organizationId,
            meetingId: id,
            version: 1,
            createdAt: new Date('2026-11-01'),
            questions: JSON.parse(JSON.stringify(questions)),
          },
        });
        return id;
      },
      async prompt(person, meetingId, given = {}) {
        const { kind = 'morning', date = '2026-11-23', state = 'open', nth = 1, posted = false } = given;
        const { organizationId } = person;
        const opensAt = new Date(given.opensAt ?? berlin(date, '08:45'));
        const closesAt = new Date(given.closesAt ?? berlin(date, '11:45'));
        const key = { organizationId, meetingId, date: new Date(date) };
        const { id: occurrenceId } = await prisma.occurrence.upsert({
          where: { organizationId_meetingId_date: key },
          create: { ...key, closesAt, summaryAt: posted ? null : closesAt, postedAt: posted ? closesAt : null },
          update: {},
        });
        const { id } = await prisma.prompt.create({
          data: {
            id: uuid(),
            organizationId,
            personId: person.id,
            kind,
            slot: kind === 'own' ? meetingId : kind,
            nth,
            date: new Date(date),
            opensAt,
            closesAt,
            state,
            questionsOfId: meetingId,
            questionsVersion: 1,
            dueAt: state === 'open' ? closesAt : null,
          },
        });
        await prisma.promptMeeting.create({ data: { organizationId, promptId: id, occurrenceId } });
        return id;
      },
      async account(owner, name, accountClass = 'general') {
        const by = { personId: owner.id, at: monday, requestKey: uuid() };
        const facts = { ...plain, name, class: accountClass, ownerId: owner.id };
        const added = await store.add(owner.organizationId, facts, by);
        if (!added.added) throw new Error('taken');
        return added.id;
      },
      async visit(person, accountId, date) {
        const { id } = await prisma.visit.create({
          data: {
            id: uuid(),
            organizationId: person.organizationId,
            accountId,
            authorId: person.id,
            date: new Date(date),
            loggedAt: new Date(date),
            requestKey: uuid(),
          },
        });
        const { organizationId } = person;
        await prisma.visitPerson.create({ data: { organizationId, visitId: id, personId: person.id } });
        return id;
      },
      async step(owner, accountId, text, dueOn) {
        const { id } = await prisma.action.create({
          data: {
            id: uuid(),
            organizationId: owner.organizationId,
            accountId,
            text,
            ownerId: owner.id,
            createdById: owner.id,
            dueOn: new Date(dueOn),
            requestKey: uuid(),
            createdAt: new Date(dueOn),
          },
        });
        return id;
      },
      async say(call, word, rest = '') {
        const command = answering.commands.find(({ words }) => words.includes(word));
        if (!command) throw new Error(`there is no ${word}`);
        return command.run(call, rest);
      },
      press: async (call, name, about) => found(answering.actions, name).run(call, about),
      open: async (call, name, about) => found(answering.openers, name).run(call, about),
      async submit(call, reply, answers) {
        const { form, id, about, without, initial } = askedIn(reply);
        const handler = answering.forms.find((one) => one.form.name === form.name);
        if (!handler) throw new Error(`nothing becomes of ${form.name}`);
        const judged = judge(form, { ...initial, ...answers }, { today: call.today, text: call.text, without });
        if (!judged.ok) return { reply: 'fix', problems: judged.problems };
        return handler.submit(call, judged.answers, { id, about, without, expanded: false });
      },
      async plan(person, date = '2026-11-23') {
        const rows = await prisma.planItem.findMany({
          where: { personId: person.id, date: new Date(date) },
          include: { account: true },
          orderBy: [{ position: 'asc' }, { id: 'asc' }],
        });
        return rows.map(({ account, text, state }) => `${account?.name ?? '-'} | ${text} | ${state}`);
      },
      async blockers(person) {
        const where = { personId: person.id, resolvedAt: null };
        const rows = await prisma.blocker.findMany({ where, orderBy: [{ since: 'asc' }, { id: 'asc' }] });
        return rows.map(({ text }) => text);
      },
    } satisfies Partial<AnsweringWorld>);
  });
  afterAll(() => drop());
  return world;
}

function found<T extends { name: string }>(things: readonly T[], name: string): T {
  const one = things.find((thing) => thing.name === name);
  if (!one) throw new Error(`there is no ${name}`);
  return one;
}
