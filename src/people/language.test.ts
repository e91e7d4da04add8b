import { expect, test } from 'vitest';
import { readLanguage } from './language.ts';

test.each([
  ['en', 'en'],
  [' English ', 'en'],
  ['英文', 'en'],
  ['en-GB', 'en'],
  ['zh', 'zh-CN'],
  ['zh_TW', 'zh-CN'],
  ['中文', 'zh-CN'],
  ['Chinese', 'zh-CN'],
  ['自动', 'auto'],
  ['AUTO', 'auto'],
  ['de', null],
  ['enormous', null],
  ['', null],
  ['constructor', null],
])('"%s" is %s', (words, choice) => {
  expect(readLanguage(words)).toBe(choice);
});
