import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import type { PersonDays } from '../calendar/index.ts';
import type { Reader } from '../people/index.ts';
import { type Due, decisionOn, type Reminder, type Thing } from './reminding.ts';

interface Task extends Thing {
  day: Temporal.PlainDate | null;
  from: string;
}

const task = (id: string, day: string | null = '2026-11-27', from = 'anna'): Task => ({
  organizationId: 'company',
  id,
  day: day === null ? null : Temporal.PlainDate.from(day),
  from,
});

const anna: Reader = {
  id: 'anna',
  name: 'Anna Berg',
  timeZone: 'Europe/Berlin',
  locale: 'de-DE',
  active: true,
  teamIds: [],
};
const li: Reader = { ...anna, id: 'li', name: 'Li Wei', timeZone: 'Asia/Shanghai', locale: 'zh-CN' };
const gone: Reader = { ...anna, active: false };
const lost: Reader = { ...anna, timeZone: 'Mars/Olympus' };

const reminder: Reminder<Task> = {
  dayOf: ({ day }) => day,
  message: (items, { reader, text, today }) => ({
    key: `${reader.id}: ${items.map(({ id }) => id).join(' ')}, ${today}, ${text.locale}`,
    card: { body: [] },
  }),
};

const plain: PersonDays = { teams: [], absences: [] };

function decided(at: string, due: readonly Due<Task>[], of = reminder, days = plain) {
  const readers = due.flatMap(({ reader }) => (reader === null ? [] : [[reader.id, days] as const]));
  const { again, tell } = decisionOn(of, due, new Map(readers), Temporal.Instant.from(at));
  return {
    again: again.map(({ id, at: next }) => `${id} ${next}`),
    told: tell.map(({ key, message }) => [key, message.to]),
  };
}

describe('what is claimed', () => {
  test.each<[string, string, Task, Reader | null, string, string[]]>([
    ['on its morning', '2026-11-27T07:30:00Z', task('a'), anna, 'a null', ['anna: a, 2026-11-27, en']],
    ['before it', '2026-11-27T07:29:59Z', task('a'), anna, 'a 2026-11-27T07:30:00Z', []],
    ['days later', '2026-12-01T12:00:00Z', task('a'), anna, 'a null', ['anna: a, 2026-12-01, en']],
    ['on a Saturday', '2026-11-28T09:00:00Z', task('a', '2026-11-28'), anna, 'a 2026-11-30T07:30:00Z', []],
    ['where it is tomorrow', '2026-11-26T23:00:00Z', task('a'), li, 'a 2026-11-27T00:30:00Z', []],
    ['in their language', '2026-11-27T00:30:00Z', task('a'), li, 'a null', ['li: a, 2026-11-27, zh-CN']],
    ['that needs no telling', '2026-11-27T07:30:00Z', task('a', null), anna, 'a null', []],
    ['that nobody reads', '2026-11-27T06:00:00Z', task('a'), null, 'a null', []],
    ['of who left', '2026-11-27T07:30:00Z', task('a'), gone, 'a null', []],
    ['of who left, before its morning', '2026-11-27T06:00:00Z', task('a'), gone, 'a 2026-11-27T07:30:00Z', []],
    ['in no known zone', '2026-11-27T08:30:00Z', task('a'), lost, 'a null', ['anna: a, 2026-11-27, en']],
  ])('%s', (_, at, item, reader, again, keys) => {
    const decision = decided(at, [{ item, reader }]);
    expect(decision.again).toEqual([again]);
    expect(decision.told).toEqual(keys.map((key) => [key, { personId: reader?.id }]));
  });

  test('waits while they are away', () => {
    const [from, to] = [Temporal.PlainDate.from('2026-11-27'), Temporal.PlainDate.from('2026-12-01')];
    const days: PersonDays = { teams: [], absences: [{ from, to, half: null }] };
    const decision = decided('2026-11-27T07:30:00Z', [{ item: task('a'), reader: anna }], reminder, days);
    expect(decision).toEqual({ again: ['a 2026-12-02T07:30:00Z'], told: [] });
  });
});

describe('the messages', () => {
  const due = [
    { item: task('a', '2026-11-26'), reader: anna },
    { item: task('b'), reader: li },
    { item: task('c', '2026-11-28'), reader: anna },
    { item: task('d', '2026-11-27', 'otto'), reader: anna },
  ];
  const keys = (of: Reminder<Task>) => decided('2026-11-27T12:00:00Z', due, of).told.map(([key]) => key);

  test('are one for each person, of all that is due', () => {
    expect(keys(reminder)).toEqual(['anna: a d, 2026-11-27, en', 'li: b, 2026-11-27, zh-CN']);
  });

  test('are apart where things are to be told apart', () => {
    expect(keys({ ...reminder, apart: ({ from }) => from })).toEqual([
      'anna: a, 2026-11-27, en',
      'li: b, 2026-11-27, zh-CN',
      'anna: d, 2026-11-27, en',
    ]);
  });

  test('never mix organisations', () => {
    const elsewhere = { item: { ...task('e'), organizationId: 'other' }, reader: anna };
    const told = decided('2026-11-27T12:00:00Z', [{ item: task('a'), reader: anna }, elsewhere]).told;
    expect(told.map(([key]) => key)).toEqual(['anna: a, 2026-11-27, en', 'anna: e, 2026-11-27, en']);
  });
});
