import { expect, test, vi } from 'vitest';
import { everyForgery, type Forgery } from '../support/teams/idp.ts';
import { message, openDoor, serviceUrl } from './door.ts';

const seconds = () => Math.floor(Date.now() / 1_000);

test.each<[string, Record<string, unknown>]>([
  ['for this bot', {}],
  ['for this bot by another of its names', { aud: 'api://botid-b0700000-0000-4000-8000-000000000001' }],
  ['for the service in another notation', { serviceurl: 'https://SMBA.trafficmanager.net/Teams' }],
  ['expired less than the five minutes that clocks may differ', { exp: seconds() - 200 }],
])('a token %s opens', async (_, claims) => {
  const door = await openDoor();
  const { status } = await door.send(message(door.idp.tenantId), { token: door.idp.token(claims) });
  expect(status).toBe(200);
  expect(door.heard).toEqual(['a customer']);
});

test.each<[Forgery]>(everyForgery.map((kind) => [kind]))('a token %s does not open', async (kind) => {
  const door = await openDoor();
  const { status, body } = await door.send(message(door.idp.tenantId), { token: door.idp.forge(kind) });
  expect({ status, body }).toEqual({ status: 401, body: '' });
  expect(door.heard).toEqual([]);
  expect(door.entrance.refused).toMatchObject({ unverified: 1, foreign: 0 });
  expect(door.lines).toEqual([
    expect.objectContaining({ msg: 'refused a request', reason: 'unverified', status: 401, total: 1 }),
  ]);
  expect(door.idp.asked.filter((path) => !path.endsWith('/.well-known/keys'))).toEqual([]);
});

test.each<[string, Record<string, string>]>([
  ['no token', {}],
  ['a token of another kind', { authorization: 'Basic YTpi' }],
  ['nothing after Bearer', { authorization: 'Bearer ' }],
])('a request with %s does not open, and nobody is asked', async (_, headers) => {
  const door = await openDoor();
  expect((await door.send(message(door.idp.tenantId), { token: null, headers })).status).toBe(401);
  expect(door.entrance.refused.unverified).toBe(1);
  expect(door.idp.asked).toEqual([]);
});

test('a token signed with a key that does not speak for Teams does not open', async () => {
  const door = await openDoor({}, { endorsements: ['webchat', 'skype'] });
  expect((await door.send(message(door.idp.tenantId))).status).toBe(401);
  const silent = await openDoor({}, { endorsements: [] });
  expect((await silent.send(message(silent.idp.tenantId))).status).toBe(401);
});

test('a token of Entra for the bot’s tenant does not open, wherever it would have the answer sent', async () => {
  const door = await openDoor();
  const attack = message(door.idp.tenantId, { serviceUrl: 'https://attacker.example/' });
  const { status } = await door.send(attack, { token: door.idp.forge('that an app of the tenant gets from Entra') });
  expect(status).toBe(401);
  expect(door.idp.asked).toEqual([]);
});

test('a flood of invented keys makes one question', async () => {
  const door = await openDoor();
  const forged = Array.from({ length: 40 }, () => door.idp.forge('signed with a key of an unknown id'));
  const answers = await Promise.all(forged.map((token) => door.send(message(door.idp.tenantId), { token })));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
  expect(door.idp.keyFetches()).toBe(1);
  expect((await door.send(message(door.idp.tenantId))).status).toBe(200);
});

test('a published key’s id under a forged signature makes one question too', async () => {
  const door = await openDoor();
  const token = door.idp.forge('signed with another key under the same id');
  for (let each = 0; each < 5; each += 1)
    expect((await door.send(message(door.idp.tenantId), { token })).status).toBe(401);
  // The SDK, which is not asked about these, would ask once more.
  expect(door.idp.keyFetches()).toBe(1);
});

test('while the keys cannot be fetched nothing is let in, and Teams is told to come again', async () => {
  const door = await openDoor();
  door.idp.failNext(500);
  expect((await door.send(message(door.idp.tenantId))).status).toBe(503);
  expect(door.entrance.refused).toMatchObject({ unknowable: 1, unverified: 0 });
  expect(door.heard).toEqual([]);
  expect(JSON.stringify(door.lines)).not.toContain('customer');
  await vi.waitFor(async () => expect((await door.send(message(door.idp.tenantId))).status).toBe(200), 5_000);
});

test('no variable of the environment opens, or makes the bot another', async () => {
  vi.stubEnv('DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS', 'true');
  vi.stubEnv('CLOUD', 'USGov');
  vi.stubEnv('CLIENT_ID', 'another bot');
  vi.stubEnv('CLIENT_SECRET', 'another secret');
  try {
    const door = await openDoor();
    expect((await door.send(message(door.idp.tenantId), { token: null })).status).toBe(401);
    // This one only the SDK refuses.
    const token = door.idp.forge('for another bot');
    expect((await door.send(message(door.idp.tenantId), { token })).status).toBe(401);
    expect((await door.send(message(door.idp.tenantId))).status).toBe(200);
    expect(door.entrance.app.id).toBe(door.idp.botId);
    const unlocked = await openDoor({ authentication: 'none' });
    expect(unlocked.entrance.app.credentials).toBeUndefined();
  } finally {
    vi.unstubAllEnvs();
  }
});

test('a token for one service does not open for another', async () => {
  const door = await openDoor();
  const elsewhere = message(door.idp.tenantId, { serviceUrl: `${serviceUrl}emea/` });
  expect((await door.send(elsewhere)).status).toBe(401);
  expect(door.entrance.refused.unverified).toBe(1);
});
