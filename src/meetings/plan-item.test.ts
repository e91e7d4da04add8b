import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { distinct, lineOf, mergePlan, type PlanItem, readLines, type Wanted, withoutBullet } from './plan-item.ts';

const steel = { id: 's', name: 'Example Steel' };
const bakery = { id: 'b', name: 'Example Bakery' };
const item = (id: string, account: Wanted['account'], text: string): PlanItem => ({
  id,
  account,
  text,
  date: Temporal.PlainDate.from('2026-11-23'),
  state: 'planned',
  movedFromId: null,
  movedTo: null,
  visitId: null,
});

describe('typed lines', () => {
  test.each([
    [undefined, []],
    ['', []],
    ['  \n\t\n', []],
    ['one', ['one']],
    ['one\r\n two \u2028three', ['one', 'two', 'three']],
    ['- one\n• two\n* three\n1. four\n12) five\n3、 six', ['one', 'two', 'three', 'four', 'five', 'six']],
    ['- \n1.\n–', []],
    ['1.5 tons\n-5 degrees\n--', ['1.5 tons', '-5 degrees', '--']],
    ['拜访示例钢铁\n• 写周报', ['拜访示例钢铁', '写周报']],
    ['a   b', ['a b']],
  ])('%j', (typed, lines) => {
    expect(readLines(typed).map(withoutBullet)).toEqual(lines);
  });

  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc
      .array(fc.constantFrom('- ', '1. ', '• ', '\n', '\r\n', ' ', 'x', '钢', '👍', '\u0085'), { maxLength: 40 })
      .map((parts) => parts.join('')),
  );
  test('whatever is typed: lines without a break, nothing of the words lost, and read again they are the same', () => {
    fc.assert(
      fc.property(anything, (typed) => {
        const lines = readLines(typed);
        const bare = lines.map(withoutBullet);
        for (const line of bare) expect(line).toMatch(/^\S(?:.*\S)?$/su);
        expect(readLines(bare.join('\n')).map(withoutBullet)).toEqual(bare);
        const solid = (text: string) => text.replaceAll(/[\s\u0085]/gu, '');
        const withoutListSigns = solid(typed).replaceAll(/[-*•·–—▪◦\d.)、．]/gu, '');
        expect(solid(bare.join('')).replaceAll(/[-*•·–—▪◦\d.)、．]/gu, '')).toBe(withoutListSigns);
      }),
    );
  });
});

test.each([
  [steel, 'prices', 'Example Steel – prices'],
  [steel, '', 'Example Steel'],
  [null, 'write the report', 'write the report'],
  [{ id: 'x', name: 'Two\nLines' }, 'a\n b', 'Two Lines – a b'],
])('%j and %j as a line: %s', (account, text, line) => {
  expect(lineOf({ account, text })).toBe(line);
});

describe('a plan that is edited', () => {
  const known = [item('1', steel, 'prices'), item('2', null, 'report'), item('3', bakery, '')];
  test.each<[string, Wanted[], string[], { keep: string[]; add: string[]; remove: string[] }]>([
    ['untouched', known, ['1', '2', '3'], { keep: ['1', '2', '3'], add: [], remove: [] }],
    ['emptied', [], ['1', '2', '3'], { keep: [], add: [], remove: ['1', '2', '3'] }],
    [
      'in another order, with something new',
      [item('', bakery, ''), { account: steel, text: 'contract' }, item('', steel, 'prices')],
      ['1', '2', '3'],
      { keep: ['3', '1'], add: ['contract'], remove: ['2'] },
    ],
    ['the same twice', [known[0], known[0]].flatMap((one) => one ?? []), ['1'], { keep: ['1'], add: [], remove: [] }],
    ['what the form did not show', [], ['1'], { keep: [], add: [], remove: ['1'] }],
    ['what it did not show, wanted too', [item('', null, 'report')], [], { keep: ['2'], add: [], remove: [] }],
    [
      'the same words at another customer',
      [{ account: bakery, text: 'prices' }],
      ['1'],
      { keep: [], add: ['prices'], remove: ['1'] },
    ],
  ])('%s', (_, wanted, shown, changes) => {
    const { keep, add, remove } = mergePlan(known, new Set(shown), wanted);
    expect({ keep: keep.map(({ id }) => id), add: add.map(({ text }) => text), remove }).toEqual(changes);
  });

  test('the positions are the order in which things are wanted', () => {
    const { keep, add } = mergePlan(known, new Set(['1']), [{ account: null, text: 'new' }, ...known]);
    const inOrder = [...keep, ...add]
      .sort((a, b) => a.position - b.position)
      .map((one) => ('id' in one ? one.id : one.text));
    expect(inOrder).toEqual(['new', '1', '2', '3']);
  });

  test('any plan: what is wanted is there once, and nothing that was not shown is removed', () => {
    const wanted = fc.record({
      account: fc.constantFrom(null, steel, bakery),
      text: fc.constantFrom('', 'a', 'b', 'c'),
    });
    fc.assert(
      fc.property(
        fc.array(wanted, { maxLength: 8 }),
        fc.array(wanted, { maxLength: 8 }),
        fc.array(fc.nat(7)),
        (had, want, seen) => {
          const planned = distinct(had).map(({ account, text }, index) => item(String(index), account, text));
          const shown = new Set(seen.map(String));
          const { keep, add, remove } = mergePlan(planned, shown, want);
          const kept = planned.filter(({ id }) => keep.some((one) => one.id === id));
          const lines = (some: readonly Wanted[]) => some.map(({ account, text }) => `${account?.id}|${text}`).sort();
          expect(lines([...kept, ...add])).toEqual(lines(distinct(want)));
          for (const id of remove) expect(shown.has(id)).toBe(true);
          for (const { id } of planned)
            expect([keep.some((one) => one.id === id), remove.includes(id), !shown.has(id)].some(Boolean)).toBe(true);
        },
      ),
    );
  });
});
