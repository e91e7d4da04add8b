import { createServer, type RequestListener, setGlobalProxyFromEnv } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { exchange, type Outgoing } from '../../src/chat/slack/exchange.ts';

const posted: Outgoing = { method: 'POST', headers: { authorization: 'Bearer xoxb-kam' }, body: 'a=你', within: 5_000 };

/** A server for one test: its address, and what was asked of it. */
async function serve(answer: RequestListener) {
  const asked: { url: string; token: string | undefined; body: string; connection: unknown }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { url = '', headers, socket } = request;
    asked.push({ url, token: headers.authorization, body: Buffer.concat(chunks).toString(), connection: socket });
    answer(request, response);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

test('brings the request and the whole answer, over one connection that stays open', async () => {
  const { url, asked } = await serve((_, response) => {
    response.writeHead(201, { 'x-oauth-scopes': 'chat:write' });
    response.write('fi');
    response.end('ne');
  });
  const answer = await exchange(`${url}/api?x=1`, posted);
  expect(answer).toMatchObject({ status: 201, statusText: 'Created', headers: { 'x-oauth-scopes': 'chat:write' } });
  expect(answer.body.toString()).toBe('fine');
  await exchange(url, { method: 'GET', headers: {}, within: 5_000 });
  expect(asked).toMatchObject([
    { url: '/api?x=1', token: 'Bearer xoxb-kam', body: 'a=你' },
    { url: '/', body: '' },
  ]);
  expect(asked[0]?.connection).toBe(asked[1]?.connection);
});

test('a redirect is an answer and is not followed', async () => {
  const elsewhere = await serve((_, response) => response.end());
  const { url } = await serve((_, response) => response.writeHead(307, { location: elsewhere.url }).end());
  expect(await exchange(url, posted)).toMatchObject({ status: 307 });
  expect(elsewhere.asked).toEqual([]);
});

test.each<[string, RequestListener]>([
  ['nothing', () => undefined],
  ['an answer without its end', (_, response) => void response.writeHead(200, { 'content-length': 9 }).write('half')],
])('%s in time is no answer', async (_, answer) => {
  const { url } = await serve(answer);
  await expect(exchange(url, { ...posted, within: 50 })).rejects.toThrow('no answer within 50 ms');
});

test('an answer that is cut in the middle is none', async () => {
  const { url } = await serve((_, response) => {
    response.writeHead(200, { 'content-length': 9 });
    response.write('half', () => response.destroy());
  });
  await expect(exchange(url, posted)).rejects.toThrow('aborted');
});

test.each([
  [4, 'resolves'],
  [3, 'rejects'],
] as const)('an answer of four bytes where at most %i are wanted: %s', async (atMost, outcome) => {
  const { url } = await serve((_, response) => response.end('four'));
  if (outcome === 'resolves') expect((await exchange(url, { ...posted, atMost })).body.length).toBe(4);
  else await expect(exchange(url, { ...posted, atMost })).rejects.toThrow('more than 3 bytes');
});

test('goes through the proxy of the environment when Node is told to', async () => {
  const proxy = await serve((_, response) => response.end('through the proxy'));
  onTestFinished(setGlobalProxyFromEnv({ http_proxy: proxy.url }));
  const answer = await exchange('http://slack.example/api', posted);
  expect(answer.body.toString()).toBe('through the proxy');
  expect(proxy.asked).toMatchObject([{ url: 'http://slack.example/api' }]);
});
