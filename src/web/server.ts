import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../chat/read-body.ts';
import { Work } from '../chat/work.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import { createServer } from '../node-http.ts';
import { addressOf, networkOf } from './address.ts';
import { allowance } from './allowance.ts';
import type { Sorry, WebAnswer } from './page.ts';

/** What a browser asks for, before anybody has believed a word of it. */
export interface WebRequest {
  method: 'GET' | 'HEAD' | 'POST';
  /** What stands behind the site's name in the address. */
  path: string;
  query: URLSearchParams;
  /** The answers of a form; empty unless it was sent. */
  form: URLSearchParams;
  /** The browser's languages, as it says them. */
  languages: string | undefined;
}

/** A part of the little server, under the first word of its addresses. It is loaded when somebody first asks for it. */
export interface Site {
  name: string;
  load(): Promise<(request: WebRequest) => Promise<WebAnswer>>;
}

export interface WebServer {
  /** The port it listens on. */
  port: number;
  /** Answers what has arrived, and closes. */
  close(): Promise<void>;
}

/** Bytes of a form. 10,000 Chinese characters are 90,000 of them, and get a sentence that says how many are too many. */
const largestForm = 256 * 1024;
/** Requests a minute from one address, of IPv6 one network; behind it may be a whole company. */
const perAddress = 240;
/** Milliseconds. Whoever sends more slowly is cut off; it is looked for every second. */
const patience = {
  requestTimeout: 10_000,
  headersTimeout: 5_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
};
const mostConnections = 500;

/** Said with every answer: nothing of it is kept, shown elsewhere, guessed at or told to the next page. */
const always = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
};

/**
 * The little server whose pages are opened in a browser by people who have no account. It listens at once and loads the
 * pages when they are first asked for. Rejects when the port is taken.
 */
export async function startWeb(options: {
  host: string | null;
  port: number;
  sites: readonly Site[];
  clock: Clock;
  log: Log;
  /** Says of a thrown value that the database is gone or too slow, not that we made a mistake. */
  isUnavailable(error: unknown): boolean;
}): Promise<WebServer> {
  const { host, port, clock, log, isUnavailable } = options;
  const sites = new Map(options.sites.map((site) => [site.name, site]));
  const addresses = allowance(perAddress, clock);
  const work = new Work();

  async function sorry(why: Sorry, languages: string | undefined, more?: { code: string }): Promise<WebAnswer> {
    const { sorry: say } = await import('./page.ts');
    return say(why, languages, more);
  }

  async function answer(request: IncomingMessage): Promise<WebAnswer | 'nobody'> {
    const languages = request.headers['accept-language'];
    const { method = 'GET' } = request;
    if (method !== 'GET' && method !== 'HEAD' && method !== 'POST') {
      return { status: 405, headers: { allow: 'GET, HEAD, POST', 'content-type': 'text/plain' }, body: '' };
    }
    const wait = addresses.take(networkOf(addressOf(request.socket.remoteAddress, request.headers['x-forwarded-for'])));
    if (wait !== null) {
      const said = await sorry('tooMany', languages);
      return { ...said, headers: { ...said.headers, 'retry-after': String(wait) } };
    }
    const target = `http://localhost${request.url ?? '/'}`;
    const [, name = '', ...rest] = URL.canParse(target) ? new URL(target).pathname.split('/') : [];
    const site = sites.get(name);
    if (site === undefined) return sorry('gone', languages);
    const form = method === 'POST' ? await formOf(request) : new URLSearchParams();
    if (form === 'gone') return 'nobody';
    if (form === 'tooLarge' || form === 'unreadable') return sorry(form, languages);
    const handle = await site.load();
    return handle({ method, path: rest.join('/'), query: new URL(target).searchParams, form, languages });
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let said: WebAnswer | 'nobody';
    try {
      said = await answer(request);
    } catch (error) {
      const busy = isUnavailable(error);
      const code = `KAM-${randomBytes(3).toString('hex').toUpperCase()}`;
      log[busy ? 'warn' : 'error']({ code, err: error }, busy ? 'database unavailable' : 'a page failed');
      said = await sorry(busy ? 'busy' : 'broken', request.headers['accept-language'], { code });
    }
    if (said === 'nobody') return;
    const { status, headers, body } = said;
    response.writeHead(status, {
      ...always,
      ...headers,
      'content-length': Buffer.byteLength(body),
      // What was not read of a form must not be taken for another request.
      ...(request.complete ? {} : { connection: 'close' }),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  }

  const server = createServer(patience, (request, response) => {
    work.go(serve(request, response), (error) => {
      log.error({ err: error }, 'a page could not be answered');
      response.destroy();
    });
  });
  server.maxConnections = mostConnections;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host === null ? {} : { host }) }, resolve);
  });
  server.on('error', (error) => log.error({ err: error }, 'web server failed'));
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound ? bound.port : port,
    async close() {
      const closed = new Promise<void>((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
      });
      server.closeIdleConnections();
      await work.finish();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The answers of a form as browsers send them (WHATWG URL, application/x-www-form-urlencoded). */
async function formOf(request: IncomingMessage): Promise<URLSearchParams | 'tooLarge' | 'unreadable' | 'gone'> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') return 'unreadable';
  const body = await readBody(request, largestForm);
  return typeof body === 'string' ? body : new URLSearchParams(body.toString('utf8'));
}
