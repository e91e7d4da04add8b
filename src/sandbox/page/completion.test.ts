import { expect, test } from 'vitest';
import { offeredPeople, offers, usages } from './completion.ts';

const commands = [
  { command: '/kam', description: 'Log visits', usageHint: 'log [account|text] | account <name> | 记录' },
];
const texts = (text: string) => offers(text, commands).map((offer) => offer.text);

test.each([
  ['/', ['/kam ']],
  ['/k', ['/kam ']],
  ['/kam', []],
  ['/x', []],
  ['/kam ', ['/kam log ', '/kam account ', '/kam 记录 ']],
  ['/kam L', ['/kam log ']],
  ['/kam log', []],
  ['/kam log acme', []],
  ['kam', []],
])('%s offers %j', (text, expected) => {
  expect(texts(text)).toEqual(expected);
});

test('a bar in brackets does not divide a usage, brackets around all do not count', () => {
  expect(usages('a [b|c] | d')).toEqual(['a [b|c]', 'd']);
  expect(usages('[a|b]')).toEqual(['a', 'b']);
});

test('people by handle, first name or last name', () => {
  const people = [
    { name: 'ann', realName: 'Ann Miller' },
    { name: 'wangfang', realName: '王芳' },
  ];
  expect(offeredPeople('hi @mil', people).map(({ text }) => text)).toEqual(['hi @ann ']);
  expect(offeredPeople('@王', people).map(({ text }) => text)).toEqual(['@wangfang ']);
  expect(offeredPeople('a@ann', people)).toEqual([]);
});
