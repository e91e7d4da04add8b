import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Log } from '../log.ts';
import { type Migration, readMigrations } from './migrations.ts';

/** The database's history cannot be brought in line with this version; the message is a sentence for the person. */
export class MigrationError extends Error {
  override name = 'MigrationError';
}

/** Nothing can be asked of the database; the message is a sentence for the person who starts the bot. */
export class DatabaseUnreachable extends Error {
  override name = 'DatabaseUnreachable';

  constructor(cause: unknown) {
    // Where a name has several addresses, the error of all of them has a code but no words.
    const code = cause instanceof Error && 'code' in cause ? cause.code : cause;
    const reason = (cause instanceof Error && cause.message) || String(code);
    super(
      `The database cannot be reached (${reason}). See that the server runs and that DATABASE_URL names it rightly.`,
      { cause },
    );
  }
}

/** One number for every process of the bot: who holds the lock migrates, the others wait and find it done. */
const lockKey = 7_204_173_001;
/** The table that `prisma migrate deploy` keeps, so that either may go on where the other stopped. */
const historyTable = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    id VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum VARCHAR(64) NOT NULL,
    finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL,
    logs TEXT,
    rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

/**
 * Brings the database to the newest step of prisma/migrations and returns the names of the steps applied. Each step and
 * its line in the history commit together, so a kill in between leaves no half step. Any number of processes may call
 * it at once. Throws DatabaseUnreachable; MigrationError when the database's history is ahead of the folder or differs
 * from it, when a step fails, or when the server does not let us create an extension.
 */
export async function migrate(
  url: string,
  options: { log: Log; migrations?: Migration[]; connectionTimeout?: number },
): Promise<string[]> {
  const { log, migrations = await readMigrations(), connectionTimeout = 10_000 } = options;
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: connectionTimeout });
  // What breaks the connection also rejects the query under way.
  client.on('error', () => undefined);
  try {
    await client.connect().catch((error: unknown) => {
      throw new DatabaseUnreachable(error);
    });
    if ((await pending(client, migrations)).length === 0) return [];
    // Session locks end with the connection, also when this process is killed.
    await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
    const steps = await pending(client, migrations);
    if (steps.length > 0) await client.query(historyTable);
    for (const step of steps) {
      const begun = performance.now();
      await apply(client, step);
      log.info({ migration: step.name, ms: Math.round(performance.now() - begun) }, 'migration is applied');
    }
    return steps.map((step) => step.name);
  } finally {
    await client.end();
  }
}

/** The steps that the database lacks, oldest first. Throws MigrationError when its history is not the folder's. */
export async function pendingMigrations(url: string, migrations?: Migration[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000, query_timeout: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await pending(client, migrations ?? (await readMigrations()))).map((step) => step.name);
  } finally {
    await client.end();
  }
}

async function pending(client: pg.Client, migrations: Migration[]): Promise<Migration[]> {
  const applied = await readHistory(client);
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  const unknown = applied.filter((row) => !known.has(row.name));
  if (unknown.length > 0) {
    throw new MigrationError(
      `The database is ahead of this version: it has ${list(unknown)}, which this version does not know. ` +
        'Start the newer version, or restore a backup from before.',
    );
  }
  const changed = applied.filter((row) => known.get(row.name)?.checksum !== row.checksum);
  if (changed.length > 0) {
    throw new MigrationError(
      `The database was made from another text of ${list(changed)} than prisma/migrations has now. ` +
        'Put the original files back: a change to the database is a new migration, never an edit of an old one.',
    );
  }
  const half = applied.filter((row) => !row.finished);
  if (half.length > 0) {
    throw new MigrationError(
      `Another tool left ${list(half)} half done in the database. ` +
        'See what is missing, then mark it with "npx prisma migrate resolve", or restore a backup.',
    );
  }
  const done = new Set(applied.map((row) => row.name));
  return migrations.filter((migration) => !done.has(migration.name));
}

const list = (rows: { name: string }[]) => rows.map((row) => row.name).join(', ');

async function readHistory(client: pg.Client): Promise<{ name: string; checksum: string; finished: boolean }[]> {
  const exists = await client.query<{ found: boolean }>(
    `SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS found`,
  );
  if (!exists.rows[0]?.found) return [];
  const history = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
     FROM "_prisma_migrations" WHERE rolled_back_at IS NULL`,
  );
  return history.rows;
}

async function apply(client: pg.Client, step: Migration): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(step.sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), step.checksum, step.name],
    );
    await client.query('COMMIT');
  } catch (cause) {
    // The connection is closed after this, which rolls back what is open.
    throw new MigrationError(sentenceFor(step, cause), { cause });
  }
}

function sentenceFor(step: Migration, cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  const code = cause instanceof Error && 'code' in cause ? cause.code : '';
  // 42501: no right; 0A000 and 58P01: the extension's files are not on the server.
  if (/extension/i.test(message) && ['42501', '0A000', '58P01'].includes(String(code))) {
    return (
      `The server does not let us create an extension that KAM needs (${message}). Let its administrator run ` +
      'CREATE EXTENSION IF NOT EXISTS pg_trgm; CREATE EXTENSION IF NOT EXISTS unaccent; in this database, then start again.'
    );
  }
  return `The migration ${step.name} failed and was rolled back: ${message}`;
}
