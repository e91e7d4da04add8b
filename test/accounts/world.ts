import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from 'vitest';
import type { AccountActivity, Activity } from '../../src/accounts/activity.ts';
import { type Accounts, createAccounts } from '../../src/accounts/index.ts';
import { type AccountFacts, accountStore } from '../../src/accounts/store.ts';
import { movableClock } from '../../src/clock.ts';
import { type Database, openDatabase } from '../../src/database.ts';
import { createLog } from '../../src/log.ts';
import { createPeople, type People } from '../../src/people/index.ts';
import { monday } from '../support/call.ts';
import { createTestDatabase } from '../support/database.ts';
import { type SeededPerson, seed } from '../support/seed.ts';

/** A database with the people and accounts slices on it; what happened with accounts is what a test writes down. */
export interface AccountsWorld {
  database: Database;
  people: People;
  accounts: Accounts;
  happened: Map<string, Activity>;
  build: ReturnType<typeof seed>;
  /** Adds an account of this person and returns its id. */
  account(owner: SeededPerson, facts: Partial<AccountFacts> & { name: string }): Promise<string>;
  /** How often the outbox was nudged. */
  nudges: { count: number };
}

/** One world for a test file. */
export function accountsWorld(): AccountsWorld {
  const log = createLog('silent');
  const clock = movableClock(monday);
  const world = { happened: new Map<string, Activity>(), nudges: { count: 0 } } as AccountsWorld;
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
    const activity: AccountActivity = {
      of: async (_, ids) => new Map([...world.happened].filter(([id]) => ids.includes(id))),
    };
    const people = createPeople({ database, clock, log });
    const store = accountStore(database);
    Object.assign(world, {
      database,
      people,
      build: seed(database),
      accounts: createAccounts({ database, people, clock, activity, log, nudge }),
      account: async (owner: SeededPerson, facts: Partial<AccountFacts> & { name: string }) => {
        const rest = {
          otherNames: [],
          code: null,
          class: 'general',
          teamId: null,
          city: null,
          timeZone: null,
        } as const;
        const by = { personId: owner.id, at: monday, requestKey: randomUUID() };
        const added = await store.add(owner.organizationId, { ...rest, ownerId: owner.id, ...facts }, by);
        if (!added.added) throw new Error('taken');
        return added.id;
      },
    });
  });
  afterAll(() => drop());
  return world;
}
