import { request as ask } from 'node:http';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { type Entrance, type EntranceOptions, teamsEntrance } from '../../src/chat/teams/entrance.ts';
import type { Receive } from '../../src/chat/teams/sdk-app.ts';
import { type IdentityProvider, openIdentityProvider } from '../support/teams/idp.ts';

/** The real entrance on loopback, with its identity provider, and whatever came through it. */
export interface Door {
  readonly idp: IdentityProvider;
  readonly entrance: Entrance;
  readonly address: string;
  /** The texts of messages that were let in. */
  readonly heard: string[];
  /** What was logged. */
  readonly lines: Record<string, unknown>[];
  /** Sends an activity; `token` null is none, and what is no string is sent as JSON. */
  send(body: unknown, sending?: Sending): Promise<{ status: number; body: string; headers: Headers }>;
}

export interface Sending {
  token?: string | null;
  headers?: Record<string, string>;
  path?: string;
  method?: string;
}

export const serviceUrl = 'https://smba.trafficmanager.net/teams/';

/** A message as Teams sends it. */
export const message = (tenantId: string, more: Record<string, unknown> = {}) => ({
  type: 'message',
  id: '1481567603816',
  channelId: 'msteams',
  serviceUrl,
  timestamp: '2026-11-15T09:00:00.000Z',
  from: { id: '29:1XJKJMvc5GBtc2JwZq0oj8tHZmzrQgFmB39ATiQWA85gQ', aadObjectId: 'aad-ada', name: 'Ada' },
  recipient: { id: '28:bot', name: 'KAM' },
  conversation: { id: 'a:17I0kl8EkpE1O9PH5TWrzrLNwnWWcfrU7QZjKR0WS', conversationType: 'personal', tenantId },
  channelData: { tenant: { id: tenantId } },
  text: 'a customer',
  ...more,
});

/** Opens one; it and its identity provider close with the test. `receive` answers what was let in. */
export async function openDoor(
  { receive, ...options }: Partial<EntranceOptions> & { receive?: Receive } = {},
  providing: Parameters<typeof openIdentityProvider>[0] = {},
): Promise<Door> {
  const idp = await openIdentityProvider(providing);
  onTestFinished(() => idp.close());
  const lines: Record<string, unknown>[] = [];
  const entrance = teamsEntrance({
    authentication: { clientId: idp.botId, clientSecret: 'a secret', tenantId: idp.tenantId },
    host: '127.0.0.1',
    port: 0,
    production: false,
    log: pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) }),
    cloud: idp.cloud,
    token: idp.botToken,
    ...options,
  });
  const heard: string[] = [];
  const address = await entrance.open(async (activity) => {
    heard.push(z.object({ text: z.string().catch('') }).parse(activity).text);
    return receive?.(activity);
  });
  onTestFinished(() => entrance.close());
  return {
    idp,
    entrance,
    address,
    heard,
    lines,
    async send(body, { token = idp.token(), headers = {}, path, method = 'POST' } = {}) {
      const response = await fetch(path === undefined ? address : new URL(path, address), {
        method,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...headers,
        },
        ...(method === 'GET' ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.text(), headers: response.headers };
    },
  };
}

/** The status of a request whose Host is another than its address, which `fetch` does not allow. */
export function statusFor(host: string, address: string, body: unknown): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { host, 'content-type': 'application/json' };
    const sent = ask(address, { method: 'POST', headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on('error', reject);
    sent.end(JSON.stringify(body));
  });
}
