import { setImmediate } from 'node:timers/promises';
import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../database.ts';
import { colleagueFinder, type ImportRow, isProblem, type RowProblem, readRow } from './import.ts';
import { readHeader } from './import-columns.ts';
import { type ReadFile, readFile } from './import-file.ts';
import { planRow, repeatedRows, type Step } from './import-plan.ts';
import { type ImportTransaction, importStore } from './import-store.ts';
import { nameKey } from './name.ts';

export interface ImportRequest {
  organizationId: string;
  /** The CSV file as it is. */
  bytes: Uint8Array;
  /** Who imports; null: somebody at the machine itself. */
  personId: string | null;
  now: Temporal.Instant;
  /** Only judge, store nothing. */
  dryRun: boolean;
  /** Leave rows with mistakes out; otherwise one of them is enough to store nothing. */
  skipBad: boolean;
  /** Told how much of the work is done. */
  onProgress?(done: number, total: number): void;
}

/** The file as a whole cannot be used. */
export type FileProblem =
  | Exclude<ReadFile, { ok: true }>
  | { ok: false; problem: 'noNameColumn' | 'twiceColumn'; columns: readonly string[] };

/** What became of each row, or would have. */
export interface ImportDone {
  ok: true;
  /** False after a dry run, and when rows with mistakes stopped it. */
  stored: boolean;
  dryRun: boolean;
  created: number;
  changed: number;
  unchanged: number;
  problems: readonly RowProblem[];
  unknownColumns: readonly string[];
}

export type ImportResult = ImportDone | FileProblem;

/** Rows that go to the database together: small enough that others get their turn in between. */
const batchSize = 500;

/**
 * Reads a list of customers and brings the organisation's accounts to it, all in one transaction. Rows are found again
 * by code, else by name; what the file does not say stays as it is.
 */
export async function importAccounts(database: Pick<Database, 'pool'>, request: ImportRequest): Promise<ImportResult> {
  const file = await readFile(request.bytes);
  if (!file.ok) return file;
  const [first = [], ...rest] = file.rows;
  const header = readHeader(first);
  if (header.twice) return { ok: false, problem: 'twiceColumn', columns: header.twice };
  if (!header.at.has('name')) return { ok: false, problem: 'noNameColumn', columns: first.slice(0, 30) };

  const store = importStore(database);
  const colleague = colleagueFinder(await store.colleagues(request.organizationId));
  const problems: RowProblem[] = [];
  let rows: ImportRow[] = [];
  for (const [index, cells] of rest.entries()) {
    const read = readRow(index + 2, cells, header, colleague);
    if (read !== null && isProblem(read)) problems.push(read);
    else if (read !== null) rows.push(read);
    if (index % batchSize === 0) await setImmediate();
  }
  const repeated = repeatedRows(rows);
  const bad = new Set(repeated.map(({ row }) => row));
  rows = rows.filter(({ row }) => !bad.has(row));
  problems.push(...repeated);

  return store.run(request.organizationId, async (tx) => {
    const total = rows.length * 2;
    const steps: Step[] = [];
    for (const batch of inBatches(rows)) {
      steps.push(...(await plan(tx, batch, problems)));
      request.onProgress?.(Math.min(steps.length, rows.length), total);
    }
    problems.sort((a, b) => a.row - b.row);
    const store = !request.dryRun && (request.skipBad || problems.length === 0);
    if (store) {
      let written = 0;
      for (const batch of inBatches(steps)) {
        await tx.write(batch, { personId: request.personId, at: request.now });
        written += batch.length;
        request.onProgress?.(rows.length + written, total);
      }
    }
    request.onProgress?.(total, total);
    const count = (what: Step['do']) => steps.filter((step) => step.do === what).length;
    return {
      ok: true,
      stored: store,
      dryRun: request.dryRun,
      problems,
      unknownColumns: header.unknown,
      created: count('create'),
      changed: count('change'),
      unchanged: count('leave'),
    };
  });
}

async function plan(tx: ImportTransaction, rows: readonly ImportRow[], problems: RowProblem[]): Promise<Step[]> {
  const codes = rows.map(({ code }) => code).filter((code) => code !== undefined);
  const known = await tx.known(
    rows.map(({ name }) => nameKey(name)),
    codes,
  );
  const steps: Step[] = [];
  for (const row of rows) {
    const planned = planRow(row, known);
    if ('key' in planned) problems.push(planned);
    else steps.push(planned);
  }
  return steps;
}

function* inBatches<T>(all: readonly T[]): Generator<T[]> {
  for (let at = 0; at < all.length; at += batchSize) yield all.slice(at, at + batchSize);
}
