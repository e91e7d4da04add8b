import { Temporal } from 'temporal-polyfill';
import { type Answers, date, type Form, oneOf, type Problems, person, text } from '../chat/form.ts';
import type { Text } from '../text/text.ts';
import { quickChoices, textLength } from './action.ts';

const addFields = {
  text: text({
    label: 'actions.field.text',
    placeholder: 'actions.field.textExample',
    max: textLength,
    required: true,
  }),
  due: date({ label: 'actions.field.due' }),
  owner: person({ label: 'actions.field.owner', required: true }),
};

/** A next step for an account, or one that was promised in a visit. */
export const addForm = {
  name: 'actions.add',
  title: 'actions.add.title',
  save: 'actions.add.save',
  fields: addFields,
  check: checkAdd,
} satisfies Form;

const laterFields = {
  choice: oneOf({
    label: 'actions.field.choice',
    options: quickChoices.map((value) => ({ value, label: `actions.choice.${value}` as const })),
    look: 'radio',
  }),
  due: date({ label: 'actions.field.otherDay', hint: 'actions.field.otherDayHint' }),
};

/** Another day: one of three with one tap, or any. A day from the calendar wins. */
export const laterForm = {
  name: 'actions.later',
  title: 'actions.later.title',
  save: 'actions.later.save',
  fields: laterFields,
  check: checkLater,
} satisfies Form;

/** Somebody else does it. */
export const reassignForm = {
  name: 'actions.reassign',
  title: 'actions.reassign.title',
  save: 'actions.reassign.save',
  fields: { owner: person({ label: 'actions.field.newOwner', required: true }) },
} satisfies Form;

interface Now {
  today: Temporal.PlainDate;
  text: Text;
}

const isOver = (day: Temporal.PlainDate | undefined, today: Temporal.PlainDate) =>
  day !== undefined && Temporal.PlainDate.compare(day, today) < 0;

function checkAdd({ due }: Answers<typeof addFields>, { today, text }: Now): Problems {
  return isOver(due, today) ? { due: text.plain('actions.problem.past') } : {};
}

function checkLater({ choice, due }: Answers<typeof laterFields>, { today, text }: Now): Problems {
  if (due === undefined && choice === undefined) return { due: text.plain('chat.form.required') };
  return isOver(due, today) ? { due: text.plain('actions.problem.past') } : {};
}
