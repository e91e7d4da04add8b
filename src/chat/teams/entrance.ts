import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CloudEnvironment, PUBLIC, type TokenProvider } from '@microsoft/teams.api';
import { App, type HttpRouteHandler } from '@microsoft/teams.apps';
import type { Logger } from 'pino';
import { systemClock } from '../../clock.ts';
import { makeGuard } from './guard.ts';
import { isLoopback, type Services, serviceHosts, servicesOn, servicesOnLoopback } from './hosts.ts';
import { publishedKeys } from './keys.ts';
import { libraryLog } from './library-log.ts';
import { readBody } from './read-body.ts';

/** Who the bot is to Microsoft; `none` is for emulators on this machine. */
export type Authentication = 'none' | { clientId: string; clientSecret: string; tenantId: string };

/** Where Teams' activities come in. */
export interface Entrance {
  /** The SDK's app: handlers are hung on it before `open`. */
  readonly app: App;
  readonly services: Services;
  /** Listens. Answers the address to give to Teams' bot registration. Throws what listening throws. */
  open(): Promise<string>;
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
  /** Not Teams' path or method. */
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

/** An entrance without a lock, where others than this machine would find it. */
export class Unprotected extends Error {
  override name = 'Unprotected';
}

export const endpoint = '/api/messages';
/**
 * A message of Teams has up to 100 KB in UTF-16 (Teams, Format your bot messages), in UTF-8 up to 150 KB, and comes twice
 * in an activity, as text and as HTML; an action's inputs are fewer.
 */
const bodyLimit = 512 * 1024;

const statusOf: Record<keyof Refusals, number> = {
  unverified: 401,
  foreign: 401,
  tooLarge: 413,
  unreadable: 400,
  misdirected: 404,
  unknowable: 503,
};

/** Teams' activities over HTTP. Throws `Unprotected` when it would take anything from anyone. */
export function teamsEntrance(options: EntranceOptions): Entrance {
  const { authentication, host, port, log, cloud = PUBLIC } = options;
  const open = authentication === 'none';
  if (open) refuseUnprotected(options);
  const services = options.services ?? (open ? servicesOnLoopback : servicesOn(serviceHosts.public));
  const now = () => systemClock.now().epochMilliseconds;
  const keysAddress = cloud.openIdMetadataUrl.replace(/\/openidconfiguration$/, '/keys');
  const guard = makeGuard({
    tokens: open ? null : { issuer: cloud.tokenIssuer, keys: publishedKeys({ address: keysAddress, now, log }) },
    tenantId: open ? null : authentication.tenantId,
    services,
  });
  const refused: Refusals = {
    ...{ unverified: 0, foreign: 0, tooLarge: 0, unreadable: 0, misdirected: 0, unknowable: 0 },
  };
  const answering = new Set<ServerResponse>();
  let handle: HttpRouteHandler | undefined;
  let server: Server | undefined;
  let closing = false;
  const app = new App({
    ...sdkCredentials(authentication, options.token),
    cloud,
    logger: libraryLog(log),
    client: { logger: libraryLog(log) },
    messagingEndpoint: endpoint,
    // Each is said here, so that no variable of the environment can say it.
    serviceUrl: 'https://smba.trafficmanager.net/teams',
    dangerouslyAllowUnauthenticatedRequests: open,
    httpServerAdapter: {
      registerRoute: (_, path, handler) => {
        if (path === endpoint) handle = handler;
      },
    },
  });
  app.event('error', ({ error, activity }) => {
    log.error({ err: error, activity: activity?.type }, 'a request failed');
  });

  async function answer(request: IncomingMessage): Promise<Answer> {
    const found = request.method === 'POST' && request.url?.split('?', 1)[0] === endpoint;
    if (!found || (open && !isLoopback(hostOf(request)))) return { refuses: 'misdirected' };
    const token = await guard.token(request.headers.authorization);
    if (token !== 'fits') return { refuses: token };
    const body = await readBody(request, bodyLimit);
    if (body === 'gone') return { status: 400 };
    if (body === 'tooLarge') return { refuses: 'tooLarge' };
    const activity = isJson(request) ? parsed(body) : undefined;
    const fits = guard.activity(activity);
    if (fits !== 'fits') return { refuses: fits };
    if (handle === undefined) throw new Error('the entrance is not open');
    const { authorization = '' } = request.headers;
    const answered = await handle({ body: activity, headers: { authorization } });
    return answered.status === 401 ? { refuses: 'unverified' } : answered;
  }

  function listener(request: IncomingMessage, response: ServerResponse): void {
    answering.add(response);
    response.on('close', () => answering.delete(response));
    if (closing) response.setHeader('connection', 'close');
    void answer(request)
      .catch((error: unknown): Answer => {
        log.error({ err: error }, 'a request failed');
        return { status: 500 };
      })
      .then((answered) => {
        // What was not read is not waited for.
        request.resume();
        if ('refuses' in answered) {
          const reason = answered.refuses;
          const status = statusOf[reason];
          refused[reason] += 1;
          log.warn({ reason, status, total: refused[reason] }, 'refused a request');
          if (reason === 'tooLarge') response.setHeader('connection', 'close');
          response.writeHead(status).end();
        } else write(response, answered);
      });
  }

  return {
    app,
    services,
    refused,
    async open() {
      await app.initialize();
      server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000, keepAliveTimeout: 30_000 }, listener);
      await listen(server, port, host);
      return addressOf(server, host);
    },
    async close() {
      if (server === undefined) return;
      closing = true;
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      for (const response of answering) if (!response.headersSent) response.setHeader('connection', 'close');
      await promise;
      server = undefined;
    },
    isOpen: () => server?.listening === true,
  };
}

type Answer = { refuses: keyof Refusals } | { status: number; body?: unknown };

function refuseUnprotected({ host, production }: EntranceOptions): void {
  if (production)
    throw new Unprotected('Without authentication everyone can be anyone: not when NODE_ENV is production.');
  if (host === null || !isLoopback(host))
    throw new Unprotected('Without authentication everyone can be anyone: only on this machine, HOST=127.0.0.1.');
}

/** Every field is set, if to nothing: for one that is missing the SDK asks the environment. */
function sdkCredentials(authentication: Authentication, token: TokenProvider | undefined) {
  const nothing = { clientId: '', clientSecret: '', tenantId: '', managedIdentityClientId: '' };
  if (authentication === 'none') return nothing;
  const { clientId, clientSecret, tenantId } = authentication;
  if (token === undefined) return { ...nothing, clientId, clientSecret, tenantId };
  return { ...nothing, clientId, tenantId, token };
}

const hostOf = (request: IncomingMessage) => (request.headers.host ?? '').replace(/:\d+$/, '');

/** A page in a browser can send other types anywhere without asking, and without a token they would be let in. */
const isJson = (request: IncomingMessage) =>
  /^application\/json\s*(?:;|$)/i.test(request.headers['content-type'] ?? '');

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function write(response: ServerResponse, { status, body }: { status: number; body?: unknown }): void {
  if (body === undefined || body === null) response.writeHead(status).end();
  else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function listen(server: Server, port: number, host: string | null): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host === null ? {} : { host }) }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function addressOf(server: Server, host: string | null): string {
  const { port } = server.address() as AddressInfo;
  const name = host === null || host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}${endpoint}`;
}
