import { describe, expect, test } from 'vitest';
import * as fields from '../form.ts';
import { noChoice } from './draw-field.ts';
import { readAnswers } from './read-form.ts';

const label = 'chat.form.more';
const form = {
  name: 'probe',
  title: label,
  save: label,
  fields: {
    line: fields.text({ label, max: 200 }),
    whole: fields.number({ label, min: -5, max: 5000 }),
    day: fields.date({ label }),
    one: fields.oneOfGiven({ label }),
    some: fields.someOfGiven({ label, max: 3 }),
    tick: fields.yesNo({ label, tick: label }),
    person: fields.person({ label }),
    people: fields.people({ label, max: 3 }),
    found: fields.lookUp({ label, source: 'probe.find' }),
    channel: fields.channel({ label }),
    file: fields.file({ label, endings: ['csv'] }),
  },
} as const;

test.each<[string, keyof typeof form.fields, unknown, unknown]>([
  ['words', 'line', ' met Ann ', ' met Ann '],
  ['blank words', 'line', ' \n ', undefined],
  ['no words', 'line', undefined, undefined],
  ['words that are none', 'line', { evil: true }, undefined],
  ['a day', 'day', '2026-11-15', '2026-11-15'],
  ['no day', 'day', '', undefined],
  ['one', 'one', 'a', 'a'],
  ['a choice taken back', 'one', noChoice, undefined],
  ['some', 'some', 'a,b', ['a', 'b']],
  ['one of some', 'some', 'a', ['a']],
  ['some, sloppily', 'some', ' a,,b,a ', ['a', 'b']],
  ['none of some', 'some', '', undefined],
  ['a tick', 'tick', 'true', true],
  ['a tick as a boolean', 'tick', true, true],
  ['no tick', 'tick', 'false', undefined],
  ['somebody', 'person', 'p1', 'p1'],
  ['several people', 'people', 'p1,p2', ['p1', 'p2']],
  ['something found', 'found', 'a1', 'a1'],
  ['a channel', 'channel', '19:abc@thread.tacv2', '19:abc@thread.tacv2'],
  ['a file', 'file', 'pointer', 'pointer'],
])('%s', (_, field, sent, expected) => {
  const read = readAnswers(form, { kam: { do: 'save' }, nothingOfOurs: 'x', [field]: sent });
  expect(read).toEqual(expected === undefined ? {} : { [field]: expected });
});

describe('a number', () => {
  test.each<[unknown, unknown]>([
    ['1200', 1200],
    ['0', 0],
    ['-3.5', -3.5],
    ['1,5', 1.5],
    ['0,125', 0.125],
    ['１２．５', 12.5],
    ['－３', -3],
    ['−3', -3],
    ['１，５', 1.5],
    ['.5', 0.5],
    ['5.', 5],
    ['1e3', 1000],
    [' 7 ', 7],
    [7, 7],
    ['', undefined],
    ['  ', undefined],
    // Could be 1200 or 1.2: the person is asked instead of something being saved.
    ['1,200', '1,200'],
    ['1.200,50', '1.200,50'],
    ['3 or 4', '3 or 4'],
    ['0x10', '0x10'],
    ['十二', '十二'],
    ['Infinity', 'Infinity'],
    ['1e999', '1e999'],
    ['-', '-'],
  ])('%j reads %j', (sent, expected) => {
    expect(readAnswers(form, { whole: sent })).toEqual(expected === undefined ? {} : { whole: expected });
  });
});

test('what the language itself has is no answer', () => {
  const odd = { ...form, fields: { toString: fields.text({ label, max: 9 }), constructor: form.fields.line } };
  expect(readAnswers(odd, {})).toEqual({});
});
