import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { plainWeek } from '../calendar/index.ts';
import { agendaAt } from './agenda.ts';
import { defaults, type Meeting } from './meeting.ts';

const { rule, clock, windowMinutes, remindAfter } = defaults.sales;
/** Mondays at 09:30. */
const monday: Meeting = {
  organizationId: 'o',
  id: 'm',
  teamId: 't',
  kind: 'sales',
  name: null,
  rule,
  clock,
  windowMinutes,
  remindAfter,
  startsOn: Temporal.PlainDate.from('2026-11-01'),
  startsAt: Temporal.PlainTime.from('09:30'),
  channel: null,
  namesSilent: false,
  questionsVersion: 1,
  pausedAt: null,
  archivedAt: null,
  version: 1,
};
const daily: Meeting = { ...monday, rule: 'WORKDAYS' };
const holiday = (...dates: string[]) => ({
  ...plainWeek,
  days: new Map(dates.map((date) => [date, { works: false, name: null }])),
});

/** Hours of Berlin, which is an hour ahead of UTC in winter. */
test.each([
  ['before it is time', monday, plainWeek, '2026-11-27T08:29Z', null],
  ['a working day ahead, to the minute', monday, plainWeek, '2026-11-27T08:30Z', '2026-11-30'],
  ['late, on the weekend', monday, plainWeek, '2026-11-29T22:00Z', '2026-11-30'],
  ['until it begins', monday, plainWeek, '2026-11-30T08:29Z', '2026-11-30'],
  ['not while it goes on', monday, plainWeek, '2026-11-30T08:30Z', null],
  ['two days ahead of a holiday', monday, holiday('2026-11-27'), '2026-11-26T08:30Z', '2026-11-30'],
  ['nothing on a Monday that is none', monday, holiday('2026-11-30'), '2026-11-27T12:00Z', null],
  ['every day the next one’s', daily, plainWeek, '2026-11-24T08:30Z', '2026-11-25'],
  ['across the change of clocks', { ...monday, clock: 'person' }, plainWeek, '2027-03-26T08:30Z', '2027-03-29'],
  [
    'nothing of a meeting that never is',
    { ...monday, rule: 'FREQ=YEARLY;UNTIL=20261101' },
    plainWeek,
    '2026-11-27T12:00Z',
    null,
  ],
] as const)('an agenda is posted %s', (_, meeting, workdays, now, date) => {
  const found = agendaAt(meeting, { timeZone: 'Europe/Berlin', workdays }, Temporal.Instant.from(now));
  expect(found?.date.toString() ?? null).toBe(date);
});
