import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** One step of the database's history: a folder of prisma/migrations. */
export interface Migration {
  /** The folder's name: a time stamp and what the step is about. Steps are applied in the order of their names. */
  name: string;
  sql: string;
  /** SHA-256 of the SQL file, in hex, as Prisma records it. */
  checksum: string;
}

/** The folder with the database's history. */
export const migrationsDirectory = resolve(import.meta.dirname, '../../prisma/migrations');

/** Reads the history from the disk, oldest step first. No folder is an empty history. */
export async function readMigrations(directory: string = migrationsDirectory): Promise<Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(directory, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}
