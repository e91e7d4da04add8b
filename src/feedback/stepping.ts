import { contactNames } from '../accounts/index.ts';
import type { Answers } from '../chat/form.ts';
import { fix, redraw } from '../chat/reply.ts';
import { handles, type Slice } from '../chat/slice.ts';
import { person, undoneCard } from './cards.ts';
import { type Changing, changesOf } from './changing.ts';
import { awaitsAnswer, usualDue } from './feedback.ts';
import { answerForm, assignForm, closeForm, type EditAnswers, editForm } from './forms.ts';
import type { WithStores } from './needs.ts';
import type { Saving } from './saving.ts';

/** What becomes of a feedback: corrected, assigned, answered, closed, opened again, taken back. */
export function createStepping({
  accounts,
  saving,
  changing,
}: Pick<WithStores, 'accounts'> & { saving: Saving; changing: Changing }) {
  const { drawn, showOne, opener, submitting, pressing, momentsOf } = changing;

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
        changes,
        step: 'assigned',
        after: { owner, dueOn },
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
        step: 'answered',
        after: { answer: answers.answer, state: 'answered' },
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
          outcome: [one.outcome, answers.outcome],
          answer: [one.answer, said],
          state: [one.state, 'closed'],
        }),
        step: 'closed',
        after: { outcome: answers.outcome, answer: said, state: 'closed' },
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
        kind,
        severity,
        state,
        dueOn,
        words: answers.words ?? one.words,
        dimensionId: dimension?.id ?? null,
        contactId: added ?? chosen ?? null,
        saidOn: answers.saidOn ?? one.saidOn,
      };
      const changes = changesOf({
        kind: [one.kind, kind],
        severity: [one.severity, severity],
        state: [one.state, state],
        words: [one.words, set.words],
        dimension: [one.dimension?.id ?? null, set.dimensionId],
        contact: [one.contact?.id ?? null, set.contactId],
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

  const reopen = pressing(
    (one) => one.undone || one.state === 'open',
    (call, one) => {
      const isOver = one.dueOn === null || one.dueOn.since(call.today).sign < 0;
      const dueOn = isOver ? usualDue(one.severity, call.today) : one.dueOn;
      return {
        set: { state: 'open', answer: null, outcome: null, dueOn, ...momentsOf(one, { dueOn }, call) },
        changes: changesOf({
          state: [one.state, 'open'],
          answer: [one.answer, null],
          outcome: [one.outcome, null],
          dueOn: [one.dueOn?.toString() ?? null, dueOn?.toString() ?? null],
        }),
        step: 'reopened',
        after: { state: 'open', answer: null, outcome: null, dueOn },
      };
    },
    async (call, one) =>
      redraw(one.undone ? undoneCard(one, call) : await drawn(call, one, call.text.words('feedback.done.reopened'))),
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
  return slice;
}
