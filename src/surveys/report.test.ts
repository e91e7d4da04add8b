import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import type { Dimension } from '../feedback/index.ts';
import { textIn } from '../text/text.ts';
import { byTheme, type Report, reportFrom, type Said, type SumRow, signed, spanBefore, usualSpan } from './report.ts';
import { csvFile, xlsxFile } from './report-file.ts';
import { harmless, reportTable, reportTables } from './report-tables.ts';

const day = (written: string) => Temporal.PlainDate.from(written);
const span = (from: string, to: string) => ({ from: day(from), to: day(to) });
const product: Dimension = { id: 'p', key: 'product', name: null, archived: false };
const price: Dimension = { id: 'q', key: null, name: '=Price', archived: true };
const text = textIn('en');

describe('the period before', () => {
  test.each([
    ['a month: the month before', '2026-11-01', '2026-11-30', '2026-10-01', '2026-10-31'],
    ['February after January', '2026-02-01', '2026-02-28', '2026-01-01', '2026-01-31'],
    ['a quarter', '2026-10-01', '2026-12-31', '2026-07-01', '2026-09-30'],
    ['a year', '2028-01-01', '2028-12-31', '2027-01-01', '2027-12-31'],
    ['a week: as many days', '2026-11-16', '2026-11-22', '2026-11-09', '2026-11-15'],
    ['one day', '2026-11-23', '2026-11-23', '2026-11-22', '2026-11-22'],
    ['from the first, but not whole', '2026-11-01', '2026-11-23', '2026-10-09', '2026-10-31'],
  ])('%s', (_, from, to, before, until) => {
    const found = spanBefore(span(from, to));
    expect([found.from.toString(), found.to.toString()]).toEqual([before, until]);
  });

  test('always ends the day before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 0, max: 800 }), (start, length) => {
        const from = day('2020-01-01').add({ days: start });
        const period = { from, to: from.add({ days: length }) };
        const before = spanBefore(period);
        expect(before.to.add({ days: 1 }).equals(from)).toBe(true);
        expect(Temporal.PlainDate.compare(before.from, before.to)).toBeLessThanOrEqual(0);
      }),
    );
  });

  test('without a period it is three months', () => {
    const { from, to } = usualSpan(day('2026-11-23'));
    expect([from.toString(), to.toString()]).toEqual(['2026-08-24', '2026-11-23']);
  });
});

const rows = (answers: number, sum: number, before?: [number, number]): SumRow[] => [
  { dimensionId: 'p', side: 'customers', now: true, answers, sum },
  ...(before ? [{ dimensionId: 'p', side: 'customers', now: false, answers: before[0], sum: before[1] } as const] : []),
];
const report = (given: Partial<Parameters<typeof reportFrom>[0]> = {}): Report =>
  reportFrom({
    team: null,
    period: span('2026-11-01', '2026-11-30'),
    rows: [],
    dimensions: [product, price],
    said: [],
    remarks: [],
    ...given,
  });

test.each<[string, SumRow[], { value: number | null; answers: number; change: number | null }]>([
  ['nobody', [], { value: null, answers: 0, change: null }],
  ['two are too few', rows(2, 10), { value: null, answers: 2, change: null }],
  ['three are enough', rows(3, 10), { value: 3.3, answers: 3, change: null }],
  ['two before are too few to compare', rows(3, 10, [2, 10]), { value: 3.3, answers: 3, change: null }],
  ['with a change of what is shown', rows(3, 10, [6, 25]), { value: 3.3, answers: 3, change: -0.9 }],
])('an average: %s', (_, given, figure) => {
  expect(report({ rows: given }).dimensions[0]?.figures.customers).toEqual(figure);
});

test('net recommendation is promoters less detractors, in a hundred', () => {
  const net = (answers: number, sum: number, now = true): SumRow => ({
    dimensionId: null,
    side: 'us',
    now,
    answers,
    sum,
  });
  expect(report({ rows: [net(3, -1)] }).recommend.us).toEqual({ value: -33, answers: 3, change: null });
  expect(report({ rows: [net(4, 2), net(4, 4, false)] }).recommend.us).toEqual({ value: 50, answers: 4, change: -50 });
});

test('what is no longer asked is shown only where it was judged', () => {
  expect(report().dimensions.map(({ dimension }) => dimension.id)).toEqual(['p']);
  const judged: SumRow = { dimensionId: 'q', side: 'us', now: true, answers: 1, sum: 5 };
  expect(report({ rows: [judged] }).dimensions.map(({ dimension }) => dimension.id)).toEqual(['p', 'q']);
});

const said = (given: Partial<Said>): Said => ({
  account: 'Acme',
  kind: 'problem',
  dimensionId: 'p',
  words: 'Late',
  saidOn: day('2026-11-03'),
  state: 'open',
  answer: null,
  outcome: null,
  ...given,
});

test('what was said stands by theme in our order, and what belongs to none last', () => {
  const all = [
    said({ dimensionId: null, words: '1' }),
    said({ words: '2' }),
    said({ dimensionId: 'gone', words: '3' }),
  ];
  const themes = byTheme(report({ said: all }), text);
  expect(themes.map(({ theme, said: words }) => [theme, words.map((one) => one.words)])).toEqual([
    ['Product', ['2']],
    ['Other', ['1', '3']],
  ]);
});

test.each([
  [0.3, '+0.3'],
  [-0.9, '−0.9'],
  [0, '±0'],
])('a change of %d is written %s', (change, written) => {
  expect(signed(change, text)).toBe(written);
});

describe('cells', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '=HYPERLINK("http://x")'])(
    '%j does nothing in a spreadsheet',
    (words) => {
      expect(harmless(words)).toBe(`'${words}`);
    },
  );

  test('nor does what stands behind a semicolon, which ends a cell elsewhere', () => {
    expect(harmless('Late;=1+1;')).toBe("Late;'=1+1;");
    expect(harmless('Late; @SUM(A1)')).toBe("Late; '@SUM(A1)");
    expect(harmless('Late\n=1+1')).toBe("Late\n'=1+1");
  });

  test('a number stays a number, and other words stay as they are', () => {
    expect([harmless(-0.9), harmless(null), harmless('Late = bad'), harmless('')]).toEqual([
      -0.9,
      null,
      'Late = bad',
      '',
    ]);
  });

  test('nothing that anybody wrote or is called begins a formula, in any of the tables', () => {
    const nasty = fc.tuple(fc.constantFrom('=', '+', '-', '@', '\t', 'x'), fc.string()).map((parts) => parts.join(''));
    fc.assert(
      fc.property(nasty, nasty, nasty, (words, account, outcome) => {
        const full = report({
          said: [said({ words, account, outcome, state: 'closed' })],
          remarks: [{ account, side: 'us', words, scoredOn: day('2026-11-03') }],
          rows: [{ dimensionId: 'q', side: 'us', now: true, answers: 3, sum: 3 }],
        });
        const cells = [...reportTables(full, text), reportTable(full, text)].flatMap((table) => table.rows.flat());
        expect(cells.filter((cell) => typeof cell === 'string' && /^[=+\-@\t]/.test(cell))).toEqual([]);
      }),
    );
  });
});

describe('files', () => {
  const full = report({
    rows: rows(3, 10, [6, 25]),
    said: [said({ words: '=1+1 "so"\nand, more', outcome: 'Mended' })],
    remarks: [{ account: '华为', side: 'customers', words: '很好', scoredOn: day('2026-11-03') }],
  });

  test('CSV is UTF-8 with its mark, quoted as it must be', () => {
    const { name, bytes } = csvFile(full, text);
    const written = Buffer.from(bytes).toString('utf8');
    expect(name).toBe('survey-report-2026-11-01-2026-11-30.csv');
    expect(written.startsWith('\uFEFFPart,Theme,Who,Average,Change,Answers')).toBe(true);
    expect(written).toContain('Scores,Product,customers,3.3,-0.9,3');
    expect(written).toContain(`"'=1+1 ""so""\nand, more",Mended`);
    expect(written).toContain('华为');
  });

  test('a workbook has its sheets, numbers in cells of numbers, and no formula', async () => {
    const { readXlsx } = await import('hucre/xlsx');
    const { bytes, name } = await xlsxFile(full, textIn('zh-CN'));
    expect(name).toBe('survey-report-2026-11-01-2026-11-30.xlsx');
    const book = await readXlsx(bytes);
    expect(book.sheets.map((sheet) => sheet.name)).toEqual(['评分', '客户怎么说', '说明']);
    expect(book.sheets[0]?.rows[1]).toEqual(['产品', '客户', 3.3, -0.9, 3]);
    expect(book.sheets[1]?.rows[1]?.[4]).toBe(`'=1+1 "so"\nand, more`);
  });
});
