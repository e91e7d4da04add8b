import type { Temporal } from 'temporal-polyfill';
import { type AccountClass, belongs, contactNames, readChoice } from '../accounts/index.ts';
import type { OutboxRow } from '../chat/outbox.ts';
import { isPointer } from '../chat/pointer.ts';
import type { Call } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import { may, type Person } from '../people/index.ts';
import {
  awaitsAnswer,
  type FeedbackItem,
  type FeedbackKind,
  type FeedbackState,
  type Severity,
  usualDue,
} from './feedback.ts';
import { mayAdd, type WithStores } from './needs.ts';
import { readQuickFeedback } from './quick-feedback.ts';
import { hearers, type Step, toldOf } from './told.ts';

/** Feedback as a person described it; what they left out is filled in as is usual. */
export interface Described {
  requestKey: string;
  accountId: string;
  words: string;
  kind: FeedbackKind;
  dimensionId: string | null;
  severity?: Severity | undefined;
  contactId?: string | undefined;
  newContact?: string | undefined;
  ownerId?: string | undefined;
  dueOn?: Temporal.PlainDate | undefined;
  saidOn?: Temporal.PlainDate | undefined;
  link: string | null;
  visitId: string | null;
}

/** What a customer said in a visit, to be stored with the visit; and who is told of it. */
export interface Heard {
  id: string;
  words: string;
  kind: FeedbackKind;
  dimensionId: string | null;
  severity: Severity;
  ownerId: string | null;
  dueOn: Temporal.PlainDate | null;
  state: FeedbackState;
  remindAt: Temporal.Instant | null;
  raiseAt: Temporal.Instant | null;
  told: readonly OutboxRow[];
}

/** `earlier`: the same form or line made it before. `gone`: something that it points at is not there. */
export type Saved =
  | { became: 'saved' | 'earlier'; item: FeedbackItem }
  | { became: 'gone'; what: 'account' | 'owner' | 'pointers' };

/** Storing what customers said, with everything that follows from it. */
export function createSaving(needs: WithStores) {
  const { store, accounts, people, actions, nudge } = needs;

  /** Somebody who can owe an answer; null when they cannot. */
  async function ownerOf(organizationId: string, id: string | null): Promise<Person | null> {
    const found = isPointer(id) ? await people.person(organizationId, id) : null;
    return found?.active && !found.observer ? found : null;
  }

  /** When the one who owes the answer is reminded, and when the manager hears that none came. */
  function moments(
    one: { dueOn: Temporal.PlainDate | null; owner: { timeZone: string } | null; author: { timeZone: string } },
    now: Temporal.Instant,
  ) {
    const zone = (one.owner ?? one.author).timeZone;
    const after = one.dueOn?.add({ days: 1 }) ?? null;
    return {
      remindAt: one.owner === null ? null : actions.remindAt(one.dueOn, zone, now),
      raiseAt: actions.remindAt(after, zone, now),
    };
  }

  /** Who is told of a step, as rows that go with it. */
  async function toldRows(call: Call, step: Step, one: FeedbackItem, key: string, also: readonly string[] = []) {
    const ids = [...new Set([...hearers(step, one, call.me.id), ...also])].filter((id) => id !== call.me.id);
    if (ids.length === 0) return [];
    const found = await people.people(one.organizationId, ids);
    return [...found.values()].filter((to) => to.active).map((to) => toldOf(step, one, to, key, call));
  }

  async function earlier(call: Call, requestKey: string): Promise<Saved | null> {
    const { me } = call;
    const made = await store.made(me.organizationId, requestKey);
    const item = made?.authorId === me.id ? await store.find(me.organizationId, made.id) : null;
    return item && { became: 'earlier', item };
  }

  async function save(call: Call, given: Described): Promise<Saved> {
    const { me, now, today } = call;
    const { organizationId } = me;
    const { requestKey, kind, link, visitId } = given;
    const account = isPointer(given.accountId) ? await accounts.get(organizationId, given.accountId) : null;
    if (account === null || account.archivedAt !== null || !may(me, 'account.read', belongs(account)))
      return (await earlier(call, requestKey)) ?? { became: 'gone', what: 'account' };
    const pointers = [given.contactId, given.dimensionId].filter((id) => id !== undefined && id !== null);
    if (!pointers.every(isPointer)) return { became: 'gone', what: 'pointers' };
    const usual = awaitsAnswer(kind, null) ? account.ownerId : null;
    const owner = await ownerOf(organizationId, given.ownerId ?? usual);
    if (given.ownerId !== undefined && owner === null) return { became: 'gone', what: 'owner' };
    const [name] = contactNames(given.newContact ?? '');
    const [added] = name === undefined ? [] : await accounts.ensureContacts(organizationId, account.id, [name]);
    const severity = given.severity ?? 'medium';
    const waits = awaitsAnswer(kind, owner?.id ?? null);
    const dueOn = waits ? (given.dueOn ?? usualDue(severity, today)) : null;
    const id = newId();
    const author = { id: me.id, name: me.name, timeZone: me.timeZone };
    const one = {
      organizationId,
      id,
      kind,
      severity,
      dueOn,
      visitId,
      requestKey,
      words: given.words,
      accountId: account.id,
      contactId: added ?? given.contactId ?? null,
      dimensionId: given.dimensionId,
      sourceLink: link,
      saidOn: given.saidOn ?? today,
      authorId: me.id,
      ownerId: owner?.id ?? null,
      state: waits ? ('open' as const) : ('closed' as const),
      createdAt: now,
      ...moments({ dueOn, owner, author }, now),
    };
    const dimension = await dimensionNamed(organizationId, one.dimensionId);
    const tell = await toldRows(
      call,
      'added',
      {
        ...one,
        ...justNoted(account),
        author,
        owner,
        dimension,
      },
      id,
    );
    const isNew = await store.add(one, tell);
    if (!isNew) return (await earlier(call, requestKey)) ?? { became: 'gone', what: 'pointers' };
    if (tell.length > 0) nudge();
    const item = await store.find(organizationId, id);
    if (item === null) throw new Error('feedback vanished while it was saved');
    return { became: 'saved', item };
  }

  /** What follows from something that was said in a visit; null when its account is not there. */
  async function heardIn(
    call: Call,
    given: { accountId: string; words: string; kind: FeedbackKind | undefined },
  ): Promise<Heard | null> {
    const { me, now, today } = call;
    const { organizationId } = me;
    const [account, all] = await Promise.all([
      isPointer(given.accountId) ? accounts.get(organizationId, given.accountId) : null,
      needs.dimensions.all(organizationId),
    ]);
    if (account === null || account.archivedAt !== null) return null;
    const read = readQuickFeedback(given.words, all);
    const kind = given.kind ?? read.kind;
    const waits = awaitsAnswer(kind, null);
    const owner = waits ? await ownerOf(organizationId, account.ownerId) : null;
    const dueOn = waits ? usualDue('medium', today) : null;
    const author = { id: me.id, name: me.name, timeZone: me.timeZone };
    const dimension = all.find(({ id }) => id === read.dimensionId) ?? null;
    const one = {
      id: newId(),
      words: given.words,
      kind,
      dimensionId: read.dimensionId,
      severity: 'medium' as const,
      ownerId: owner?.id ?? null,
      dueOn,
      state: waits ? ('open' as const) : ('closed' as const),
      ...moments({ dueOn, owner, author }, now),
    };
    const told = await toldRows(
      call,
      'added',
      {
        ...one,
        ...justNoted(account),
        organizationId,
        author,
        owner,
        dimension,
        sourceLink: null,
        saidOn: today,
        visitId: null,
        createdAt: now,
      },
      one.id,
    );
    return { ...one, told };
  }

  async function dimensionNamed(organizationId: string, id: string | null) {
    if (id === null) return null;
    return (await needs.dimensions.all(organizationId)).find((one) => one.id === id) ?? null;
  }

  /** The account that was chosen, or the new one that was asked for; else the sentence that says what is wrong. */
  async function accountOf(
    call: Call,
    choice: string,
    requestKey: string,
  ): Promise<{ id: string } | { problem: string }> {
    const read = readChoice(choice);
    if (read === null) return { problem: call.text.plain('feedback.problem.account') };
    if ('id' in read) return read;
    if (!mayAdd(call)) return { problem: call.text.plain('chat.notAllowed') };
    const added = await accounts.addByName(call, read.add, `${requestKey}:account`);
    if (added.added) return { id: added.id };
    // Somebody added a customer of this name in the meantime: that one is meant.
    if (added.taken === 'name') return { id: added.by.id };
    return { problem: call.text.plain('feedback.problem.newAccount') };
  }

  return { save, heardIn, accountOf, ownerOf, moments, toldRows, dimensionNamed };
}

export type Saving = ReturnType<typeof createSaving>;

/** What a feedback is besides its own words while it is told for the first time. */
const justNoted = <A extends { ownerId: string | null; class: AccountClass }>(account: A) => ({
  account,
  accountOwnerId: account.ownerId,
  accountClass: account.class,
  contact: null,
  atThatTime: { accountClass: account.class, openActions: 0, lastVisitOn: null },
  answer: null,
  outcome: null,
  undone: false,
  version: 1,
  belongs: { personIds: [], teamIds: [] },
});
