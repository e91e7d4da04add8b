import { type Answers, date, type Form, oneOfGiven, person, text, yesNo } from '../chat/form.ts';
import { improvementLength } from './improvement.ts';

const fields = {
  team: oneOfGiven({ label: 'improvements.form.team', required: true }),
  text: text({
    label: 'improvements.form.text',
    placeholder: 'improvements.form.textExample',
    multiline: true,
    max: improvementLength,
    required: true,
  }),
  owner: person({ label: 'improvements.form.owner', required: true }),
  due: date({ label: 'improvements.form.due' }),
  plan: yesNo({ label: 'improvements.form.plan', tick: 'improvements.form.planTick' }),
};

/**
 * What is done better from now on: who, until when. The team is asked of those who lead several and begin by themselves,
 * visits where a rule proposes them.
 */
export const improvementForm = {
  name: 'improvements.improvement',
  title: 'improvements.form.title',
  save: 'improvements.form.save',
  fields,
} satisfies Form;

export type ImprovementAnswers = Answers<typeof fields>;
