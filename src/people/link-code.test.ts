import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linkCodeHash, makeLinkCode, readLinkCode } from './link-code.ts';

test('a code is ten signs in groups, and another one every time', () => {
  const codes = Array.from({ length: 500 }, makeLinkCode);
  for (const { shown, signs } of codes) {
    expect(shown).toMatch(/^[3-9A-Y]{4}-[3-9A-Y]{4}-[3-9A-Y]{2}$/);
    expect(shown).not.toMatch(/[0O1IL2Z5S8BUV]/);
    expect(shown.replaceAll('-', '')).toBe(signs);
  }
  expect(new Set(codes.map(({ signs }) => signs)).size).toBe(500);
});

test.each([
  ['K7QF-3MXR-9T', 'K7QF3MXR9T'],
  ['k7qf 3mxr 9t', 'K7QF3MXR9T'],
  ['  k7qf3mxr9t. ', 'K7QF3MXR9T'],
  ['`K7QF-3MXR-9T`', 'K7QF3MXR9T'],
  ['“K7QF–3MXR—9T”', 'K7QF3MXR9T'],
  ['Ｋ７ＱＦ－３ＭＸＲ－９Ｔ', 'K7QF3MXR9T'],
  ['Ｋ７ＱＦ　３ＭＸＲ　９Ｔ。', 'K7QF3MXR9T'],
  ['K7QF-3MXR-9', null],
  ['K7QF-3MXR-9TT', null],
  ['K7QF-3MXR-9O', null],
  ['K7QF-3MXR-9关', null],
  ['', null],
  ['help', null],
])('"%s" is read as %s', (words, signs) => {
  expect(readLinkCode(words)).toBe(signs);
});

test('whatever somebody types is a code or nothing, and a code is read as it is shown', () => {
  const typed = fc.string({ unit: 'grapheme', maxLength: 200 });
  fc.assert(
    fc.property(typed, (words) => {
      const signs = readLinkCode(words);
      expect(signs === null || /^[3-9A-Y]{10}$/.test(signs)).toBe(true);
    }),
  );
  const { shown, signs } = makeLinkCode();
  expect(readLinkCode(shown.toLowerCase())).toBe(signs);
});

test('what is kept of a code differs between organisations', () => {
  expect(linkCodeHash('a', 'K7QF3MXR9T')).toMatch(/^[0-9a-f]{64}$/);
  expect(linkCodeHash('a', 'K7QF3MXR9T')).not.toBe(linkCodeHash('b', 'K7QF3MXR9T'));
});
