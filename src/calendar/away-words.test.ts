import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import type { Locale } from '../text/locale.ts';
import { readAway } from './away-words.ts';
import { judgeSpan, spanInWords } from './day-span.ts';

const monday = '2026-11-23';
const day = (text: string) => Temporal.PlainDate.from(text);

function read(words: string, { today = monday, locale = 'en' as Locale } = {}) {
  const away = readAway(words, { today: day(today), locale });
  if (away === null) return null;
  const { name, span, half, reason } = away;
  const days = typeof span === 'string' ? span : `${span.from}/${span.to}`;
  return [name, days, half ?? '', reason ?? ''].join(' | ');
}

describe('what follows /kam away', () => {
  test.each([
    ['12-20..12-27', ' | 2026-12-20/2026-12-27 |  | '],
    ['12-20..12-27 skiing', ' | 2026-12-20/2026-12-27 |  | skiing'],
    ['12-20 to 12-27, skiing with Ben', ' | 2026-12-20/2026-12-27 |  | skiing with Ben'],
    ['20.12.-27.12.', ' | 2026-12-20/2026-12-27 |  | '],
    ['20.12..27.12 Ski', ' | 2026-12-20/2026-12-27 |  | Ski'],
    ['20.12.2026 – 3.1.2027', ' | 2026-12-20/2027-01-03 |  | '],
    ['2026-12-20..2027-01-03', ' | 2026-12-20/2027-01-03 |  | '],
    ['12-20..01-03', ' | 2026-12-20/2027-01-03 |  | '],
    ['20 Dec to 3 Jan', ' | 2026-12-20/2027-01-03 |  | '],
    ['Dec 20 – Dec 27', ' | 2026-12-20/2026-12-27 |  | '],
    ['12/20-12/27', ' | 2026-12-20/2026-12-27 |  | '],
    ['from 12-20 until 12-27', ' | 2026-12-20/2026-12-27 |  | '],
    ['12-20..27', ' | 2026-12-20/2026-12-27 |  | '],
    ['12-28..3', ' | 2026-12-28/2027-01-03 |  | '],
    ['friday', ' | 2026-11-27/2026-11-27 |  | '],
    ['on Friday', ' | 2026-11-27/2026-11-27 |  | '],
    ['Friday to Monday', ' | 2026-11-27/2026-11-30 |  | '],
    ['today..Friday', ' | 2026-11-23/2026-11-27 |  | '],
    ['next Tuesday dentist', ' | 2026-12-01/2026-12-01 |  | dentist'],
    ['tomorrow', ' | 2026-11-24/2026-11-24 |  | '],
    ['12-24 afternoon dentist', ' | 2026-12-24/2026-12-24 | afternoon | dentist'],
    ['12-24 in the morning', ' | 2026-12-24/2026-12-24 | morning | '],
    ['12-24 half day morning', ' | 2026-12-24/2026-12-24 | morning | '],
    ['12-24 half day', ' | 2026-12-24/2026-12-24 | which | '],
    ['12-24 half-day: dentist', ' | 2026-12-24/2026-12-24 | which | dentist'],
    ['12-24 halfway house', ' | 2026-12-24/2026-12-24 |  | halfway house'],
    ['12-24 amazing trip', ' | 2026-12-24/2026-12-24 |  | amazing trip'],
    ['12-24 - 5 customers at the fair', ' | 2026-12-24/2026-12-24 |  | 5 customers at the fair'],
    ['Anna 12-20..12-27', 'Anna | 2026-12-20/2026-12-27 |  | '],
    ['Anna Berg: friday pm parents', 'Anna Berg | 2026-11-27/2026-11-27 | afternoon | parents'],
    ['12-27..12-20', ' | order |  | '],
    ['2027-01-10..2027-01-02', ' | order |  | '],
    ['2026-11-02', ' | past |  | '],
    ['2026-11-02..2026-11-22', ' | past |  | '],
    ['11-20', ' | past |  | '],
    ['2026-12-01..2027-11-30', ' | 2026-12-01/2027-11-30 |  | '],
    ['2026-12-01..2027-12-01', ' | long |  | '],
  ])('%s', (words, expected) => {
    expect(read(words)).toBe(expected);
  });

  test.each([
    ['12月20日到27日', ' | 2026-12-20/2026-12-27 |  | '],
    ['12月20日到12月27日 滑雪', ' | 2026-12-20/2026-12-27 |  | 滑雪'],
    ['12月28号至1月3号', ' | 2026-12-28/2027-01-03 |  | '],
    ['从12月20日到27日，回老家', ' | 2026-12-20/2026-12-27 |  | 回老家'],
    ['2026年12月20日～27日', ' | 2026-12-20/2026-12-27 |  | '],
    ['１２－２０．．１２－２７', ' | 2026-12-20/2026-12-27 |  | '],
    ['12/20..12/27', ' | 2026-12-20/2026-12-27 |  | '],
    ['12/1', ' | 2026-12-01/2026-12-01 |  | '],
    ['周五', ' | 2026-11-27/2026-11-27 |  | '],
    ['明天下午看牙', ' | 2026-11-24/2026-11-24 | afternoon | 看牙'],
    ['下周三 半天', ' | 2026-12-02/2026-12-02 | which | '],
    ['周五到下周一', ' | 2026-11-27/2026-11-30 |  | '],
    ['李雷12月20日到27日', '李雷 | 2026-12-20/2026-12-27 |  | '],
    ['李雷 明天上午', '李雷 | 2026-11-24/2026-11-24 | morning | '],
  ])('%s', (words, expected) => {
    expect(read(words, { locale: 'zh-CN' })).toBe(expected);
  });

  test.each(['', 'skiing', '12/1', 'Anna', '31.11.', 'half day', '5 customers'])('no days in %j', (words) => {
    expect(read(words)).toBeNull();
  });

  test.each([
    // It has begun and still goes on.
    ['12-20..12-27', '2026-12-23', ' | 2026-12-20/2026-12-27 |  | '],
    ['12-28..01-03', '2027-01-02', ' | 2026-12-28/2027-01-03 |  | '],
    ['12-20..12-27', '2026-12-28', ' | past |  | '],
    ['12-20..12-27', '2027-02-01', ' | 2027-12-20/2027-12-27 |  | '],
    ['2026-12-20..2026-12-27', '2026-12-27', ' | 2026-12-20/2026-12-27 |  | '],
    ['2028-02-29', '2027-12-01', ' | 2028-02-29/2028-02-29 |  | '],
  ])('%s, on %s', (words, today, expected) => {
    expect(read(words, { today })).toBe(expected);
  });
});

describe('spans of days', () => {
  const todays = fc.integer({ min: 0, max: 20 * 365 }).map((count) => day('2020-01-01').add({ days: count }));
  const ahead = fc.integer({ min: 0, max: 300 });
  const length = fc.integer({ min: 0, max: 360 });

  test('written with their years they are what was written, in every way of writing it', () => {
    fc.assert(
      fc.property(todays, ahead, length, fc.constantFrom('..', ' to ', ' – ', '到'), (today, days, many, joint) => {
        const from = today.add({ days });
        const to = from.add({ days: many });
        const dotted = (one: Temporal.PlainDate) => `${one.day}.${one.month}.${one.year}`;
        for (const write of [String, dotted]) {
          const found = spanInWords(`${write(from)}${joint}${write(to)}`, { today, locale: 'en' });
          const expected = judgeSpan({ from, to }, today);
          expect(JSON.stringify(found?.span)).toBe(JSON.stringify(expected));
        }
      }),
    );
  });

  test('written without a year they begin within the next year and end after they begin', () => {
    fc.assert(
      fc.property(todays, ahead, fc.integer({ min: 0, max: 29 }), (today, days, many) => {
        const from = today.add({ days });
        const to = from.add({ days: many });
        fc.pre(to.month !== 2 || to.day !== 29);
        const write = (one: Temporal.PlainDate) => `${one.month}-${one.day}`;
        const found = spanInWords(`${write(from)}..${write(to)}`, { today, locale: 'en' });
        expect(JSON.stringify(found?.span)).toBe(JSON.stringify({ from, to }));
      }),
    );
  });

  test('whatever is typed, nothing breaks, and what is read can be', () => {
    const pieces = [
      '12-20',
      '..',
      '到',
      'friday',
      ' ',
      '月',
      '31',
      '.',
      '/',
      'Anna',
      '周五',
      'to',
      '日',
      '2026',
      '-',
      '下午',
    ];
    fc.assert(
      fc.property(todays, fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (today, parts) => {
        const words = parts.join('');
        const found = spanInWords(words, { today, locale: 'zh-CN' });
        if (found === null) return;
        expect(found.start).toBeGreaterThanOrEqual(0);
        expect(found.end).toBeGreaterThan(found.start);
        expect(found.end).toBeLessThanOrEqual(words.length);
        if (typeof found.span !== 'string') expect(judgeSpan(found.span, today)).toEqual(found.span);
      }),
    );
  });
});
