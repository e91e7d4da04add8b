import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type App, HTTPReceiver, type Receiver, SocketModeReceiver } from '@slack/bolt';
import { WebAPIPlatformError } from '@slack/web-api';
import type { Logger } from 'pino';
import { systemClock } from '../../clock.ts';
import { readBody } from '../read-body.ts';
import { withSlash } from './calls.ts';
import { libraryLog } from './library-log.ts';
import { signatureOf } from './signature.ts';
import { SlackRefused } from './workspace.ts';

/** Where Slack's payloads come in: HTTP, or a connection that the bot opens. */
export interface Entrance {
  readonly receiver: Receiver;
  /** Listens, or connects. Answers the address; null when there is none. */
  open(): Promise<string | null>;
  /** Takes nothing new; resolves when every request that was taken has its answer. */
  close(): Promise<void>;
  isOpen(): boolean;
  readonly refused: Refusals;
}

/** How many requests were refused since the start, by reason. */
export interface Refusals {
  /** Unsigned, forged, or signed more than five minutes ago or ahead. */
  unverified: number;
  tooLarge: number;
  unreadable: number;
  /** Not a path or method of Slack's. */
  misdirected: number;
}

export const endpoint = '/slack/events';
/** The largest honest payload is a view of 250 KB, form-encoded. */
const bodyLimit = 512 * 1024;

const reasons: Readonly<Record<number, keyof Refusals>> = {
  400: 'unreadable',
  401: 'unverified',
  404: 'misdirected',
  413: 'tooLarge',
};

/** Slack's requests over HTTP, each signed. */
export function httpEntrance(options: {
  signingSecret: string;
  host: string | null;
  port: number;
  log: Logger;
}): Entrance {
  const { signingSecret, host, port, log } = options;
  const refused: Refusals = { unverified: 0, tooLarge: 0, unreadable: 0, misdirected: 0 };
  const verify = signatureOf(signingSecret);
  const answering = new Set<ServerResponse>();
  let server: Server | undefined;
  let closing = false;
  const receiver = new HTTPReceiver({
    signingSecret,
    endpoints: endpoint,
    // Done below, before anything is parsed.
    signatureVerification: false,
    processBeforeResponse: false,
    unhandledRequestTimeoutMillis: 2_900,
    // What the receiver says about a refused request quotes it; the line below says it once, in fixed words.
    logger: libraryLog(log.child({}, { level: 'silent' })),
    // Every handler answers sooner; what comes here is of a kind that none of them knows. Refusing it would help nobody,
    // and Slack switches events off for apps that refuse too many.
    unhandledRequestHandler: ({ response }) => {
      log.warn('a request of an unknown kind');
      if (!response.headersSent) response.writeHead(200).end();
    },
    processEventErrorHandler: async ({ error, response }) => {
      log.error({ err: error }, 'a request failed');
      if (!response.headersSent) response.writeHead(500).end();
      return true;
    },
  });
  const inner: RequestListener = receiver.requestListener;
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    answering.add(response);
    response.on('close', () => {
      answering.delete(response);
      const reason = reasons[response.statusCode];
      if (reason === undefined) return;
      refused[reason] += 1;
      log.warn({ reason, status: response.statusCode, total: refused[reason] }, 'refused a request');
    });
    if (closing) response.setHeader('connection', 'close');
    if (request.method !== 'POST' || request.url?.split('?', 1)[0] !== endpoint) {
      request.resume();
      response.writeHead(404).end();
      return;
    }
    const take = (read: Awaited<ReturnType<typeof readBody>>) => {
      if (read === 'gone') return;
      if (read === 'tooLarge') response.writeHead(413, { connection: 'close' }).end();
      else if (verify(request.headers, read, systemClock.now().epochMilliseconds)) {
        withoutCharset(request);
        // Bolt takes the body from here when it is there.
        inner(Object.assign(request, { rawBody: read }), response);
      } else response.writeHead(isSslCheck(read) ? 200 : 401).end();
    };
    readBody(request, bodyLimit).then(take, (error: unknown) => log.error({ err: error }, 'a request was not read'));
  };
  receiver.requestListener = listener;
  return {
    receiver,
    refused,
    async open() {
      const timeouts = { requestTimeout: 10_000, headersTimeout: 5_000, keepAliveTimeout: 30_000 };
      server = await receiver.start({ port, ...(host === null ? {} : { host }) }, timeouts);
      return addressOf(server, host);
    },
    async close() {
      if (server === undefined) return;
      closing = true;
      const closed = receiver.stop();
      for (const response of answering) if (!response.headersSent) response.setHeader('connection', 'close');
      await closed;
      server = undefined;
    },
    isOpen: () => server?.listening === true,
  };
}

/** Slack tries the connection now and then with a request that says and wants nothing, and is not signed (ssl_check). */
function isSslCheck(body: Buffer): boolean {
  return /(?:^|&)ssl_check=1(?:&|$)/.test(body.toString('latin1'));
}

/** Bolt wants the bare media type; proxies and honest clients add a charset. */
function withoutCharset(request: IncomingMessage): void {
  const type = request.headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase();
  if (type !== undefined) request.headers['content-type'] = type;
}

function addressOf(server: Server, host: string | null): string {
  const { port } = server.address() as AddressInfo;
  const name = host === null || host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}${endpoint}`;
}

/** Slack's payloads over a connection that the bot opens: no public address is needed. */
export function socketEntrance(options: { appToken: string; apiUrl: string; log: Logger }): Entrance {
  const { appToken, apiUrl, log } = options;
  const receiver = new SocketModeReceiver({
    appToken,
    logger: libraryLog(log),
    installerOptions: { clientOptions: { slackApiUrl: withSlash(apiUrl), timeout: 10_000 } },
    processEventErrorHandler: async ({ error }) => {
      log.error({ err: error }, 'a request failed');
      return true;
    },
  });
  const { client } = receiver;
  let connected = false;
  client.on('connected', () => {
    connected = true;
    log.info('connected to Slack');
  });
  client.on('close', () => {
    if (connected) log.warn('the connection to Slack ended; connecting again');
    connected = false;
  });
  return {
    receiver,
    refused: { unverified: 0, tooLarge: 0, unreadable: 0, misdirected: 0 },
    async open() {
      try {
        await receiver.start();
      } catch (error) {
        if (error instanceof WebAPIPlatformError) throw new SlackRefused(error.data.error, 'SLACK_APP_TOKEN');
        throw error;
      }
      return null;
    },
    close: () => client.disconnect().then(() => undefined),
    isOpen: () => connected,
  };
}

export type { App };
