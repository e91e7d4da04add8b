import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { type ReportOn, readReport, readReportWords, writeReport } from './answer-report.ts';

const today = Temporal.PlainDate.from('2026-11-25');
const meetings = [{ id: 'm1', name: 'Friday review' }];
const lastWeek = '2026-11-16..2026-11-22';

describe('what is asked of a report', () => {
  test.each<[string, unknown, string | null, unknown]>([
    ['', null, null, 'me'],
    ['mine', null, null, 'me'],
    ['last week', null, lastWeek, 'me'],
    ['morning last week', { kind: 'morning' }, lastWeek, 'me'],
    ['morning last week Anna Berg', { kind: 'morning' }, lastWeek, { named: 'Anna Berg' }],
    ['Anna Berg last week', null, lastWeek, { named: 'Anna Berg' }],
    ['Evening meeting Anna', { kind: 'evening' }, null, { named: 'Anna' }],
    ['team sales', { kind: 'sales' }, null, 'team'],
    ['friday review 2026-11-16..2026-11-22 team', { meetingId: 'm1' }, lastWeek, 'team'],
    ['Morningstar', null, null, { named: 'Morningstar' }],
    ['早会 上周 王芳', { kind: 'morning' }, lastWeek, { named: '王芳' }],
    ['早会上周王芳', { kind: 'morning' }, lastWeek, { named: '王芳' }],
    ['王芳上周晚会', { kind: 'evening' }, lastWeek, { named: '王芳' }],
    ['销售例会 团队', { kind: 'sales' }, null, 'team'],
  ])('%j', (words, which, period, who) => {
    const read = readReportWords(words, today, meetings);
    expect(read.which).toEqual(which);
    expect(read.period && `${read.period.from}..${read.period.to}`).toBe(period);
    expect(read.who).toEqual(who);
  });

  test('however long it is, it is read at once', () => {
    expect(readReportWords('上周'.repeat(5_000), today, meetings).which).toBeNull();
  });
});

const person = '0190a5c0-0000-7000-8000-000000000001';
const period = { from: today.subtract({ weeks: 1 }), to: today };
test.each<ReportOn>([
  { who: 'me', which: null, period, skip: 0 },
  { who: 'team', which: { kind: 'evening' }, period, skip: 5 },
  { who: { personId: person }, which: { meetingId: person }, period, skip: 10 },
])('a button carries %j there and back', (on) => {
  expect(JSON.stringify(readReport(writeReport(on)))).toBe(JSON.stringify(on));
});

test.each([
  undefined,
  '',
  'me',
  'me any 2026-11-18 2026-11-25',
  'me any 2026-02-30 2026-11-25 0',
  'x any 2026-11-18 2026-11-25 0',
  'me any 2026-11-18 2026-11-25 -1',
])('what is none of ours leads nowhere: %j', (about) => {
  expect(readReport(about)).toBeNull();
});
