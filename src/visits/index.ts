import type { Temporal } from 'temporal-polyfill';
import type { AccountActivity } from '../accounts/index.ts';
import type { Actions } from '../actions/index.ts';
import type { Button } from '../chat/card.ts';
import type { Call, Slice } from '../chat/slice.ts';
import type { Database } from '../database.ts';
import type { Feedback } from '../feedback/index.ts';
import { correctStore } from './correct-store.ts';
import { createCorrecting } from './correcting.ts';
import { createListing, writeListing } from './listing.ts';
import { logStore } from './log-store.ts';
import { createLogging } from './logging.ts';
import type { VisitsNeeds } from './needs.ts';
import { createSaving } from './saving.ts';
import { visitStore } from './store.ts';
import type { Visit } from './visit.ts';

type Queries = Pick<Database['pool'], 'query'>;

export { type Period, readPeriod, usualPeriod } from './period.ts';
export type { Visit, VisitKind, VisitOutcome } from './visit.ts';

/** Visits to customers: logged, corrected, looked up. */
export interface Visits {
  slice: Slice;
  /** The last visits that a person is credited with, the latest first. */
  recentBy(organizationId: string, personId: string, limit: number): Promise<readonly Visit[]>;
  /** The button that lists all visits of the person who presses it, the latest first. */
  mineButton(label: string): Button;
  /**
   * A visit that belongs to something else, which stores it in its own transaction; tell the outbox after the commit.
   * Its request key is that of the form. Null: the account is not there.
   */
  prepare(
    call: Call,
    visit: {
      requestKey: string;
      accountId: string;
      date: Temporal.PlainDate;
      purpose: string | null;
      note: string | null;
      second: boolean;
    },
  ): Promise<{ id: string; store(through: Queries): Promise<Stored> } | null>;
  /** The visits of one day that a person is credited with. */
  loggedOn(organizationId: string, personId: string, day: Temporal.PlainDate): Promise<readonly Visit[]>;
  /** The last visit's day of each account; accounts that nobody visited are left out. */
  lastVisits(organizationId: string, accountIds: readonly string[]): Promise<ReadonlyMap<string, Temporal.PlainDate>>;
}

/** `sameDay`: the person has a visit there on that day and has not said that this is another. */
export type Stored = 'stored' | 'earlier' | 'sameDay' | 'gone';

/** More visits than anybody makes in a day. */
const mostInADay = 100;

export function createVisits(given: VisitsNeeds): Visits {
  const { database } = given;
  const store = visitStore(database);
  const needs = { ...given, store, logs: logStore(database) };
  const saving = createSaving(needs);
  const logging = createLogging({ ...needs, saving });
  const correcting = createCorrecting({ ...needs, saving, corrections: correctStore(database) });
  const listing = createListing(needs);
  return {
    slice: {
      name: 'visits',
      commands: [...logging.commands, ...listing.commands],
      shortcuts: logging.shortcuts,
      openers: [...logging.openers, ...correcting.openers],
      actions: [...correcting.actions, ...listing.actions],
      forms: [...logging.forms, ...correcting.forms],
    },
    recentBy: (organizationId, personId, limit) =>
      store.search(organizationId, { personId, seenBy: 'all', limit, skip: 0 }),
    mineButton: (label) => ({
      label,
      does: 'visits.page',
      about: writeListing({ of: 'mine', id: null, period: null, skip: 0 }),
    }),
    async prepare(call, { requestKey, accountId, date, purpose, note, second }) {
      const nobody = { contacts: [], newContacts: undefined, colleagues: [], owner: undefined, fulfils: undefined };
      const answers = {
        kind: 'visit' as const,
        date,
        purpose: purpose ?? undefined,
        note: note ?? undefined,
        outcome: undefined,
        ...nobody,
        nextStep: undefined,
        due: undefined,
        heard: undefined,
        heardKind: undefined,
      };
      const described = { requestKey, accountId, answers, second, link: null, answersTo: null };
      const prepared = await saving.prepare(call, described);
      if ('became' in prepared) return null;
      return {
        id: prepared.visit.id,
        async store(through) {
          const { became } = await logStore({ pool: through }).save(prepared.visit);
          return became === 'saved' ? 'stored' : became;
        },
      };
    },
    loggedOn: (organizationId, personId, day) =>
      store.search(organizationId, {
        personId,
        period: { from: day, to: day },
        seenBy: 'all',
        limit: mostInADay,
        skip: 0,
      }),
    lastVisits: store.lastVisits,
  };
}

/** What the accounts show of visits, actions and feedback. These are asked for late: accounts are there before them. */
export function createActivity(needs: {
  database: Database;
  actions: () => Pick<Actions, 'openActionsOf'>;
  feedback: () => Pick<Feedback, 'openOf'>;
  /** Left out where nobody keeps managers' visits. */
  listening?: () => { lastOf(organizationId: string, accountId: string): Promise<Temporal.PlainDate | null> };
}): AccountActivity {
  const { listening } = needs;
  const store = visitStore(needs.database);
  return {
    async of(organizationId, accountIds) {
      const [visits, actions] = await Promise.all([
        store.lastVisits(organizationId, accountIds),
        needs.actions().openActionsOf(organizationId, accountIds),
      ]);
      const ids = [...new Set([...visits.keys(), ...actions.keys()])];
      const none = { openActions: [], openActionCount: 0 };
      return new Map(ids.map((id) => [id, { ...(actions.get(id) ?? none), lastVisitOn: visits.get(id) ?? null }]));
    },
    async openFeedback(organizationId, accountId) {
      return (await needs.feedback().openOf(organizationId, [accountId])).get(accountId)?.count ?? 0;
    },
    ...(listening ? { lastListening: (...account) => listening().lastOf(...account) } : {}),
  };
}
