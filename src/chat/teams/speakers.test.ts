import { expect, test } from 'vitest';
import { Speakers } from './speakers.ts';

const anna = { user: 'anna', timeZone: 'Europe/Berlin', locale: 'en-GB' };

test.each<[string, Partial<typeof anna>, boolean]>([
  ['the same again', {}, false],
  ['another zone', { timeZone: 'Asia/Shanghai' }, true],
  ['another language', { locale: 'zh-CN' }, true],
  ['somebody else', { user: 'tom', timeZone: 'Asia/Shanghai' }, false],
])('%s', (_, then, moved) => {
  const speakers = new Speakers();
  expect(speakers.hasMoved(anna)).toBe(false);
  expect(speakers.hasMoved({ ...anna, ...then })).toBe(moved);
  expect(speakers.hasMoved({ ...anna, ...then })).toBe(false);
});

test('who is silent while ten thousand others speak is heard from for the first time', () => {
  const speakers = new Speakers();
  speakers.hasMoved(anna);
  for (let number = 0; number < 10_000; number += 1) speakers.hasMoved({ ...anna, user: `${number}` });
  expect(speakers.hasMoved({ ...anna, locale: 'zh-CN' })).toBe(false);
});
