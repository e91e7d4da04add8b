import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { type Blocker, changesOf } from './blocker.ts';

const blocker = (id: string, text: string, promptId: string): Blocker => ({
  id,
  text,
  promptId,
  since: Temporal.PlainDate.from('2026-11-20'),
});
const shown = [
  blocker('1', 'no demo unit', 'friday'),
  blocker('2', 'price list', 'friday'),
  blocker('3', 'fog', 'today'),
];

test.each<[string, { still: string[]; lines: string[] }, ReturnType<typeof changesOf>]>([
  ['untouched', { still: ['1', '2'], lines: ['fog'] }, { resolve: [], remove: [], add: [] }],
  ['one is out of the way', { still: ['2'], lines: ['fog'] }, { resolve: ['1'], remove: [], add: [] }],
  ['today’s is taken back', { still: ['1', '2'], lines: [] }, { resolve: [], remove: ['3'], add: [] }],
  ['one more, twice', { still: ['1', '2'], lines: ['fog', 'car', 'car'] }, { resolve: [], remove: [], add: ['car'] }],
  [
    'an earlier one written again',
    { still: ['1', '2'], lines: ['fog', 'price list'] },
    { resolve: [], remove: [], add: [] },
  ],
  [
    'solved, and there again',
    { still: ['1'], lines: ['fog', 'price list'] },
    { resolve: ['2'], remove: [], add: ['price list'] },
  ],
])('%s', (_, said, changes) => {
  expect(changesOf(shown, 'today', said)).toEqual(changes);
});
