import { Temporal } from 'temporal-polyfill';
import { textLength } from '../actions/index.ts';
import { type Answers, date, type Form, lookUp, type Problems, person, text } from '../chat/form.ts';
import type { Text } from '../text/text.ts';

const fields = {
  text: text({
    label: 'decisions.field.text',
    placeholder: 'decisions.field.textExample',
    multiline: true,
    // It may become a next step, word for word.
    max: textLength,
    required: true,
  }),
  account: lookUp({
    label: 'decisions.field.account',
    hint: 'decisions.field.accountHint',
    placeholder: 'decisions.field.accountPlaceholder',
    source: 'accounts',
  }),
  owner: person({ label: 'decisions.field.owner' }),
  due: date({ label: 'decisions.field.due' }),
};

/** What a sales meeting decided, about whom, and who carries it out until when. */
export const decisionForm = {
  name: 'meetings.decide',
  title: 'decisions.form.title',
  save: 'decisions.form.save',
  fields,
  check,
} satisfies Form;

export type DecisionAnswers = Answers<typeof fields>;

function check({ due }: DecisionAnswers, { today, text }: { today: Temporal.PlainDate; text: Text }): Problems {
  const isOver = due !== undefined && Temporal.PlainDate.compare(due, today) < 0;
  return isOver ? { due: text.plain('decisions.problem.past') } : {};
}
