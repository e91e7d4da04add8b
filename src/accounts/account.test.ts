import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { type AccountClass, belongs, isDue } from './account.ts';
import { readChoice } from './choice.ts';
import { distanceWithin } from './closeness.ts';
import { contactNames } from './contact.ts';
import { cutsOf, leadingOf } from './leading.ts';
import { nameKey, searchWords, splitNames, tidyName } from './name.ts';
import { searchQuery, searchTermsOf } from './search-terms.ts';
import { zoneMeant } from './time-zones.ts';

const today = Temporal.PlainDate.from('2026-11-23');

describe('a visit is due', () => {
  it.each<[AccountClass, string | null, boolean, number | undefined]>([
    ['core', null, true, 0],
    ['core', '2026-11-10', false, undefined],
    ['core', '2026-11-09', true, 0],
    ['corePotential', '2026-11-08', true, 1],
    ['balanced', '2026-10-27', false, undefined],
    ['balanced', '2026-10-26', true, 0],
    ['general', '2026-09-28', true, 0],
    ['general', '2025-09-28', true, 365],
    ['core', '2026-12-01', false, undefined],
  ])('%s last visited %s: %s', (accountClass, last, due, overdue) => {
    const answer = isDue(accountClass, last === null ? null : Temporal.PlainDate.from(last), today);
    expect([answer.due, answer.due ? answer.overdue : undefined]).toEqual([due, overdue]);
  });
});

it('an account belongs to its owner and its account team', () => {
  expect(belongs({ ownerId: 'a', memberIds: ['b'], teamIds: ['t'] })).toEqual({
    personIds: ['a', 'b'],
    teamIds: ['t'],
  });
  expect(belongs({ ownerId: null, memberIds: [], teamIds: [] })).toEqual({ personIds: [], teamIds: [] });
});

describe('names', () => {
  it.each([
    ['ＡＣＭＥ　Tools, Inc.', 'acmetoolsinc'],
    ['acme-tools inc', 'acmetoolsinc'],
    ['华为（深圳）', '华为深圳'],
    ['Müller', 'müller'],
    ['A\u200bB', 'ab'],
    ['🚀', '🚀'],
    ['…', '...'],
    ['\u200b', ''],
  ])('%j is compared as %j', (name, key) => {
    expect(nameKey(name)).toBe(key);
  });

  it('are tidied and split', () => {
    expect(tidyName(' A\u200b \n\t B\u202e\u0000 ')).toBe('A B');
    expect(splitNames('HW; Huawei；ＨＷ、 ')).toEqual(['ＨＷ', 'Huawei']);
    expect(contactNames('Li Wei, 王总、Li Wei；')).toEqual(['Li Wei', '王总']);
    expect(searchWords('Müller & Söhne')).toEqual(['muller', 'sohne']);
  });
});

describe('the leading words', () => {
  const account = (name: string, given: { otherNames?: string[]; code?: string; mine?: boolean } = {}) => ({
    name,
    otherNames: [],
    code: null,
    mine: false,
    ...given,
  });
  const known = [
    account('Acme'),
    account('Acme Tools GmbH', { mine: true }),
    account('Met Life'),
    account('华为'),
    account('华为终端有限公司'),
    account('中兴通讯', { otherNames: ['ZTE'], code: 'Z-100' }),
    account('Nord Steel'),
    account('Nord Foods', { mine: true }),
    account('12', { code: '7' }),
  ];
  it.each([
    ['Acme met', ['Acme'], 'met'],
    ['Acme: met', ['Acme'], 'met'],
    ['ACME tools — offer', ['Acme Tools GmbH'], 'offer'],
    ['Acmeister met', [], undefined],
    ['met the CFO', [], undefined],
    ['met life called', ['Met Life'], 'called'],
    ['华为见了王总', ['华为'], '见了王总'],
    ['华为终端，见了王总', ['华为终端有限公司'], '见了王总'],
    ['zte见了王总', ['中兴通讯'], '见了王总'],
    ['z-100 offer', ['中兴通讯'], 'offer'],
    ['中兴来了', ['中兴通讯'], '来了'],
    ['nord called', ['Nord Foods', 'Nord Steel'], 'called'],
    ['7 people came', [], undefined],
    ['', [], undefined],
  ])('of %j name %j', (line, names, rest) => {
    const found = leadingOf(cutsOf(line), known);
    expect(found.map(({ account: { name } }) => name)).toEqual(names);
    expect(found[0]?.rest).toBe(rest);
  });
});

describe('slips of the finger', () => {
  it.each([
    ['acmee', 'acme', 1],
    ['hauwei', 'huaweijishu', 1],
    ['micrsoft', 'microsoft', 1],
    ['acme', 'theacmecompany', 0],
    ['', 'x', 0],
    ['abc', '', 3],
  ])('%s is found in %s with %i', (word, text, distance) => {
    expect(distanceWithin(word, text)).toBe(distance);
  });
});

describe('what an account is found by', () => {
  const facts = { name: '重庆银行', otherNames: ['CQB'], code: 'B-7' };
  it('is its names, words, code, pinyin and initials', () => {
    expect(searchTermsOf('o', facts).text.split('\n')).toEqual(
      expect.arrayContaining(['重庆银行', 'cqb', 'b7', 'chongqingyinhang', 'cqyh']),
    );
  });

  it.each(['重', '庆银', '银行', 'cq', 'yh', 'yinhang', 'c', 'b7', 'b-7', 'qingyin', '重庆 cqb'])(
    'has all pieces of %s',
    (typed) => {
      const grams = new Set(searchTermsOf('o', facts).grams);
      const asked = searchQuery('o', typed);
      expect(asked.grams.length).toBeGreaterThan(0);
      expect(asked.grams.filter((gram) => !grams.has(gram))).toEqual([]);
    },
  );

  it('has other numbers in another organisation', () => {
    const mine = new Set(searchTermsOf('o', facts).grams);
    expect(searchTermsOf('p', facts).grams.filter((gram) => mine.has(gram))).toEqual([]);
  });
});

it.each([
  ['Shanghai', 'Asia/Shanghai'],
  ['new york', 'America/New_York'],
  ['Europe/Berlin', 'Europe/Berlin'],
  ['北京时间', 'Asia/Shanghai'],
  ['上海', 'Asia/Shanghai'],
  ['柏林时间', 'Europe/Berlin'],
  ['时间', null],
  ['+08:00', null],
  ['Mars', null],
  ['', null],
])('the zone %s is %s', (typed, zone) => {
  expect(zoneMeant(typed)).toBe(zone);
});

it.each([
  ['new:Zenith AG', { add: 'Zenith AG' }],
  ['new: ', null],
  [`new:${'x'.repeat(121)}`, null],
  ['01a207b7-a8f2-73a3-b073-e94c24bc5c7e', { id: '01a207b7-a8f2-73a3-b073-e94c24bc5c7e' }],
  ["'; DROP", null],
])('the choice %s is read', (value, choice) => {
  expect(readChoice(value)).toEqual(choice);
});
