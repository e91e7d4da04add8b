import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PUBLIC } from '@microsoft/teams.api';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { type ConnectorOptions, type Connectors, makeConnectors } from '../../src/chat/teams/calls.ts';
import { servicesOnLoopback } from '../../src/chat/teams/hosts.ts';

/** What the service answers to one request; `hang` is nothing at all, `cut` ends the connection. */
export type Answer = 'hang' | 'cut' | { status: number; body?: unknown; headers?: Record<string, string> };

export interface Asked {
  method: string;
  path: string;
  authorization: string | undefined;
  body: unknown;
}

/** A service that answers what a test says, in order, and then the last for ever; and the bot's two ways to it. */
export interface Service {
  readonly connectors: Connectors;
  readonly serviceUrl: string;
  readonly asked: Asked[];
  /** The pauses between attempts, in milliseconds; they take no time. */
  readonly pauses: number[];
  /** The time that pauses move. */
  now: number;
}

export async function openService(answers: Answer[], options: Partial<ConnectorOptions> = {}): Promise<Service> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    const { method = '', url: path = '', headers } = request;
    asked.push({ method, path, authorization: headers.authorization, body: await read(request) });
    if (answer === 'hang' || answer === undefined) return;
    if (answer === 'cut') return void request.socket.destroy();
    const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const service = {
    serviceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/teams/`,
    asked,
    pauses: [] as number[],
    now: 1_790_000_000_000,
  };
  const connectors = makeConnectors({
    tokens: { getAppToken: async () => 'bots-token' },
    cloud: PUBLIC,
    services: servicesOnLoopback,
    log: pino({ level: 'silent' }),
    now: () => service.now,
    pause: async (ms) => {
      service.pauses.push(ms);
      service.now += ms;
    },
    random: () => 1,
    ...options,
  });
  return Object.assign(service, { connectors });
}

async function read(request: IncomingMessage): Promise<unknown> {
  const text = Buffer.concat(await request.toArray()).toString();
  return text === '' ? undefined : JSON.parse(text);
}
