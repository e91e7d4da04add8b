import Holidays from 'date-holidays';
import { describe, expect, test } from 'vitest';
import { textIn } from '../text/text.ts';
import { countries, parts } from './place-names.ts';
import { findPlaces, placeName, readPlace } from './places.ts';

const en = textIn('en');
const zh = textIn('zh-CN');

describe('a place is found', () => {
  test.each([
    ['german', 'Germany'],
    ['Deutschland', undefined],
    ['德国', 'Germany'],
    ['DE', 'Germany'],
    ['bavaria', 'Germany – Bavaria'],
    ['Bayern', 'Germany – Bavaria'],
    ['巴伐利亚', 'Germany – Bavaria'],
    ['zurich', 'Switzerland – Zürich'],
    ['augsburg', 'Germany – Bavaria – Stadt Augsburg'],
    ['new york', 'United States – New York'],
    ['中国', 'China'],
    ['xyz', undefined],
  ])('by %s: %s', (typed, label) => {
    expect(findPlaces(typed, en)[0]?.label).toBe(label);
  });

  test('with its parts behind it, and without a word the usual ones', () => {
    expect(
      findPlaces('germany', en)
        .map((one) => one.label)
        .slice(0, 3),
    ).toEqual(['Germany', 'Germany – Brandenburg', 'Germany – Berlin']);
    expect(findPlaces('', zh).slice(0, 3)).toEqual([
      { value: 'none', label: '不用法定节假日' },
      { value: 'CN', label: '中国' },
      { value: 'DE', label: '德国' },
    ]);
    expect(findPlaces('a', en)).toHaveLength(50);
  });
});

test.each([
  ['none', { country: null, region: null }],
  ['DE', { country: 'DE', region: null }],
  ['DE-BY', { country: 'DE', region: 'BY' }],
  ['DE-BY-A', { country: 'DE', region: 'BY-A' }],
  ['DE-XX', null],
  ['XX', null],
  ['', null],
  ['__proto__', null],
])('the choice %j is read', (value, place) => {
  expect(readPlace(value)).toEqual(place);
});

test('in Chinese a part has its Chinese name where it has one', () => {
  expect(placeName({ country: 'DE', region: 'BY' }, zh)).toBe('德国 – 巴伐利亚');
  expect(placeName({ country: 'US', region: 'NY' }, zh)).toBe('美国 – New York');
});

test('the names here are places of the package, and none of its countries is missing', () => {
  const known = new Holidays();
  expect(countries).toEqual(Object.keys(known.getCountries()).sort());
  for (const [country, line] of Object.entries(parts))
    for (const part of line.split('; ')) {
      const [state = '', region] = part.split(' ', 1)[0]?.split('-') ?? [];
      const found = region === undefined ? known.getStates(country) : known.getRegions(country, state);
      expect(Object.keys(found ?? {}), part).toContain(region ?? state);
    }
});
