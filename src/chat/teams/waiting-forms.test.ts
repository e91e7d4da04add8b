import { expect, test } from 'vitest';
import { textIn } from '../../text/text.ts';
import { type Asked, type Form, file, text } from '../form.ts';
import { WaitingForms } from './waiting-forms.ts';

const words = textIn('en', '');
const form = (name: string, fields: Form['fields']): Form => ({
  name,
  title: 'visits.log.title',
  save: 'visits.log.save',
  fields,
});
const asked = (of: Form): Asked => ({
  form: of,
  id: '1',
  about: {},
  initial: {},
  options: {},
  without: [],
  expanded: false,
});
const wants = asked(form('import', { list: file({ label: 'chat.form.more', endings: ['csv'] }) }));
const another = asked(form('another', { list: file({ label: 'chat.form.more', endings: ['csv'] }) }));
const without = asked(form('note', { note: text({ label: 'chat.form.more', max: 10 }) }));

test.each<[string, (waiting: WaitingForms) => void, Asked | null]>([
  ['a form that wants a file', (waiting) => waiting.shown('anna', wants, words, false), wants],
  ['one that has it', (waiting) => waiting.shown('anna', wants, words, true), null],
  ['one that wants none', (waiting) => waiting.shown('anna', without, words, false), null],
  ['somebody else’s', (waiting) => waiting.shown('tom', wants, words, false), null],
  [
    'the newest of two',
    (waiting) => {
      waiting.shown('anna', wants, words, false);
      waiting.shown('anna', another, words, false);
    },
    another,
  ],
  [
    'one that got it after all',
    (waiting) => {
      waiting.shown('anna', wants, words, false);
      waiting.shown('anna', wants, words, true);
    },
    null,
  ],
  [
    'one before a form without files',
    (waiting) => {
      waiting.shown('anna', wants, words, false);
      waiting.shown('anna', without, words, false);
    },
    wants,
  ],
  ['nothing', () => undefined, null],
])('a file is for %s', (_, show, expected) => {
  const waiting = new WaitingForms();
  show(waiting);
  expect(waiting.take('anna')?.asked ?? null).toBe(expected);
  expect(waiting.take('anna')).toBeNull();
});

test('of very many the oldest are forgotten', () => {
  const waiting = new WaitingForms();
  for (let number = 0; number <= 500; number += 1) waiting.shown(`${number}`, wants, words, false);
  expect([waiting.take('0'), waiting.take('1')?.asked, waiting.take('500')?.asked]).toEqual([null, wants, wants]);
});
