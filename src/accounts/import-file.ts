import { setImmediate } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';

/** A file as rows of cells, the header first. */
export type ReadFile =
  | { ok: true; rows: string[][] }
  | { ok: false; problem: 'empty' | 'encoding' }
  | { ok: false; problem: 'quotes'; line: number };

/** How much is parsed before others get their turn, in bytes. */
const slice = 64 * 1024;

/** The text of a file: UTF-8 or UTF-16 by its mark, else UTF-8 when it is valid, else GB18030; null when it is none. */
export function decode(bytes: Uint8Array): string | null {
  const marked =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  for (const encoding of marked === null ? ['utf-8', 'gb18030'] : [marked]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // The next one may fit.
    }
  }
  return null;
}

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
  // A zero byte is in no text that a spreadsheet writes: the file is something else.
  if (text === null || text.includes('\u0000')) return { ok: false, problem: 'encoding' };
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
