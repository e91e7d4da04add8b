import { expect } from 'vitest';
import type { Button, Card } from '../../src/chat/card.ts';
import type { Asked } from '../../src/chat/form.ts';
import { judge } from '../../src/chat/form.ts';
import { gather, type Registry } from '../../src/chat/registry.ts';
import type { Reply } from '../../src/chat/reply.ts';
import type { Call } from '../../src/chat/slice.ts';
import { movableClock } from '../../src/clock.ts';
import { type Database, openDatabase } from '../../src/database.ts';
import { createLog } from '../../src/log.ts';
import { createPeople, type People } from '../../src/people/index.ts';
import { makeCall, makeGesture, monday } from '../support/call.ts';
import { createTestDatabase } from '../support/database.ts';
import { type SeededOrganization, type SeededPerson, seed } from '../support/seed.ts';

/** The people slice on a database of its own, and people who act in it. */
export interface Acting {
  database: Database;
  people: People;
  registry: Registry;
  build: ReturnType<typeof seed>;
  /** What the person is called with, recognised as their next gesture would be. */
  as(organization: SeededOrganization, person: SeededPerson): Promise<Call>;
  say(call: Call, word: string, rest?: string): Promise<Reply>;
  press(call: Call, action: string, about?: string): Promise<Reply>;
  open(call: Call, opener: string, about?: string): Promise<Asked>;
  /** Sends the form back with these answers in place of those it started with. */
  send(call: Call, asked: Asked, answers: Record<string, unknown>): Promise<Reply>;
  /** Forgets what this process remembers, as another process would not know it. */
  anotherProcess(given?: {
    moved?: (organizationId: string, personId: string) => Promise<void>;
    patience?: number;
  }): People;
  close(): Promise<void>;
}

export async function startActing(): Promise<Acting> {
  const own = await createTestDatabase();
  const log = createLog('silent');
  const database = openDatabase(own.url, { log });
  const make: Acting['anotherProcess'] = (given) =>
    createPeople({ database, clock: movableClock(monday), log, patience: 20_000, ...given });
  const people = make();
  const registry = gather([people.slice]);
  return {
    database,
    people,
    registry,
    build: seed(database),
    as: async (organization, person) => {
      const who = await people.directory.recognise(makeGesture(person.from));
      if (!who.known) throw new Error('the person is not known');
      const call = makeCall(organization, person, { me: who.me, locale: who.locale });
      return { ...call, organization: who.organization };
    },
    say: (call, word, rest = '') => {
      const command = registry.commands.find((one) => one.words.includes(word));
      if (!command) throw new Error(`no command is called ${word}`);
      return command.run(call, rest);
    },
    press: async (call, action, about) => {
      const found = registry.actions.get(action);
      if (!found) throw new Error(`no action is called ${action}`);
      return found.run(call, about);
    },
    open: async (call, opener, about) => {
      const reply = await registry.openers.get(opener)?.run(call, about);
      return askedIn(reply);
    },
    send: async (call, asked, answers) => {
      const { form, id, about, without, expanded } = asked;
      const handler = registry.forms.get(form.name);
      if (!handler) throw new Error(`no form is called ${form.name}`);
      const judged = judge(form, { ...asked.initial, ...answers }, { today: call.today, text: call.text, without });
      if (!judged.ok) return { reply: 'fix', problems: judged.problems };
      return handler.submit(call, judged.answers, { id, about, without, expanded });
    },
    anotherProcess: make,
    close: async () => {
      await people.settled();
      await database.close();
      await own.drop();
    },
  };
}

/** The questions in a reply; fails when it asks none. */
export function askedIn(reply: Reply | undefined): Asked {
  if (reply?.reply !== 'ask') throw new Error(`expected questions, got ${JSON.stringify(reply)}`);
  return reply.asked;
}

/** The card in a reply; fails when it shows none. */
export function cardIn(reply: Reply): Card {
  if (reply.reply !== 'show' && reply.reply !== 'redraw') throw new Error(`expected a card, got ${reply.reply}`);
  return reply.card;
}

/** All buttons of a card. */
export const buttonsOf = (card: Card): Button[] =>
  card.body.flatMap((part) => {
    if (part.kind === 'buttons') return [...part.buttons];
    return part.kind === 'list' ? part.items.flatMap((item) => [...(item.buttons ?? [])]) : [];
  });

/** Every button leads to something that this slice or the accounts have. */
export function expectButtonsToLead(card: Card, registry: Registry): void {
  for (const button of buttonsOf(card)) {
    if ('does' in button) expect(registry.actions.has(button.does), button.does).toBe(true);
    if ('opens' in button && !button.opens.startsWith('accounts.'))
      expect(registry.openers.has(button.opens), button.opens).toBe(true);
  }
}
