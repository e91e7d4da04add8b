import { Temporal } from 'temporal-polyfill';
import { type Answers, date, type Form, lookUp, number, oneOf, oneOfGiven, text } from '../chat/form.ts';
import type { Text } from '../text/text.ts';
import { scoreAnswers, scoreFields } from './score-places.ts';
import { longestRemark, mostRecommend } from './survey.ts';

/** Lengths of what is typed, in UTF-16 units. */
export const longestNewContact = 100;
/** For how many days a customer's link is good. */
export const usualDays = 14;
export const mostDays = 90;

const answersOfScore = {
  account: lookUp({
    label: 'surveys.field.account',
    placeholder: 'surveys.field.accountPlaceholder',
    source: 'accounts',
    required: true,
  }),
  ...scoreAnswers,
  recommend: number({
    label: 'surveys.field.recommend',
    hint: 'surveys.field.recommendHint',
    min: 0,
    max: mostRecommend,
  }),
  remark: text({ label: 'surveys.field.remark', multiline: true, max: longestRemark }),
  scoredOn: date({ label: 'surveys.field.day' }),
};

/** How our service to a customer is, as we see it; nothing alone is required, but something must be said. */
export const scoreForm = {
  name: 'surveys.score',
  title: 'surveys.form.score.title',
  save: 'surveys.form.score.save',
  fields: answersOfScore,
  check: checkScore,
} satisfies Form;

/** Whom to ask, in which language, and for how long. */
export const askForm = {
  name: 'surveys.ask',
  title: 'surveys.form.ask.title',
  save: 'surveys.form.ask.save',
  fields: {
    account: lookUp({
      label: 'surveys.field.account',
      placeholder: 'surveys.field.accountPlaceholder',
      source: 'accounts',
      changesForm: true,
      required: true,
    }),
    contact: oneOfGiven({ label: 'surveys.field.contact' }),
    newContact: text({
      label: 'surveys.field.newContact',
      hint: 'surveys.field.newContactHint',
      max: longestNewContact,
    }),
    language: oneOf({
      label: 'surveys.field.language',
      options: [
        { value: 'en', label: 'surveys.language.en' },
        { value: 'zh-CN', label: 'surveys.language.zh-CN' },
      ],
      required: true,
    }),
    days: number({ label: 'surveys.field.days', min: 1, max: mostDays, required: true }),
  },
} satisfies Form;

/** What is chosen instead of a contact. */
export const everybody = 'everybody';

/** Who has said elsewhere that they do not want to be asked. */
export const silenceForm = {
  name: 'surveys.silence',
  title: 'surveys.form.silence.title',
  save: 'surveys.form.silence.save',
  fields: { contact: oneOfGiven({ label: 'surveys.field.silent', required: true }) },
} satisfies Form;

export type ScoreAnswers = Answers<typeof answersOfScore>;
export type AskAnswers = Answers<typeof askForm.fields>;
export type SilenceAnswers = Answers<typeof silenceForm.fields>;

function checkScore(answers: ScoreAnswers, { today, text: words }: { today: Temporal.PlainDate; text: Text }) {
  if (answers.scoredOn && Temporal.PlainDate.compare(answers.scoredOn, today) > 0)
    return { scoredOn: words.plain('surveys.problem.future') };
  const said = [...scoreFields.map((name) => answers[name]), answers.recommend, answers.remark];
  return said.every((one) => one === undefined) ? { recommend: words.plain('surveys.problem.nothing') } : {};
}
