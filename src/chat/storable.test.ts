import fc from 'fast-check';
import { expect, it } from 'vitest';
import { storable } from './storable.ts';

it.each([
  ['plain text', 'Acme 华为 👍', 'Acme 华为 👍'],
  ['a null character', 'a\u0000b', 'ab'],
  ['half of a pair', 'a\ud83d', 'a\ufffd'],
  [
    'inside of answers',
    { note: '\udc00', people: ['\u0000x'], day: undefined, done: true },
    { note: '\ufffd', people: ['x'], day: undefined, done: true },
  ],
])('%s', (_, given, expected) => {
  expect(storable(given)).toEqual(expected);
});

it('leaves what can be stored as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(storable(text)).toBe(text.replaceAll('\u0000', ''));
    }),
  );
});
