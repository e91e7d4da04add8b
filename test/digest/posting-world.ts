import { Temporal } from 'temporal-polyfill';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll } from 'vitest';
import { type AccountClass, createAccounts } from '../../src/accounts/index.ts';
import { accountStore } from '../../src/accounts/store.ts';
import { createActions } from '../../src/actions/index.ts';
import { type Card, inPlainText } from '../../src/chat/card.ts';
import { judge, type PlainAnswers } from '../../src/chat/form.ts';
import type { Claimed } from '../../src/chat/outbox-store.ts';
import type { Reply } from '../../src/chat/reply.ts';
import type { Call } from '../../src/chat/slice.ts';
import { type MovableClock, movableClock } from '../../src/clock.ts';
import { type Database, openDatabase } from '../../src/database.ts';
import { createDigest, type Digest, digestPostJob } from '../../src/digest/index.ts';
import { createLog, type Log } from '../../src/log.ts';
import { createPeople, type People } from '../../src/people/index.ts';
import { type Days, daysOn } from '../meetings/days.ts';
import { makeCall } from '../support/call.ts';
import { createTestDatabase } from '../support/database.ts';
import { type SeededOrganization, type SeededPerson, seed } from '../support/seed.ts';

/** Monday, 10:00 in Berlin; the Friday of that week at 14:30 and 16:30; the Monday after it. */
export const monday = Temporal.Instant.from('2026-11-23T09:00:00Z');
export const preview = Temporal.Instant.from('2026-11-27T13:30:00Z');
export const friday = Temporal.Instant.from('2026-11-27T15:30:00Z');
export const nextMonday = Temporal.Instant.from('2026-11-30T09:00:00Z');

/** A database with teams on it, and what happens to their evaluations by itself and by people. */
export interface PostingWorld {
  database: Database;
  digest: Digest;
  days: Days;
  build: ReturnType<typeof seed>;
  people: People;
  clock: MovableClock;
  /** Messages that were written to the log, as their fixed words. */
  logged: string[];
  /** A team with a channel, a manager and two members, and its evaluation planned on that Monday. */
  crew(given?: CrewGiven): Promise<Crew>;
  /** Another process that posts. */
  process(): ReturnType<typeof digestPostJob>;
  /** Does what is due at a moment. */
  at(now: Temporal.Instant): Promise<void>;
  /** What the bot decided to say in an organisation, in order. */
  said(organization: { id: string }): Promise<Said[]>;
  /** The organisation's evaluations, the earliest first. */
  digests(organization: { id: string }): Promise<Kept[]>;
  account(owner: SeededPerson, name: string, accountClass?: AccountClass): Promise<string>;
  visit(person: SeededPerson, accountId: string, date: string): Promise<void>;
  press(call: Call, action: string, about?: string): Promise<Reply>;
  open(call: Call, opener: string, about?: string): Promise<Reply>;
  say(call: Call, command: string, rest?: string): Promise<Reply>;
  submit(call: Call, asked: Reply, answers: PlainAnswers): Promise<Reply>;
}

interface CrewGiven {
  channelId?: string | null;
  locale?: string;
  timeZone?: string;
  manager?: boolean;
  members?: number;
}

export interface Crew {
  organization: SeededOrganization;
  team: { id: string; name: string };
  mia: SeededPerson;
  members: SeededPerson[];
  anna: SeededPerson;
  ben: SeededPerson;
  /** What somebody of the crew is called with. */
  call(person: SeededPerson, given?: { now?: Temporal.Instant; locale?: 'en' | 'zh-CN'; id?: string }): Call;
}

export interface Said {
  key: string;
  message: Claimed['message'];
  card: Card;
  words: string;
}

export interface Kept {
  id: string;
  from: string;
  postAt: string | null;
  previewAt: string | null;
  asOf: string | null;
  figures: unknown;
}

const iso = (at: Date | null) => (at === null ? null : Temporal.Instant.fromEpochMilliseconds(at.getTime()).toString());

/** One world for a test file. */
export function postingWorld(): PostingWorld {
  const logged: string[] = [];
  const log: Log = createLog('info', { write: (line: string) => void logged.push(line) });
  const world = { logged } as PostingWorld;
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
    const days = daysOn(database);
    const { calendar } = days;
    const actions = createActions({ database, jobsDatabase: database, people, accounts, calendar, nudge, log });
    const needs = { database, jobsDatabase: database, people, accounts, actions, calendar, clock, nudge, log };
    const digest = createDigest(needs);
    const process = () => digestPostJob({ database, calendar, nudge, log });
    const build = seed(database);
    Object.assign(world, {
      database,
      digest,
      days,
      build,
      people,
      clock,
      process,
      async crew({ channelId = 'C1', locale = 'en', timeZone, manager = true, members: count = 2 } = {}) {
        await clock.set(monday);
        const organization = await build.organization();
        const names = ['Anna Berg', 'Ben Cole', 'Cleo Dorn', 'Dan Eder', 'Eva Falk'];
        const members: SeededPerson[] = [];
        for (const name of names.slice(0, count)) members.push(await build.person(organization, { name }));
        const mia = await build.person(organization, { name: 'Mia Voss' });
        const team = await build.team(organization, {
          members,
          locale,
          ...(manager ? { manager: mia } : {}),
          ...(timeZone === undefined ? {} : { timeZone }),
          ...(channelId === null ? {} : { channelId }),
        });
        await world.process().run(monday);
        const [anna = mia, ben = mia] = members;
        const call: Crew['call'] = (person, given = {}) => {
          const memberOf = members.includes(person) ? [team.id] : [];
          const manages = manager && person === mia ? [team.id] : [];
          return makeCall(organization, person, { now: monday, ...given, me: { memberOf, manages } });
        };
        return { organization, team, mia, members, anna, ben, call };
      },
      async at(now) {
        await clock.set(now);
        for (const job of digest.slice.jobs ?? []) await job.run(now);
      },
      async said({ id: organizationId }) {
        const rows = await prisma.outbox.findMany({ where: { organizationId }, orderBy: { id: 'asc' } });
        return rows.map(({ key, message: row }) => {
          // Written by outboxRow just now.
          const message = row as unknown as Claimed['message'];
          return { key, message, card: message.card, words: inPlainText(message.card) };
        });
      },
      async digests({ id: organizationId }) {
        const rows = await prisma.digest.findMany({ where: { organizationId }, orderBy: { fromDay: 'asc' } });
        return rows.map(({ id, fromDay, postAt, previewAt, asOf, figures }) => ({
          id,
          from: fromDay.toISOString().slice(0, 10),
          figures,
          postAt: iso(postAt),
          previewAt: iso(previewAt),
          asOf: iso(asOf),
        }));
      },
      async account(owner, name, accountClass = 'core') {
        const by = { personId: owner.id, at: monday, requestKey: uuid() };
        const plain = { otherNames: [], code: null, teamId: null, city: null, timeZone: null };
        const facts = { ...plain, name, class: accountClass, ownerId: owner.id };
        const added = await accountStore(database).add(owner.organizationId, facts, by);
        if (!added.added) throw new Error('taken');
        const long = { createdAt: new Date('2026-01-01') };
        await prisma.account.updateMany({ where: { id: added.id }, data: long });
        return added.id;
      },
      async visit({ organizationId, id: authorId }, accountId, date) {
        const id = uuid();
        await prisma.visit.create({
          data: {
            id,
            organizationId,
            accountId,
            authorId,
            requestKey: id,
            date: new Date(date),
            loggedAt: new Date(date),
          },
        });
        await prisma.visitPerson.create({ data: { organizationId, visitId: id, personId: authorId } });
      },
      press: async (call, name, about) => found(digest.slice.actions, name).run(call, about),
      open: async (call, name, about) => found(digest.slice.openers, name).run(call, about),
      async say(call, word, rest = '') {
        const command = digest.slice.commands?.find(({ words }) => words.includes(word));
        if (!command) throw new Error(`there is no ${word}`);
        return command.run(call, rest);
      },
      async submit(call, reply, answers) {
        if (reply.reply !== 'ask') throw new Error(`nothing was asked: ${wordsOf(reply)}`);
        const { form, id, about, without, initial } = reply.asked;
        const handler = digest.slice.forms?.find((one) => one.form.name === form.name);
        if (!handler) throw new Error(`nothing becomes of ${form.name}`);
        const judged = judge(form, { ...initial, ...answers }, { today: call.today, text: call.text, without });
        if (!judged.ok) return { reply: 'fix', problems: judged.problems };
        return handler.submit(call, judged.answers, { id, about, without, expanded: false });
      },
    } satisfies Partial<PostingWorld>);
  });
  afterAll(() => drop());
  return world;
}

function found<T extends { name: string }>(things: readonly T[] | undefined, name: string): T {
  const one = things?.find((thing) => thing.name === name);
  if (!one) throw new Error(`there is no ${name}`);
  return one;
}

/** The words of a reply's card, or of what is asked. */
export function wordsOf(reply: Reply): string {
  if (reply.reply === 'show' || reply.reply === 'redraw') return inPlainText(reply.card);
  return JSON.stringify(reply);
}
