import { Temporal } from 'temporal-polyfill';
import { type Answers, date, type Form, lookUp, number, type Problems, text, yesNo } from '../chat/form.ts';
import { mostRecommend, scoreAnswers, scoreFields } from '../surveys/index.ts';
import type { Text } from '../text/text.ts';
import { lengths, mostDaysAhead } from './listening.ts';

interface Now {
  today: Temporal.PlainDate;
  text: Text;
}

const planned = {
  day: date({ label: 'listening.field.plannedDay', required: true }),
  purpose: text({
    label: 'listening.field.purpose',
    placeholder: 'listening.field.purposeExample',
    max: lengths.purpose,
  }),
};

const planFields = {
  account: lookUp({
    label: 'listening.field.account',
    placeholder: 'listening.field.accountPlaceholder',
    source: 'accounts',
    required: true,
  }),
  ...planned,
};

/** Which customer a manager wants to hear, when, and what about. */
export const planForm = {
  name: 'listening.plan',
  title: 'listening.form.plan.title',
  save: 'listening.form.plan.save',
  fields: planFields,
  check: checkPlan,
} satisfies Form;

/** Another day, or another purpose. */
export const moveForm = {
  name: 'listening.move',
  title: 'listening.form.move.title',
  save: 'listening.form.move.save',
  fields: planned,
  check: checkPlan,
} satisfies Form;

const recordFields = {
  day: date({ label: 'listening.field.heldDay', required: true }),
  second: yesNo({ label: 'listening.field.second', tick: 'listening.field.secondTick' }),
  heard: text({
    label: 'listening.field.heard',
    placeholder: 'listening.field.heardExample',
    multiline: true,
    max: lengths.heard,
    required: true,
  }),
  improve: text({
    label: 'listening.field.improve',
    placeholder: 'listening.field.improveExample',
    multiline: true,
    max: lengths.improve,
  }),
  ...scoreAnswers,
  recommend: number({
    label: 'listening.field.recommend',
    hint: 'listening.field.recommendHint',
    min: 0,
    max: mostRecommend,
  }),
};

/** What the customer said, and how our service is, as the manager heard it. */
export const recordForm = {
  name: 'listening.record',
  title: 'listening.form.record.title',
  save: 'listening.form.record.save',
  fields: recordFields,
  check: checkRecord,
} satisfies Form;

export type PlanAnswers = Answers<typeof planFields>;
export type MoveAnswers = Answers<typeof planned>;
export type RecordAnswers = Answers<typeof recordFields>;

function checkPlan({ day }: MoveAnswers, { today, text: words }: Now): Problems {
  const ahead = today.until(day, { largestUnit: 'day' }).days;
  if (ahead < 0) return { day: words.plain('listening.problem.past') };
  return ahead > mostDaysAhead ? { day: words.plain('listening.problem.far') } : {};
}

function checkRecord({ day }: Pick<RecordAnswers, 'day'>, { today, text: words }: Now): Problems {
  // When it is corrected the day is not asked.
  const isFuture = day !== undefined && Temporal.PlainDate.compare(day, today) > 0;
  return isFuture ? { day: words.plain('listening.problem.future') } : {};
}

/** Whether a single score was given. */
export const hasScores = (answers: RecordAnswers): boolean =>
  answers.recommend !== undefined || scoreFields.some((name) => answers[name] !== undefined);
