import {
  afterWorkingDays,
  comingDay,
  comingDayOfMonth,
  comingWeekday,
  dayOf,
  dayOfMonth,
  endOfMonth,
  endOfNamedMonth,
  endOfQuarter,
  endOfYear,
  weekdayOfWeek,
} from './calendar-days.ts';
import type { DayRule } from './day-in-words.ts';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const weekdayOf = (name = '') => weekdays.indexOf(name.slice(0, 3).toLowerCase()) + 1;
const monthOf = (name = '') => months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
const counts = ['a', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const countOf = (word = '') => {
  const at = counts.indexOf(word.toLowerCase());
  if (at > 0) return at;
  return /^an?$/iu.test(word) ? 1 : Number(word);
};

const longWeekday = 'monday|tuesday|wednesday|thursday|friday|saturday|sunday';
const weekday = `${longWeekday}|mon|tues?|wed|thurs?|thu|fri|sat|sun`;
const month =
  'january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec';
const count = '\\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten';
/** Words before which a weekday is not a day to come: last Friday, every Friday, since Friday, Black Friday. */
const notToCome = '(?<!\\b(?:last|past|every|each|since|black|good|ash|cyber|boxing)\\s)';
/** Not part of a longer word, number, version, price or possessive. */
const start = '(?<![\\p{L}\\p{N}_$€£¥#@/.,:+-])';
const end = "(?![\\p{Script=Latin}\\p{N}_%$€£¥]|['’]s\\b|[-.,:/]\\p{N}|-\\p{L})";
const led = /\b(?:by|before|until|till|due|on|than|latest)(?:\s+the)?\s+$/iu;

const rule = (pattern: string, day: DayRule['day']): DayRule => ({
  pattern: new RegExp(`${start}${pattern}${end}`, 'giu'),
  day,
});

/** "may", "march" and "mar" are words of their own unless they are capitalised or a preposition goes before. */
const isMonth = (name: string, match: RegExpExecArray, text: string) =>
  !/^(?:may|march|mar)$/u.test(name) || led.test(text.slice(0, match.index));

/** The ways of saying a day in English, the day written before the month. */
export const englishDays: readonly DayRule[] = [
  rule('(?:today|tonight|eod|cob)', (_, { today }) => today),
  rule('(?:the\\s+)?day\\s+after\\s+tomorrow', (_, { today }) => today.add({ days: 2 })),
  rule('(?:tomorrow|tmrw|tmr)', (_, { today }) => today.add({ days: 1 })),
  rule(`${notToCome}(${longWeekday})`, (match, calendar) => comingWeekday(calendar, weekdayOf(match[1]))),
  // Short names are words too (sat, sun, wed): only after a preposition, or capitalised at the very end.
  rule(`${notToCome}(mon|tues?|wed|thurs?|thu|fri|sat|sun)`, (match, calendar, text) => {
    const name = match[1] ?? '';
    const last = /^[A-Z]/u.test(name) && /^\W*$/u.test(text.slice(match.index + name.length));
    return last || led.test(text.slice(0, match.index)) ? comingWeekday(calendar, weekdayOf(name)) : null;
  }),
  rule(`(?:this|coming)\\s+(${weekday})`, (match, calendar) => weekdayOfWeek(calendar, weekdayOf(match[1]), 0)),
  rule(`next\\s+(${weekday})`, (match, calendar) => weekdayOfWeek(calendar, weekdayOf(match[1]), 1)),
  rule(`(${weekday})\\s+(?:of\\s+)?next\\s+week`, (match, calendar) => weekdayOfWeek(calendar, weekdayOf(match[1]), 1)),
  rule(`(${weekday})\\s+week`, (match, calendar) => comingWeekday(calendar, weekdayOf(match[1])).add({ weeks: 1 })),
  rule('(?:(?:the\\s+)?end\\s+of\\s+(?:the\\s+|this\\s+)?week|this\\s+week|eow)', (_, calendar) =>
    weekdayOfWeek(calendar, 5, 0),
  ),
  rule('(?:(?:the\\s+)?end\\s+of\\s+)?next\\s+week', (_, calendar) => weekdayOfWeek(calendar, 5, 1)),
  rule(`(?:in|within)\\s+(${count})\\s+(?:days?|(weeks?)|(months?))(?:['’]?\\s+time)?`, (match, { today }) =>
    today.add({ [match[2] ? 'weeks' : match[3] ? 'months' : 'days']: countOf(match[1]) }),
  ),
  rule(`(${count})\\s+(?:days?|(weeks?)|(months?))\\s+from\\s+(?:now|today)`, (match, { today }) =>
    today.add({ [match[2] ? 'weeks' : match[3] ? 'months' : 'days']: countOf(match[1]) }),
  ),
  rule('(?:in|within)\\s+(?:a|one)\\s+fortnight', (_, { today }) => today.add({ weeks: 2 })),
  rule(`(?:in|within)\\s+(${count})\\s+(?:working|business|work)\\s+days?`, (match, calendar) =>
    afterWorkingDays(calendar, countOf(match[1])),
  ),
  rule('(?:(?:the\\s+)?end\\s+of\\s+(?:the\\s+|this\\s+)?month|month[\\s-]end|eom)', (_, calendar) =>
    endOfMonth(calendar, 0),
  ),
  rule('(?:the\\s+)?end\\s+of\\s+next\\s+month', (_, calendar) => endOfMonth(calendar, 1)),
  rule(`(?:the\\s+)?end\\s+of\\s+(${month})`, (match, calendar) => endOfNamedMonth(calendar, monthOf(match[1]))),
  rule('(?:(?:the\\s+)?end\\s+of\\s+(?:the\\s+|this\\s+)?quarter|quarter[\\s-]end|eoq)', (_, calendar) =>
    endOfQuarter(calendar, 0),
  ),
  rule('(?:(?:the\\s+)?end\\s+of\\s+(?:the\\s+|this\\s+)?year|year[\\s-]end|eoy)', (_, calendar) =>
    endOfYear(calendar, 0),
  ),
  rule('(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?next\\s+month', (match, calendar) =>
    dayOfMonth(calendar, 1, Number(match[1])),
  ),
  rule('(\\d{1,2})(?:st|nd|rd|th)', (match, calendar, text) =>
    /\b(?:by|before|until|till|due|on|than)\s+(?:the\s+)?$/iu.test(text.slice(0, match.index))
      ? comingDayOfMonth(calendar, Number(match[1]))
      : null,
  ),
  rule(
    `(?:(?:${weekday}),?\\s+)?(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?(${month})\\.?(?:,?\\s+(20\\d\\d))?`,
    (match, calendar, text) => {
      if (!isMonth(match[2] ?? '', match, text)) return null;
      const [day, inMonth] = [Number(match[1]), monthOf(match[2])];
      return match[3] ? dayOf(Number(match[3]), inMonth, day) : comingDay(calendar, inMonth, day);
    },
  ),
  rule(
    `(?:(?:${weekday}),?\\s+)?(${month})\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s+(20\\d\\d))?`,
    (match, calendar, text) => {
      if (!isMonth(match[1] ?? '', match, text)) return null;
      const [inMonth, day] = [monthOf(match[1]), Number(match[2])];
      return match[3] ? dayOf(Number(match[3]), inMonth, day) : comingDay(calendar, inMonth, day);
    },
  ),
  // 2026-12-01, 2026/12/1, 2026.12.1
  rule('(20\\d\\d)([-/.])(\\d{1,2})\\2(\\d{1,2})', (match) =>
    dayOf(Number(match[1]), Number(match[3]), Number(match[4])),
  ),
  // 27.11.2026: with dots the day always goes first.
  rule('(\\d{1,2})\\.(\\d{1,2})\\.(20\\d\\d)', (match) => dayOf(Number(match[3]), Number(match[2]), Number(match[1]))),
  // 27/11 and 11/27, never 11/12 (which of the two?), never 24/7: only after a preposition and where one reading exists.
  rule('(\\d{1,2})/(\\d{1,2})(?:/(20\\d\\d))?', (match, calendar, text) => {
    const [first, second] = [Number(match[1]), Number(match[2])];
    if (!led.test(text.slice(0, match.index)) || (first <= 12 && second <= 12 && first !== second)) return null;
    const [day, inMonth] = first > 12 ? [first, second] : [second, first];
    return match[3] ? dayOf(Number(match[3]), inMonth, day) : comingDay(calendar, inMonth, day);
  }),
];
