import type { AccountClass } from './account.ts';
import { differenceOf } from './difference.ts';
import type { ImportRow, RowProblem } from './import.ts';
import { nameKey } from './name.ts';

/** An account as it is before the import. */
export interface Existing {
  id: string;
  name: string;
  nameKey: string;
  code: string | null;
  class: AccountClass;
  ownerId: string | null;
  city: string | null;
  timeZone: string | null;
  otherNames: string[];
  archived: boolean;
  memberIds: string[];
  contacts: string[];
}

/** What an account is after the import. */
export type Imported = Omit<Existing, 'id' | 'archived' | 'nameKey'>;

export type Step =
  | { do: 'create'; row: number; next: Imported }
  | { do: 'change'; row: number; id: string; archived: boolean; next: Imported; difference: Difference }
  | { do: 'leave'; row: number };
type Difference = Record<string, [unknown, unknown]>;

/** Existing accounts, by what rows are matched with. */
export interface Known {
  byCode: ReadonlyMap<string, Existing>;
  byName: ReadonlyMap<string, Existing>;
}

/**
 * What a row does: an account is found by the row's code, else by its name. Empty cells leave what is there, colleagues
 * and contacts are added and never taken away, so that the same file twice changes nothing.
 */
export function planRow(row: ImportRow, known: Known): Step | RowProblem {
  const key = nameKey(row.name);
  const named = known.byName.get(key);
  const coded = row.code === undefined ? undefined : known.byCode.get(row.code);
  if (coded && named && coded.id !== named.id) return { row: row.row, key: 'accounts.import.problem.nameOfOther' };
  if (!coded && named && named.code !== null && row.code !== undefined)
    return { row: row.row, key: 'accounts.import.problem.nameTaken', values: { value: named.code } };
  const before = coded ?? named;
  const next: Imported = {
    name: before && nameKey(before.name) === key && coded === undefined ? before.name : row.name,
    code: row.code ?? before?.code ?? null,
    class: row.class ?? before?.class ?? 'general',
    ownerId: row.ownerId ?? before?.ownerId ?? null,
    city: row.city ?? before?.city ?? null,
    timeZone: row.timeZone ?? before?.timeZone ?? null,
    otherNames: [...(row.otherNames ?? before?.otherNames ?? [])],
    memberIds: union(before?.memberIds ?? [], row.memberIds),
    contacts: union(before?.contacts ?? [], row.contacts),
  };
  if (!before) return { do: 'create', row: row.row, next };
  const difference = differenceOf(before, next);
  if (Object.keys(difference).length === 0) return { do: 'leave', row: row.row };
  return { do: 'change', row: row.row, id: before.id, archived: before.archived, next, difference };
}

const union = (before: readonly string[], more: readonly string[]) => [...new Set([...before, ...more])];

/** Rows that mean the same account as an earlier one, by code or by name. */
export function repeatedRows(rows: readonly ImportRow[]): RowProblem[] {
  const codes = new Map<string, number>();
  const names = new Map<string, number>();
  const problems: RowProblem[] = [];
  for (const { row, code, name } of rows) {
    const key = nameKey(name);
    const other = (code === undefined ? undefined : codes.get(code)) ?? names.get(key);
    if (other !== undefined) problems.push({ row, key: 'accounts.import.problem.same', values: { other } });
    else {
      if (code !== undefined) codes.set(code, row);
      names.set(key, row);
    }
  }
  return problems;
}
