import { v5 } from 'uuid';
import { contactNames, contactOptions } from '../accounts/index.ts';
import { type Answers, type Form, type PlainAnswers, plainAnswers } from '../chat/form.ts';
import { isPointer } from '../chat/pointer.ts';
import { fix, notFound, type Reply, redraw, show, tell } from '../chat/reply.ts';
import { ask, type Call, handles, type Shown, type Slice } from '../chat/slice.ts';
import { newId } from '../ids.ts';
import { may } from '../people/index.ts';
import type { Words } from '../text/words.ts';
import { feedbackCard, person, quoted, undoneCard } from './cards.ts';
import { dimensionName } from './dimension.ts';
import { awaitsAnswer, type FeedbackItem, mayChange, mayRead, usualDue } from './feedback.ts';
import { answerForm, assignForm, closeForm, type EditAnswers, editForm } from './forms.ts';
import { notice, type WithStores } from './needs.ts';
import type { Saving } from './saving.ts';
import type { Change, Settable } from './store.ts';
import type { Step } from './told.ts';
import { readPointer } from './view.ts';

/** The namespace of the ids that are made from presses' ids; any uuid will do, as long as it stays. */
const presses = '2e0c1c1f-1b0e-4d4d-9f0c-6a4f6f7d5c19';

type Changes = Change['changes'];

/** Everything that becomes of one feedback: corrected, assigned, answered, closed, opened again, taken back. */
export function createChanging(
  needs: WithStores & {
    saving: Saving;
    /** The list that a button stood in, with what happened above it. */
    listCard(call: Call, view: string, happened: Words): Promise<Reply | null>;
  },
) {
  const { store, results, saving, accounts, dimensions, nudge } = needs;

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

  /** The feedback when this person may change it; else the sentence that says why not. */
  async function changeable(call: Call, id: string | undefined): Promise<FeedbackItem | { refusal: string }> {
    const one = await readable(call, id);
    if (one === null) return { refusal: call.text.plain('chat.notFound') };
    if (!mayChange(one, call.me)) return { refusal: call.text.plain('chat.notAllowed') };
    return one;
  }

  /** Asks a form about one feedback, whose version the answers will be about. */
  async function askAbout(
    call: Call,
    one: FeedbackItem,
    form: Form,
    given: { id?: string; view: string | null; initial: PlainAnswers; intro?: Words },
  ): Promise<Reply> {
    const { text, me } = call;
    const intro: Words = [
      ...(given.intro === undefined ? [] : [given.intro, '\n']),
      { strong: one.account.name },
      ' · ',
      quoted(one.words, text, 300),
    ];
    const asked = {
      ...{ form, id: given.id ?? newId(), initial: given.initial, intro },
      about: {
        ...{ feedback: one.id, version: String(one.version) },
        ...(given.view === null ? {} : { view: given.view }),
      },
    };
    if (form.name !== editForm.name) return ask(asked);
    const [contacts, all] = await Promise.all([
      accounts.contacts(me.organizationId, one.account.id),
      dimensions.all(me.organizationId),
    ]);
    const named = all.filter((dimension) => !dimension.archived || dimension.id === one.dimension?.id);
    const known =
      one.contact && !contacts.some(({ id }) => id === one.contact?.id) ? [{ ...one.contact, title: null }] : [];
    return ask({
      ...asked,
      options: {
        contact: contactOptions([...known, ...contacts].slice(0, 100)),
        dimension: named.map((dimension) => ({ value: dimension.id, label: dimensionName(dimension, text) })),
      },
      without: [
        ...(one.sourceLink === null ? [] : ['words']),
        ...(contacts.length + known.length === 0 ? ['contact'] : []),
        ...(one.state === 'open' ? [] : ['due']),
      ],
      expanded: true,
    });
  }

  const initialOf = (one: FeedbackItem, form: Form): PlainAnswers => {
    if (form.name === answerForm.name) return one.answer === null ? {} : { answer: one.answer };
    if (form.name === closeForm.name) return one.answer === null ? {} : { answer: one.answer };
    const due = one.dueOn === null ? {} : { due: one.dueOn.toString() };
    if (form.name === assignForm.name) return { ...(one.owner === null ? {} : { owner: one.owner.id }), ...due };
    return {
      ...{ words: one.words, kind: one.kind, severity: one.severity, saidOn: one.saidOn.toString(), ...due },
      ...(one.dimension === null ? {} : { dimension: one.dimension.id }),
      ...(one.contact === null ? {} : { contact: one.contact.id }),
    };
  };

  const opener =
    (form: Form) =>
    async (call: Call, about: string | undefined): Promise<Reply> => {
      const pointer = readPointer(about);
      const one = await changeable(call, pointer?.id);
      if ('refusal' in one) return tell(one.refusal);
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
    if ('refusal' in one) return notice(one.refusal);
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
      ...{ id: shown.id, view: shown.about.view ?? null, initial: plainAnswers(answers) },
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
      ...{ set, changes, requestKey, changeId, by: call.me.id, at: call.now, tell },
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
      return now === null ? notFound(call) : somebodyWasFaster(call, now, form, answers, shown);
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

  const assign = submitting<Answers<typeof assignForm.fields>>(
    assignForm,
    async (call, one, answers) => {
      const owner = await saving.ownerOf(one.organizationId, answers.owner);
      if (owner === null) return { problem: fix({ owner: call.text.plain('feedback.problem.owner') }) };
      const dueOn = answers.due ?? one.dueOn ?? usualDue(one.severity, call.today);
      const changes = changesOf({
        ownerId: [one.owner?.id ?? null, owner.id],
        dueOn: [one.dueOn?.toString() ?? null, dueOn.toString()],
      });
      if (Object.keys(changes).length === 0) return null;
      return {
        set: { ownerId: owner.id, dueOn, ...momentsOf(one, { owner, dueOn }, call) },
        ...{ changes, step: 'assigned', after: { owner, dueOn } },
      };
    },
    ({ text }, { owner }) =>
      text.words('feedback.done.assigned', {
        owner: owner === null ? text.words('feedback.card.nobody') : person(owner),
      }),
  );

  const nobodyReminded = { remindAt: null, raiseAt: null };

  const answer = submitting<Answers<typeof answerForm.fields>>(
    answerForm,
    async (_, one, answers) => {
      if (answers.answer === one.answer) return null;
      return {
        set: { answer: answers.answer, state: 'answered', ...nobodyReminded },
        changes: changesOf({ answer: [one.answer, answers.answer], state: [one.state, 'answered'] }),
        ...{ step: 'answered', after: { answer: answers.answer, state: 'answered' } },
      };
    },
    ({ text }) => text.words('feedback.done.answered'),
  );

  const close = submitting<Answers<typeof closeForm.fields>>(
    closeForm,
    async (_, one, answers) => {
      const said = answers.answer ?? one.answer;
      return {
        set: { outcome: answers.outcome, answer: said, state: 'closed', ...nobodyReminded },
        changes: changesOf({
          ...{ outcome: [one.outcome, answers.outcome], answer: [one.answer, said], state: [one.state, 'closed'] },
        }),
        ...{ step: 'closed', after: { outcome: answers.outcome, answer: said, state: 'closed' } },
      };
    },
    ({ text }) => text.words('feedback.done.closed'),
  );

  const edit = submitting<EditAnswers>(
    editForm,
    async (call, one, answers) => {
      const { organizationId } = one;
      const dimension = await saving.dimensionNamed(organizationId, answers.dimension ?? null);
      if (answers.dimension !== undefined && dimension === null)
        return { problem: fix({ dimension: call.text.plain('feedback.problem.pointers') }) };
      const [name] = contactNames(answers.newContact ?? '');
      const contacts = await accounts.contacts(organizationId, one.account.id);
      const chosen = answers.contact;
      if (chosen !== undefined && chosen !== one.contact?.id && !contacts.some(({ id }) => id === chosen))
        return { problem: fix({ contact: call.text.plain('feedback.problem.pointers') }) };
      const [added] = name === undefined ? [] : await accounts.ensureContacts(organizationId, one.account.id, [name]);
      const kind = answers.kind ?? one.kind;
      const waits = awaitsAnswer(kind, one.owner?.id ?? null);
      // Praise that turns out to be a problem waits for an answer, and the other way round.
      const wasDone = one.state === 'closed' && one.outcome === null;
      const state = one.state === 'open' && !waits ? 'closed' : wasDone && waits ? 'open' : one.state;
      const severity = answers.severity ?? one.severity;
      const dueOn = state !== 'open' ? (waits ? one.dueOn : null) : (answers.due ?? usualDue(severity, call.today));
      const set = {
        ...{ kind, severity, state, dueOn, words: answers.words ?? one.words, dimensionId: dimension?.id ?? null },
        ...{ contactId: added ?? chosen ?? null, saidOn: answers.saidOn ?? one.saidOn },
      };
      const changes = changesOf({
        ...{ kind: [one.kind, kind], severity: [one.severity, severity], state: [one.state, state] },
        ...{ words: [one.words, set.words], dimension: [one.dimension?.id ?? null, set.dimensionId] },
        ...{ contact: [one.contact?.id ?? null, set.contactId] },
        saidOn: [one.saidOn.toString(), set.saidOn.toString()],
        dueOn: [one.dueOn?.toString() ?? null, dueOn?.toString() ?? null],
      });
      if (Object.keys(changes).length === 0) return null;
      const moved = 'dueOn' in changes || 'state' in changes;
      const moments = state === 'open' ? momentsOf(one, { dueOn }, call) : nobodyReminded;
      return { set: { ...set, ...(moved ? moments : {}) }, changes };
    },
    ({ text }) => text.words('feedback.done.edited'),
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
      if ('refusal' in one) return tell(one.refusal);
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

  const reopen = pressing(
    (one) => one.state === 'open',
    (call, one) => {
      const isOver = one.dueOn === null || one.dueOn.since(call.today).sign < 0;
      const dueOn = isOver ? usualDue(one.severity, call.today) : one.dueOn;
      return {
        set: { state: 'open', answer: null, outcome: null, dueOn, ...momentsOf(one, { dueOn }, call) },
        changes: changesOf({
          ...{ state: [one.state, 'open'], answer: [one.answer, null], outcome: [one.outcome, null] },
          dueOn: [one.dueOn?.toString() ?? null, dueOn?.toString() ?? null],
        }),
        ...{ step: 'reopened', after: { state: 'open', answer: null, outcome: null, dueOn } },
      };
    },
    async (call, one) => redraw(await drawn(call, one, call.text.words('feedback.done.reopened'))),
  );

  const undo = pressing(
    (one) => one.undone,
    () => ({ set: { undone: true }, changes: { undone: ['no', 'yes'] }, step: 'undone', after: { undone: true } }),
    async (call, one) => redraw(undoneCard(one, call)),
  );

  const restore = pressing(
    (one) => !one.undone,
    () => ({ set: { undone: false }, changes: { undone: ['yes', 'no'] } }),
    async (call, one) => redraw(await drawn(call, one)),
  );

  const slice = {
    openers: [
      { name: 'feedback.edit', run: opener(editForm) },
      { name: 'feedback.assign', run: opener(assignForm) },
      { name: 'feedback.answer', run: opener(answerForm) },
      { name: 'feedback.close', run: opener(closeForm) },
    ],
    actions: [
      { name: 'feedback.show', run: showOne },
      { name: 'feedback.reopen', run: reopen },
      { name: 'feedback.undo', run: undo },
      { name: 'feedback.restore', run: restore },
    ],
    forms: [
      handles({ form: editForm, submit: edit }),
      handles({ form: assignForm, submit: assign }),
      handles({ form: answerForm, submit: answer }),
      handles({ form: closeForm, submit: close }),
    ],
  } satisfies Partial<Slice>;
  return { slice, cardOf, readable };
}

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

function changesOf(changes: Partial<Record<ChangedField, readonly [string | null, string | null]>>): Changes {
  return Object.fromEntries(Object.entries(changes).filter(([, [before, after]]) => before !== after));
}
