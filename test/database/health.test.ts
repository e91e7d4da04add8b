import { afterEach, expect, test } from 'vitest';
import { type HealthChecks, type HealthServer, startHealth } from '../../src/health.ts';
import { createLog } from '../../src/log.ts';

let health: HealthServer | undefined;

afterEach(async () => {
  await health?.close();
  health = undefined;
});

async function ask(path: string, init?: RequestInit) {
  const response = await fetch(`http://127.0.0.1:${health?.port}${path}`, init);
  const text = await response.text();
  return { code: response.status, body: text === '' ? '' : JSON.parse(text) };
}

async function start(checks: HealthChecks) {
  health = await startHealth({ host: '127.0.0.1', port: 0, checks, log: createLog('silent') });
  return health;
}

test('is live and ready, and says by name what was asked', async () => {
  await start({ database: () => Promise.resolve(true), slack: () => true });
  expect(await ask('/health/live')).toEqual({ code: 200, body: { status: 'live' } });
  expect(await ask('/health/ready?x=1')).toEqual({
    code: 200,
    body: { status: 'ready', checks: { database: 'ok', slack: 'ok' } },
  });
});

test('is not ready while a check fails, throws or hangs, but live', async () => {
  await start({
    database: () => Promise.reject(new Error('gone')),
    slack: () => false,
    jobs: () => new Promise(() => undefined),
    clock: () => true,
  });
  expect(await ask('/health/ready')).toEqual({
    code: 503,
    body: { status: 'not ready', checks: { database: 'failing', slack: 'failing', jobs: 'failing', clock: 'ok' } },
  });
  expect((await ask('/health/live')).code).toBe(200);
});

test('is not ready while draining', async () => {
  const server = await start({ database: () => true });
  server.drain();
  expect(await ask('/health/ready')).toEqual({ code: 503, body: { status: 'draining' } });
  expect((await ask('/health/live')).code).toBe(200);
});

test('answers HEAD without a body, knows no other address and no other method', async () => {
  await start({});
  expect(await ask('/health/ready', { method: 'HEAD' })).toEqual({ code: 200, body: '' });
  expect((await ask('/')).code).toBe(404);
  expect((await ask('/health/ready', { method: 'POST' })).code).toBe(405);
});

test('a port that is taken is an error at once', async () => {
  const { port } = await start({});
  await expect(startHealth({ host: '127.0.0.1', port, checks: {}, log: createLog('silent') })).rejects.toThrow(
    'EADDRINUSE',
  );
});
