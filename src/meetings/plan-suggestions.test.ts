import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import type { Day } from './day.ts';
import { lineOf, type PlanItem, readLines, type Wanted } from './plan-item.ts';
import { mostLines, mostSuggestions, prefillOf } from './plan-suggestions.ts';

const date = Temporal.PlainDate.from('2026-11-23');
const [steel, bakery] = [
  { id: 's', name: 'Example Steel' },
  { id: 'b', name: 'Example Bakery' },
];
const day: Pick<Day, 'steps' | 'overdue'> = {
  steps: { shown: [{ id: '1', text: 'Send the offer', account: steel, dueOn: date }], total: 1 },
  overdue: { shown: [{ ...bakery, class: 'core', lastVisitOn: null }], total: 1 },
};
const item = (id: string, account: Wanted['account'], text: string, movedFromId: string | null = null): PlanItem => ({
  id,
  account,
  text,
  date,
  state: 'planned',
  movedFromId,
  movedTo: null,
  visitId: null,
});

test.each<[string, PlanItem[], { offered: string[]; ticked: string[]; lines: string[] }]>([
  ['nothing is planned', [], { offered: ['step:1', 'visit:b'], ticked: [], lines: [] }],
  [
    'a step and a customer are planned',
    [item('x', bakery, ''), item('y', steel, 'Send the offer')],
    { offered: ['visit:b', 'step:1'], ticked: ['visit:b', 'step:1'], lines: [] },
  ],
  [
    'something was moved here',
    [item('x', null, 'report', 'old')],
    { offered: ['item:x', 'step:1', 'visit:b'], ticked: ['item:x'], lines: [] },
  ],
  [
    'a customer is planned in words: it is not suggested again',
    [item('x', bakery, 'taste the rolls')],
    { offered: ['step:1'], ticked: [], lines: ['Example Bakery – taste the rolls'] },
  ],
  [
    'the same step is planned twice',
    [item('x', steel, 'Send the offer'), item('y', steel, 'Send the offer')],
    { offered: ['step:1', 'visit:b'], ticked: ['step:1'], lines: ['Example Steel – Send the offer'] },
  ],
])('%s', (_, planned, expected) => {
  const { offered, ticked, lines } = prefillOf(day, planned);
  expect({ offered: offered.map(({ value }) => value), ticked, lines }).toEqual(expected);
});

test('every planned item that a form shows is in one place, within what a form can hold', () => {
  const planned = fc.array(
    fc.record({
      account: fc.constantFrom(null, steel, bakery),
      text: fc.oneof(
        fc.constantFrom('Send the offer', 'a', 'x'.repeat(900)),
        fc.string({ minLength: 1, maxLength: 20 }),
      ),
      movedFromId: fc.constantFrom(null, null, 'old'),
    }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(planned, (some) => {
      const items = some.map((one, index) => item(String(index), one.account, one.text, one.movedFromId));
      const { offered, ticked, lines, shown } = prefillOf(day, items);
      expect(offered.length).toBeLessThanOrEqual(mostSuggestions);
      expect(lines.join('\n').length).toBeLessThanOrEqual(mostLines);
      expect(ticked.length + lines.length).toBe(shown.length);
      const known = [
        ...offered.filter(({ value }) => ticked.includes(value)).map(({ wanted }) => lineOf(wanted)),
        ...lines,
      ].sort();
      expect(
        items
          .filter(({ id }) => shown.includes(id))
          .map(lineOf)
          .sort(),
      ).toEqual(known);
      expect(readLines(lines.join('\n'))).toEqual(lines.filter((line) => readLines(line).length > 0));
    }),
  );
});
