import { expect, test } from 'vitest';
import { type Colleague, findColleagues } from './colleagues.ts';

const person = (name: string, given: Partial<Colleague> = {}): Colleague => ({
  id: name,
  name,
  email: null,
  teams: [],
  near: false,
  ...given,
});

const everybody = [
  person('Anna'),
  person('Anna Berg', { email: 'a.berg@example.com', near: true }),
  person('Johanna Vogt', { email: 'jv@example.com', near: true }),
  person('José Ángel', { email: 'angel@example.com' }),
  person('王伟', { email: 'w.wang@example.cn', near: true }),
  person('王薇薇'),
  person('欧阳修'),
];
const found = (query: string) => findColleagues(query, everybody).map(({ label }) => label);

test.each([
  // One's own team first, then who is surest meant.
  ['anna', ['Anna Berg', 'Johanna Vogt', 'Anna']],
  ['ANNA  b', ['Anna Berg']],
  ['vogt', ['Johanna Vogt']],
  ['jose', ['José Ángel']],
  ['王', ['王伟', '王薇薇']],
  ['薇', ['王薇薇']],
  ['wang', ['王伟', '王薇薇']],
  ['wei', ['王伟', '王薇薇']],
  ['weiwei', ['王薇薇']],
  ['xiu', ['欧阳修']],
  ['oyx', ['欧阳修']],
  ['ｊｖ', ['Johanna Vogt']],
  ['a.berg', ['Anna Berg']],
  ['w.wang', ['王伟']],
  ['example', []],
  ['nobody', []],
])('"%s" finds %j', (query, names) => {
  expect(found(query)).toEqual(names);
});

test('nothing typed: everybody, one’s own team first, a hundred at most', () => {
  expect(found(' ')).toEqual(['Anna Berg', 'Johanna Vogt', '王伟', 'Anna', 'José Ángel', '王薇薇', '欧阳修']);
  const crowd = Array.from({ length: 300 }, (_, index) => person(`Rep ${index}`, { near: index === 299 }));
  const options = findColleagues('rep', crowd);
  expect(options).toHaveLength(100);
  expect(options[0]).toEqual({ value: 'Rep 299', label: 'Rep 299' });
});

test.each([
  ['teams', [{ teams: ['North'] }, { teams: ['East', 'South'] }], ['North', 'East, South']],
  ['a team and none', [{ teams: ['North'] }, {}], ['North', undefined]],
  ['domains', [{ email: 'li@a.com' }, { email: 'li@b.com' }], ['a.com', 'b.com']],
  ['addresses', [{ email: 'li@a.com' }, { email: 'li.na@a.com' }], ['li@a.com', 'li.na@a.com']],
  ['nothing', [{}, {}], [undefined, undefined]],
] as const)('two of one name are told apart by %s', (_, [one, other], details) => {
  const options = findColleagues('李', [
    person('李娜', { id: '1', ...one }),
    person('李娜', { id: '2', ...other }),
    person('李雷', { id: '3', teams: ['West'] }),
  ]);
  expect(options.map(({ value, detail }) => [value, detail])).toEqual([
    ['1', details[0]],
    ['2', details[1]],
    ['3', undefined],
  ]);
});
