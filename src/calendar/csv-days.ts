import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { dayOf } from '../text/calendar-days.ts';
import { cut } from '../text/cut.ts';
import { halfWidth } from '../text/day-in-words.ts';
import { eachOnce, type FileDay, type LineProblem, longestName, type ReadDays, shownCell } from './file-days.ts';

const rowShape = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }));

const worked = new Set(['works', 'work', 'working', 'working day', 'on', '上班', '班', '工作日', '调休上班', '补班']);
const free = new Set(['off', 'free', 'holiday', 'day off', '放假', '休', '休息', '节假日', '假']);
/** A first row that heads the columns. */
const heading = /^(?:date|day|日期)$/iu;
/** 2026-10-10, 2026/10/10, 20261010, 2026年10月10日; with dots also the day first. */
const yearFirst = /^(20\d\d)(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d\d)(\d\d))$/u;
const dayFirst = /^(\d{1,2})\.(\d{1,2})\.(20\d\d)$/u;

/** Reads lines of `date,works|off,name`. Cells are data: one that begins with = + - @ is a name like any other. */
export function readCsvDays(text: string): ReadDays {
  let rows: z.infer<typeof rowShape>;
  try {
    rows = rowShape.parse(
      parse(text, {
        bom: true,
        info: true,
        relax_column_count: true,
        relax_quotes: true,
        skip_empty_lines: true,
        trim: true,
        delimiter: [',', ';', '\t', '，'],
      }),
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? error.lines : 1;
    return { ok: false, problem: 'lines', lines: [{ line, key: 'calendar.import.problem.quotes' }] };
  }
  const days: FileDay[] = [];
  const problems: LineProblem[] = [];
  for (const [index, { record, info }] of rows.entries()) {
    if (record.every((cell) => cell === '') || (index === 0 && heading.test(record[0] ?? ''))) continue;
    const read = readLine(record, info.lines);
    if ('key' in read) problems.push(read);
    else days.push(read);
  }
  return eachOnce(days, problems);
}

function readLine([first = '', second = '', third = '']: readonly string[], line: number): FileDay | LineProblem {
  const date = readDate(halfWidth(first));
  if (date === null) return { line, key: 'calendar.import.problem.day', values: { value: cut(first, shownCell) } };
  const word = halfWidth(second).toLowerCase();
  if (!worked.has(word) && !free.has(word))
    return { line, key: 'calendar.import.problem.works', values: { value: cut(second, shownCell) } };
  return { line, date, works: worked.has(word), name: third === '' ? null : cut(third, longestName) };
}

function readDate(cell: string): string | null {
  const [, year, month, day, shortMonth, shortDay] = yearFirst.exec(cell) ?? [];
  if (year !== undefined) return written(year, month ?? shortMonth, day ?? shortDay);
  const [, first, second, last] = dayFirst.exec(cell) ?? [];
  return last === undefined ? null : written(last, second, first);
}

const written = (year: string, month = '', day = '') =>
  dayOf(Number(year), Number(month), Number(day))?.toString() ?? null;
