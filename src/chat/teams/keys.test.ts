import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { KeysUnavailable, publishedKeys } from './keys.ts';

const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const key = (kid: string, more = {}) => ({ ...publicKey.export({ format: 'jwk' }), kid, ...more });
const minutes = (count: number) => count * 60_000;

/** A publisher that answers whatever `body` holds, or with an error when that is null; and a clock of its own. */
async function publisher(first: unknown) {
  const state = { body: first, asked: 0, now: 0 };
  const server = createServer((_, response) => {
    state.asked += 1;
    if (state.body === null) response.writeHead(500).end();
    else response.end(JSON.stringify(state.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`;
  return { state, keys: publishedKeys({ address, now: () => state.now, log: pino({ level: 'silent' }) }) };
}

test('the keys are fetched once, for all who ask at once', async () => {
  const { state, keys } = await publisher({ keys: [key('a'), key('b', { endorsements: ['msteams'] })] });
  const found = await Promise.all(['a', 'b', 'c', 'a'].map((id) => keys.find(id)));
  expect(found.map((each) => each && { endorsements: each.endorsements })).toEqual([
    { endorsements: null },
    { endorsements: ['msteams'] },
    null,
    { endorsements: null },
  ]);
  expect(state.asked).toBe(1);
});

test('a new key is known half a minute later at most, however many invented ones came before', async () => {
  const { state, keys } = await publisher({ keys: [key('a')] });
  for (let each = 0; each < 50; each += 1) expect(await keys.find(`invented ${each}`)).toBeNull();
  state.body = { keys: [key('a'), key('new')] };
  expect(await keys.find('new')).toBeNull();
  expect(state.asked).toBe(1);
  state.now += minutes(0.5);
  expect(await keys.find('new')).not.toBeNull();
  expect(state.asked).toBe(2);
});

test('a key that is no longer published is not known on the day after', async () => {
  const { state, keys } = await publisher({ keys: [key('old')] });
  await keys.find('old');
  state.body = { keys: [key('new')] };
  state.now += minutes(24 * 60);
  // Nobody waits for the fetch; the one after it knows.
  expect(await keys.find('old')).not.toBeNull();
  await expect.poll(() => keys.find('old')).toBeNull();
  expect(state.asked).toBe(2);
});

test('while the publisher is away, what is known stays known, and it is asked again soon', async () => {
  const { state, keys } = await publisher(null);
  await expect(keys.find('a')).rejects.toThrow(KeysUnavailable);
  await expect(keys.find('a')).rejects.toThrow(KeysUnavailable);
  expect(state.asked).toBe(1);
  state.now += 1_000;
  state.body = { keys: [key('a')] };
  expect(await keys.find('a')).not.toBeNull();
  state.body = null;
  state.now += minutes(1);
  expect(await keys.find('b')).toBeNull();
  expect(await keys.find('a')).not.toBeNull();
});

test.each<[string, unknown]>([
  ['no keys', { keys: [] }],
  ['keys of another kind', { keys: [{ kty: 'EC', kid: 'a', crv: 'P-256', x: '', y: '' }, 7, null] }],
  ['a page', '<html>'],
  ['nothing', {}],
])('a publisher of %s is none', async (_, body) => {
  const { keys } = await publisher(body);
  await expect(keys.find('a')).rejects.toThrow(KeysUnavailable);
});

test('a key of another kind hides none of the others', async () => {
  const odd = [{ kty: 'EC', kid: 'ec' }, key('odd', { n: 7 })];
  const { keys } = await publisher({ keys: [...odd, key('a')] });
  expect(await keys.find('a')).not.toBeNull();
  expect(await keys.find('odd')).toBeNull();
});
