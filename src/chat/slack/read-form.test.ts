import { expect, test } from 'vitest';
import { readAnswers } from './read-form.ts';

const option = (value: string) => ({ value, text: { type: 'plain_text', text: value } });

test.each<[string, Record<string, unknown>, unknown]>([
  ['words', { type: 'plain_text_input', value: ' met Ann ' }, ' met Ann '],
  ['blank words', { type: 'plain_text_input', value: ' \n ' }, undefined],
  ['no words', { type: 'plain_text_input', value: null }, undefined],
  ['a number', { type: 'number_input', value: '-3.5' }, -3.5],
  ['nought', { type: 'number_input', value: '0' }, 0],
  ['no number', { type: 'number_input', value: '' }, undefined],
  ['a number that is none', { type: 'number_input', value: '3 or 4' }, '3 or 4'],
  ['a day', { type: 'datepicker', selected_date: '2026-11-23' }, '2026-11-23'],
  ['no day', { type: 'datepicker', selected_date: null }, undefined],
  ['one', { type: 'static_select', selected_option: option('a') }, 'a'],
  ['one found', { type: 'external_select', selected_option: option('a') }, 'a'],
  ['none', { type: 'radio_buttons', selected_option: null }, undefined],
  ['some', { type: 'multi_static_select', selected_options: [option('a'), option('b')] }, ['a', 'b']],
  ['none of some', { type: 'multi_static_select', selected_options: [] }, undefined],
  ['a tick', { type: 'checkboxes', selected_options: [option('yes')] }, true],
  ['no tick', { type: 'checkboxes', selected_options: [] }, undefined],
  ['somebody', { type: 'users_select', selected_user: 'U1' }, 'U1'],
  ['several people', { type: 'multi_users_select', selected_users: ['U1', 'U2'] }, ['U1', 'U2']],
  ['a channel', { type: 'conversations_select', selected_conversation: 'C1' }, 'C1'],
  ['a file', { type: 'file_input', files: [{ id: 'F1', name: 'a.csv' }] }, 'F1'],
  ['no file', { type: 'file_input', files: [] }, undefined],
  ['something new', { type: 'hologram', value: 'x' }, undefined],
  ['something broken', { type: 'plain_text_input', value: 7 }, undefined],
])('%s', (_, answer, expected) => {
  const read = readAnswers({ 'field@1.0': { answer }, noField: { answer } });
  expect(read).toEqual(expected === undefined ? {} : { field: expected });
});
