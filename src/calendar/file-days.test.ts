import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { readCsvDays } from './csv-days.ts';
import type { ReadDays } from './file-days.ts';
import { readIcsDays } from './ics-days.ts';

const today = Temporal.PlainDate.from('2026-11-23');

/** Days as lines, or what is wrong with which line. */
function told(read: ReadDays): string[] {
  if (read.ok) return read.days.map(({ date, works, name }) => `${date} ${works ? 'works' : 'off'} ${name ?? '–'}`);
  if (read.problem !== 'lines') return [read.problem];
  return read.lines.map(({ line, key, values }) =>
    [line, key.split('.').at(-1), ...Object.values(values ?? {})].join(' '),
  );
}

describe('days in .csv', () => {
  test.each([
    ['2026-10-10,works,Make-up day', ['2026-10-10 works Make-up day']],
    ['date,kind,name\n2026-10-01;off;National Day', ['2026-10-01 off National Day']],
    [
      '日期,安排,名称\r\n2026年10月10日,上班,国庆节调休\r\n2026/10/1，放假，国庆节\r\n',
      ['2026-10-01 off 国庆节', '2026-10-10 works 国庆节调休'],
    ],
    ['20261010\tWorking Day\n\n\n1.5.2026\tholiday', ['2026-05-01 off –', '2026-10-10 works –']],
    ['2026-10-10,works,"One, two"', ['2026-10-10 works One, two']],
    ['2026-10-10,works,=1+1', ['2026-10-10 works =1+1']],
    ['2026-10-10,works,A\n2026-10-10,works,B', ['2026-10-10 works A']],
    ['', ['empty']],
    ['date,kind', ['empty']],
    [
      '2026-13-01,off\n2026-02-30,off\nsoon,off\n2026-10-10,maybe',
      ['1 day 2026-13-01', '2 day 2026-02-30', '3 day soon', '4 works maybe'],
    ],
    ['2026-10-10,works\n\n2026-10-10,off', ['3 twice 1']],
    ['2026-10-10,works,"open', ['1 quotes']],
  ])('%j', (text, expected) => {
    expect(told(readCsvDays(text))).toEqual(expected);
  });

  test('more than a team can need', () => {
    const days = Array.from({ length: 1_001 }, (_, count) => `${today.add({ days: count })},off`);
    expect(told(readCsvDays(days.join('\n')))).toEqual(['tooMany']);
    expect(told(readCsvDays(days.slice(1).join('\n')))).toHaveLength(1_000);
  });
});

/** A calendar of events, each a few lines. */
const calendar = (...events: string[][]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    ...events.flatMap((lines) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT']),
    'END:VCALENDAR',
  ].join('\r\n');
const on = (date: string, ...lines: string[]) => [`DTSTART;VALUE=DATE:${date}`, ...lines];

describe('days in .ics', () => {
  test.each<[string, string[][], string[]]>([
    ['an event without an end is a day', [on('20261001', 'SUMMARY:国庆节')], ['2026-10-01 off 国庆节']],
    [
      'the end does not count',
      [on('20261001', 'DTEND;VALUE=DATE:20261003', 'SUMMARY:国庆节')],
      ['2026-10-01 off 国庆节', '2026-10-02 off 国庆节'],
    ],
    ['a length in days', [on('20260510', 'DURATION:P2D')], ['2026-05-10 off –', '2026-05-11 off –']],
    ...['国庆节 班', '国庆节（班）', '上班', '国庆节调休上班', '补班', 'Working day', 'Make-up working day', '班'].map(
      (name): [string, string[][], string[]] => [
        `${name} is worked`,
        [on('20261010', `SUMMARY:${name}`)],
        [`2026-10-10 works ${name}`],
      ],
    ),
    ...['国庆节 休', '值班表发布', 'Workers’ Day', '放假'].map((name): [string, string[][], string[]] => [
      `${name} is off`,
      [on('20261010', `SUMMARY:${name}`)],
      [`2026-10-10 off ${name}`],
    ]),
    ['its category counts', [on('20261010', 'SUMMARY:国庆节', 'CATEGORIES:节日,班')], ['2026-10-10 works 国庆节']],
    [
      'two of one id are two',
      [on('20261001', 'UID:1', 'SUMMARY:A'), on('20261002', 'UID:1', 'SUMMARY:B')],
      ['2026-10-01 off A', '2026-10-02 off B'],
    ],
    [
      'names may be folded and written in a language',
      [on('20261001', 'SUMMARY;LANGUAGE=en:National', '  Day')],
      ['2026-10-01 off National Day'],
    ],
    [
      'what repeats every year is written out for some years',
      [on('20201225', 'RRULE:FREQ=YEARLY', 'SUMMARY:Christmas')],
      ['2026', '2027', '2028', '2029'].map((year) => `${year}-12-25 off Christmas`),
    ],
    ...['FREQ=SECONDLY', 'FREQ=YEARLY;FREQ=SECONDLY', 'FREQ=YEARLY;BYSECOND=1,2', 'FREQ=YEARLY;BYDAY=MO', 'x'].map(
      (rule): [string, string[][], string[]] => [`a rule ${rule}`, [on('20261001', `RRULE:${rule}`)], ['3 repeats']],
    ),
    [
      'a day of the week in a month',
      [on('20261126', 'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH;COUNT=2', 'SUMMARY:Thanksgiving')],
      ['2026-11-26 off Thanksgiving', '2027-11-25 off Thanksgiving'],
    ],
    ['hours are no whole day', [['DTSTART:20261012T090000Z', 'SUMMARY:x']], ['3 hours']],
    ['no day, and a day that is none', [['SUMMARY:x'], on('20260231')], ['3 event', '6 event']],
    ['longer than any holiday', [on('20260101', 'DTEND;VALUE=DATE:20260401')], ['3 long 60']],
    ['a name of the language itself', [on('20261001', 'UID:__proto__', 'SUMMARY:x')], ['2026-10-01 off x']],
    [
      'one bad event does not hide the others',
      [on('20261001'), ['DTSTART:x'], on('20261002', 'DTSTART:y')],
      ['6 event', '9 event'],
    ],
    ['nothing', [], ['empty']],
  ])('%s', async (_, events, expected) => {
    expect(told(await readIcsDays(calendar(...events), today))).toEqual(expected);
  });

  test.each([
    'BEGIN:VCALENDAR',
    'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261001',
    'BEGIN:VCALENDAR\nEND:VEVENT',
  ])('a file that breaks off: %j', async (text) => {
    expect(told(await readIcsDays(text, today))).toEqual(['empty']);
  });
});
