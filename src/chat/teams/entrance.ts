import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CloudEnvironment, PUBLIC, type TokenProvider } from '@microsoft/teams.api';
import type { App } from '@microsoft/teams.apps';
import type { Logger } from 'pino';
import { systemClock } from '../../clock.ts';
import { isLoopback } from '../../loopback.ts';
import { readBody } from '../read-body.ts';
import { makeGuard } from './guard.ts';
import { type Services, serviceHosts, servicesOn, servicesOnLoopback } from './hosts.ts';
import { publishedKeys } from './keys.ts';
import { type Authentication, type Receive, sdkApp } from './sdk-app.ts';

export type { Authentication };

/** Where Teams' activities come in. */
export interface Entrance {
  /** The SDK's app. */
  readonly app: Pick<App, 'id' | 'cloud' | 'credentials' | 'tokenProvider'>;
  /** The services that may be answered. */
  readonly services: Services;
  /**
   * Listens, and hands what is let in to `receive`. Answers the address that Teams' registration of the bot needs. Throws
   * what listening throws.
   */
  open(receive: Receive): Promise<string>;
  /** Takes nothing new; resolves when every request that was taken has its answer. */
  close(): Promise<void>;
  isOpen(): boolean;
  readonly refused: Refusals;
}

/** How many requests were refused since the start, by reason. */
export interface Refusals {
  /** Without a token of Teams for this bot. */
  unverified: number;
  /** Of another tenant, channel or service than the bot's, or with ids that are none. */
  foreign: number;
  tooLarge: number;
  unreadable: number;
  /** Not a path or method of Teams'. */
  misdirected: number;
  /** While the keys of Teams' tokens could not be fetched. */
  unknowable: number;
}

export interface EntranceOptions {
  authentication: Authentication;
  /** The interface to listen on; null is all of them. */
  host: string | null;
  /** 0 is any free one. */
  port: number;
  /** Whether NODE_ENV is production. */
  production: boolean;
  log: Logger;
  cloud?: CloudEnvironment;
  /** Which services may be answered; those of the public cloud, and without authentication those on this machine. */
  services?: Services;
  /** Where the bot's own tokens come from, when not from the cloud's login endpoint. */
  token?: TokenProvider;
}

/** An entrance without a lock, where others than this machine would find it; the message says what to set. */
export class Unprotected extends Error {
  override name = 'Unprotected';
}

export const endpoint = '/api/messages';
/**
 * A message has up to 100 KB in UTF-16 (Teams, Format your bot messages), which are up to 150 KB in UTF-8, and an
 * activity brings it twice, as text and as HTML. What the inputs of a card hold is less.
 */
const bodyLimit = 512 * 1024;

const statusOf: Readonly<Record<keyof Refusals, number>> = {
  unverified: 401,
  foreign: 401,
  tooLarge: 413,
  unreadable: 400,
  misdirected: 404,
  unknowable: 503,
};

type Answer = { refuses: keyof Refusals } | { status: number; body?: unknown };

/** Teams' activities over HTTP. Throws `Unprotected` when it would take anything from anyone. */
export function teamsEntrance(options: EntranceOptions): Entrance {
  const { authentication, host, port, log, cloud = PUBLIC, token } = options;
  const unlocked = authentication === 'none';
  if (unlocked) refuseUnprotected(options);
  const services = options.services ?? (unlocked ? servicesOnLoopback : servicesOn(serviceHosts.public));
  const guard = makeGuard({
    tokens: unlocked ? null : { issuer: cloud.tokenIssuer, keys: keysOf(cloud, log) },
    tenantId: unlocked ? null : authentication.tenantId,
    services,
  });
  const sdk = sdkApp({ authentication, cloud, token, endpoint, log });
  const refused: Refusals = { unverified: 0, foreign: 0, tooLarge: 0, unreadable: 0, misdirected: 0, unknowable: 0 };
  const answering = new Set<ServerResponse>();
  let server: Server | undefined;
  let closing = false;

  async function answer(request: IncomingMessage): Promise<Answer> {
    const found = request.method === 'POST' && request.url?.split('?', 1)[0] === endpoint;
    // Without a lock the name counts too: a page on the internet could give its own name this machine's number.
    if (!found || (unlocked && !isLoopback(hostOf(request)))) return { refuses: 'misdirected' };
    const { authorization } = request.headers;
    const known = await guard.token(authorization);
    if (known !== 'fits') return { refuses: known };
    const body = await readBody(request, bodyLimit);
    if (body === 'tooLarge') return { refuses: 'tooLarge' };
    const activity = body !== 'gone' && isJson(request) ? parsed(body) : undefined;
    const fits = guard.activity(activity);
    if (fits !== 'fits') return { refuses: fits };
    const answered = await sdk.handle(activity, authorization ?? '');
    return answered.status === 401 ? { refuses: 'unverified' } : answered;
  }

  function write(response: ServerResponse, answered: Answer): void {
    if ('refuses' in answered) {
      const reason = answered.refuses;
      const status = statusOf[reason];
      refused[reason] += 1;
      log.warn({ reason, status, total: refused[reason] }, 'refused a request');
      response.writeHead(status, reason === 'tooLarge' ? { connection: 'close' } : {}).end();
    } else if (answered.body === undefined || answered.body === null) response.writeHead(answered.status).end();
    else {
      const json = JSON.stringify(answered.body);
      response.writeHead(answered.status, { 'content-type': 'application/json; charset=utf-8' }).end(json);
    }
  }

  async function listener(request: IncomingMessage, response: ServerResponse): Promise<void> {
    answering.add(response);
    response.on('close', () => answering.delete(response));
    if (closing) response.setHeader('connection', 'close');
    try {
      write(response, await answer(request));
    } catch (error) {
      log.error({ err: error }, 'a request failed');
      response.writeHead(500).end();
    }
    // What was not read must not hold up the connection.
    request.resume();
  }

  return {
    app: sdk.app,
    services,
    refused,
    async open(receive) {
      await sdk.open(receive);
      const timeouts = { requestTimeout: 10_000, headersTimeout: 5_000, keepAliveTimeout: 30_000 };
      server = createServer(timeouts, (request, response) => void listener(request, response));
      await listen(server, port, host);
      return addressOf(server, host);
    },
    async close() {
      if (server === undefined) return;
      closing = true;
      const { promise: closed, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      for (const response of answering) if (!response.headersSent) response.setHeader('connection', 'close');
      await closed;
      server = undefined;
    },
    isOpen: () => server?.listening === true,
  };
}

function refuseUnprotected({ host, production }: EntranceOptions): void {
  const why = 'Without authentication everyone who reaches the bot can be anyone';
  if (production) throw new Unprotected(`${why}: it does not start like this when NODE_ENV is production.`);
  if (host === null || !isLoopback(host))
    throw new Unprotected(`${why}: it starts like this only on this machine. Set HOST to 127.0.0.1.`);
}

/** The SDK looks at the same address (the metadata document, which names it, is not asked by either). */
function keysOf(cloud: CloudEnvironment, log: Logger) {
  const address = cloud.openIdMetadataUrl.replace(/\/openidconfiguration$/, '/keys');
  return publishedKeys({ address, now: () => systemClock.now().epochMilliseconds, log });
}

const hostOf = (request: IncomingMessage) => (request.headers.host ?? '').replace(/:\d+$/, '');

/** A page in a browser may send any other type to any address without asking. */
const isJson = (request: IncomingMessage) =>
  /^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '');

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function listen(server: Server, port: number, host: string | null): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen({ port, ...(host === null ? {} : { host }) }, () => {
    server.off('error', reject);
    resolve();
  });
  return promise;
}

function addressOf(server: Server, host: string | null): string {
  const { port } = server.address() as AddressInfo;
  const name = host === null || host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}${endpoint}`;
}
