import { setImmediate } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import { decode } from '../text/decode.ts';

/** A file as rows of cells, the header first. */
export type ReadFile =
  | { ok: true; rows: string[][] }
  | { ok: false; problem: 'empty' | 'encoding' }
  | { ok: false; problem: 'quotes'; line: number };

/** How much is parsed before others get their turn, in bytes. */
const slice = 64 * 1024;

/** What separates the cells: of comma, semicolon and tab the one that the first line has most of, outside of quotes. */
export function delimiterOf(text: string): ',' | ';' | '\t' {
  const counts = { ',': 0, ';': 0, '\t': 0 };
  let quoted = false;
  for (const character of text.slice(0, 10_000)) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && character === '\n' && counts[','] + counts[';'] + counts['\t'] > 0) break;
    else if (!quoted && (character === ',' || character === ';' || character === '\t')) counts[character] += 1;
  }
  return ([',', ';', '\t'] as const).reduce((best, one) => (counts[one] > counts[best] ? one : best));
}

/** Reads a CSV file, letting others have their turn in between. */
export async function readFile(bytes: Uint8Array): Promise<ReadFile> {
  const text = decode(bytes);
  if (text === null) return { ok: false, problem: 'encoding' };
  const body = text.replace(/^\uFEFF/u, '');
  if (body.trim() === '') return { ok: false, problem: 'empty' };
  const rows: string[][] = [];
  const parser = parse({ delimiter: delimiterOf(body), relax_column_count: true, relax_quotes: true });
  const done = new Promise<void>((resolve, reject) => {
    parser.on('data', (row: string[]) => rows.push(row));
    parser.on('end', resolve);
    parser.on('error', reject);
  });
  const written = (async () => {
    const utf8 = Buffer.from(body);
    for (let at = 0; at < utf8.length && !parser.destroyed; at += slice) {
      parser.write(utf8.subarray(at, at + slice));
      await setImmediate();
    }
    if (!parser.destroyed) parser.end();
  })();
  try {
    await Promise.all([done, written]);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { ok: false, problem: 'quotes', line: typeof error.lines === 'number' ? error.lines : rows.length + 1 };
  }
  return rows.length === 0 ? { ok: false, problem: 'empty' } : { ok: true, rows };
}
