import { expect, test } from 'vitest';
import { cut, escaped, plainText } from './limits.ts';

test.each([
  ['short', 5, 'short'],
  ['longer', 5, 'long…'],
  ['abc👍', 5, 'abc👍'],
  ['abc👍d', 5, 'abc…'],
  ['', 5, ''],
])('%s in %i', (text, max, expected) => {
  expect(cut(text, max)).toBe(expected);
});

test.each([
  ['a & <b>', 50, 'a &amp; &lt;b&gt;'],
  ['<!channel>', 50, '&lt;!channel&gt;'],
  ['&&&', 12, '&amp;&amp;…'],
])('%s escaped in %i', (text, max, expected) => {
  expect(escaped(text, max)).toBe(expected);
});

test('Slack takes no empty text', () => {
  expect(plainText(' ', 24).text).toBe('–');
});
