import { v7 as uuid } from 'uuid';
import type { Accounts } from '../../src/accounts/index.ts';
import { createAccounts } from '../../src/accounts/index.ts';
import { type Actions, createActions } from '../../src/actions/index.ts';
import type { Card } from '../../src/chat/card.ts';
import { inPlainText } from '../../src/chat/card.ts';
import { createDrafts } from '../../src/chat/drafts-store.ts';
import { type Asked, judge } from '../../src/chat/form.ts';
import type { Reply } from '../../src/chat/reply.ts';
import type { Call, Shown } from '../../src/chat/slice.ts';
import { movableClock } from '../../src/clock.ts';
import { type Database, openDatabase } from '../../src/database.ts';
import { createFeedback, type Feedback } from '../../src/feedback/index.ts';
import { createLog } from '../../src/log.ts';
import { createPeople } from '../../src/people/index.ts';
import { createActivity, createVisits, type Visits } from '../../src/visits/index.ts';
import { daysOn } from '../meetings/days.ts';
import { makeCall, monday } from '../support/call.ts';
import { createTestDatabase } from '../support/database.ts';
import { type SeededOrganization, type SeededPerson, seed } from '../support/seed.ts';

export { monday };

/** An organisation with two people of one team and their customers, and the slice over it. */
export async function visitSetting() {
  const testDatabase = await createTestDatabase();
  const log = createLog('silent');
  const database: Database = openDatabase(testDatabase.url, { log });
  const clock = movableClock(monday);
  let nudged = 0;
  const nudge = () => {
    nudged += 1;
  };
  const shared = { database, clock, log, nudge };
  const people = createPeople(shared);
  const activity = createActivity({ database, actions: () => actions, feedback: () => feedback });
  const accounts: Accounts = createAccounts({ ...shared, people, activity });
  const { calendar } = daysOn(database);
  const actions: Actions = createActions({ ...shared, jobsDatabase: database, people, accounts, calendar });
  const drafts = createDrafts({ database, clock });
  const feedback: Feedback = createFeedback({
    ...shared,
    jobsDatabase: database,
    people,
    accounts,
    actions,
    calendar,
    drafts,
  });
  const visits: Visits = createVisits({ ...shared, people, accounts, actions, feedback, drafts });
  const make = seed(database);
  return {
    database,
    clock,
    accounts,
    drafts,
    visits,
    people,
    make,
    nudges: () => nudged,
    async organization() {
      const organization = await make.organization();
      const anna = await make.person(organization);
      const ben = await make.person(organization, { name: 'Ben Ode', timeZone: 'Asia/Shanghai' });
      const acme = await addAccount(database, organization, 'Acme Tools', anna);
      return { organization, anna, ben, acme };
    },
    close: async () => {
      await database.close();
      await testDatabase.drop();
    },
  };
}

export type Setting = Awaited<ReturnType<typeof visitSetting>>;

export async function addAccount(
  { prisma }: Database,
  organization: SeededOrganization,
  name: string,
  owner?: SeededPerson,
): Promise<string> {
  const id = uuid();
  await prisma.account.create({
    data: {
      id,
      organizationId: organization.id,
      name,
      nameKey: name.toLowerCase().replaceAll(' ', ''),
      searchText: name.toLowerCase(),
      searchGrams: [],
      ownerId: owner?.id ?? null,
    },
  });
  return id;
}

/** Saves the log form as dispatch does: judged, then submitted. */
export async function submit(
  { visits }: Pick<Setting, 'visits'>,
  call: Call,
  answers: Record<string, unknown>,
  shown: Partial<Shown> & { form?: string | { name: string } } = {},
): Promise<Reply> {
  const { form = 'visits.log' } = shown;
  const name = typeof form === 'string' ? form : form.name;
  const handler = visits.slice.forms?.find((one) => one.form.name === name);
  if (!handler) throw new Error('no such form');
  const without = shown.without ?? ['second'];
  const judged = judge(handler.form, answers, { today: call.today, text: call.text, without });
  if (!judged.ok) return { reply: 'fix', problems: judged.problems };
  const { id = uuid(), about = {}, expanded = false } = shown;
  return handler.submit(call, judged.answers, { id, about, without, expanded });
}

/** Presses a button, whether it does something or opens a form. */
export async function press(
  { visits }: Pick<Setting, 'visits'>,
  call: Call,
  name: string,
  about?: string,
): Promise<Reply> {
  const { actions = [], openers = [] } = visits.slice;
  const found = [...actions, ...openers].find((one) => one.name === name);
  if (!found) throw new Error(`nothing is named ${name}`);
  return found.run(call, about);
}

/** Types a command. */
export async function say({ visits }: Pick<Setting, 'visits'>, call: Call, word: string, rest = ''): Promise<Reply> {
  const found = visits.slice.commands?.find((one) => one.words.includes(word));
  if (!found) throw new Error(`no command ${word}`);
  return found.run(call, rest);
}

/** The form of a reply that asks. */
export function askedOf(reply: Reply): Asked {
  if (reply.reply !== 'ask') throw new Error(`expected a form, not ${JSON.stringify(reply)}`);
  return reply.asked;
}

/** The card of a reply that shows one. */
export function cardOf(reply: Reply): Card {
  if (reply.reply !== 'show' && reply.reply !== 'redraw')
    throw new Error(`expected a card, not ${JSON.stringify(reply)}`);
  return reply.card;
}

export const wordsOf = (reply: Reply): string => inPlainText(cardOf(reply));

export { makeCall };
