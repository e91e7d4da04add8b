import { Temporal } from 'temporal-polyfill';

/** Days from `from` to `to`, both included. */
export interface Period {
  from: Temporal.PlainDate;
  to: Temporal.PlainDate;
}

/** What is looked at when no period is named: the last four weeks. */
export const usualPeriod = (today: Temporal.PlainDate): Period => ({ from: today.subtract({ weeks: 4 }), to: today });

/** Further back than this nothing was logged; longer spans are cut to it. */
const longest = { years: 10 };

type Reader = (match: RegExpMatchArray, today: Temporal.PlainDate) => Period | null;

const day = String.raw`\d{4}-\d{1,2}-\d{1,2}`;
const count = String.raw`(\d{1,3}|[一二两三四五六七八九十]{1,3})`;
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month = String.raw`(${months.join('|')})[a-z]*\.?`;

const week = (from: Temporal.PlainDate): Period => ({ from, to: from.add({ days: 6 }) });
const monday = (today: Temporal.PlainDate) => today.subtract({ days: today.dayOfWeek - 1 });
const monthOf = (first: Temporal.PlainDate): Period => ({
  from: first,
  to: first.add({ months: 1 }).subtract({ days: 1 }),
});
const firstOfMonth = (today: Temporal.PlainDate) => today.with({ day: 1 });
const quarterOf = (today: Temporal.PlainDate): Period => {
  const from = today.with({ month: Math.floor((today.month - 1) / 3) * 3 + 1, day: 1 });
  return { from, to: from.add({ months: 3 }).subtract({ days: 1 }) };
};
const yearOf = (year: number): Period => ({
  from: new Temporal.PlainDate(year, 1, 1),
  to: new Temporal.PlainDate(year, 12, 31),
});

/** Words that name a period, in both languages; each stands at the end of what was typed, or is all of it. */
const readers: readonly (readonly [string, Reader])[] = [
  [
    `(${day})\\s*(?:\\.{2,3}|…|~|–|—|to|until|till|至|到)\\s*(${day})`,
    (m, today) => between(on(m[1]), on(m[2]), today),
  ],
  [`(?:since|from|自|从)\\s*(${day})(?:起|以来|至今)?`, (m, today) => since(on(m[1]), today)],
  [`(${day})\\s*(?:起|以来|至今)`, (m, today) => since(on(m[1]), today)],
  [`(?:since|from) (\\d{1,2})(?:st|nd|rd|th)?\\.? ${month}`, (m, today) => since(past(m[2], m[1], today), today)],
  [`(?:since|from) ${month} (\\d{1,2})(?:st|nd|rd|th)?`, (m, today) => since(past(m[1], m[2], today), today)],
  [
    '(?:自|从)?\\s*(\\d{1,2})月(\\d{1,2})[日号](?:起|以来|至今)',
    (m, today) => since(latest(Number(m[1]), Number(m[2]), today), today),
  ],
  [`(?:the )?(?:last|past) ${count} (day|week|month)s?`, (m, today) => back(m[1], m[2], today)],
  [`(?:最近|近|过去)\\s*${count}\\s*个?(天|日|周|星期|月)`, (m, today) => back(m[1], m[2], today)],
  ['today|今天|今日', (_, today) => ({ from: today, to: today })],
  ['yesterday|昨天|昨日', (_, today) => ({ from: today.subtract({ days: 1 }), to: today.subtract({ days: 1 }) })],
  ['this week|本周|这周|这星期|本星期', (_, today) => week(monday(today))],
  ['last week|上周|上星期', (_, today) => week(monday(today).subtract({ weeks: 1 }))],
  ['this month|本月|这个月', (_, today) => monthOf(firstOfMonth(today))],
  ['last month|上个?月', (_, today) => monthOf(firstOfMonth(today).subtract({ months: 1 }))],
  ['this quarter|本季度?|这个?季度', (_, today) => quarterOf(today)],
  ['last quarter|上个?季度?', (_, today) => quarterOf(today.subtract({ months: 3 }))],
  ['this year|今年', (_, today) => yearOf(today.year)],
  ['last year|去年', (_, today) => yearOf(today.year - 1)],
  [`(?:on )?(${day})`, (m, today) => between(on(m[1]), on(m[1]), today)],
];

const compiled = readers.map(
  ([words, read]) => [new RegExp(String.raw`(?:^|\s|(?<=\p{Script=Han}))(?:${words})$`, 'iu'), read] as const,
);

/**
 * Reads a period at the end of typed words, in English or Chinese, and gives back the words before it. `period` is null
 * when no period is named; a week begins on Monday.
 */
export function readPeriod(words: string, today: Temporal.PlainDate): { rest: string; period: Period | null } {
  const line = words
    .trim()
    .replaceAll(/\s+/gu, ' ')
    .replace(/[.,。，]$/u, '');
  for (const [pattern, read] of compiled) {
    const match = pattern.exec(line);
    const period = match ? read(match, today) : null;
    if (match && period) return { rest: line.slice(0, match.index).trim(), period };
  }
  return { rest: words.trim(), period: null };
}

function on(written: string | undefined): Temporal.PlainDate | null {
  const [year, month, day] = (written ?? '').split('-').map(Number);
  return year && month && day ? calendarDay(year, month, day) : null;
}

function calendarDay(year: number, month: number, day: number): Temporal.PlainDate | null {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch {
    return null;
  }
}

/** A day without a year is the latest such day that is not in the future. */
function latest(month: number, day: number, today: Temporal.PlainDate): Temporal.PlainDate | null {
  const thisYear = calendarDay(today.year, month, day);
  if (thisYear && Temporal.PlainDate.compare(thisYear, today) <= 0) return thisYear;
  return calendarDay(today.year - 1, month, day);
}

const past = (name: string | undefined, day: string | undefined, today: Temporal.PlainDate) =>
  latest(months.indexOf((name ?? '').toLowerCase().slice(0, 3)) + 1, Number(day), today);

const since = (from: Temporal.PlainDate | null, today: Temporal.PlainDate) => between(from, today, today);

function between(one: Temporal.PlainDate | null, other: Temporal.PlainDate | null, today: Temporal.PlainDate) {
  if (!one || !other) return null;
  const [from, to] = Temporal.PlainDate.compare(one, other) <= 0 ? [one, other] : [other, one];
  const earliest = today.subtract(longest);
  return { from: Temporal.PlainDate.compare(from, earliest) < 0 ? earliest : from, to };
}

function back(written: string | undefined, unit: string | undefined, today: Temporal.PlainDate): Period | null {
  const many = inFigures(written ?? '');
  if (many === 0) return null;
  const duration = /month|月/u.test(unit ?? '')
    ? { months: many }
    : { days: /week|周|星期/u.test(unit ?? '') ? 7 * many : many };
  return between(today.subtract(duration).add({ days: 1 }), today, today);
}

/** 一 to 九十九 as a number. */
function inFigures(written: string): number {
  if (/^\d+$/u.test(written)) return Number(written);
  const digit = (character: string) => (character === '两' ? 2 : '一二三四五六七八九'.indexOf(character) + 1);
  const [tens, ones] = written.includes('十') ? written.split('十') : ['', written];
  const ten = written.includes('十') ? (tens ? digit(tens) : 1) * 10 : 0;
  return ten + (ones ? digit(ones) : 0);
}
