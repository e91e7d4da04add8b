import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeCalls } from '../../src/chat/slack/calls.ts';
import { startEmbedded } from '../../src/database/embedded.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { isUnavailable } from '../../src/database/unavailable.ts';
import { type Database, openDatabase } from '../../src/database.ts';
import { createLog } from '../../src/log.ts';
import { createTestDatabase } from '../support/database.ts';
import { temporaryFolder } from '../support/folder.ts';

const log = createLog('silent');
type Limits = { statementTimeout?: number; poolSize?: number };

/** Every way in which the bot asks: the pool, Prisma's models and raw SQL, transactions. */
const ways: Record<string, (database: Database) => Promise<unknown>> = {
  'the pool': ({ pool }) => pool.query('SELECT count(*) FROM "Visit"'),
  'a model': ({ prisma }) => prisma.visit.count(),
  'raw SQL through Prisma': ({ prisma }) => prisma.$queryRaw`SELECT count(*) FROM "Visit"`,
  'a transaction': ({ pool }) => inTransaction(pool, (client) => client.query('SELECT count(*) FROM "Visit"')),
  'a transaction of Prisma': ({ prisma }) => prisma.$transaction((tx) => tx.visit.count()),
  'a batch': ({ prisma }) => prisma.$transaction([prisma.visit.count(), prisma.account.count()]),
};

/** The same, busy for so long that something can happen to them meanwhile. */
const sleeping: typeof ways = {
  'the pool': ({ pool }) => pool.query('SELECT pg_sleep(20)'),
  'raw SQL through Prisma': ({ prisma }) => prisma.$queryRaw`SELECT pg_sleep(20)::text`,
  'a transaction': ({ pool }) => inTransaction(pool, (client) => client.query('SELECT pg_sleep(20)')),
  'a transaction of Prisma': ({ prisma }) => prisma.$transaction((tx) => tx.$queryRaw`SELECT pg_sleep(20)::text`),
};

/** What is thrown; fails when nothing is. */
const thrown = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => Promise.reject(new Error('nothing was thrown')),
    (error: unknown) => error,
  );

async function expectUnavailable(work: Promise<unknown>, way: string): Promise<void> {
  const error = await thrown(work);
  expect.soft(isUnavailable(error), `${way}: ${String(error)}`).toBe(true);
}

const everyWay = (database: Database, asked = ways) =>
  Promise.all(Object.entries(asked).map(([way, ask]) => expectUnavailable(ask(database), way)));

function open(url: string, limits: Limits = {}): Database {
  const database = openDatabase(url, { log, ...limits });
  onTestFinished(() => database.close());
  return database;
}

async function openOwn(limits: Limits = {}): Promise<{ url: string; database: Database }> {
  const { url, drop } = await createTestDatabase();
  onTestFinished(drop);
  return { url, database: open(url, limits) };
}

const asleep = `FROM pg_stat_activity
  WHERE datname = current_database() AND state = 'active' AND query LIKE '%pg_sleep(20)%' AND pid <> pg_backend_pid()`;

test('a server that was stopped, in the middle of a question and after it', async () => {
  const server = await startEmbedded({ dataDir: await temporaryFolder(), log });
  const database = open(server.url, { statementTimeout: 20_000 });
  const underWay = everyWay(database, sleeping);
  await vi.waitFor(async () => {
    const { rows } = await database.pool.query(`SELECT count(*)::int AS asleep ${asleep}`);
    expect(rows).toEqual([{ asleep: Object.keys(sleeping).length }]);
  }, 15_000);
  await server.stop();
  await underWay;
  await everyWay(database);
}, 60_000);

test('a connection that the server ends', async () => {
  const { database, url } = await openOwn();
  const { pool } = open(url);
  for (const [way, sleep] of Object.entries(sleeping)) {
    const ended = expectUnavailable(sleep(database), way);
    await vi.waitFor(async () => {
      const { rows } = await pool.query(`SELECT pg_terminate_backend(pid) AS ended ${asleep}`);
      expect(rows).toEqual([{ ended: true }]);
    });
    await ended;
  }
});

test('a statement that waits for too long', async () => {
  const { database, url } = await openOwn({ statementTimeout: 100 });
  const other = await open(url).pool.connect();
  onTestFinished(() => other.release(true));
  await other.query('BEGIN');
  await other.query('LOCK TABLE "Visit" IN ACCESS EXCLUSIVE MODE');
  await everyWay(database);
});

test('a transaction that lay idle for too long', async () => {
  const { database } = await openOwn({ statementTimeout: 100 });
  const client = await database.pool.connect();
  await client.query('BEGIN');
  const ended = new Promise((resolve) => client.once('end', resolve));
  await ended;
  await expectUnavailable(client.query('SELECT 1'), 'a client');
  client.release(true);
});

test('no free connection', async () => {
  const { database } = await openOwn({ poolSize: 2 });
  const taken = await Promise.all([database.pool.connect(), database.pool.connect()]);
  await everyWay(database);
  for (const client of taken) client.release();
});

/** A way to the database that can fall silent, as a network does. */
async function networkTo(url: string): Promise<{ url: string; fallSilent(): void }> {
  const { port, hostname } = new URL(url);
  const ends: Socket[] = [];
  let silent = false;
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    ends.push(near, far);
    near.on('data', (data) => void (silent || far.write(data)));
    far.on('data', (data) => void (silent || near.write(data)));
    for (const end of [near, far]) end.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const end of ends) end.destroy();
    server.close();
  });
  const through = new URL(url);
  through.port = String((server.address() as AddressInfo).port);
  const fallSilent = () => {
    silent = true;
  };
  return { url: through.href, fallSilent };
}

test('a network that falls silent, for a connection and before one', async () => {
  const { url } = await openOwn();
  await Promise.all(
    Object.entries(ways).map(async ([way, ask]) => {
      const network = await networkTo(url);
      const database = open(network.url, { statementTimeout: 100, poolSize: 1 });
      await database.pool.query('SELECT 1');
      network.fallSilent();
      await expectUnavailable(ask(database), `${way}, connected`);
      await expectUnavailable(ask(database), `${way}, not connected`);
    }),
  );
}, 30_000);

test('nothing else is put down to the database', async () => {
  const { database } = await openOwn();
  const { prisma, pool } = database;
  await prisma.organization.create({ data: { id: '01a20800-0000-7000-8000-000000000001', name: 'once' } });
  const nobody = createServer();
  await new Promise<void>((resolve) => nobody.listen(0, '127.0.0.1', resolve));
  const { port } = nobody.address() as AddressInfo;
  await new Promise((resolve) => nobody.close(resolve));
  const { interactive } = makeCalls('xoxb-of-nobody', `http://127.0.0.1:${port}/api/`, log);
  const mistakes: Record<string, Promise<unknown>> = {
    'a row that is there': prisma.organization.create({
      data: { id: '01a20800-0000-7000-8000-000000000001', name: 'twice' },
    }),
    'a pointer to nothing': pool.query(
      `INSERT INTO "Team" ("organizationId", id, name, "timeZone", locale)
       VALUES (gen_random_uuid(), gen_random_uuid(), 'x', 'UTC', 'en')`,
    ),
    'wrong SQL': pool.query('SELEC 1'),
    'wrong SQL through Prisma': prisma.$queryRaw`SELECT nothing FROM "Visit"`,
    'what is no uuid': pool.query(`SELECT 'x'::uuid`),
    'our own mistake': Promise.reject(new TypeError('Cannot read properties of undefined')),
    'no error at all': Promise.reject('ECONNREFUSED'),
    'a Slack that is out of reach': interactive('users.info', { user: 'U1' }),
    'a file that cannot be fetched': fetch(`http://127.0.0.1:${port}/`),
  };
  await Promise.all(
    Object.entries(mistakes).map(async ([what, work]) => {
      expect.soft(isUnavailable(await thrown(work)), what).toBe(false);
    }),
  );
});
