import { Temporal } from 'temporal-polyfill';
import {
  type Answers,
  date,
  type Fields,
  type Form,
  lookUp,
  oneOf,
  oneOfGiven,
  people,
  person,
  someOfGiven,
  text,
  yesNo,
} from '../chat/form.ts';
import { feedbackKinds } from '../feedback/index.ts';
import type { Key, Text } from '../text/text.ts';
import { dayProblem, visitKinds, visitOutcomes } from './visit.ts';

/** Lengths of what is typed, in UTF-16 units. 3,000 is what an input takes (Slack, block elements: plain-text input). */
export const lengths = { note: 3000, nextStep: 500, purpose: 300, newContacts: 500, reason: 500, heard: 3000 };

const account = lookUp({
  label: 'visits.field.account',
  placeholder: 'visits.field.accountPlaceholder',
  source: 'accounts',
  changesForm: true,
  required: true,
});
const note = text({
  label: 'visits.field.note',
  placeholder: 'visits.field.notePlaceholder',
  multiline: true,
  max: lengths.note,
});
const kind = oneOf({
  label: 'visits.field.kind',
  options: visitKinds.map((value) => ({ value, label: `visits.kind.${value}` as const })),
});
const day = date({ label: 'visits.field.date' });
const contacts = someOfGiven({ label: 'visits.field.contacts', max: 20, detail: true });
const newContacts = text({
  label: 'visits.field.newContacts',
  hint: 'visits.field.newContactsHint',
  max: lengths.newContacts,
  detail: true,
});
const colleagues = people({ label: 'visits.field.colleagues', max: 10, detail: true });
const purpose = text({ label: 'visits.field.purpose', max: lengths.purpose, detail: true });
const outcome = oneOf({
  label: 'visits.field.outcome',
  options: visitOutcomes.map((value) => ({ value, label: `visits.outcome.${value}` as const })),
  detail: true,
});
const nextStep = {
  nextStep: text({
    label: 'visits.field.nextStep',
    placeholder: 'visits.field.nextStepPlaceholder',
    max: lengths.nextStep,
  }),
  due: date({ label: 'visits.field.due' }),
};
const owner = person({ label: 'visits.field.owner', hint: 'visits.field.ownerHint', detail: true });

const heard = {
  heard: text({
    label: 'visits.field.heard',
    placeholder: 'visits.field.heardPlaceholder',
    multiline: true,
    max: lengths.heard,
    detail: true,
  }),
  heardKind: oneOf({
    label: 'visits.field.heardKind',
    hint: 'visits.field.heardKindHint',
    options: feedbackKinds.map((value) => ({ value, label: `feedback.kind.${value}` as const })),
    detail: true,
  }),
};

/** What is asked of a visit. Only the account is required; what most people fill in on a phone comes first. */
export const logForm = form('visits.log', 'visits.log.title', 'visits.log.save', {
  account,
  second: yesNo({ label: 'visits.field.second', tick: 'visits.field.secondTick' }),
  note,
  ...nextStep,
  kind,
  date: day,
  contacts,
  newContacts,
  ...heard,
  colleagues,
  purpose,
  outcome,
  owner,
  fulfils: oneOfGiven({ label: 'visits.field.fulfils', hint: 'visits.field.fulfilsHint', detail: true }),
});

/** What is asked to correct a visit. The reason is left out where none is due, the next step where there are several. */
export const editForm = form('visits.edit', 'visits.edit.title', 'visits.edit.save', {
  reason: text({ label: 'visits.field.reason', hint: 'visits.field.reasonHint', max: lengths.reason, required: true }),
  account,
  note,
  ...nextStep,
  kind,
  date: day,
  contacts,
  newContacts,
  colleagues,
  purpose,
  outcome,
  owner,
});

/** Why a visit is taken back, where that has to be said. */
export const undoForm = {
  name: 'visits.undo',
  title: 'visits.undo.title',
  save: 'visits.undo.save',
  fields: {
    reason: text({
      label: 'visits.field.undoReason',
      hint: 'visits.field.reasonHint',
      max: lengths.reason,
      required: true,
    }),
  },
} satisfies Form;

export type UndoAnswers = Answers<typeof undoForm.fields>;
export type LogAnswers = Answers<typeof logForm.fields>;
export type EditAnswers = Answers<typeof editForm.fields>;

/** The answers that depend on each other. */
interface Checked {
  date: Temporal.PlainDate | undefined;
  nextStep: string | undefined;
  due: Temporal.PlainDate | undefined;
  owner: string | undefined;
}

function form<F extends Fields>(
  name: string,
  title: Key,
  save: Key,
  fields: Answers<F> extends Checked ? F : never,
): Form<F> {
  return { name, title, save, fields, check: (answers, now) => checkVisit(answers as Answers<F> & Checked, now) };
}

function checkVisit(answers: Checked, { today, text }: { today: Temporal.PlainDate; text: Text }) {
  const problems: Record<string, string> = {};
  const on = answers.date ?? today;
  const wrongDay = dayProblem(on, today);
  if (wrongDay) problems.date = text.plain(`visits.problem.${wrongDay}`);
  if (!answers.nextStep && answers.due) problems.nextStep = text.plain('visits.problem.dueWithoutStep');
  if (!answers.nextStep && answers.owner) problems.nextStep = text.plain('visits.problem.ownerWithoutStep');
  if (answers.due && Temporal.PlainDate.compare(answers.due, on) < 0) {
    problems.due = text.plain('visits.problem.dueBeforeVisit');
  }
  return problems;
}
