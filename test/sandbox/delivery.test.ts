import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { appSeed, startAlone } from './bench.ts';

/** An app that keeps what it receives and answers as told. */
async function startReceiver(answer: (attempt: number) => { status: number; headers?: Record<string, string> }) {
  const received: { headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(parts).toString() });
      const { status, headers } = answer(received.length);
      response.writeHead(status, headers).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const sandbox = await startAlone();
  sandbox.setRequestUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  return { sandbox, received };
}

test('requests are signed and typed exactly as Slack does', async () => {
  const { sandbox, received } = await startReceiver(() => ({ status: 200 }));
  await sandbox.act('U0ADA', { do: 'command', channel: 'C0SALES', text: '/probe a+b &c' });
  const { headers, body } = received[0] ?? { headers: {}, body: '' };
  expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
  const mac = createHmac('sha256', appSeed.signingSecret).update(`v0:${headers['x-slack-request-timestamp']}:${body}`);
  expect(headers['x-slack-signature']).toBe(`v0=${mac.digest('hex')}`);
  expect(new URLSearchParams(body).get('text')).toBe('a+b &amp;c');
});

test('a failed event is tried again at once, after a minute and after five', async () => {
  const { sandbox, received } = await startReceiver(() => ({ status: 500 }));
  const tries = (count: number) => vi.waitFor(() => expect(received).toHaveLength(count));
  await sandbox.act('U0ADA', { do: 'openHome' });
  await tries(2);
  await sandbox.clock.advance({ minutes: 1 });
  await tries(3);
  await sandbox.clock.advance({ minutes: 5 });
  await tries(4);
  await sandbox.clock.advance({ minutes: 60 });
  expect(received.map(({ headers }) => headers['x-slack-retry-num'])).toEqual([undefined, '1', '2', '3']);
  expect(received.at(-1)?.headers['x-slack-retry-reason']).toBe('http_error');
  expect(new Set(received.map(({ body }) => JSON.parse(body).event_id)).size).toBe(1);
});

test('an event that was taken, or is refused for good, is not tried again', async () => {
  for (const answer of [{ status: 200 }, { status: 500, headers: { 'x-slack-no-retry': '1' } }]) {
    const { sandbox, received } = await startReceiver(() => answer);
    await sandbox.act('U0ADA', { do: 'openHome' });
    await vi.waitFor(() => expect(sandbox.deliveries).toHaveLength(1));
    await sandbox.clock.advance({ minutes: 10 });
    await sandbox.act('U0ADA', { do: 'command', channel: 'C0SALES', text: '/probe' });
    expect(received).toHaveLength(2);
  }
});

test('an interaction is not tried again', async () => {
  const { sandbox, received } = await startReceiver(() => ({ status: 404 }));
  const ran = await sandbox.act('U0ADA', { do: 'command', channel: 'C0SALES', text: '/probe' });
  expect(ran).toMatchObject({ ok: false, error: 'dispatch_failed' });
  await sandbox.clock.advance({ minutes: 10 });
  expect(received).toHaveLength(1);
});

test('everything may come twice', async () => {
  const { sandbox, received } = await startReceiver(() => ({ status: 200 }));
  sandbox.deliverTwice = true;
  await sandbox.act('U0ADA', { do: 'command', channel: 'C0SALES', text: '/probe' });
  await sandbox.act('U0ADA', { do: 'openHome' });
  await vi.waitFor(() => expect(received).toHaveLength(4));
  const triggers = received.slice(0, 2).map(({ body }) => new URLSearchParams(body).get('trigger_id'));
  expect(triggers[0]).toBe(triggers[1]);
});

test('an app that is not there', async () => {
  const sandbox = await startAlone();
  const ran = await sandbox.act('U0ADA', { do: 'command', channel: 'C0SALES', text: '/probe' });
  expect(ran).toMatchObject({ error: 'dispatch_failed', message: '/probe failed with the error "dispatch_failed"' });
});
