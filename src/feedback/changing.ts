import { v5 } from 'uuid';
import { type Form, plainAnswers } from '../chat/form.ts';
import { isPointer } from '../chat/pointer.ts';
import {
  forbidden,
  missing,
  notFound,
  notice,
  type Refusal,
  type Reply,
  redraw,
  refuse,
  refuseForm,
  show,
  tell,
} from '../chat/reply.ts';
import type { Call, Shown } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import { may } from '../people/index.ts';
import type { Words } from '../text/words.ts';
import { createAsking } from './asking.ts';
import { feedbackCard, person, undoneCard } from './cards.ts';
import { type FeedbackItem, mayChange, mayRead } from './feedback.ts';
import { editForm } from './forms.ts';
import type { WithStores } from './needs.ts';
import type { Saving } from './saving.ts';
import type { Change, Settable } from './store.ts';
import type { Step } from './told.ts';
import { readPointer } from './view.ts';

/** The namespace of the ids that are made from presses' ids; any uuid will do, as long as it stays. */
const presses = '2e0c1c1f-1b0e-4d4d-9f0c-6a4f6f7d5c19';

type Changes = Change['changes'];

/** Showing one feedback, and how it is changed: by a form or a press, once, and never over what somebody else has done. */
export function createChanging(
  needs: WithStores & {
    saving: Saving;
    /** The list that a button stood in, with what happened above it. */
    listCard(call: Call, view: string, happened: Words): Promise<Reply | null>;
  },
) {
  const { store, results, saving, nudge } = needs;
  const { askAbout, initialOf } = createAsking(needs);

  /** The card of one feedback, with what this person may do with it. */
  async function drawn(call: Call, one: FeedbackItem, happened?: Words) {
    const { me } = call;
    const act = may(me, 'action.change', { personIds: [me.id], teamIds: [] });
    const came = await results.of(one.organizationId, one.id);
    return feedbackCard(one, came, call, { change: mayChange(one, me), act }, happened);
  }

  const cardOf = async (call: Call, one: FeedbackItem, happened?: Words): Promise<Reply> =>
    show(await drawn(call, one, happened));

  async function readable(call: Call, id: string | undefined): Promise<FeedbackItem | null> {
    const one = isPointer(id) ? await store.find(call.me.organizationId, id) : null;
    return one && mayRead(one, call.me) ? one : null;
  }

  async function showOne(call: Call, about: string | undefined): Promise<Reply> {
    const one = await readable(call, readPointer(about)?.id);
    if (one === null) return notFound(call);
    return one.undone ? show(undoneCard(one, call)) : cardOf(call, one);
  }

  /** The feedback when this person may change it; else why not. */
  async function changeable(call: Call, id: string | undefined): Promise<FeedbackItem | Refusal> {
    const one = await readable(call, id);
    if (one === null) return missing;
    if (!mayChange(one, call.me)) return forbidden;
    return one;
  }

  const opener =
    (form: Form) =>
    async (call: Call, about: string | undefined): Promise<Reply> => {
      const pointer = readPointer(about);
      const one = await changeable(call, pointer?.id);
      if ('refused' in one) return refuse(one, call);
      if (one.undone) return tell(call.text.words('feedback.problem.undone'));
      const isOver = one.state === 'closed' && form.name !== editForm.name;
      if (isOver) return tell(call.text.words('feedback.problem.closed'));
      return askAbout(call, one, form, { view: pointer?.view ?? null, initial: initialOf(one, form) });
    };

  /**
   * The feedback that a form was about, as it is now; else what to answer. A form that is delivered twice gets the same
   * answer twice, though its first delivery may have put it out of this person's reach. Whoever was not the first is
   * asked again, with what they typed and what the other one did.
   */
  async function ofForm(
    call: Call,
    form: Form,
    answers: Readonly<Record<string, unknown>>,
    shown: Shown,
  ): Promise<{ one: FeedbackItem; isDone: boolean } | Reply> {
    const { organizationId } = call.me;
    const id = shown.about.feedback;
    if (!isPointer(id) || !isPointer(shown.id)) return notice(call.text.plain('chat.form.closed'));
    const one = await changeable(call, id);
    // Asked after it was read: what this very form has changed until then is no change of somebody else.
    if (await store.hasChanged(organizationId, id, shown.id, call.me.id)) {
      const now = await store.find(organizationId, id);
      if (now !== null) return { one: now, isDone: true };
    }
    if ('refused' in one) return refuseForm(one, call);
    if (one.undone) return notice(call.text.plain('feedback.problem.undone'));
    if (String(one.version) === shown.about.version) return { one, isDone: false };
    if (one.state === 'closed' && form.name !== editForm.name)
      return notice(call.text.plain('feedback.problem.closed'));
    return somebodyWasFaster(call, one, form, answers, shown);
  }

  async function somebodyWasFaster(
    call: Call,
    one: FeedbackItem,
    form: Form,
    answers: Readonly<Record<string, unknown>>,
    shown: Shown,
  ): Promise<Reply> {
    const last = await store.lastChange(one.organizationId, one.id);
    const who: Words = person(last?.by ?? one.author);
    const fields = changedFields.filter((field) => last?.fields.includes(field));
    const what = fields.map((field) => call.text.plain(`feedback.changed.${field}`));
    return askAbout(call, one, form, {
      id: shown.id,
      view: shown.about.view ?? null,
      initial: plainAnswers(answers),
      intro: call.text.words('feedback.problem.changed', { who, what: what.length === 0 ? '–' : call.text.list(what) }),
    });
  }

  /** Stores a change with what follows from it; what is stored then, or null when somebody was faster. */
  async function change(
    call: Call,
    one: FeedbackItem,
    requestKey: string,
    what: { set: Partial<Settable>; changes: Changes; step?: Step; after?: Partial<FeedbackItem> },
  ): Promise<FeedbackItem | null> {
    const { step } = what;
    const changeId = newId();
    const after = { ...one, ...what.after };
    // Who owed the answer until now hears too that it is somebody else's.
    const before = one.owner === null ? [] : [one.owner.id];
    const tell = step === undefined ? [] : await saving.toldRows(call, step, after, changeId, before);
    const { set, changes } = what;
    const done = await store.change(one, {
      set,
      changes,
      requestKey,
      changeId,
      by: call.me.id,
      at: call.now,
      tell,
    });
    if (!done) return null;
    if (tell.length > 0) nudge();
    return store.find(one.organizationId, one.id);
  }

  /** Where the form was opened from: the list, else the card itself. */
  async function drawnAgain(call: Call, shown: Shown, one: FeedbackItem, happened: Words): Promise<Reply> {
    const view = shown.about.view;
    const list = view === undefined ? null : await needs.listCard(call, view, happened);
    return list ?? redraw(await drawn(call, one, happened));
  }

  /** A form's answers: read, stored, drawn again. */
  const submitting =
    <A extends Readonly<Record<string, unknown>>>(
      form: Form,
      work: (
        call: Call,
        one: FeedbackItem,
        answers: A,
      ) => Promise<Parameters<typeof change>[3] | { problem: Reply } | null>,
      saidOf: (call: Call, one: FeedbackItem) => Words,
    ) =>
    async (call: Call, answers: A, shown: Shown): Promise<Reply> => {
      const found = await ofForm(call, form, answers, shown);
      if ('reply' in found) return found;
      if (found.isDone) return drawnAgain(call, shown, found.one, saidOf(call, found.one));
      const what = await work(call, found.one, answers);
      if (what !== null && 'problem' in what) return what.problem;
      const after = what === null ? found.one : await change(call, found.one, shown.id, what);
      if (after !== null) return drawnAgain(call, shown, after, saidOf(call, after));
      const now = await store.find(found.one.organizationId, found.one.id);
      return now === null ? refuseForm(missing, call) : somebodyWasFaster(call, now, form, answers, shown);
    };

  const momentsOf = (
    one: FeedbackItem,
    set: { owner?: FeedbackItem['owner']; dueOn?: FeedbackItem['dueOn'] },
    call: Call,
  ) =>
    saving.moments(
      {
        dueOn: set.dueOn === undefined ? one.dueOn : set.dueOn,
        owner: set.owner === undefined ? one.owner : set.owner,
        author: one.author,
      },
      call.now,
    );

  /** A press that changes one feedback; the same press twice is one change, and somebody else's in between is gone over. */
  const pressing =
    (
      isSo: (one: FeedbackItem) => boolean,
      work: (call: Call, one: FeedbackItem) => Parameters<typeof change>[3],
      after: (call: Call, one: FeedbackItem) => Promise<Reply>,
    ) =>
    async (call: Call, about: string | undefined): Promise<Reply> => {
      const pointer = readPointer(about);
      let one = await changeable(call, pointer?.id);
      if ('refused' in one) return refuse(one, call);
      const requestKey = v5(`${one.id}:${call.id}`, presses);
      while (!isSo(one)) {
        const changed: FeedbackItem | null = await change(call, one, requestKey, work(call, one));
        // A press that arrives again after it was turned back changes nothing, and shows how it stands.
        if (changed !== null) return isSo(changed) ? after(call, changed) : redraw(await drawn(call, changed));
        const now = await store.find(call.me.organizationId, one.id);
        if (now === null) return notFound(call);
        one = now;
      }
      return after(call, one);
    };

  return { drawn, cardOf, readable, showOne, opener, submitting, pressing, momentsOf };
}

export type Changing = ReturnType<typeof createChanging>;

const changedFields = [
  'kind',
  'severity',
  'words',
  'dimension',
  'contact',
  'saidOn',
  'dueOn',
  'ownerId',
  'state',
  'answer',
  'outcome',
] as const;
type ChangedField = (typeof changedFields)[number];

/** What of it is kept: fields that are not what they were. */
export function changesOf(changes: Partial<Record<ChangedField, readonly [string | null, string | null]>>): Changes {
  return Object.fromEntries(Object.entries(changes).filter(([, [before, after]]) => before !== after));
}
