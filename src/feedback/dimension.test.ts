import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textIn } from '../text/text.ts';
import { builtInDimensions, type Dimension, dimensionName, isTaken, movedUp } from './dimension.ts';

const all: Dimension[] = [
  { id: '1', key: 'product', name: null, archived: false },
  { id: '2', key: 'delivery', name: 'Logistics', archived: false },
  { id: '3', key: null, name: 'Training', archived: true },
  { id: '4', key: null, name: 'Service  desk', archived: false },
];

test('the five have a name in each language; a name of the organisation’s own is the same in both', () => {
  for (const locale of ['en', 'zh-CN'] as const)
    for (const key of builtInDimensions) expect(dimensionName({ key, name: null }, textIn(locale))).not.toBe('');
  expect(dimensionName({ key: 'delivery', name: 'Logistics' }, textIn('zh-CN'))).toBe('Logistics');
});

test.each([
  ['product', undefined, true],
  ['ＰＲＯＤＵＣＴ', undefined, true],
  ['Product', '1', false],
  ['Delivery', undefined, false],
  ['service desk', undefined, true],
  ['Training', undefined, false],
  ['产品', undefined, false],
])('%s is taken (but for %s): %s', (name, except, taken) => {
  expect(isTaken(name, all, textIn('en'), except)).toBe(taken);
});

describe('one place up', () => {
  const order = (id: string) =>
    movedUp(all, id)
      ?.map((one) => one.id)
      .join('') ?? null;
  test.each([
    ['1', null],
    ['2', '2134'],
    // What is archived does not stand in between.
    ['4', '1423'],
    ['none', null],
  ])('%s: %s', (id, expected) => {
    expect(order(id)).toBe(expected);
  });

  test('nothing is lost and only that one goes before others', () => {
    const lists = fc.uniqueArray(fc.integer({ min: 0, max: 99 }), { maxLength: 12 });
    fc.assert(
      fc.property(lists, fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }), fc.nat(11), (ids, archived, at) => {
        const list = ids.map((id, index) => ({ id: String(id), archived: archived[index] ?? false }));
        const id = list[at]?.id ?? 'none';
        const moved = movedUp(list, id);
        if (moved === null) return;
        expect(moved.map((one) => one.id).sort()).toEqual(list.map((one) => one.id).sort());
        expect(moved.filter((one) => one.id !== id)).toEqual(list.filter((one) => one.id !== id));
        expect(moved.findIndex((one) => one.id === id)).toBeLessThan(at);
      }),
    );
  });
});
