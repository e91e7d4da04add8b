import { expect, onTestFinished, test, vi } from 'vitest';
import { type EmbeddedServer, startEmbedded } from '../../src/database/embedded.ts';
import { migrate } from '../../src/database/migrate.ts';
import { inTransaction } from '../../src/database/transaction.ts';
import { openDatabase } from '../../src/database.ts';
import { createLog } from '../../src/log.ts';
import { temporaryFolder } from '../support/folder.ts';

const log = createLog('silent');

test('a database that stops in the middle of traffic is answered honestly, and used again when it is back', async () => {
  const dataDir = await temporaryFolder();
  const first = await startEmbedded({ dataDir, log });
  await migrate(first.url, { log });
  const database = openDatabase(first.url, { log });
  let second: EmbeddedServer | undefined;
  onTestFinished(async () => {
    await database.close();
    await second?.stop();
  });
  const write = (name: string) =>
    inTransaction(database.pool, (client) => client.query('INSERT INTO kept (name) VALUES ($1)', [name]));
  await database.pool.query('CREATE TABLE kept (name text PRIMARY KEY)');

  let stopping = false;
  const acknowledged: string[] = [];
  const refused: number[] = [];
  const traffic = Array.from({ length: 8 }, async (_, lane) => {
    for (let turn = 0; !stopping; turn++) {
      const begun = performance.now();
      await write(`${lane}-${turn}`).then(
        () => acknowledged.push(`${lane}-${turn}`),
        () => refused.push(performance.now() - begun),
      );
    }
  });
  const until = (reached: () => boolean) =>
    vi.waitFor(() => expect(reached()).toBe(true), { timeout: 15_000, interval: 20 });

  await until(() => acknowledged.length > 20);
  await first.stop();
  const refusedBefore = refused.length;
  await until(() => refused.length > refusedBefore + 20);
  expect(await database.healthy()).toBe(false);
  second = await startEmbedded({ dataDir, log });
  const storedBefore = acknowledged.length;
  await until(() => acknowledged.length > storedBefore + 20);
  stopping = true;
  await Promise.all(traffic);

  expect(await database.healthy()).toBe(true);
  const { rows } = await database.pool.query<{ name: string }>('SELECT name FROM kept');
  const stored = new Set(rows.map((row) => row.name));
  expect(acknowledged.filter((name) => !stored.has(name))).toEqual([]);
  // 3 s is the platform's limit for an answer.
  expect(Math.max(...refused)).toBeLessThan(2900);
});
