import type { Temporal } from 'temporal-polyfill';
import { chineseDays } from './chinese-days.ts';
import { englishDays } from './english-days.ts';
import type { Locale } from './locale.ts';

/** A day that somebody wrote in words. */
export interface DayInWords {
  day: Temporal.PlainDate;
  /** Where its words begin and end in the text (UTF-16 units), "by" and 前 included. */
  from: number;
  to: number;
  /** Said as a limit ("by Friday", 周五前), not merely as the time of something. */
  limit: boolean;
}

/** How the person counts. */
export interface Calendar {
  today: Temporal.PlainDate;
  /** Decides whether 12/1 is read at all: in Chinese it is 1 December, in English it may be either, so it is not. */
  locale?: Locale;
  /** First day of the week as ISO numbers it: 1 (default, also in China) or 7. "Next Tuesday" is that of the next week. */
  weekStart?: 1 | 7;
}

/** A way of saying a day: what it looks like, and which day that is; null where it is none after all. */
export interface DayRule {
  pattern: RegExp;
  day(match: RegExpExecArray, calendar: Calendar, text: string): Temporal.PlainDate | null;
}

/**
 * Finds the day that a next step is due in its words, English or Chinese, whichever they are in. Only today and later
 * days count. Where several are named, a limit wins, then the one at the end, then the one at the beginning. Null when
 * no day is named or it is not certain which: no day is better than a wrong one.
 */
export function dayInWords(words: string, calendar: Calendar): DayInWords | null {
  const text = halfWidth(words);
  const found = [...englishDays, ...chineseDays].flatMap((rule) => all(rule, text, calendar));
  const whole = found.filter((one) => !found.some((other) => contains(other, one)));
  return whole.sort((a, b) => weight(b, text) - weight(a, text) || b.from - a.from)[0] ?? null;
}

const lead = String.raw`(?:\b(?:(?:no later than|not later than|due by|due on|due|by|before|until|till|latest|on)(?:\s+the)?)\s+)`;
const limitLead = /\b(?:no later than|not later than|due by|due on|due|by|before|until|till|latest)(?:\s+the)?\s+$/iu;
const leadBefore = new RegExp(`${lead}$`, 'iu');
const limitAfter = /^\s*(?:之前|以前|前|之内|以内|内)(?![台端沿任景期])/u;
const endsInLimit = /[前内]$/u;

function all(rule: DayRule, text: string, calendar: Calendar): DayInWords[] {
  const found: DayInWords[] = [];
  for (const match of text.matchAll(rule.pattern)) {
    const day = rule.day(match, calendar, text);
    if (day === null || day.since(calendar.today).sign < 0) continue;
    const before = text.slice(0, match.index);
    const led = leadBefore.exec(before)?.[0] ?? '';
    const end = match.index + match[0].length;
    const after = limitAfter.exec(text.slice(end))?.[0] ?? '';
    const limit = limitLead.test(led) || after !== '' || endsInLimit.test(match[0]);
    found.push({ day, from: match.index - led.length, to: end + after.length, limit });
  }
  return found;
}

const contains = (outer: DayInWords, inner: DayInWords) =>
  outer !== inner && outer.from <= inner.from && outer.to >= inner.to && outer.to - outer.from > inner.to - inner.from;

function weight(found: DayInWords, text: string): number {
  const atEnd = !/[\p{L}\p{N}]/u.test(text.slice(found.to));
  const atStart = !/[\p{L}\p{N}]/u.test(text.slice(0, found.from));
  return (found.limit ? 4 : 0) + (atEnd ? 2 : 0) + (atStart ? 1 : 0);
}

/** Full-width letters, digits and signs as their ordinary selves; every character keeps its place. */
export const halfWidth = (text: string): string =>
  text
    .replaceAll('\u3000', ' ')
    .replace(/[\uFF01-\uFF5E]/gu, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
