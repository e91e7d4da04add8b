import { existsSync } from 'node:fs';
import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type EmbeddedServer, startEmbedded } from '../../src/database/embedded.ts';
import { findPostmaster } from '../../src/database/postmaster.ts';
import { reachableDirectory } from '../../src/database/server-account.ts';
import { createLog } from '../../src/log.ts';
import { temporaryFolder } from '../support/folder.ts';
import { startProgram } from '../support/process.ts';

const log = createLog('silent');
const holder = join(import.meta.dirname, 'programs/holder.ts');

async function start(dataDir: string): Promise<EmbeddedServer> {
  const server = await startEmbedded({ dataDir, log });
  onTestFinished(() => server.stop());
  return server;
}

async function query(server: EmbeddedServer, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const pidFile = (dataDir: string) => join(dataDir, 'postgresql', 'postmaster.pid');
const serverPid = async (dataDir: string) => (await findPostmaster(join(dataDir, 'postgresql')))?.pid ?? 0;

test('keeps the data and the address, guards the password, and starts again quickly', async () => {
  const dataDir = await temporaryFolder();
  const first = await start(dataDir);
  await query(first, 'CREATE TABLE kept AS SELECT 1 AS one');
  await first.stop();
  expect(await serverPid(dataDir)).toBe(0);
  expect((await stat(join(dataDir, 'postgresql', 'kam.json'))).mode & 0o777).toBe(0o600);

  const begun = performance.now();
  const second = await start(dataDir);
  expect(performance.now() - begun).toBeLessThan(3000);
  expect(second.adopted).toBe(false);
  expect(new URL(second.url).port).toBe(new URL(first.url).port);
  expect(await query(second, 'SELECT one FROM kept')).toEqual([{ one: 1 }]);
  expect(await query(second, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
  expect(await query(second, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
  const stranger = new URL(second.url);
  stranger.password = 'guess';
  await expect(query({ ...second, url: stranger.href }, 'SELECT 1')).rejects.toThrow('password authentication failed');
});

test('is adopted after kill -9 of the bot, and stopped by the one that adopted it', async () => {
  const dataDir = await temporaryFolder();
  const bot = startProgram(holder, [dataDir]);
  expect(await bot.next()).toMatchObject({ adopted: false });
  const pid = await serverPid(dataDir);
  bot.child.kill('SIGKILL');
  await bot.ended;
  expect(await serverPid(dataDir)).toBe(pid);

  const next = await start(dataDir);
  expect(next.adopted).toBe(true);
  expect(await serverPid(dataDir)).toBe(pid);
  await next.stop();
  expect(await serverPid(dataDir)).toBe(0);
});

test('is one server for two bots that start at once, and stays until the last of them leaves', async () => {
  const dataDir = await temporaryFolder();
  const bots = [startProgram(holder, [dataDir]), startProgram(holder, [dataDir])] as const;
  const starts = await Promise.all(bots.map((bot) => bot.next()));
  const ports = starts.map((said) => (said && typeof said === 'object' && 'port' in said ? said.port : null));
  expect(ports[0]).toBe(ports[1]);
  const pid = await serverPid(dataDir);

  bots[0].tell('stop');
  expect(await bots[0].next()).toEqual({ left: true });
  expect(await serverPid(dataDir)).toBe(pid);
  bots[1].tell('stop');
  expect(await bots[1].next()).toEqual({ left: true });
  expect(await serverPid(dataDir)).toBe(0);
});

test.skipIf(process.platform === 'win32')('outlives Ctrl+C in the terminal until the bot has drained', async () => {
  const dataDir = await temporaryFolder();
  const bot = startProgram(holder, [dataDir]);
  await bot.next();
  process.kill(-(bot.child.pid ?? 0), 'SIGINT');
  expect(await bot.next()).toEqual({ drained: true });
  expect(await bot.next()).toEqual({ left: true });
  expect(await serverPid(dataDir)).toBe(0);
});

test('refuses data of another version with a sentence, and leaves them alone', async () => {
  const dataDir = await temporaryFolder();
  const server = await start(dataDir);
  await server.stop();
  const versionFile = join(dataDir, 'postgresql', 'PG_VERSION');
  await writeFile(versionFile, '17\n');
  await expect(start(dataDir)).rejects.toThrow(
    /holds data of PostgreSQL 17, but this version of KAM brings PostgreSQL 18/,
  );
  expect(existsSync(pidFile(dataDir))).toBe(false);
});

test('refuses a folder with something else in its place', async () => {
  const dataDir = await temporaryFolder();
  await writeFile(join(dataDir, 'postgresql'), 'not a folder');
  await expect(start(dataDir)).rejects.toThrow('is not a PostgreSQL data directory');
});

test('starts after a crash whose process number now belongs to another program', async () => {
  const dataDir = await temporaryFolder();
  const first = await start(dataDir);
  const left = await readFile(pidFile(dataDir), 'utf8');
  await first.stop();
  await writeFile(pidFile(dataDir), left.replace(/^\d+/, String(process.pid)));
  expect((await start(dataDir)).adopted).toBe(false);
});

test('recovers what was committed when the server itself was killed', async () => {
  const dataDir = await temporaryFolder();
  const first = await start(dataDir);
  await query(first, 'CREATE TABLE kept AS SELECT 1 AS one');
  process.kill(await serverPid(dataDir), 'SIGKILL');
  const second = await start(dataDir);
  expect(await query(second, 'SELECT one FROM kept')).toEqual([{ one: 1 }]);
});

test('takes another port when a program has taken its own', async () => {
  const dataDir = await temporaryFolder();
  const first = await start(dataDir);
  await first.stop();
  const port = Number(new URL(first.url).port);
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const second = await start(dataDir);
  expect(Number(new URL(second.url).port)).not.toBe(port);
  expect(await query(second, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

test('a second bot finds the server gone when a stranger stopped it, and starts it again', async () => {
  const dataDir = await temporaryFolder();
  const first = await start(dataDir);
  process.kill(await serverPid(dataDir), 'SIGINT');
  await vi.waitFor(async () => expect(await serverPid(dataDir)).toBe(0), 5000);
  const second = await start(dataDir);
  expect(second.url.replace(/\?.*/, '')).toBe(first.url.replace(/\?.*/, ''));
});

test.runIf(process.getuid?.() === 0)(
  'as root, a folder that the server may not enter is replaced by a state folder',
  async () => {
    const dataDir = await temporaryFolder();
    await chmod(dataDir, 0o700);
    const asked = join(dataDir, 'data');
    const directory = await reachableDirectory(asked, { uid: 65534, gid: 65534 });
    expect(directory).toMatch(/var.*\/kam\/.*-data-[0-9a-f]{8}$/);
    expect(await reachableDirectory(asked, { uid: 65534, gid: 65534 })).toBe(directory);
    await chmod(dataDir, 0o711);
    expect(await reachableDirectory(asked, { uid: 65534, gid: 65534 })).toBe(asked);
  },
);
