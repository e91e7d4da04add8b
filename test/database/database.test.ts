import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../src/database.ts';
import { createLog } from '../../src/log.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let own: TestDatabase;
let database: Database;

beforeAll(async () => {
  own = await createTestDatabase();
  database = openDatabase(own.url, { log: createLog('silent'), statementTimeout: 300, poolSize: 3 });
});

afterAll(async () => {
  await database.close();
  await own.drop();
});

test('is migrated, and answers through Prisma and through the pool', async () => {
  expect(await database.prisma.organization.count()).toBe(0);
  expect((await database.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  expect(await database.healthy()).toBe(true);
});

test('a transaction that throws stores nothing', async () => {
  const work = database.transaction(async (tx) => {
    await tx.$executeRaw`CREATE TABLE made_in_vain (id int)`;
    throw new Error('changed my mind');
  });
  await expect(work).rejects.toThrow('changed my mind');
  const found = await database.pool.query("SELECT to_regclass('made_in_vain') AS table");
  expect(found.rows).toEqual([{ table: null }]);
});

test('a statement that takes too long is ended by the server, and the connection stays good', async () => {
  await expect(database.pool.query('SELECT pg_sleep(5)')).rejects.toThrow('statement timeout');
  await expect(database.prisma.$queryRaw`SELECT pg_sleep(5)::text`).rejects.toThrow('statement timeout');
  expect(await database.healthy()).toBe(true);
});

test('waiting for a free connection has an end', async () => {
  const taken = await Promise.all(Array.from({ length: 3 }, () => database.pool.connect()));
  await expect(database.pool.query('SELECT 1')).rejects.toThrow('timeout');
  await expect(database.transaction((tx) => tx.$queryRaw`SELECT 1`)).rejects.toThrow();
  expect(await database.healthy()).toBe(false);
  for (const client of taken) client.release();
  expect(await database.healthy()).toBe(true);
});

test('a connection that the server ends does not end the process', async () => {
  const client = await database.pool.connect();
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  const ended = new Promise((resolve) => client.once('end', resolve));
  await database.pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
  await ended;
  client.release(true);
  expect(await database.healthy()).toBe(true);
});

test('letters of every script count in the search by part of a name', async () => {
  const { rows } = await database.pool.query(
    "SELECT similarity('华为技术', '华为') > 0.3 AS found, lower('ÄÉ') AS low",
  );
  expect(rows).toEqual([{ found: true, low: 'äé' }]);
});
