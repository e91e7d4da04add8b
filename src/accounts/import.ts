import { cut } from '../text/cut.ts';
import type { Key, Text } from '../text/text.ts';
import type { AccountClass } from './account.ts';
import { contactNames, longestContactName } from './contact.ts';
import { limits } from './forms.ts';
import { classMeant, type Header, type ImportColumn } from './import-columns.ts';
import { longestName, nameKey, splitNames, tidyName } from './name.ts';
import { zoneMeant } from './time-zones.ts';

/** A row of the file that makes sense by itself. What is undefined was empty, or had no column: it changes nothing. */
export interface ImportRow {
  /** As a spreadsheet counts: the header is row 1. */
  row: number;
  name: string;
  code: string | undefined;
  class: AccountClass | undefined;
  ownerId: string | undefined;
  memberIds: readonly string[];
  city: string | undefined;
  timeZone: string | undefined;
  otherNames: readonly string[] | undefined;
  contacts: readonly string[];
}

/** Something wrong with a row. */
export interface RowProblem {
  row: number;
  key: Extract<Key, `accounts.import.problem.${string}`>;
  values?: Readonly<Record<string, string | number>>;
  /** Whose cell it is, when that matters. */
  column?: ImportColumn;
}

/** Whom an owner's name or e-mail address means. */
export interface Colleague {
  id: string;
  name: string;
  email: string | null;
}

/** Finds colleagues by e-mail address or name; `several` when a name is not enough. */
export type FindColleague = (words: string) => string | 'none' | 'several';

/** How much of a wrong cell is repeated in a report. */
const shownCell = 40;

/** Finds colleagues by what a cell says. */
export function colleagueFinder(colleagues: readonly Colleague[]): FindColleague {
  const found = new Map<string, string | 'several'>();
  for (const { id, name, email } of colleagues) {
    if (email !== null) found.set(email.toLowerCase(), id);
    const key = nameKey(name);
    found.set(key, found.has(key) ? 'several' : id);
  }
  return (words) => found.get(words.trim().toLowerCase()) ?? found.get(nameKey(words)) ?? 'none';
}

/**
 * Reads one row. Cells are data: one that begins with = + - @ is a name like any other. A row in which nothing is
 * written is null.
 */
export function readRow(
  row: number,
  cells: readonly string[],
  header: Header,
  colleague: FindColleague,
): ImportRow | RowProblem | null {
  if (cells.every((cell) => cell.trim() === '')) return null;
  const cell = (column: ImportColumn) => {
    const at = header.at.get(column);
    const words = at === undefined ? '' : tidyName(cells[at] ?? '');
    return words === '' ? undefined : words;
  };
  const problem = (name: string, values: RowProblem['values'] = {}, column?: ImportColumn): RowProblem => ({
    row,
    key: `accounts.import.problem.${name}` as RowProblem['key'],
    values,
    ...(column === undefined ? {} : { column }),
  });
  const name = cell('name');
  if (name === undefined || nameKey(name) === '') return problem('noName');
  for (const [column, max] of [
    ['name', longestName],
    ['code', limits.code],
    ['city', limits.city],
  ] as const) {
    const { length } = cell(column) ?? '';
    if (length > max) return problem('tooLong', { length, max }, column);
  }
  const shown = (column: ImportColumn) => ({ value: cut(cell(column) ?? '', shownCell) });
  const classWord = cell('class');
  const accountClass = classWord === undefined ? undefined : classMeant(classWord);
  if (accountClass === null) return problem('class', shown('class'));
  const zoneWord = cell('timeZone');
  const timeZone = zoneWord === undefined ? undefined : zoneMeant(zoneWord);
  if (timeZone === null) return problem('timeZone', shown('timeZone'));

  const ownerWord = cell('owner');
  const ownerId = ownerWord === undefined ? undefined : colleague(ownerWord);
  if (ownerId === 'none') return problem('owner', shown('owner'));
  if (ownerId === 'several') return problem('ownerTwice', shown('owner'));
  const memberIds = new Set<string>();
  for (const member of (raw(cells, header, 'members') ?? '').split(/[,，;；、\n|]+/u)) {
    if (tidyName(member) === '') continue;
    const id = colleague(tidyName(member));
    const value = cut(tidyName(member), shownCell);
    if (id === 'none') return problem('owner', { value });
    if (id === 'several') return problem('ownerTwice', { value });
    memberIds.add(id);
  }
  if (memberIds.size > limits.members) return problem('tooMany', { max: limits.members }, 'members');

  const others = raw(cells, header, 'otherNames');
  const otherNames = others === undefined ? undefined : splitNames(others);
  const long = otherNames?.find(({ length }) => length > longestName);
  if (long !== undefined) return problem('tooLong', { length: long.length, max: longestName }, 'otherNames');
  if (otherNames && otherNames.length > limits.otherNames)
    return problem('tooMany', { max: limits.otherNames }, 'otherNames');
  const people = raw(cells, header, 'contacts') ?? '';
  const tooLongName = people.split(/[,，、;；\n]+/u).find((one) => tidyName(one).length > longestContactName);
  if (tooLongName !== undefined)
    return problem('tooLong', { length: tooLongName.length, max: longestContactName }, 'contacts');
  return {
    row,
    name,
    code: cell('code'),
    class: accountClass,
    ownerId,
    memberIds: [...memberIds],
    city: cell('city'),
    timeZone,
    otherNames,
    contacts: contactNames(people),
  };
}

/** A cell with its line breaks, which separate entries; nothing when it is empty. */
function raw(cells: readonly string[], header: Header, column: ImportColumn): string | undefined {
  const at = header.at.get(column);
  const words = at === undefined ? '' : (cells[at] ?? '');
  return tidyName(words) === '' ? undefined : words;
}

export const isProblem = (read: ImportRow | RowProblem): read is RowProblem => 'key' in read;

/** A problem as one line of the report. */
export function problemLine({ row, key, values = {}, column }: RowProblem, text: Text): string {
  const named = column === undefined ? {} : { column: text.plain(`accounts.import.column.${column}`) };
  return text.plain('accounts.import.row', { row, problem: text.plain(key, { ...values, ...named }) });
}
