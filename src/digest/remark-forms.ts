import { type Answers, type Form, oneOfGiven, text } from '../chat/form.ts';
import { remarkLength } from './remark.ts';

const fields = {
  figure: oneOfGiven({ label: 'digest.remark.figure', required: true }),
  words: text({
    label: 'digest.remark.words',
    placeholder: 'digest.remark.wordsExample',
    multiline: true,
    max: remarkLength,
    required: true,
  }),
};

/** A person's word on a figure of theirs. */
export const remarkForm = {
  name: 'digest.remark',
  title: 'digest.remark.form.title',
  save: 'digest.remark.form.save',
  fields,
} satisfies Form;

export type RemarkAnswers = Answers<typeof fields>;
