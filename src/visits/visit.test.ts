import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import type { Me } from '../chat/slice.ts';
import { changedFields, dayProblem, daysLate, excerpt, mayCorrect, mayRead, type VisitContent } from './visit.ts';

const today = Temporal.PlainDate.from('2026-11-23');
const loggedAt = Temporal.Instant.from('2026-11-23T09:00:00Z');
const me = (given: Partial<Me> = {}): Me => ({
  organizationId: 'o',
  id: 'author',
  name: 'A',
  timeZone: 'UTC',
  workspaceId: 'w',
  mayAdminister: false,
  administrator: false,
  observer: false,
  manages: [],
  memberOf: ['north'],
  ...given,
});

test.each([
  ['2026-11-23', null],
  ['2026-11-24', 'future'],
  ['2025-11-23', null],
  ['2025-11-22', 'tooOld'],
])('a visit on %s: %s', (date, problem) => {
  expect(dayProblem(Temporal.PlainDate.from(date), today)).toBe(problem);
});

describe('who may correct', () => {
  const visit = { author: { id: 'author', name: 'A', timeZone: 'UTC' }, loggedAt, authorTeamIds: ['north'] };
  test.each<[string, Partial<Me>, number, string]>([
    ['the author at once', {}, 0, 'freely'],
    ['the author a moment before 24 hours', {}, 24 * 3600 - 1, 'freely'],
    ['the author after 24 hours', {}, 24 * 3600, 'withReason'],
    ['a colleague of the team', { id: 'other' }, 0, 'no'],
    ['their manager', { id: 'other', manages: ['north'] }, 0, 'withReason'],
    ['a manager of another team', { id: 'other', manages: ['south'] }, 0, 'no'],
    ['an administrator', { id: 'other', administrator: true }, 0, 'withReason'],
    ['an administrator who is the author', { administrator: true }, 0, 'freely'],
    ['an author who only reads now', { observer: true }, 0, 'no'],
  ])('%s', (_, who, seconds, expected) => {
    expect(mayCorrect(visit, me(who), loggedAt.add({ seconds }))).toBe(expected);
  });
});

test.each<[string, Partial<Me>, boolean]>([
  ['the author', {}, true],
  ['a colleague who was there', { id: 'ben', memberOf: [] }, true],
  ['a colleague of the team', { id: 'other' }, true],
  ['somebody of another team', { id: 'other', memberOf: ['south'] }, false],
  ['an administrator', { id: 'other', memberOf: [], administrator: true }, true],
])('%s may read: %s', (_, who, expected) => {
  const author = { id: 'author', name: 'A', timeZone: 'UTC' };
  expect(mayRead({ author, colleagues: [{ id: 'ben', name: 'Ben' }], teamIds: ['north'] }, me(who))).toBe(expected);
});

test.each([
  ['2026-11-23', 'Europe/Berlin', '2026-11-23T09:00:00Z', 0],
  ['2026-11-20', 'Europe/Berlin', '2026-11-23T09:00:00Z', 3],
  // In Shanghai it is the next day already.
  ['2026-11-23', 'Asia/Shanghai', '2026-11-23T17:00:00Z', 1],
  ['2026-11-23', 'America/New_York', '2026-11-24T03:00:00Z', 0],
  ['2026-11-24', 'UTC', '2026-11-23T09:00:00Z', 0],
])('a visit on %s (%s) logged at %s is %i days late', (date, timeZone, logged, days) => {
  const visit = { author: { id: 'a', name: 'A', timeZone }, date: Temporal.PlainDate.from(date) };
  expect(daysLate({ ...visit, loggedAt: Temporal.Instant.from(logged) })).toBe(days);
});

test.each([
  ['short', 'short'],
  ['  two\nlines  ', 'two lines'],
  ['x'.repeat(11), `${'x'.repeat(9)}…`],
  ['👩‍💼'.repeat(8), '👩‍💼'.repeat(8)],
])('the start of %j', (note, expected) => {
  expect(excerpt(note, note.startsWith('👩') ? 24 : 10)).toBe(expected);
});

test('a correction is told apart field by field', () => {
  const before: VisitContent = {
    account: { id: '1', name: 'Acme' },
    kind: 'visit',
    date: '2026-11-23',
    purpose: null,
    note: 'a',
    outcome: null,
    colleagues: [{ id: 'b', name: 'B' }],
    contacts: [],
  };
  const renamed = { ...before, account: { id: '1', name: 'Acme Ltd' }, colleagues: [{ id: 'b', name: 'Bea' }] };
  expect(changedFields(before, renamed)).toEqual([]);
  const after: VisitContent = { ...before, note: 'b', outcome: 'advance', contacts: [{ id: 'c', name: 'C' }] };
  expect(changedFields(before, after)).toEqual(['note', 'outcome', 'contacts']);
});
