import { v7 as uuid } from 'uuid';
import { type Accounts, createAccounts } from '../../src/accounts/index.ts';
import { type Actions, createActions } from '../../src/actions/index.ts';
import { inPlainText } from '../../src/chat/card.ts';
import { createDrafts } from '../../src/chat/drafts-store.ts';
import { type Asked, judge } from '../../src/chat/form.ts';
import type { Reply } from '../../src/chat/reply.ts';
import type { Call, Me, Shown } from '../../src/chat/slice.ts';
import { movableClock } from '../../src/clock.ts';
import { type Database, openDatabase } from '../../src/database.ts';
import { createFeedback, type Feedback } from '../../src/feedback/index.ts';
import { createLog } from '../../src/log.ts';
import { createPeople } from '../../src/people/index.ts';
import { plain } from '../../src/text/words.ts';
import { daysOn } from '../meetings/days.ts';
import { makeCall, monday } from '../support/call.ts';
import { createTestDatabase } from '../support/database.ts';
import { type SeededOrganization, type SeededPerson, seed } from '../support/seed.ts';

/** The feedback slice on a real database, with what it works with. */
export async function openFeedbackWorld() {
  const testDatabase = await createTestDatabase();
  const log = createLog('silent');
  const database: Database = openDatabase(testDatabase.url, { log });
  const clock = movableClock(monday);
  const nudge = () => undefined;
  const people = createPeople({ database, clock, log, nudge });
  const days = daysOn(database);
  const accounts: Accounts = createAccounts({
    database,
    people,
    clock,
    log,
    nudge,
    activity: { of: async () => new Map() },
  });
  const { calendar } = days;
  const actions: Actions = createActions({ database, jobsDatabase: database, people, accounts, calendar, nudge, log });
  const drafts = createDrafts({ database, clock });
  const feedback: Feedback = createFeedback({
    database,
    jobsDatabase: database,
    people,
    accounts,
    actions,
    calendar,
    drafts,
    nudge,
    log,
  });
  const make = seed(database);

  const call = (of: Company, person: SeededPerson, given: { me?: Partial<Me> } & Parameters<typeof makeCall>[2] = {}) =>
    makeCall(of.organization, person, { ...given, me: { memberOf: [of.team.id], ...given.me } });

  return {
    database,
    feedback,
    accounts,
    actions,
    days,
    make,
    call,
    /** Anna, who owns Acme Tools, and Ben are in North, which Mia manages; Otto is in no team. */
    async company(): Promise<Company> {
      const organization = await make.organization();
      const anna = await make.person(organization, { name: 'Anna Berg' });
      const ben = await make.person(organization, { name: 'Ben Ode' });
      const mia = await make.person(organization, { name: 'Mia Boss' });
      const otto = await make.person(organization, { name: 'Otto Else' });
      const team = await make.team(organization, { name: 'North', manager: mia, members: [anna, ben] });
      const added = await accounts.addByName(makeCall(organization, anna), 'Acme Tools', uuid());
      if (!added.added) throw new Error('no account');
      return { organization, anna, ben, mia, otto, team, acme: added.id };
    },
    close: async () => {
      await database.close();
      await testDatabase.drop();
    },
  };
}

export interface Company {
  organization: SeededOrganization;
  anna: SeededPerson;
  ben: SeededPerson;
  mia: SeededPerson;
  otto: SeededPerson;
  team: { id: string };
  acme: string;
}
export type FeedbackWorld = Awaited<ReturnType<typeof openFeedbackWorld>>;

/** Saves a form as dispatch does: judged, then submitted. */
export async function submit(
  { feedback }: Pick<FeedbackWorld, 'feedback'>,
  call: Call,
  form: string,
  answers: Record<string, unknown>,
  { id = uuid(), about = {}, without = [] }: Partial<Pick<Shown, 'id' | 'about' | 'without'>> = {},
): Promise<Reply> {
  const handler = feedback.slice.forms?.find((one) => one.form.name === form);
  if (!handler) throw new Error(`no form ${form}`);
  const judged = judge(handler.form, answers, { today: call.today, text: call.text, without });
  if (!judged.ok) return { reply: 'fix', problems: judged.problems };
  return handler.submit(call, judged.answers, { id, about, without, expanded: true });
}

/** Presses a button, whether it does something or opens a form. */
export async function press(
  { feedback }: Pick<FeedbackWorld, 'feedback'>,
  call: Call,
  name: string,
  about?: string,
): Promise<Reply> {
  const { actions = [], openers = [] } = feedback.slice;
  const found = [...actions, ...openers].find((one) => one.name === name);
  if (!found) throw new Error(`nothing is named ${name}`);
  return found.run(call, about);
}

/** Types a command. */
export async function say({ feedback }: Pick<FeedbackWorld, 'feedback'>, call: Call, word: string, rest = '') {
  const found = feedback.slice.commands?.find((one) => one.words.includes(word));
  if (!found) throw new Error(`no command ${word}`);
  return found.run(call, rest);
}

/** The form of a reply that asks. */
export function askedOf(reply: Reply): Asked {
  if (reply.reply !== 'ask') throw new Error(`it does not ask but ${JSON.stringify(reply)}`);
  return reply.asked;
}

/** All words of a reply. */
export function wordsOf(reply: Reply): string {
  if (reply.reply === 'show' || reply.reply === 'redraw') return inPlainText(reply.card);
  if (reply.reply === 'fix') return [...Object.values(reply.problems), reply.notice ?? ''].join('\n');
  if (reply.reply === 'ask') return plain(reply.asked.intro ?? '');
  return '';
}

/** The pointers of the buttons of a card that lead to something, by what they do or open. */
export function buttonsOf(reply: Reply): { to: string; about: string | undefined }[] {
  if (reply.reply !== 'show' && reply.reply !== 'redraw') return [];
  return reply.card.body.flatMap((part) => {
    const buttons =
      part.kind === 'buttons'
        ? part.buttons
        : part.kind === 'list'
          ? part.items.flatMap((one) => one.buttons ?? [])
          : [];
    return buttons.flatMap((one) =>
      'does' in one ? { to: one.does, about: one.about } : 'opens' in one ? { to: one.opens, about: one.about } : [],
    );
  });
}
