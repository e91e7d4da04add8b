import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { inTransaction } from '../../src/database/transaction.ts';
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
  const work = inTransaction(database.pool, async (client) => {
    await client.query('CREATE TABLE made_in_vain (id int)');
    throw new Error('changed my mind');
  });
  await expect(work).rejects.toThrow('changed my mind');
  const found = await database.pool.query("SELECT to_regclass('made_in_vain') AS table");
  expect(found.rows).toEqual([{ table: null }]);
});

test('work that waits for somebody else’s, who waits for it, begins again where it may', async () => {
  // Longer than the server takes to see that two wait for each other, which is a second.
  const patient = openDatabase(own.url, { log: createLog('silent'), statementTimeout: 5_000 });
  onTestFinished(() => patient.close());
  await database.pool.query('CREATE TABLE counted (id int PRIMARY KEY, times int)');
  await database.pool.query('INSERT INTO counted VALUES (1, 0), (2, 0)');
  const both = (first: number, second: number, met: PromiseWithResolvers<void>, other: PromiseWithResolvers<void>) =>
    inTransaction(
      patient.pool,
      async (client) => {
        await client.query('UPDATE counted SET times = times + 1 WHERE id = $1', [first]);
        met.resolve();
        await other.promise;
        await client.query('UPDATE counted SET times = times + 1 WHERE id = $1', [second]);
      },
      { attempts: 2 },
    );
  const [one, two] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  await Promise.all([both(1, 2, one, two), both(2, 1, two, one)]);
  const { rows } = await database.pool.query('SELECT times FROM counted ORDER BY id');
  expect(rows).toEqual([{ times: 2 }, { times: 2 }]);
});

test('a statement that takes too long is ended by the server, and the connection stays good', async () => {
  await expect(database.pool.query('SELECT pg_sleep(5)')).rejects.toThrow('statement timeout');
  await expect(database.prisma.$queryRaw`SELECT pg_sleep(5)::text`).rejects.toThrow('statement timeout');
  expect(await database.healthy()).toBe(true);
});

test('waiting for a free connection has an end', async () => {
  const taken = await Promise.all(Array.from({ length: 3 }, () => database.pool.connect()));
  await expect(database.pool.query('SELECT 1')).rejects.toThrow('timeout');
  await expect(database.prisma.$transaction((tx) => tx.$queryRaw`SELECT 1`)).rejects.toThrow();
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
