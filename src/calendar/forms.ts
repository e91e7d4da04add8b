import { Temporal } from 'temporal-polyfill';
import {
  type Answers,
  date,
  type Form,
  file,
  lookUp,
  oneOf,
  type Problems,
  person,
  someOf,
  text,
} from '../chat/form.ts';
import type { Text } from '../text/text.ts';
import { reasonLength } from './away-words.ts';
import { judgeSpan } from './day-span.ts';

/** Of a day's name, in UTF-16 units. */
const dayNameLength = 60;
/** A day entered by hand farther away is a wrong year. */
const farthestDay = { years: 3 };

const awayFields = {
  person: person({ label: 'calendar.field.person', required: true }),
  from: date({ label: 'calendar.field.from', required: true }),
  to: date({ label: 'calendar.field.to', hint: 'calendar.field.toHint' }),
  half: oneOf({
    label: 'calendar.field.half',
    options: (['whole', 'morning', 'afternoon'] as const).map((value) => ({
      value,
      label: `calendar.half.${value}` as const,
    })),
    look: 'radio',
  }),
  reason: text({ label: 'calendar.field.reason', placeholder: 'calendar.field.reasonExample', max: reasonLength }),
};

/** When somebody is away. Whose days they are is asked only of those who may say it for others. */
export const awayForm = {
  name: 'calendar.away',
  title: 'calendar.form.awayTitle',
  save: 'calendar.form.awaySave',
  fields: awayFields,
  check: checkAway,
} satisfies Form;

export type AwayAnswers = Answers<typeof awayFields>;

function checkAway(
  { from, to = from }: AwayAnswers,
  { today, text }: { today: Temporal.PlainDate; text: Text },
): Problems {
  const judged = judgeSpan({ from, to }, today);
  return typeof judged === 'string' ? { to: text.plain(`calendar.away.problem.${judged}`) } : {};
}

const calendarFields = {
  country: lookUp({
    label: 'calendar.field.country',
    hint: 'calendar.field.countryHint',
    placeholder: 'calendar.field.countryFind',
    source: 'calendarPlaces',
  }),
  weekdays: someOf({
    label: 'calendar.field.weekdays',
    options: ([1, 2, 3, 4, 5, 6, 7] as const).map((day) => ({
      value: String(day),
      label: `calendar.weekday.${day}` as const,
    })),
    max: 7,
  }),
};

/** On which days a team works. */
export const calendarForm = {
  name: 'calendar.team',
  title: 'calendar.form.teamTitle',
  save: 'calendar.form.teamSave',
  fields: calendarFields,
  check: ({ weekdays }: CalendarAnswers, { text }: { text: Text }): Problems =>
    weekdays.length === 0 ? { weekdays: text.plain('calendar.team.noWeekday') } : {},
} satisfies Form;

export type CalendarAnswers = Answers<typeof calendarFields>;

const dayFields = {
  date: date({ label: 'calendar.field.date', required: true }),
  works: oneOf({
    label: 'calendar.field.works',
    required: true,
    options: (['off', 'works'] as const).map((value) => ({ value, label: `calendar.day.${value}` as const })),
    look: 'radio',
  }),
  name: text({ label: 'calendar.field.name', placeholder: 'calendar.field.nameExample', max: dayNameLength }),
};

/** One day that is not what its weekday says, entered by hand. */
export const dayForm = {
  name: 'calendar.day',
  title: 'calendar.form.dayTitle',
  save: 'calendar.form.daySave',
  fields: dayFields,
  check: checkDay,
} satisfies Form;

export type DayAnswers = Answers<typeof dayFields>;

function checkDay({ date: day }: DayAnswers, { today, text }: { today: Temporal.PlainDate; text: Text }): Problems {
  const { compare } = Temporal.PlainDate;
  if (compare(day, today) < 0) return { date: text.plain('calendar.day.past') };
  return compare(day, today.add(farthestDay)) > 0 ? { date: text.plain('calendar.day.far') } : {};
}

const importFields = {
  file: file({
    label: 'calendar.field.file',
    hint: 'calendar.field.fileHint',
    required: true,
    endings: ['csv', 'ics', 'txt'],
  }),
};

/** Holidays and make-up working days in a file. */
export const importForm = {
  name: 'calendar.import',
  title: 'calendar.form.importTitle',
  save: 'calendar.form.importSave',
  fields: importFields,
} satisfies Form;
