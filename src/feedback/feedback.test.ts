import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { ageOf, awaitsAnswer, dayProblem, type FeedbackItem, usualDue } from './feedback.ts';
import { hearers, type Step } from './told.ts';
import { readPointer, readView, viewText } from './view.ts';

const day = (text: string) => Temporal.PlainDate.from(text);

test.each([
  ['high', '2026-11-23', '2026-11-25'],
  ['medium', '2026-11-23', '2026-11-30'],
  ['low', '2026-11-23', '2026-12-07'],
  ['high', '2026-11-27', '2026-12-01'],
  ['high', '2026-11-28', '2026-12-01'],
  ['medium', '2026-12-31', '2027-01-07'],
] as const)('what weighs %s, said on %s, is to be answered by %s', (severity, said, due) => {
  expect(usualDue(severity, day(said)).toString()).toBe(due);
});

test.each([
  ['2026-11-23', null],
  ['2026-11-24', 'future'],
  ['2025-11-22', null],
  ['2025-11-21', 'tooOld'],
])('said on %s: %s', (saidOn, problem) => {
  expect(dayProblem(day(saidOn), day('2026-11-23'))).toBe(problem);
});

test.each([
  ['2026-11-23', 0],
  ['2026-11-20', 3],
  ['2025-11-23', 365],
  ['2026-11-24', 0],
])('said on %s it is %i days old', (saidOn, days) => {
  expect(ageOf({ saidOn: day(saidOn) }, day('2026-11-23'))).toBe(days);
});

test('praise waits for nobody, unless somebody was asked', () => {
  expect(awaitsAnswer('praise', null)).toBe(false);
  expect(awaitsAnswer('praise', 'anna')).toBe(true);
  expect(awaitsAnswer('problem', null)).toBe(true);
});

describe('who hears of a step', () => {
  const person = (id: string) => ({ id, name: id, timeZone: 'UTC' });
  const one = { accountOwnerId: 'keeper', owner: person('answers'), author: person('author') };
  test.each<[Step, string, string[]]>([
    ['added', 'author', ['keeper', 'answers']],
    ['added', 'keeper', ['answers']],
    ['assigned', 'author', ['keeper', 'answers']],
    ['answered', 'answers', ['keeper', 'author']],
    ['closed', 'keeper', ['answers', 'author']],
    ['reopened', 'manager', ['keeper', 'answers']],
    ['undone', 'author', ['keeper', 'answers']],
  ])('%s by the %s: %j', (step, by, expected) => {
    expect(hearers(step, one as FeedbackItem, by)).toEqual(expected);
  });
  test('nobody hears twice', () => {
    const alone = { ...one, accountOwnerId: 'author', owner: person('author') };
    expect(hearers('closed', alone as FeedbackItem, 'manager')).toEqual(['author']);
  });
});

describe('what a button says', () => {
  const id = '0190a0a0-0000-7000-8000-000000000001';
  test.each([
    [{ of: 'mine', from: 0 }],
    [{ of: 'team', from: 16 }],
    [{ of: 'all', from: 8 }],
    [{ of: 'account', id, from: 24 }],
  ] as const)('%j is read as it was written', (view) => {
    expect(readView(viewText(view))).toEqual(view);
  });
  test.each([
    ['mine'],
    ['mine:-1'],
    ['mine:x'],
    ['mine:1.5'],
    ['yours:0'],
    ['account:x:0'],
    ['all:0:0'],
    [''],
    [undefined],
  ])('%s is no view', (text) => {
    expect(readView(text)).toBeNull();
  });
  test.each([
    [id, { id, view: null }],
    [`${id} mine:0`, { id, view: 'mine:0' }],
    ['x', null],
    ['', null],
    [undefined, null],
  ])('%s points at %j', (about, pointer) => {
    expect(readPointer(about)).toEqual(pointer);
  });
});
