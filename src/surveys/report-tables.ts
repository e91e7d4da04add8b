import { dimensionName } from '../feedback/index.ts';
import type { Key, Text } from '../text/text.ts';
import { byTheme, type Figure, type Report, type Said, sides } from './report.ts';

/** What stands in a cell; a number is a number, so that it can be reckoned with. */
export type Cell = string | number | null;

/** A sheet: its first row says what the columns are. */
export interface Table {
  /** At most 31 signs (ECMA-376, sheet names). */
  name: string;
  rows: readonly (readonly Cell[])[];
}

/** What spreadsheets take for the beginning of a formula (OWASP, CSV injection), in full width too. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/u;
/** The same behind what ends a cell where lists are written with semicolons, as in Germany. */
const laterFormula = /(?<!^)([;\t\r\n] *)(?=[=+\-@＝＋－＠])/gu;

/** The same words as a text that no spreadsheet reckons out: what customers write must do nothing in it. */
export function harmless(cell: Cell): Cell {
  if (typeof cell !== 'string') return cell;
  const words = cell.replaceAll(laterFormula, "$1'");
  return formula.test(words) ? `'${words}` : words;
}

const harmlessRows = (rows: readonly (readonly Cell[])[]) => rows.map((row) => row.map(harmless));

/** What became of it: what was done, else what was answered, else that it is open. */
export const doneWords = ({ state, answer, outcome }: Said, text: Text): string =>
  outcome ?? answer ?? text.plain(state === 'open' ? 'surveys.report.open' : 'surveys.report.handled');

const columns = (keys: readonly Key[], text: Text) => keys.map((key) => text.plain(key));

interface Line {
  theme: string;
  side: string;
  figure: Figure;
}

function linesOf(report: Report, text: Text): Line[] {
  const side = (one: (typeof sides)[number]) => text.plain(`surveys.report.${one}`);
  const recommend = text.plain('surveys.report.recommend');
  return [
    ...report.dimensions.flatMap(({ dimension, figures }) =>
      sides.map((one) => ({ theme: dimensionName(dimension, text), side: side(one), figure: figures[one] })),
    ),
    ...sides.map((one) => ({ theme: recommend, side: side(one), figure: report.recommend[one] })),
  ];
}

/** The sheets of a workbook: scores, what customers said by theme, remarks. */
export function reportTables(report: Report, text: Text): Table[] {
  const scores = linesOf(report, text).map(({ theme, side, figure }) => [
    ...[theme, side, figure.value, figure.change, figure.answers],
  ]);
  const said = byTheme(report, text).flatMap(({ theme, said: all }) =>
    all.map((one) => [
      ...[theme, text.plain(`feedback.kind.${one.kind}` as Key), one.account, one.saidOn.toString(), one.words],
      doneWords(one, text),
    ]),
  );
  const remarks = report.remarks.map((one) => [
    ...[text.plain(`surveys.report.${one.side}`), one.account, one.scoredOn.toString(), one.words],
  ]);
  const heads: readonly (readonly Key[])[] = [
    ['surveys.cell.theme', 'surveys.cell.side', 'surveys.cell.value', 'surveys.cell.change', 'surveys.cell.answers'],
    [
      ...(['surveys.cell.theme', 'surveys.cell.kind', 'surveys.cell.account', 'surveys.cell.day'] as const),
      ...(['surveys.cell.words', 'surveys.cell.done'] as const),
    ],
    ['surveys.cell.side', 'surveys.cell.account', 'surveys.cell.day', 'surveys.cell.words'],
  ];
  const names = ['scores', 'said', 'remarks'] as const;
  return [scores, said, remarks].map((rows, index) => ({
    name: text.plain(`surveys.sheet.${names[index] ?? 'scores'}`),
    rows: harmlessRows([columns(heads[index] ?? [], text), ...rows]),
  }));
}

/** Everything in one table, for what reads CSV: the first column says what a row is. */
export function reportTable(report: Report, text: Text): Table {
  const head = columns(
    [
      ...(['surveys.cell.part', 'surveys.cell.theme', 'surveys.cell.side', 'surveys.cell.value'] as const),
      ...(['surveys.cell.change', 'surveys.cell.answers', 'surveys.cell.kind', 'surveys.cell.account'] as const),
      ...(['surveys.cell.day', 'surveys.cell.words', 'surveys.cell.done'] as const),
    ],
    text,
  );
  const part = (name: 'scores' | 'said' | 'remarks') => text.plain(`surveys.sheet.${name}`);
  const scores = linesOf(report, text).map(({ theme, side, figure }): Cell[] => [
    ...[part('scores'), theme, side, figure.value, figure.change, figure.answers, null, null, null, null, null],
  ]);
  const said = byTheme(report, text).flatMap(({ theme, said: all }) =>
    all.map((one): Cell[] => [
      ...[part('said'), theme, null, null, null, null, text.plain(`feedback.kind.${one.kind}` as Key), one.account],
      ...[one.saidOn.toString(), one.words, doneWords(one, text)],
    ]),
  );
  const remarks = report.remarks.map((one): Cell[] => [
    ...[part('remarks'), null, text.plain(`surveys.report.${one.side}`), null, null, null, null, one.account],
    ...[one.scoredOn.toString(), one.words, null],
  ]);
  return { name: part('scores'), rows: harmlessRows([head, ...scores, ...said, ...remarks]) };
}
