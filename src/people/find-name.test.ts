import { expect, test } from 'vitest';
import { findNames } from './find-name.ts';

const names = [
  'Anna',
  'Anna Berg',
  'Johanna Vogt',
  'José Ángel',
  '王伟',
  '王薇薇',
  '吕布',
  '欧阳修',
  'ＡＢＣ Trading',
  '李Anna',
];
const people = names.map((name) => ({ id: name, name }));

test.each([
  ['anna', ['Anna']],
  [' ANNA  berg ', ['Anna Berg']],
  ['ann', ['Anna', 'Anna Berg']],
  ['berg', ['Anna Berg']],
  ['hanna', ['Johanna Vogt']],
  ['jose angel', ['José Ángel']],
  ['abc', ['ＡＢＣ Trading']],
  ['王伟', ['王伟']],
  ['王', ['王伟', '王薇薇']],
  ['薇', ['王薇薇']],
  ['wangwei', ['王伟']],
  ['wang wei wei', ['王薇薇']],
  ['ww', ['王伟']],
  ['wang', ['王伟', '王薇薇']],
  ['lv', ['吕布']],
  ['oyx', ['欧阳修']],
  ['', []],
  ['   ', []],
  ['nobody', []],
])('"%s" means %j', (words, found) => {
  expect(findNames(words, people).map(({ name }) => name)).toEqual(found);
});
