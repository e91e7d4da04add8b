import { connect } from 'node:net';
import { expect, test, vi } from 'vitest';
import { type EntranceOptions, Unprotected } from '../../src/chat/teams/entrance.ts';
import { listenAs, PortTaken } from '../../src/port-taken.ts';
import { message, openDoor, type Sending, statusFor } from './door.ts';

const another = '7e7a0000-0000-4000-8000-00000000000f';

test('an activity is let in, and what its handler answers goes back', async () => {
  const said = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: '已保存' };
  const door = await openDoor({ receive: async () => ({ status: 200, body: said }) });
  const press = message(door.idp.tenantId, {
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', verb: 'does', data: {} }, trigger: 'manual' },
  });
  const { status, body, headers } = await door.send(press);
  expect({ status, body: JSON.parse(body) }).toMatchObject({ status: 200, body: { value: '已保存' } });
  expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(headers.get('x-powered-by')).toBeNull();
});

test.each<[string, (tenantId: string) => unknown, number, string]>([
  ['of another channel', (tenant) => message(tenant, { channelId: 'webchat' }), 401, 'foreign'],
  ['of no channel', (tenant) => message(tenant, { channelId: undefined }), 401, 'foreign'],
  ['of another tenant', () => message(another), 401, 'foreign'],
  ['of no tenant', (tenant) => message(tenant, { conversation: { id: 'a:1' }, channelData: {} }), 401, 'foreign'],
  ['of two tenants', (tenant) => message(tenant, { channelData: { tenant: { id: another } } }), 401, 'foreign'],
  ['without a service', (tenant) => message(tenant, { serviceUrl: undefined }), 401, 'foreign'],
  ['of an unknown service', (tenant) => message(tenant, { serviceUrl: 'https://attacker.example/' }), 401, 'foreign'],
  [
    'of a service in the clear',
    (tenant) => message(tenant, { serviceUrl: 'http://smba.trafficmanager.net/' }),
    401,
    'foreign',
  ],
  ['of a service on this machine', (tenant) => message(tenant, { serviceUrl: 'http://127.0.0.1:9/' }), 401, 'foreign'],
  [
    'whose conversation is a path',
    (tenant) => message(tenant, { conversation: { id: 'c/../../y?z', tenantId: tenant } }),
    401,
    'foreign',
  ],
  ['whose sender is a path', (tenant) => message(tenant, { from: { id: '../members' } }), 401, 'foreign'],
  ['whose card is a path', (tenant) => message(tenant, { replyToId: '..%2f..' }), 401, 'foreign'],
  [
    'whose team is a path',
    (tenant) => message(tenant, { channelData: { tenant: { id: tenant }, team: { id: '#' } } }),
    401,
    'foreign',
  ],
  ['without a type', (tenant) => message(tenant, { type: undefined }), 400, 'unreadable'],
  ['without a conversation', (tenant) => message(tenant, { conversation: undefined }), 400, 'unreadable'],
  ['that is no activity', () => ['a customer'], 400, 'unreadable'],
  ['that is nothing', () => '', 400, 'unreadable'],
  ['that is no JSON', () => '{"a customer: ', 400, 'unreadable'],
  ['too large', (tenant) => message(tenant, { text: 'a customer'.repeat(60_000) }), 413, 'tooLarge'],
])('an activity %s is refused, counted and said once, without quoting it', async (_, body, status, reason) => {
  const door = await openDoor();
  const answer = await door.send(body(door.idp.tenantId));
  expect(answer).toMatchObject({ status, body: '' });
  expect(door.heard).toEqual([]);
  expect(door.entrance.refused[reason as keyof typeof door.entrance.refused]).toBe(1);
  expect(door.lines.map(({ msg, reason }) => ({ msg, reason }))).toEqual([{ msg: 'refused a request', reason }]);
  expect(JSON.stringify(door.lines)).not.toContain('customer');
});

test.each<[string, Sending, number]>([
  ['for another path', { path: '/api/other' }, 404],
  ['for the SDK’s other paths', { path: '/api/functions/x' }, 404],
  ['that only asks', { method: 'GET' }, 404],
  ['of another type', { headers: { 'content-type': 'text/plain' } }, 400],
])('a request %s is refused', async (_, sending, status) => {
  const door = await openDoor();
  expect((await door.send(message(door.idp.tenantId), sending)).status).toBe(status);
  expect(door.heard).toEqual([]);
});

test('a large message in Chinese is let in', async () => {
  const door = await openDoor();
  const text = '拜访'.repeat(25_000);
  const attachments = [{ contentType: 'text/html', content: `<p>${text}</p>` }];
  expect((await door.send(message(door.idp.tenantId, { text, attachments }))).status).toBe(200);
});

test('a tenant in capitals is the same', async () => {
  const door = await openDoor();
  expect((await door.send(message(door.idp.tenantId.toUpperCase()))).status).toBe(200);
});

test('a handler that throws is logged, and answered without a word of it', async () => {
  const door = await openDoor({
    receive: async () => {
      throw new TypeError('not for others');
    },
  });
  const { status, body } = await door.send(message(door.idp.tenantId, { type: 'typing' }));
  expect(status).toBe(500);
  expect(body).not.toContain('not for others');
  expect(door.lines).toEqual([expect.objectContaining({ msg: 'a request failed', err: expect.anything() })]);
});

test('closing cuts nothing: what was taken is answered, and the connection ends with it', async () => {
  const begun = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<undefined>();
  const door = await openDoor({
    receive: () => {
      begun.resolve();
      return goOn.promise;
    },
  });
  const answer = door.send(message(door.idp.tenantId, { type: 'typing' }));
  await begun.promise;
  const closed = door.entrance.close();
  expect(door.entrance.isOpen()).toBe(false);
  goOn.resolve(undefined);
  const { status, headers } = await answer;
  expect(status).toBe(200);
  expect(headers.get('connection')).toBe('close');
  await closed;
  await expect(door.send(message(door.idp.tenantId))).rejects.toThrow();
});

test('a sender that goes away in the middle of a body leaves nothing behind', async () => {
  const door = await openDoor();
  const { hostname, port } = new URL(door.address);
  const socket = connect(Number(port), hostname);
  const head = ['POST /api/messages HTTP/1.1', 'host: x', 'content-type: application/json', 'content-length: 1000'];
  socket.write(`${[...head, `authorization: Bearer ${door.idp.token()}`].join('\r\n')}\r\n\r\n{"type`);
  await vi.waitFor(() => expect(door.idp.keyFetches()).toBe(1));
  socket.destroy();
  await vi.waitFor(() => expect(door.entrance.refused.unreadable).toBe(1));
  await door.entrance.close();
});

test('a port that is taken is said in a sentence', async () => {
  const door = await openDoor();
  const port = Number(new URL(door.address).port);
  const opening = openDoor({ port });
  await expect(listenAs('PORT', port, opening)).rejects.toThrow(PortTaken);
});

test.each<[string, Partial<EntranceOptions>]>([
  ['on all interfaces', { host: null }],
  ['on all interfaces by number', { host: '0.0.0.0' }],
  ['on a name', { host: 'kam.example' }],
  ['in production', { production: true }],
])('without authentication it does not start %s', async (_, options) => {
  await expect(openDoor({ authentication: 'none', ...options })).rejects.toThrow(Unprotected);
});

test('without authentication it takes what an emulator on this machine sends, and nothing of others', async () => {
  const door = await openDoor({ authentication: 'none' });
  const local = (more = {}) => message('any tenant', { serviceUrl: 'http://localhost:56150/_connector', ...more });
  const send = async (body: unknown, sending: Sending = {}) =>
    (await door.send(body, { token: null, ...sending })).status;
  expect(await send(local())).toBe(200);
  expect(await send(local({ serviceUrl: 'https://attacker.example/' }))).toBe(401);
  expect(await send(local({ channelId: 'emulator' }))).toBe(401);
  // What a page in a browser could send without asking.
  expect(await send(local(), { headers: { 'content-type': 'text/plain' } })).toBe(400);
  expect(await statusFor('attacker.example', door.address, local())).toBe(404);
  expect(await statusFor('localhost', door.address, local())).toBe(200);
  expect(door.heard).toHaveLength(2);
  expect(door.idp.asked).toEqual([]);
});
