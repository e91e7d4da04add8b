import { Temporal } from 'temporal-polyfill';
import type { PeriodKind } from './period.ts';

/** What was asked for in words: a period, and whose. */
export interface AskedWords {
  kind: PeriodKind;
  /** A day of the period; null: the present one. */
  day: Temporal.PlainDate | null;
  /** So many periods before that. */
  back: number;
  /** What is left: a team, a person, or nothing. */
  rest: string;
}

export type ReadWords = AskedWords | { unreadable: string };

const kinds: readonly (readonly [RegExp, PeriodKind, number])[] = [
  [/(?:last|previous) week|上周|上个?星期/iu, 'week', 1],
  [/(?:last|previous) month|上个?月/iu, 'month', 1],
  [/(?:last|previous) quarter|上个?季度?/iu, 'quarter', 1],
  [/(?:(?:this|the) )?week(?:ly)?|本周|这周|本星期|这个?星期|周报/iu, 'week', 0],
  [/(?:(?:this|the) )?month(?:ly)?|本月|这个?月|月报/iu, 'month', 0],
  [/(?:(?:this|the) )?quarter(?:ly)?|本季度?|这个?季度?|季报/iu, 'quarter', 0],
];

/** A written date of each kind; what looks like one and is none is told, not taken for a name. */
const dates: readonly (readonly [RegExp, PeriodKind | null, (...parts: number[]) => Temporal.PlainDate | null])[] = [
  [/\d{4}-w\d{1,2}|\d{4}年第?\d{1,2}周/iu, 'week', (year = 0, week = 0) => isoWeek(year, week)],
  [/\d{4}-?q\d|\d{4}年?第?\d季度?/iu, 'quarter', (year = 0, quarter = 0) => dayOf(year, quarter * 3 - 2, 1)],
  [
    /\d{4}-\d{1,2}-\d{1,2}|\d{4}年\d{1,2}月\d{1,2}[日号]/u,
    null,
    (year = 0, month = 0, day = 0) => dayOf(year, month, day),
  ],
  [/\d{4}-\d{1,2}|\d{4}年\d{1,2}月/u, 'month', (year = 0, month = 0) => dayOf(year, month, 1)],
];

const bounded = (pattern: RegExp) =>
  new RegExp(
    String.raw`(?<![\p{L}\p{N}-])(?:${pattern.source})(?![\p{L}\p{N}-])|(?<=\p{Script=Han}|^|\s)(?:${pattern.source})(?=\p{Script=Han}|$|\s)`,
    'iu',
  );

/**
 * Reads a period and a name in any order, in English or Chinese: `North`, `month 2026-10`, `2026-Q3 North`, `华东 上周`,
 * `week 2026-11-16`. Without a period it is the present week.
 */
export function readEvaluationWords(words: string): ReadWords {
  let rest = words.trim().replaceAll(/\s+/gu, ' ');
  const take = (pattern: RegExp): string | null => {
    const found = bounded(pattern).exec(rest);
    if (found === null) return null;
    rest = `${rest.slice(0, found.index)} ${rest.slice(found.index + found[0].length)}`.trim().replaceAll(/\s+/gu, ' ');
    return found[0];
  };
  for (const [pattern, kindOfDate, read] of dates) {
    const written = take(pattern);
    if (written === null) continue;
    const day = read(...(written.match(/\d+/gu) ?? []).map(Number));
    if (day === null) return { unreadable: written };
    const named = kinds.find(([word]) => take(word) !== null);
    return { kind: kindOfDate ?? named?.[1] ?? 'week', day, back: 0, rest };
  }
  const [, kind, back] = kinds.find(([word]) => take(word) !== null) ?? [null, 'week' as const, 0];
  const number = /(?<!\S)\d[\d./-]*(?!\S)/u.exec(rest);
  if (number !== null) return { unreadable: number[0] };
  return { kind, day: null, back, rest };
}

function dayOf(year: number, month: number, day: number): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return null;
  }
}

/** The Wednesday of an ISO week: in it whichever weekday a week begins with. */
function isoWeek(year: number, week: number): Temporal.PlainDate | null {
  if (week < 1 || week > 53) return null;
  const fourth = new Temporal.PlainDate(year, 1, 4);
  const wednesday = fourth.subtract({ days: fourth.dayOfWeek - 3 }).add({ weeks: week - 1 });
  return wednesday.yearOfWeek === year ? wednesday : null;
}
