import type { Temporal } from 'temporal-polyfill';
import type { Nudge } from '../chat/outbox.ts';
import type { Call, Slice } from '../chat/slice.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database.ts';
import type { Log } from '../log.ts';
import { may, type People } from '../people/index.ts';
import type { Account, AccountLine, Contact } from './account.ts';
import type { AccountActivity } from './activity.ts';
import { addOption, lookUpLimit, optionOf } from './choice.ts';
import { accountCommands } from './commands.ts';
import { type DueAccount, dueAmong } from './due.ts';
import { accountFinder } from './finding.ts';
import { importCommand } from './import-command.ts';
import { tidyName } from './name.ts';
import { createSearch } from './searching.ts';
import { type Added, accountStore } from './store.ts';
import { accountWriteStore } from './write-store.ts';

export type { Account, AccountClass, AccountLine, Contact, Due } from './account.ts';
export { accountClasses, belongs, isDue, visitInterval } from './account.ts';
export type { AccountActivity, Activity } from './activity.ts';
export { type AccountChoice, readChoice } from './choice.ts';
export { contactOptions } from './commands.ts';
export { contactNames } from './contact.ts';
export type { DueAccount } from './due.ts';
export { type ImportFromFile, importFromFile } from './import-from-file.ts';
export type { Added } from './store.ts';
export { ensureContactsSql } from './store.ts';

/** Customers and their contacts. Every id is looked for within one organisation only. */
export interface Accounts {
  slice: Slice;
  /**
   * Accounts by part of a name, other names, code, pinyin and initials, the person's own first; when little is found,
   * those that a slip of the finger may have meant come after. Without a query: the person's own, then all by name.
   */
  search(call: Pick<Call, 'me'>, query: string, limit?: number): Promise<readonly AccountLine[]>;
  /**
   * Which accounts do the leading words of a line name, and what is left of the line? Exactly one: it is meant. Several:
   * they are equally good, the person's own first. Names must be spelled as they are; case, width and accents aside.
   */
  leading(call: Pick<Call, 'me'>, words: string): Promise<readonly { account: AccountLine; rest: string }[]>;
  /** What the leading words may have meant, slips of the finger allowed: to be offered, never to be taken as said. */
  suggest(call: Pick<Call, 'me'>, words: string, limit?: number): Promise<readonly AccountLine[]>;
  /** Null: no such account in this organisation. Archived ones too. */
  get(organizationId: string, id: string): Promise<Account | null>;
  /** Ids to names; also of archived ones. */
  named(organizationId: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Those who are not archived, deciders first; at most 200. */
  contacts(organizationId: string, accountId: string): Promise<readonly Contact[]>;
  /** Finds contacts by name (tidied with `contactNames`), adding those who are new. Their ids, in the names' order. */
  ensureContacts(organizationId: string, accountId: string, names: readonly string[]): Promise<readonly string[]>;
  /** Adds a customer of the person's own by its name alone. A retry with the same request key finds the first one. */
  addByName(call: Call, name: string, requestKey: string): Promise<Added | { added: false; taken: 'notAllowed' }>;
  /** The customers that the person owns or looks after whose visit is due, the most overdue first. */
  dueFor(call: Pick<Call, 'me' | 'today'>): Promise<readonly DueAccount[]>;
  /** Resolves when no import that was started from chat goes on any more: to be awaited before the database is closed. */
  settled(): Promise<void>;
}

/** More customers than one person can look after; beyond it only the higher classes are watched. */
const mostWatched = 500;

export function createAccounts(needs: {
  database: Database;
  people: Pick<People, 'names' | 'teamsOf'>;
  clock: Clock;
  activity: AccountActivity;
  log: Log;
  nudge: Nudge;
}): Accounts {
  const { database, activity } = needs;
  const store = accountStore(database);
  const { search, leading, suggest } = createSearch(database);

  async function addByName(call: Call, name: string, requestKey: string) {
    const { me } = call;
    if (!may(me, 'account.add', { personIds: [me.id], teamIds: me.memberOf }))
      return { added: false, taken: 'notAllowed' } as const;
    const nothingElse = { otherNames: [], code: null, teamId: null, city: null, timeZone: null };
    const facts = { ...nothingElse, name: tidyName(name), class: 'general', ownerId: me.id } as const;
    return store.add(me.organizationId, facts, { personId: me.id, at: call.now, requestKey });
  }

  async function dueFor({ me, today }: { me: Call['me']; today: Temporal.PlainDate }) {
    const mine = await store.ownedBy(me.organizationId, me.id, mostWatched);
    const ids = mine.map(({ id }) => id);
    return dueAmong(mine, await activity.of(me.organizationId, ids), today);
  }

  const writes = accountWriteStore(database);
  const imports = importCommand({ ...needs, store });
  const commands = accountCommands({ store, writes, search, people: needs.people, activity, openImport: imports.open });
  const slice: Slice = {
    name: 'accounts',
    ...commands,
    openers: [...(commands.openers ?? []), ...(imports.openers ?? [])],
    forms: [...(commands.forms ?? []), ...(imports.forms ?? [])],
    finders: [accountFinder({ search, people: needs.people, activity })],
    lookUps: [
      {
        source: 'accounts',
        find: async (call, query) => {
          const found = await search(call, query, query.trim() === '' ? lookUpLimit.untyped : lookUpLimit.typed);
          const options = found.map((account) => optionOf(account, call.text));
          const mayAdd = may(call.me, 'account.add', { personIds: [call.me.id], teamIds: call.me.memberOf });
          return mayAdd ? [...options, ...addOption(query, found, call.text)] : options;
        },
      },
    ],
  };
  return {
    slice,
    search,
    leading,
    suggest,
    get: store.get,
    named: store.named,
    contacts: store.contacts,
    ensureContacts: store.ensureContacts,
    addByName,
    dueFor,
    settled: imports.settled,
  };
}
