import { afterAll, beforeAll, expect, test } from 'vitest';
import { paceStore } from '../../src/chat/pace-store.ts';
import { type Database, openDatabase } from '../../src/database.ts';
import { newId } from '../../src/ids.ts';
import { createLog } from '../../src/log.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let own: TestDatabase;
let database: Database;

beforeAll(async () => {
  own = await createTestDatabase();
  database = openDatabase(own.url, { log: createLog('silent') });
});
afterAll(async () => {
  await database.close();
  await own.drop();
});

/** A workspace of its own, and its pace: ten at once, then one a minute, so that none comes back while a test runs. */
async function newPlace() {
  const [organizationId, workspaceId] = [newId(), newId()];
  await database.prisma.organization.create({ data: { id: organizationId, name: 'Example' } });
  await database.prisma.workspace.create({
    data: { organizationId, id: workspaceId, platform: 'fake', externalId: workspaceId, name: 'Example' },
  });
  return { organizationId, workspaceId };
}
const pace = { kind: 'calls', perMinute: 1, atOnce: 10 };
const minute = 60_000;
const minutes = (waits: readonly number[]) => waits.map((wait) => Math.ceil(wait / minute));

test('of however many who ask at the same moment so many go as may at once, and the others one after the other', async () => {
  const [store, other] = [paceStore(database), paceStore(database)];
  const at = await newPlace();
  const asked = Array.from({ length: 30 }, (_, index) => (index % 2 === 0 ? store : other).turn(at, pace));
  const waits = (await Promise.all(asked)).sort((a, b) => a - b);
  expect(minutes(waits)).toEqual([...Array(10).fill(0), ...Array.from({ length: 20 }, (_, index) => index + 1)]);
});

test('whoever waited behind others for the row finds the room that there is', async () => {
  const store = paceStore(database);
  const at = await newPlace();
  expect(await store.turn(at, pace)).toBe(0);
  const other = await database.pool.connect();
  try {
    await other.query('BEGIN');
    await other.query(`SELECT FROM "Pace" WHERE "workspaceId" = $1 FOR UPDATE`, [at.workspaceId]);
    const turn = store.turn(at, pace);
    const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await expect.poll(async () => (await database.pool.query(waiting)).rowCount).toBe(1);
    await other.query(`UPDATE "Pace" SET "promisedUntil" = clock_timestamp() WHERE "workspaceId" = $1`, [
      at.workspaceId,
    ]);
    await other.query('COMMIT');
    expect(await turn).toBe(0);
  } finally {
    other.release(true);
  }
});

test('another workspace and another kind of call have a pace of their own', async () => {
  const store = paceStore(database);
  const [at, elsewhere] = [await newPlace(), await newPlace()];
  expect(await store.turn(at, pace, { calls: 10 })).toBe(0);
  expect(await store.turn(at, pace)).toBeGreaterThan(0);
  expect(await store.turn(elsewhere, pace)).toBe(0);
  expect(await store.turn(at, { ...pace, kind: 'others' })).toBe(0);
});

test('whoever has waited goes before those who come now, and these after all who wait', async () => {
  const store = paceStore(database);
  const at = await newPlace();
  expect(await store.turn(at, pace, { calls: 10 })).toBe(0);
  expect(minutes([await store.turn(at, pace), await store.turn(at, pace)])).toEqual([1, 2]);
  // A minute later.
  await database.pool.query(
    `UPDATE "Pace" SET "spentUntil" = "spentUntil" - interval '1 minute', "promisedUntil" = "promisedUntil" - interval '1 minute'`,
  );
  expect(minutes([await store.turn(at, pace)])).toEqual([2]);
  expect(await store.turn(at, pace, { waited: true })).toBe(0);
  expect(await store.turn(at, pace, { waited: true })).toBeGreaterThan(0);
});

test('after a refusal nobody goes until its time is over, and then one by one', async () => {
  const store = paceStore(database);
  const at = await newPlace();
  expect(await store.turn(at, pace)).toBe(0);
  await store.pause(at, pace, 5 * minute);
  expect(minutes([await store.turn(at, pace), await store.turn(at, pace)])).toEqual([5, 6]);
  await store.pause(at, pace, minute);
  expect(minutes([await store.turn(at, pace, { waited: true })])).toEqual([7]);
});

test('more than may go at once go together, and are paid for afterwards', async () => {
  const store = paceStore(database);
  const at = await newPlace();
  expect(await store.turn(at, pace, { calls: 12 })).toBe(0);
  expect(minutes([await store.turn(at, pace)])).toEqual([3]);
});
