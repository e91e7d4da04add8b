import type { Temporal } from 'temporal-polyfill';
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

const digits = '零一二三四五六七八九';
const numeral = '\\d{1,3}|[一二两三四五六七八九十]{1,3}';
const weekdayOf = (name = '') => '一二三四五六日'.indexOf(name === '天' ? '日' : name) + 1;

/** 12, 十二, 二十, 两 as a number; NaN for what is none. */
function numberOf(words = ''): number {
  if (/^\d+$/u.test(words)) return Number(words);
  const parts = /^(?:([一二三四五六七八九])?(十))?([一二两三四五六七八九])?$/u.exec(words);
  if (!parts) return Number.NaN;
  const ones = parts[3] === '两' ? 2 : Math.max(0, digits.indexOf(parts[3] ?? '零'));
  return (parts[2] ? 10 * Math.max(1, digits.indexOf(parts[1] ?? '一')) : 0) + ones;
}

const rule = (pattern: string, day: DayRule['day']): DayRule => ({ pattern: new RegExp(pattern, 'gu'), day });
const week = '(?:周|星期|礼拜)';
/** 一周三次 is a rate, 周六福 a brand, 周一到周五 a span: none of them a day. */
const notAWeekday = '(?![次天年个家场回轮福]|[到至~-](?:周|星期|礼拜)|一?期)';
const inMonths: Record<string, number> = { 本: 0, 这个: 0, 这: 0, 当: 0, 下个: 1, 下: 1, 下下个: 2, 下下: 2 };
const inYears: Record<string, number> = { 今: 0, 本: 0, 明: 1, 后: 2 };
const monthWord = '(?<!上|上个|每|每个)(本|这个|这|当|下下个|下下|下个|下)';
/** After N号 in these cases it is a day; otherwise a building, a line, a machine. */
const endsDay = '(?=$|[\\s,，。；;、！!)）]|之前|以前|前|上午|下午|早上|晚上|中午)';

const added = ({ today }: { today: Temporal.PlainDate }, unit: string, count: number) => {
  if (Number.isNaN(count) || count === 0) return null;
  if (unit.includes('月')) return today.add({ months: count });
  return today.add(/周|星期|礼拜/u.test(unit) ? { weeks: count } : { days: count });
};

/** The ways of saying a day in Chinese. The week begins on Monday: 下周三 is the Wednesday of the next one. */
export const chineseDays: readonly DayRule[] = [
  rule('今[天晚日]|今早|当天', (_, { today }) => today),
  rule('明[天晚日早]', (_, { today }) => today.add({ days: 1 })),
  rule('(?<![大今以之])后[天日](?!性|然)', (_, { today }) => today.add({ days: 2 })),
  rule('大后[天日]', (_, { today }) => today.add({ days: 3 })),
  rule(
    `(?<![上每本这下个单双隔\\d一二两三四五六七八九十几到至~-])${week}([一二三四五六日天])${notAWeekday}`,
    (match, calendar) => comingWeekday(calendar, weekdayOf(match[1])),
  ),
  rule(`(?:本|这个?)${week}([一二三四五六日天])${notAWeekday}`, (match, calendar) =>
    weekdayOfWeek(calendar, weekdayOf(match[1]), 0),
  ),
  rule(`(?<!下)(下{1,2})个?${week}([一二三四五六日天])${notAWeekday}`, (match, calendar) =>
    weekdayOfWeek(calendar, weekdayOf(match[2]), match[1]?.length ?? 1),
  ),
  rule('(?:本|这)周末?(?![一二三四五六日天])(?:之?内|之?前)?', (match, calendar) =>
    weekdayOfWeek(calendar, match[0].endsWith('末') ? 6 : 5, 0),
  ),
  rule('(?<![本这下个])周末(?:之?前)?', (match, calendar) => comingWeekday(calendar, match[0].endsWith('末') ? 6 : 5)),
  rule(`(?<!下)(下{1,2})个?${week}(?:末|内|之内)?(?![一二三四五六日天末前])`, (match, calendar) =>
    weekdayOfWeek(calendar, 5, match[1]?.length ?? 1),
  ),
  rule(
    `(?<![第\\d.一二三四五六七八九十几])(${numeral})(天|日|周|个?星期|个?礼拜|个月)(?:之内|以内|内|之后|以后|后)`,
    (match, calendar) => added(calendar, match[2] ?? '', numberOf(match[1])),
  ),
  // 一两天内: the later bound counts.
  rule(
    '[一两三四五六七八]([两三四五六七八九])(天|周|个?星期|个?礼拜|个月)(?:之内|以内|内|之后|以后|后)',
    (match, calendar) => added(calendar, match[2] ?? '', numberOf(match[1])),
  ),
  rule('半个?月(?:之内|以内|内|之后|以后|后)', (_, { today }) => today.add({ days: 15 })),
  rule(`(?<![第\\d.一二三四五六七八九十])(${numeral})个工作日(?:之内|以内|内|之后|以后|后)`, (match, calendar) => {
    const count = numberOf(match[1]);
    return Number.isNaN(count) ? null : afterWorkingDays(calendar, count);
  }),
  rule('(?<![上每年个下本这当\\d一二三四五六七八九十])月[底末]', (_, calendar) => endOfMonth(calendar, 0)),
  rule(`${monthWord}月(底|末|初|中旬?)`, (match, calendar) => {
    const months = inMonths[match[1] ?? ''] ?? 0;
    if (match[2] === '初') return dayOfMonth(calendar, months, 1);
    return match[2]?.startsWith('中') ? dayOfMonth(calendar, months, 15) : endOfMonth(calendar, months);
  }),
  rule(`(?<![\\d一二三四五六七八九十年])(${numeral})月[底末]`, (match, calendar) => {
    const month = numberOf(match[1]);
    return month >= 1 && month <= 12 ? endOfNamedMonth(calendar, month) : null;
  }),
  rule('(?<!下)(?:本|这个?)?季度?[底末]', (_, calendar) => endOfQuarter(calendar, 0)),
  rule('下个?季度?[底末]', (_, calendar) => endOfQuarter(calendar, 1)),
  rule('(?<![去前往每])([今本明])?年[底末]', (match, calendar) => endOfYear(calendar, inYears[match[1] ?? '今'] ?? 0)),
  rule(`${monthWord}月(${numeral})[号日]`, (match, calendar) =>
    dayOfMonth(calendar, inMonths[match[1] ?? ''] ?? 0, numberOf(match[2])),
  ),
  rule(`(?<![\\d.一二三四五六七八九十月第年])(${numeral})号${endsDay}`, (match, calendar) =>
    comingDayOfMonth(calendar, numberOf(match[1])),
  ),
  rule(`(?<![\\d.一二三四五六七八九十年去])(${numeral})月(${numeral})[日号]`, (match, calendar) =>
    comingDay(calendar, numberOf(match[1]), numberOf(match[2])),
  ),
  rule(`([今明后本])年(${numeral})月(${numeral})[日号]`, (match, { today }) =>
    dayOf(today.year + (inYears[match[1] ?? ''] ?? 0), numberOf(match[2]), numberOf(match[3])),
  ),
  rule(`(?<!\\d)(20\\d\\d)年(${numeral})月(${numeral})[日号]`, (match) =>
    dayOf(Number(match[1]), numberOf(match[2]), numberOf(match[3])),
  ),
  // 12/1前, 12.1前: month and day, and only where 前 says that it is a day.
  rule('(?<![\\d./¥￥-])(\\d{1,2})[/.](\\d{1,2})(?=之前|以前|前)', (match, calendar) =>
    comingDay(calendar, Number(match[1]), Number(match[2])),
  ),
];
