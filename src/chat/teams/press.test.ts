import { expect, test } from 'vitest';
import { type Press, readPress } from './press.ts';

const carried = {
  form: 'visits.log',
  formId: '01a207c3-b55e-75ec-8d87-4fbd4de4de0d',
  about: { visit: '1' },
  without: ['second'],
  expanded: false,
  locale: 'zh-CN',
  owner: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  origin: { kind: 'channel', conversation: '19:abc@thread.tacv2;messageid=1', message: '2' },
} as const;

test.each<[string, object]>([
  ['does something', { do: 'does', name: 'visits.undo', about: '1' }],
  ['opens a form', { do: 'opens', name: 'visits.log' }],
  ['saves', { do: 'save', ...carried }],
  ['cancels', { do: 'cancel', ...carried }],
  ['shows what depends', { do: 'change', field: 'account', ...carried }],
])('a button that %s is read, whatever stands beside it', (_, press) => {
  expect(readPress({ kam: press, note: 'typed', action: 'anything' })).toEqual(press satisfies object as Press);
});

test.each<[string, unknown]>([
  ['nothing', undefined],
  ['null', null],
  ['words', 'kam'],
  ['another bot’s data', { action: 'approve' }],
  ['an unknown deed', { kam: { do: 'explode', name: 'x' } }],
  ['no name', { kam: { do: 'does' } }],
  ['an empty name', { kam: { do: 'does', name: '' } }],
  ['a name that is too long', { kam: { do: 'does', name: 'x'.repeat(101) } }],
  ['a pointer that is too long', { kam: { do: 'does', name: 'x', about: 'x'.repeat(2001) } }],
  ['a form without its id', { kam: { do: 'save', ...carried, formId: undefined } }],
  ['a form of nobody', { kam: { do: 'save', ...carried, owner: '' } }],
  ['a language we do not speak', { kam: { do: 'save', ...carried, locale: 'xx' } }],
  ['a place that is none', { kam: { do: 'save', ...carried, origin: { kind: 'moon' } } }],
  ['a pointer that is no word', { kam: { do: 'save', ...carried, about: { visit: 1 } } }],
  ['a change of no field', { kam: { do: 'change', ...carried } }],
])('%s is not taken for a press', (_, data) => {
  expect(readPress(data)).toBeNull();
});

test('what we did not write is not read', () => {
  expect(readPress({ kam: { do: 'does', name: 'x', isAdmin: true } })).toEqual({ do: 'does', name: 'x' });
});
