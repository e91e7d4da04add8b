import { readFile } from 'node:fs/promises';
import { inPlainText } from '../chat/card.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database.ts';
import type { Text } from '../text/text.ts';
import { importCard } from './import-card.ts';
import { importAccounts } from './importing.ts';
import { accountStore } from './store.ts';

export interface ImportFromFile {
  database: Database;
  clock: Clock;
  text: Text;
  path: string;
  /** Id or name; may be left out when there is only one. */
  organization?: string;
  dryRun: boolean;
  skipBad: boolean;
  onProgress?(done: number, total: number): void;
}

/**
 * Imports customers from a file of this machine. Returns the report and whether every row was fine. Throws a sentence for
 * the person when the file cannot be read or it is not clear which organisation is meant.
 */
export async function importFromFile(request: ImportFromFile): Promise<{ ok: boolean; report: string }> {
  const { database, clock, text, path, dryRun, skipBad, onProgress } = request;
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new Error(`The file ${path} cannot be read.`, { cause });
  });
  const organizationId = await organizationMeant(database, request.organization);
  const result = await importAccounts(database, {
    organizationId,
    bytes,
    personId: null,
    now: clock.now(),
    dryRun,
    skipBad,
    ...(onProgress ? { onProgress } : {}),
  });
  const { body, ...card } = importCard(result, text, Number.POSITIVE_INFINITY);
  const report = inPlainText({ ...card, body: body.filter(({ kind }) => kind !== 'buttons') });
  return { ok: result.ok && result.problems.length === 0, report };
}

async function organizationMeant(database: Database, wanted: string | undefined): Promise<string> {
  const all = await accountStore(database).organizations();
  const meant = wanted === undefined ? all : all.filter(({ id, name }) => id === wanted || name === wanted);
  const [only, another] = meant;
  if (only && !another) return only.id;
  if (all.length === 0) throw new Error('There is no organisation yet: connect the bot to a workspace first.');
  const list = all.map(({ id, name }) => `  ${id}  ${name}`).join('\n');
  throw new Error(`Say which organisation is meant, with --organization and its id or name:\n${list}`);
}
