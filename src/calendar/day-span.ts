import { Temporal } from 'temporal-polyfill';
import { comingDay, dayOf } from '../text/calendar-days.ts';
import { dayInWords, halfWidth } from '../text/day-in-words.ts';
import type { Locale } from '../text/locale.ts';

/** Days from one to another, both included. */
export interface DaySpan {
  from: Temporal.PlainDate;
  to: Temporal.PlainDate;
}

/** How whoever wrote it counts. */
export interface Counting {
  today: Temporal.PlainDate;
  /** 12/1 is 1 December in Chinese; in English it may be either, so it is not read. */
  locale: Locale;
}

/** Why written days are no span that somebody can be away. */
export type SpanProblem = 'past' | 'order' | 'long';

/** What stands in a text: where it begins and ends (UTF-16 units), and which days it means. */
export interface SpanInWords {
  start: number;
  end: number;
  span: DaySpan | SpanProblem;
}

/** A day as it was written. Without a year it is known only beside the other end. */
type Written = Temporal.PlainDate | { month: number; day: number };
interface Read {
  written: Written;
  length: number;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthName =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const monthOf = (name = '') => months.indexOf(name.slice(0, 3).toLowerCase()) + 1;

/** A date in figures or with its month's name, at the beginning of a text. */
const dates: readonly (readonly [RegExp, (match: RegExpExecArray, counting: Counting) => Written | null])[] = [
  [/^(20\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/, (m) => dayOf(Number(m[1]), Number(m[3]), Number(m[4]))],
  [/^(\d{1,2})\.(\d{1,2})\.(20\d\d)(?!\d)/, (m) => dayOf(Number(m[3]), Number(m[2]), Number(m[1]))],
  [/^(20\d\d)年(\d{1,2})月(\d{1,2})[日号]?/, (m) => dayOf(Number(m[1]), Number(m[2]), Number(m[3]))],
  [/^(\d{1,2})月(\d{1,2})(?:[日号]|(?!\d))/, (m) => monthDay(m[1], m[2])],
  [/^(\d{1,2})-(\d{1,2})(?![\d-])/, (m) => monthDay(m[1], m[2])],
  // 20.12. and 20.12: the day goes first; 12.20 can only be the other way round.
  [
    /^(\d{1,2})\.(\d{1,2})(?:\.(?!\.)|(?![\d]))/,
    (m) => (Number(m[2]) > 12 ? monthDay(m[1], m[2]) : monthDay(m[2], m[1])),
  ],
  [
    /^(\d{1,2})\/(\d{1,2})(?![\d/])/,
    ([, first, second], { locale }) => {
      if (locale === 'zh-CN' || Number(second) > 12 || first === second) return monthDay(first, second);
      return Number(first) > 12 ? monthDay(second, first) : null;
    },
  ],
  [
    new RegExp(`^(\\d{1,2})(?:st|nd|rd|th)?\\.?\\s+(${monthName})\\b\\.?(?:,?\\s+(20\\d\\d)(?!\\d))?`, 'i'),
    (m) => withYear(m[3], monthOf(m[2]), Number(m[1])),
  ],
  [
    new RegExp(`^(${monthName})\\b\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?(?!\\d)(?:,?\\s+(20\\d\\d)(?!\\d))?`, 'i'),
    (m) => withYear(m[3], monthOf(m[1]), Number(m[2])),
  ],
];
/** The last day of a span whose month was said before; without 日 only where nothing but a span is written so. */
const dayOnly = /^(\d{1,2})(?:[日号]|st|nd|rd|th)?(?![\d.:/-])/u;
const tight = /\.{2,3}|…|–|[到至]/u;
const dayOnlyInChinese = /^(\d{1,2})[日号]/u;

const monthDay = (month = '', day = '') => withYear(undefined, Number(month), Number(day));

/** In a leap year there is every day that there ever is. */
function withYear(year: string | undefined, month: number, day: number): Written | null {
  if (year !== undefined) return dayOf(Number(year), month, day);
  return dayOf(2024, month, day) && { month, day };
}

/** What stands between the ends of a span. */
const between = /^\s*(?:\.{2,3}|…|~|–|—|->|→|-|(?:to|until|till|through|thru|bis)\b|到|至)\s*/iu;
/** Before a span: from, on, 从. */
const lead = /^(?:from|on|between)\s+|^[从自]\s*/iu;
const longestName = 80;
/** Beyond this the end of a text is no longer a day's words. */
const longestWords = 40;
/** A span without years that began at most so many days ago still goes on. */
const daysBack = 35;
const longest = { years: 1 };

/**
 * The first span of days that a text names: 12-20..12-27, 20.12.–27.12., 12月20日到27日, Friday to Monday, or a single day.
 * Days without a year are the next such days; a span that has begun lately still is this one. Null when none is named.
 */
export function spanInWords(words: string, counting: Counting): SpanInWords | null {
  const text = halfWidth(words);
  for (const start of starts(text)) {
    const led = lead.exec(text.slice(start))?.[0].length ?? 0;
    const first = readDay(text.slice(start + led), counting);
    if (first === null) continue;
    const afterFirst = start + led + first.length;
    const joint = between.exec(text.slice(afterFirst))?.[0];
    const afterJoint = afterFirst + (joint?.length ?? 0);
    const last = joint === undefined ? null : readLast(text.slice(afterJoint), first.written, joint, counting);
    const span = spanOf(first.written, last?.written ?? first.written, counting);
    return { start, end: last === null ? afterFirst : afterJoint + last.length, span };
  }
  return null;
}

/** Where a day's words can begin: with a word, or with a figure behind Chinese; a colleague's name goes before it at most. */
function* starts(text: string): Generator<number> {
  for (let at = 0; at < Math.min(text.length, longestName); at += 1) {
    const [before = ' ', here = ''] = [text[at - 1], text[at]];
    if (/\s/u.test(here)) continue;
    if (/[\s,，:：]/u.test(before) || (/\p{Script=Han}/u.test(before) && /[\d从自]/u.test(here))) yield at;
  }
}

function readDay(text: string, counting: Counting): Read | null {
  for (const [pattern, read] of dates) {
    const match = pattern.exec(text);
    const written = match && read(match, counting);
    if (match && written) return { written, length: match[0].length };
  }
  return /^\d/.test(text) ? null : dayAtStart(text, counting);
}

/** The longest beginning of a text that is a day in words. */
function dayAtStart(text: string, { today, locale }: Counting): Read | null {
  for (const length of ends(text)) {
    const words = text.slice(0, length);
    const found = dayInWords(words, { today, locale });
    if (found?.from === 0 && found.to === length) return { written: found.day, length };
  }
  return null;
}

/** Where a day's words can end, the farthest first. */
function ends(text: string): number[] {
  const shown = text.slice(0, longestWords);
  const found: number[] = [];
  for (let at = shown.length; at > 0; at -= 1) {
    const [here = '', after = ' '] = [shown[at - 1], text[at]];
    const cuts = /[\p{Script=Latin}\p{N}]/u.test(here) && /[\p{Script=Latin}\p{N}]/u.test(after);
    if (!cuts && !/\s/u.test(here)) found.push(at);
  }
  return found;
}

function readLast(text: string, first: Written, joint: string, counting: Counting): Read | null {
  // "Friday to Monday": the Monday after that Friday.
  const today = first instanceof Temporal.PlainDate ? later(first, counting.today) : counting.today;
  const read = readDay(text, { ...counting, today });
  if (read) return read;
  const [said, day] = (tight.test(joint) ? dayOnly : dayOnlyInChinese).exec(text) ?? [];
  const written = said === undefined ? null : sameMonth(first, Number(day));
  return written && { written, length: said?.length ?? 0 };
}

/** The day of the month that comes after another, in its month or the next one. */
function sameMonth(first: Written, day: number): Written | null {
  if (day < 1 || day > 31) return null;
  if (!(first instanceof Temporal.PlainDate))
    return withYear(undefined, day < first.day ? (first.month % 12) + 1 : first.month, day);
  const month = first.with({ day: 1 }).add({ months: day < first.day ? 1 : 0 });
  return dayOf(month.year, month.month, day);
}

const later = (one: Temporal.PlainDate, other: Temporal.PlainDate) =>
  Temporal.PlainDate.compare(one, other) < 0 ? other : one;

/** The next such day; null when it has only just passed. */
const coming = (written: Written, today: Temporal.PlainDate): Temporal.PlainDate | null =>
  written instanceof Temporal.PlainDate ? written : comingDay({ today }, written.month, written.day);

/** The last such day that is not after the end; null when it is long before today, so that it was not meant. */
function startOf(first: Written, to: Temporal.PlainDate, today: Temporal.PlainDate): Temporal.PlainDate | null {
  if (first instanceof Temporal.PlainDate) return first;
  const sameYear = dayOf(to.year, first.month, first.day);
  const day =
    sameYear && Temporal.PlainDate.compare(sameYear, to) <= 0 ? sameYear : dayOf(to.year - 1, first.month, first.day);
  return day && Temporal.PlainDate.compare(day, today.subtract({ days: daysBack })) >= 0 ? day : null;
}

function spanOf(first: Written, last: Written, { today }: Counting): DaySpan | SpanProblem {
  const to = coming(last, today);
  if (to === null || Temporal.PlainDate.compare(to, today) < 0) return 'past';
  const from = startOf(first, to, today);
  return from === null ? 'order' : judgeSpan({ from, to }, today);
}

/** Whether somebody can be away so: not over yet, the right way round, and shorter than a year. */
export function judgeSpan({ from, to }: DaySpan, today: Temporal.PlainDate): DaySpan | SpanProblem {
  const { compare } = Temporal.PlainDate;
  if (compare(from, to) > 0) return 'order';
  if (compare(to, today) < 0) return 'past';
  return compare(from.add(longest), to) <= 0 ? 'long' : { from, to };
}
