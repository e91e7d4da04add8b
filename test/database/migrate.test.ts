import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { DatabaseUnreachable, migrate, pendingMigrations } from '../../src/database/migrate.ts';
import { type Migration, migrationsDirectory, readMigrations } from '../../src/database/migrations.ts';
import { readSchema } from '../../src/database/schema-engine.ts';
import { createLog } from '../../src/log.ts';
import { createEmptyDatabase } from '../support/database.ts';
import { startProgram } from '../support/process.ts';

const log = createLog('silent');
let url: string;

beforeEach(async () => {
  const database = await createEmptyDatabase();
  url = database.url;
  onTestFinished(() => database.drop());
});

async function query(sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const step = (name: string, sql: string): Migration => ({ name, sql, checksum: `sum of ${sql}`.slice(0, 64) });
const one = step('1_one', 'CREATE TABLE one (id int)');
const two = step('2_two', 'CREATE TABLE two (id int)');

test('applies what is missing, once, in order', async () => {
  expect(await pendingMigrations(url, [one, two])).toEqual(['1_one', '2_two']);
  expect(await migrate(url, { log, migrations: [one] })).toEqual(['1_one']);
  expect(await migrate(url, { log, migrations: [one, two] })).toEqual(['2_two']);
  expect(await migrate(url, { log, migrations: [one, two] })).toEqual([]);
  expect(await pendingMigrations(url, [one, two])).toEqual([]);
});

test('several processes that start at once migrate once', async () => {
  const cli = join(import.meta.dirname, '../../src/cli.ts');
  const programs = Array.from({ length: 5 }, () => startProgram(cli, ['migrate'], { DATABASE_URL: url }));
  const outputs = await Promise.all(programs.map((program) => program.output()));
  const names = (await readMigrations()).map((migration) => migration.name);
  expect(outputs.filter((text) => text === `Applied ${names.join(', ')}.\n`)).toHaveLength(1);
  expect(outputs.filter((text) => text === 'Nothing to do.\n')).toHaveLength(4);
  expect(await query('SELECT count(*)::int AS n FROM "_prisma_migrations"')).toEqual([{ n: names.length }]);
});

test('a step that fails leaves nothing of itself, and the next start goes on from there', async () => {
  const bad = step('2_two', 'CREATE TABLE two (id int); SELECT no_such_thing()');
  await expect(migrate(url, { log, migrations: [one, bad] })).rejects.toThrow(
    /^The migration 2_two failed .*no_such_thing/,
  );
  expect(await query(`SELECT to_regclass('one')::text AS one, to_regclass('two')::text AS two`)).toEqual([
    { one: 'one', two: null },
  ]);
  expect(await migrate(url, { log, migrations: [one, two] })).toEqual(['2_two']);
});

test('a step and its line in the history are stored together or not at all', async () => {
  const unrecordable = { ...one, checksum: 'x'.repeat(65) };
  await expect(migrate(url, { log, migrations: [unrecordable] })).rejects.toThrow('too long');
  expect(await query(`SELECT to_regclass('one')::text AS one`)).toEqual([{ one: null }]);
});

test('functions and comments with semicolons are one statement', async () => {
  const sql = `-- first; second
    CREATE FUNCTION answer() RETURNS int LANGUAGE plpgsql AS $$ BEGIN; RETURN 42; END; $$`.replace('BEGIN;', 'BEGIN');
  await migrate(url, { log, migrations: [step('1_function', sql)] });
  expect(await query('SELECT answer()')).toEqual([{ answer: 42 }]);
});

test('refuses a database that is ahead of this version', async () => {
  await migrate(url, { log, migrations: [one, two] });
  await expect(migrate(url, { log, migrations: [one] })).rejects.toThrow(/ahead of this version: it has 2_two/);
});

test('refuses a history that was edited', async () => {
  await migrate(url, { log, migrations: [one] });
  const edited = step('1_one', 'CREATE TABLE uno (id int)');
  await expect(migrate(url, { log, migrations: [edited] })).rejects.toThrow(/another text of 1_one/);
});

test('refuses what another tool left half done', async () => {
  await migrate(url, { log, migrations: [one] });
  await query('UPDATE "_prisma_migrations" SET finished_at = NULL');
  await expect(migrate(url, { log, migrations: [one] })).rejects.toThrow(/left 1_one half done/);
});

test('says what to run when the server does not let us create an extension', async () => {
  const role = `kam_guest_${randomBytes(4).toString('hex')}`;
  await query(`CREATE ROLE ${role} LOGIN PASSWORD 'guest'; GRANT ALL ON SCHEMA public TO ${role}`);
  onTestFinished(async () => void (await query(`DROP OWNED BY ${role}; DROP ROLE ${role}`)));
  const guest = new URL(url);
  guest.username = role;
  guest.password = 'guest';
  await expect(migrate(guest.href, { log })).rejects.toThrow(/Let its administrator run CREATE EXTENSION .*pg_trgm/);
});

test.each([
  ['a server that is away', { host: '127.0.0.1:1' }, /ECONNREFUSED/],
  ['a server that is away under every address of its name', { host: 'localhost:1' }, /ECONNREFUSED/],
  ['a database that is not there', { pathname: '/nothing' }, /nothing/],
  ['a wrong password', { password: 'a-wrong-one' }, /password/],
])('%s is said in a sentence that names the variable', async (_, wrong, reason) => {
  const address = Object.assign(new URL(url), wrong);
  const error = await migrate(address.href, { log }).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(DatabaseUnreachable);
  expect(String(error)).toMatch(/The database cannot be reached \(.+\)\. .*DATABASE_URL.*\.$/);
  expect(String(error)).toMatch(reason);
  expect(String(error)).not.toContain('a-wrong-one');
});

test("Prisma's own tools see the same history", async () => {
  await migrate(url, { log });
  const datamodels = (await readSchema()).map((file): [string, string] => [file.path, file.content]);
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(url));
  const engine = await SchemaEngine.new({ datamodels }, () => undefined, adapter);
  const migrationDirectories = (await readMigrations()).map(({ name, sql }) => ({
    path: name,
    migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
  }));
  const diagnosis = await engine.diagnoseMigrationHistory({
    migrationsList: {
      baseDir: migrationsDirectory,
      lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
      shadowDbInitScript: '',
      migrationDirectories,
    },
    optInToShadowDatabase: false,
    filters: { externalTables: [], externalEnums: [] },
  });
  expect(diagnosis).toMatchObject({
    editedMigrationNames: [],
    failedMigrationNames: [],
    hasMigrationsTable: true,
    history: null,
  });
});
