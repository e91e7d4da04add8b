import { Temporal } from 'temporal-polyfill';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll } from 'vitest';
import { z } from 'zod';
import { type Accounts, createAccounts } from '../../src/accounts/index.ts';
import { accountStore } from '../../src/accounts/store.ts';
import { type Actions, createActions } from '../../src/actions/index.ts';
import { type Card, inPlainText } from '../../src/chat/card.ts';
import type { PlainAnswers } from '../../src/chat/form.ts';
import { judge } from '../../src/chat/form.ts';
import type { Reply } from '../../src/chat/reply.ts';
import type { Call } from '../../src/chat/slice.ts';
import { movableClock } from '../../src/clock.ts';
import { type Database, openDatabase } from '../../src/database.ts';
import { createLog } from '../../src/log.ts';
import { createPeople, type People } from '../../src/people/index.ts';
import { type Days, daysOn } from '../meetings/days.ts';
import { monday } from '../support/call.ts';
import { createTestDatabase } from '../support/database.ts';
import { type SeededOrganization, type SeededPerson, seed } from '../support/seed.ts';

/** A database with people, accounts and actions on it. */
export interface ActionsWorld {
  database: Database;
  people: People;
  accounts: Accounts;
  actions: Actions;
  /** On which days teams work and people are away. */
  days: Days;
  build: ReturnType<typeof seed>;
  nudges: { count: number };
  /** Adds an account of this person and returns its id. */
  account(owner: SeededPerson, name: string, teamId?: string): Promise<string>;
  /** Adds an open action; `dueOn` in the owner's zone, its reminder as it is kept. */
  action(owner: SeededPerson, accountId: string, given?: GivenAction): Promise<string>;
  /** Presses a button. */
  press(call: Call, action: string, about?: string): Promise<Reply>;
  open(call: Call, opener: string, about?: string): Promise<Reply>;
  /** Answers a form that was asked. */
  submit(call: Call, asked: Reply, answers: PlainAnswers): Promise<Reply>;
  /** Runs the job at an instant. */
  remind(at: string): Promise<void>;
  /** What waits to be sent to a person, oldest first. */
  told(personId: string): Promise<{ key: string; words: string; card: Card }[]>;
}

interface GivenAction {
  text?: string;
  dueOn?: string | null;
  createdBy?: SeededPerson;
  visitId?: string;
  remindAt?: string;
}

export async function anOrganization(world: ActionsWorld): Promise<SeededOrganization> {
  return world.build.organization();
}

/** The words of a reply's card. */
export function wordsOf(reply: Reply): string {
  if (reply.reply === 'show' || reply.reply === 'redraw' || reply.reply === 'home') return inPlainText(reply.card);
  return JSON.stringify(reply);
}

/** Buttons of a card, by label. */
export function buttonsOf(reply: Reply): { label: string; about?: string; does?: string; opens?: string }[] {
  if (reply.reply !== 'show' && reply.reply !== 'redraw' && reply.reply !== 'home') return [];
  return reply.card.body.flatMap((part) => {
    if (part.kind === 'buttons') return [...part.buttons];
    return part.kind === 'list' ? part.items.flatMap((item) => [...(item.buttons ?? [])]) : [];
  });
}

/** What the first button with this label is about. */
export function aboutOf(reply: Reply, label: string): string | undefined {
  return buttonsOf(reply).find((button) => button.label === label)?.about;
}

/** Written by outboxRow. */
const messageShape = z.object({ card: z.custom<Card>((value) => typeof value === 'object' && value !== null) });

/** One world for a test file. */
export function actionsWorld(): ActionsWorld {
  const log = createLog('silent');
  const clock = movableClock(monday);
  const world = { nudges: { count: 0 } } as ActionsWorld;
  let drop = async () => {};
  beforeAll(async () => {
    const test = await createTestDatabase();
    const database = openDatabase(test.url, { log });
    drop = async () => {
      await database.close();
      await test.drop();
    };
    const nudge = () => {
      world.nudges.count += 1;
    };
    const people = createPeople({ database, clock, log });
    const accounts = createAccounts({ database, people, clock, activity: { of: async () => new Map() }, log, nudge });
    const days = daysOn(database);
    const actions = createActions({
      database,
      jobsDatabase: database,
      people,
      accounts,
      calendar: days.calendar,
      nudge,
      log,
    });
    const store = accountStore(database);
    const facts = { otherNames: [], code: null, class: 'general', teamId: null, city: null, timeZone: null } as const;
    Object.assign(world, {
      database,
      people,
      accounts,
      actions,
      days,
      build: seed(database),
      account: async (owner: SeededPerson, name: string, teamId: string | null = null) => {
        const by = { personId: owner.id, at: monday, requestKey: uuid() };
        const added = await store.add(owner.organizationId, { ...facts, name, teamId, ownerId: owner.id }, by);
        if (!added.added) throw new Error('taken');
        return added.id;
      },
      action: async (owner: SeededPerson, accountId: string, given: GivenAction = {}) => {
        const { text = 'Send the offer', dueOn = '2026-11-27', createdBy = owner, visitId = null } = given;
        const day = dueOn === null ? null : Temporal.PlainDate.from(dueOn);
        const remindAt = given.remindAt ?? actions.remindAt(day, owner.timeZone, monday)?.toString();
        const { id } = await database.prisma.action.create({
          data: {
            id: uuid(),
            organizationId: owner.organizationId,
            accountId,
            text,
            ownerId: owner.id,
            visitId,
            createdById: createdBy.id,
            dueOn: dueOn === null ? null : new Date(dueOn),
            requestKey: uuid(),
            createdAt: new Date(monday.epochMilliseconds),
            remindAt: remindAt ? new Date(remindAt) : null,
          },
        });
        return id;
      },
      press: async (call: Call, name: string, about?: string) => found(actions.slice.actions, name).run(call, about),
      open: async (call: Call, name: string, about?: string) => found(actions.slice.openers, name).run(call, about),
      submit: async (call: Call, asked: Reply, answers: PlainAnswers) => {
        if (asked.reply !== 'ask') throw new Error(`nothing was asked: ${JSON.stringify(asked)}`);
        const { form, id, about, without, initial } = asked.asked;
        const handler = actions.slice.forms?.find((one) => one.form.name === form.name);
        if (!handler) throw new Error(`nothing becomes of ${form.name}`);
        const judged = judge(form, { ...initial, ...answers }, { today: call.today, text: call.text });
        if (!judged.ok) return { reply: 'fix', problems: judged.problems };
        return handler.submit(call, judged.answers, { id, about, without, expanded: false });
      },
      remind: async (at: string) => {
        for (const job of actions.slice.jobs ?? []) await job.run(Temporal.Instant.from(at));
      },
      told: async (personId: string) => {
        const rows = await database.prisma.outbox.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
        return rows
          .filter((row) => row.lane.endsWith(`:person:${personId}`))
          .map((row) => {
            const { card } = messageShape.parse(row.message);
            return { key: row.key, words: inPlainText(card), card };
          });
      },
    });
  });
  afterAll(() => drop());
  return world;
}

function found<T extends { name: string }>(things: readonly T[] | undefined, name: string): T {
  const one = things?.find((thing) => thing.name === name);
  if (!one) throw new Error(`there is no ${name}`);
  return one;
}
