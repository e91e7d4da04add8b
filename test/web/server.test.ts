import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { movableClock } from '../../src/clock.ts';
import { createLog } from '../../src/log.ts';
import { startWeb, type WebServer } from '../../src/web/server.ts';

let web: WebServer;
const clock = movableClock(Temporal.Instant.from('2026-11-23T12:00:00Z'));

beforeAll(async () => {
  const answer = async () => ({ status: 200, headers: { 'content-type': 'text/plain' }, body: 'here' });
  web = await startWeb({
    host: '127.0.0.1',
    port: 0,
    clock,
    log: createLog('silent'),
    isUnavailable: () => false,
    sites: [{ name: 'page', load: async () => answer }],
  });
});
afterAll(() => web.close());

/** A proxy of ours says who asks. */
async function ask(from: string): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${web.port}/page`, { headers: { 'x-forwarded-for': from } });
  await answer.text();
  return answer.status;
}

test('who has a whole network of addresses is allowed as much as who has one', async () => {
  for (let number = 1; number <= 240; number += 1) await ask(`2001:db8:0:7::${number.toString(16)}`);
  expect(await ask('2001:db8:0:7:ffff::1')).toBe(429);
  expect(await ask('2001:db8:0:8::1')).toBe(200);
  expect(await ask('203.0.113.9')).toBe(200);
});
