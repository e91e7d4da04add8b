import { Temporal } from 'temporal-polyfill';
import { type Answers, date, type Form, lookUp, oneOf, oneOfGiven, type Problems, person, text } from '../chat/form.ts';
import type { Text } from '../text/text.ts';
import { dayProblem, feedbackKinds, lengths, severities } from './feedback.ts';

const words = text({
  label: 'feedback.field.words',
  placeholder: 'feedback.field.wordsPlaceholder',
  multiline: true,
  max: lengths.words,
  required: true,
});
const kind = oneOf({
  label: 'feedback.field.kind',
  options: feedbackKinds.map((value) => ({ value, label: `feedback.kind.${value}` as const })),
});
const dimension = oneOfGiven({ label: 'feedback.field.dimension' });
const contact = oneOfGiven({ label: 'feedback.field.contact', detail: true });
const newContact = text({ label: 'feedback.field.newContact', max: lengths.newContact, detail: true });
const severity = oneOf({
  label: 'feedback.field.severity',
  options: severities.map((value) => ({ value, label: `feedback.severity.${value}` as const })),
  detail: true,
});
const due = date({ label: 'feedback.field.due', hint: 'feedback.field.dueHint', detail: true });
const saidOn = date({ label: 'feedback.field.saidOn', detail: true });

/** What a customer said. Only the customer and the words are required. */
export const addForm = {
  name: 'feedback.add',
  title: 'feedback.add.title',
  save: 'feedback.add.save',
  fields: {
    account: lookUp({
      label: 'feedback.field.account',
      placeholder: 'feedback.field.accountPlaceholder',
      source: 'accounts',
      changesForm: true,
      required: true,
    }),
    words,
    kind,
    dimension,
    contact,
    newContact,
    severity,
    owner: person({ label: 'feedback.field.owner', hint: 'feedback.field.ownerHint', detail: true }),
    due,
    saidOn,
  },
  check: checkDays,
} satisfies Form;

/** The same, to correct it. The words of a message stay as the customer wrote them: then they are not asked. */
export const editForm = {
  name: 'feedback.edit',
  title: 'feedback.edit.title',
  save: 'feedback.edit.save',
  fields: { words, kind, dimension, severity, contact, newContact, due, saidOn },
  check: checkDays,
} satisfies Form;

export const assignForm = {
  name: 'feedback.assign',
  title: 'feedback.assign.title',
  save: 'feedback.assign.save',
  fields: {
    owner: person({ label: 'feedback.field.newOwner', required: true }),
    due: date({ label: 'feedback.field.due' }),
  },
  check: checkDays,
} satisfies Form;

export const answerForm = {
  name: 'feedback.answer',
  title: 'feedback.answer.title',
  save: 'feedback.answer.save',
  fields: {
    answer: text({
      label: 'feedback.field.answer',
      placeholder: 'feedback.field.answerPlaceholder',
      multiline: true,
      max: lengths.answer,
      required: true,
    }),
  },
} satisfies Form;

export const closeForm = {
  name: 'feedback.close',
  title: 'feedback.close.title',
  save: 'feedback.close.save',
  fields: {
    outcome: text({
      label: 'feedback.field.outcome',
      placeholder: 'feedback.field.outcomePlaceholder',
      multiline: true,
      max: lengths.outcome,
      required: true,
    }),
    answer: text({ label: 'feedback.field.answer', multiline: true, max: lengths.answer }),
  },
} satisfies Form;

export type AddAnswers = Answers<typeof addForm.fields>;
export type EditAnswers = Answers<typeof editForm.fields>;

function checkDays(
  answers: { due?: Temporal.PlainDate | undefined; saidOn?: Temporal.PlainDate | undefined },
  { today, text: said }: { today: Temporal.PlainDate; text: Text },
): Problems {
  const wrong = answers.saidOn && dayProblem(answers.saidOn, today);
  const isOver = answers.due && Temporal.PlainDate.compare(answers.due, today) < 0;
  return {
    ...(wrong ? { saidOn: said.plain(`feedback.problem.${wrong}`) } : {}),
    ...(isOver ? { due: said.plain('feedback.problem.past') } : {}),
  };
}
