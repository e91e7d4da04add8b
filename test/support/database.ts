import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/** A migrated database that belongs to one test file. */
export interface TestDatabase {
  url: string;
  /** Removes it; connections that are still open are cut. */
  drop(): Promise<void>;
}

/** Makes a new database: a copy of the migrated one, made on the disk in a fraction of the time of migrating. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = new URL(inject('templateUrl'));
  const templateName = template.pathname.slice(1);
  const name = `kam_test_${randomBytes(6).toString('hex')}`;
  const url = new URL(template);
  url.pathname = `/${name}`;
  await administer(template, `CREATE DATABASE ${name} TEMPLATE ${templateName}`);
  return { url: url.href, drop: () => administer(template, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/** Makes an empty database, without tables. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  const template = new URL(inject('templateUrl'));
  const name = `kam_empty_${randomBytes(6).toString('hex')}`;
  const url = new URL(template);
  url.pathname = `/${name}`;
  await administer(template, `CREATE DATABASE ${name} TEMPLATE template0`);
  return { url: url.href, drop: () => administer(template, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

/** One connection for all that this process makes and removes: the first statement of a new one takes the longest. */
let administrator: pg.Pool | undefined;

async function administer(server: URL, sql: string): Promise<void> {
  administrator ??= administratorOf(server);
  await administrator.query(sql);
}

function administratorOf(server: URL): pg.Pool {
  const url = new URL(server);
  // A database cannot be copied while someone is connected to it.
  url.pathname = '/postgres';
  const pool = new pg.Pool({ connectionString: url.href, max: 1, idleTimeoutMillis: 0, allowExitOnIdle: true });
  // What breaks while nobody uses it is made anew for the next statement.
  pool.on('error', () => undefined);
  return pool;
}
