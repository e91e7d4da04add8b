import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { dayInWords, halfWidth } from './day-in-words.ts';

const monday = '2026-11-23';
const find = (words: string, today = monday) => dayInWords(words, { today: Temporal.PlainDate.from(today) });

/** The words, the day they mean (null: none), and today when it is not Monday 23 November 2026. */
type Case = [words: string, day: string | null, today?: string];

const english: Case[] = [
  ['offer by Friday', '2026-11-27'],
  ['offer by friday.', '2026-11-27'],
  ['call next Tuesday', '2026-12-01'],
  ['call next Tuesday', '2026-12-01', '2026-11-27'],
  ['call next Tuesday', '2026-12-08', '2026-12-01'],
  ['this Friday: price list', '2026-11-27'],
  ['this Monday', '2026-11-23'],
  ['by Monday', '2026-11-30'],
  ['Friday next week', '2026-12-04'],
  ['Friday week', '2026-12-04'],
  ['tomorrow', '2026-11-24'],
  ['send samples tomorrow morning', '2026-11-24'],
  ['the day after tomorrow', '2026-11-25'],
  ['today', '2026-11-23'],
  ['in 2 weeks', '2026-12-07'],
  ['in two weeks', '2026-12-07'],
  ['in a week', '2026-11-30'],
  ['in a fortnight', '2026-12-07'],
  ['within 10 days', '2026-12-03'],
  ['within three working days', '2026-11-26'],
  ['in 3 working days', '2026-12-01', '2026-11-26'],
  ['3 days from now', '2026-11-26'],
  ['in a month', '2027-02-28', '2027-01-31'],
  ['27 Nov', '2026-11-27'],
  ['27th of November', '2026-11-27'],
  ['Nov 27', '2026-11-27'],
  ['November 27th, 2027', '2027-11-27'],
  ['Fri 27 Nov', '2026-11-27'],
  ['1 Dec 2027', '2027-12-01'],
  ['2026-12-01', '2026-12-01'],
  ['2026/12/1', '2026-12-01'],
  ['01.12.2026', '2026-12-01'],
  ['by 27/11', '2026-11-27'],
  ['by 11/27', '2026-11-27'],
  ['end of month', '2026-11-30'],
  ['by the end of the month', '2026-11-30'],
  ['by the end of next month', '2026-12-31'],
  ['end of December', '2026-12-31'],
  ['by end of February', '2028-02-29', '2027-12-10'],
  ['end of quarter', '2026-12-31'],
  ['by year end', '2026-12-31'],
  ['EOW', '2026-11-27'],
  ['next week', '2026-12-04'],
  ['before Wednesday', '2026-11-25'],
  ['no later than Thursday', '2026-11-26'],
  ['by Wed', '2026-11-25'],
  ['Sales deck Thu', '2026-11-26'],
  ['on the 5th', '2026-12-05'],
  ['by the 30th', '2026-11-30'],
  ['5th of next month', '2026-12-05'],
  ['by 5 Jan', '2027-01-05', '2026-12-29'],
  ['tomorrow', '2027-01-01', '2026-12-31'],
  ['next Friday', '2027-01-08', '2026-12-29'],
  ['29 Feb', '2028-02-29', '2027-12-01'],
  ['29 Feb', null],
  ['31 Nov', null],
  ['22 Nov', null],
  ['2026-01-05', null],
  ['2 of 3', null],
  ['upgrade to v1.2', null],
  ['v2026.12.1', null],
  ['ring +49 30 2026-12-01-77', null],
  ['ring 12-345-6789', null],
  ['24/7 hotline', null],
  ['by 11/12', null],
  ['price 5.12', null],
  ['where we sat', null],
  ['the sun shines', null],
  ['they may 5 times', null],
  ['last Friday', null],
  ['every Friday', null],
  ['Black Friday', null],
  ["Monday's minutes", null],
  ['Nov 27,000 units', null],
  ['sold 30% more', null],
  ['', null],
];

const chinese: Case[] = [
  ['下周三前', '2026-12-02'],
  ['下周三前', '2026-12-02', '2026-11-29'],
  ['下个星期三之前发报价', '2026-12-02'],
  ['下下周一', '2026-12-07'],
  ['周五之前', '2026-11-27'],
  ['周五前报价', '2026-11-27'],
  ['星期五', '2026-11-27'],
  ['礼拜天', '2026-11-29'],
  ['周一', '2026-11-30'],
  ['本周五', '2026-11-27'],
  ['这周一', '2026-11-23'],
  ['明天', '2026-11-24'],
  ['明天下午打电话给王总', '2026-11-24'],
  ['后天', '2026-11-25'],
  ['大后天', '2026-11-26'],
  ['今天下班前', '2026-11-23'],
  ['三天内', '2026-11-26'],
  ['３天内', '2026-11-26'],
  ['一两天内', '2026-11-25'],
  ['十五天以内', '2026-12-08'],
  ['两周后', '2026-12-07'],
  ['两个星期后', '2026-12-07'],
  ['一个月内', '2027-02-28', '2027-01-31'],
  ['半个月内', '2026-12-08'],
  ['3个工作日内', '2026-12-01', '2026-11-26'],
  ['月底', '2026-11-30'],
  ['本月底前', '2026-11-30'],
  ['下月底', '2026-12-31'],
  ['下个月初', '2026-12-01'],
  ['12月底', '2026-12-31'],
  ['二月底', '2028-02-29', '2027-12-10'],
  ['季度末', '2026-12-31'],
  ['年底前', '2026-12-31'],
  ['明年底', '2027-12-31'],
  ['12月1日', '2026-12-01'],
  ['十二月一号', '2026-12-01'],
  ['11月30日前发报价', '2026-11-30'],
  ['1月5日', '2027-01-05', '2026-12-29'],
  ['下个月5号', '2026-12-05'],
  ['下月二十号', '2026-12-20'],
  ['5号前', '2026-12-05'],
  ['30号上午', '2026-11-30'],
  ['2026年12月1日', '2026-12-01'],
  ['明年1月5日', '2027-01-05'],
  ['12/1前', '2026-12-01'],
  ['下周', '2026-12-04'],
  ['本周内', '2026-11-27'],
  ['周末前', '2026-11-27'],
  ['2月29日', '2028-02-29', '2027-12-01'],
  ['2月29日', null],
  ['2月30日', null],
  ['11月22日', null],
  ['上周五', null],
  ['每周五', null],
  ['一周三次', null],
  ['周六福珠宝', null],
  ['周一到周五都行', null],
  ['报价5.12万', null],
  ['3号楼报价', null],
  ['2/3的客户', null],
  ['第三天后', null],
  ['电话13920261201', null],
  ['今后天天联系', null],
  ['上月底', null],
  ['去年12月1日', null],
  ['', null],
];

describe('a day in words', () => {
  test.each([...english, ...chinese])('%s → %s (%s)', (words, day, today) => {
    expect(find(words, today)?.day.toString() ?? null).toBe(day);
  });

  test.each([
    ['send Monday to Li, offer by Friday', 'by Friday', true],
    ['tomorrow call the Friday market', 'tomorrow', false],
    ['发报价，下周三前', '下周三前', true],
    ['周二拜访，周五前发报价', '周五前', true],
    ['offer due by the 30th', 'due by the 30th', true],
    ['三天内回复', '三天内', true],
    ['ＯＦＦＥＲ　ｂｙ　Ｆｒｉｄａｙ', 'ｂｙ　Ｆｒｉｄａｙ', true],
  ])('in "%s" it is "%s"', (words, said, limit) => {
    const found = find(words);
    expect(found && words.slice(found.from, found.to)).toBe(said);
    expect(found?.limit).toBe(limit);
  });

  test('a week that begins on Sunday', () => {
    const today = Temporal.PlainDate.from(monday);
    expect(dayInWords('next Sunday', { today, weekStart: 7 })?.day.toString()).toBe('2026-11-29');
    expect(dayInWords('next Sunday', { today })?.day.toString()).toBe('2026-12-06');
  });

  const anyDay = fc
    .integer({ min: 0, max: 20 * 366 })
    .map((days) => Temporal.PlainDate.from('2024-01-01').add({ days }));
  const said = fc.constantFrom(...[...english, ...chinese].map(([words]) => words));
  test('never throws, never looks back, and stays inside the text', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(said, fc.string({ unit: 'binary' })), { maxLength: 4 }), anyDay, (parts, today) => {
        const words = parts.join(' ');
        const found = dayInWords(words, { today });
        if (!found) return;
        expect(Temporal.PlainDate.compare(found.day, today)).toBeGreaterThanOrEqual(0);
        expect(found.from).toBeGreaterThanOrEqual(0);
        expect(found.to).toBeGreaterThan(found.from);
        expect(found.to).toBeLessThanOrEqual(words.length);
      }),
    );
  });

  test('half-width letters keep every character in its place', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => halfWidth(text).length === text.length));
  });
});
