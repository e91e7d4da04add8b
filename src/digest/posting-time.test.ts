import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { plainWeek, type Workdays } from '../calendar/index.ts';
import { periodWith } from './period.ts';
import { postingDay, postingOf, postingsFrom, weekAfter, weekAt } from './posting-time.ts';
import { usualSettings } from './settings.ts';

const date = (day: string) => Temporal.PlainDate.from(day);
const off = (...days: string[]): Workdays => ({
  ...plainWeek,
  days: new Map(days.map((day) => [day, { works: false, name: 'Holiday' }])),
});
const sundayToThursday: Workdays = { weekdays: [7, 1, 2, 3, 4], days: new Map() };
const everyDay: Workdays = { weekdays: [1, 2, 3, 4, 5, 6, 7], days: new Map() };
const week = (day: string, workdays = plainWeek) => periodWith('week', date(day), workdays);
const berlin = { timeZone: 'Europe/Berlin', workdays: plainWeek };

describe('the day on which a week is posted', () => {
  const allDays = ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27'];
  const makeUp = new Map([...off('2026-11-27').days, ['2026-11-28', { works: true, name: null }] as const]);
  it.each<[string, number, Workdays, string | null]>([
    ['is the one that was set', 5, plainWeek, '2026-11-27'],
    ['is the day before a holiday', 5, off('2026-11-27'), '2026-11-26'],
    ['is the last working day before several', 5, off('2026-11-26', '2026-11-27'), '2026-11-25'],
    ['is the last working day, though the holiday was a Monday', 1, off('2026-11-23'), '2026-11-27'],
    ['is the make-up day of that holiday', 5, { ...plainWeek, days: makeUp }, '2026-11-28'],
    ['is in no week without work', 5, off(...allDays), null],
    ['is Thursday where Friday is never worked', 5, sundayToThursday, '2026-11-26'],
    ['can be the week’s first', 7, sundayToThursday, '2026-11-22'],
    ['can be a Sunday', 7, everyDay, '2026-11-29'],
  ])('%s', (_, weekday, workdays, day) => {
    expect(postingDay({ weekday }, week('2026-11-25', workdays), workdays)?.toString() ?? null).toBe(day);
  });
});

describe('the moments of a posting', () => {
  it('are on the team’s clock, two hours apart, and end at noon of the next week’s first day', () => {
    const posting = postingOf(usualSettings, week('2026-11-23'), { ...berlin, timeZone: 'Asia/Shanghai' });
    expect(posting).toMatchObject({ moved: false });
    expect([posting?.previewAt, posting?.postAt, posting?.until].map(String)).toEqual([
      '2026-11-27T06:30:00Z',
      '2026-11-27T08:30:00Z',
      '2026-11-30T04:00:00Z',
    ]);
  });

  it.each([
    ['jump over it', '2026-03-29', '2026-03-29T01:30:00Z'],
    ['have it twice', '2026-10-25', '2026-10-25T00:30:00Z'],
  ])('are once a week where clocks %s', (_, sunday, postAt) => {
    const time = { weekday: 7, at: Temporal.PlainTime.from('02:30') };
    const of = { timeZone: 'Europe/Berlin', workdays: everyDay };
    expect(postingOf(time, week(sunday, everyDay), of)?.postAt.toString()).toBe(postAt);
  });

  it('say when a day off has moved it', () => {
    const of = { ...berlin, workdays: off('2026-11-27') };
    expect(postingOf(usualSettings, week('2026-11-23'), of)).toMatchObject({ moved: true });
  });
});

describe('the next postings', () => {
  const next = (after: string, workdays = plainWeek) =>
    postingsFrom(usualSettings, { week: week('2026-11-23'), after: Temporal.Instant.from(after) }, 3, {
      ...berlin,
      workdays,
    }).map(({ day }) => day.toString());

  it.each([
    ['2026-11-27T15:29:59Z', ['2026-11-27', '2026-12-04', '2026-12-11']],
    ['2026-11-27T15:30:00Z', ['2026-12-04', '2026-12-11', '2026-12-18']],
  ])('after %s', (after, days) => expect(next(after)).toEqual(days));

  it('leave out a week in which nobody works', () => {
    const christmas = ['21', '22', '23', '24', '25'].map((day) => `2026-12-${day}`);
    expect(next('2026-12-11T16:00:00Z', off(...christmas))).toEqual(['2026-12-18', '2027-01-01', '2027-01-08']);
  });

  it('are none for a team that never works', () => {
    expect(next('2026-11-23T00:00:00Z', { weekdays: [], days: new Map() })).toEqual([]);
  });
});

it('weeks are the team’s own, on its clock', () => {
  const late = Temporal.Instant.from('2026-11-22T16:30:00Z');
  expect(weekAt(late, berlin).from.toString()).toBe('2026-11-16');
  expect(weekAt(late, { ...berlin, timeZone: 'Asia/Shanghai' }).from.toString()).toBe('2026-11-23');
  expect(weekAt(late, { ...berlin, workdays: sundayToThursday }).from.toString()).toBe('2026-11-22');
  expect(weekAfter(date('2026-11-29'), berlin).from.toString()).toBe('2026-11-30');
});
