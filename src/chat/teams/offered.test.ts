import { expect, test } from 'vitest';
import { Offered } from './offered.ts';

const acme = { value: '1', label: 'Acme' };
const brandt = { value: '2', label: 'Brandt' };

test.each([
  ['what a person was offered', ['anna', 'accounts', ['1', '2']], [acme, brandt]],
  ['in the order asked', ['anna', 'accounts', ['2', '1']], [brandt, acme]],
  ['nothing else', ['anna', 'accounts', ['3']], []],
  ['nothing of another look-up', ['anna', 'people', ['1']], []],
  ['nothing of another person', ['tom', 'accounts', ['1', '2']], []],
  ['nothing of who is called like two', ['["anna","accounts"', 'accounts', ['1']], []],
] as const)('%s', (_, [user, source, values], expected) => {
  const offered = new Offered();
  offered.note('anna', 'accounts', [acme, brandt]);
  expect(offered.find(user, source, values)).toEqual(expected);
});

test('of very many the oldest are forgotten, unless they were offered again', () => {
  const offered = new Offered();
  offered.note('anna', 'accounts', [acme, brandt]);
  offered.note(
    'anna',
    'accounts',
    Array.from({ length: 4_998 }, (_, id) => ({ value: `x${id}`, label: '' })),
  );
  offered.note('anna', 'accounts', [acme, { value: '3', label: 'Cole' }]);
  expect(offered.find('anna', 'accounts', ['1', '2'])).toEqual([acme]);
});
