import type { Log } from './log.ts';
import { createServer } from './node-http.ts';

/** Named questions whose answer is whether that part works now. */
export type HealthChecks = Record<string, () => Promise<boolean> | boolean>;

/** The little server that tells an orchestrator how the bot is. */
export interface HealthServer {
  /** The port it listens on. */
  port: number;
  /** From now on /health/ready says no, so that no new work is sent here. */
  drain(): void;
  close(): Promise<void>;
}

/** An answer must come before the orchestrator gives up: Kubernetes waits 1 s by default. */
const checkLimit = 900;

/**
 * Serves GET and HEAD of /health/live (the process runs: 200) and /health/ready (all checks pass: 200, else 503), as
 * JSON `{ status, checks }`. Rejects when the port is taken.
 */
export async function startHealth(options: {
  host: string | null;
  port: number;
  checks: HealthChecks;
  log: Log;
}): Promise<HealthServer> {
  const { host, port, checks, log } = options;
  let draining = false;
  const answer = async (path: string): Promise<{ code: number; body: object }> => {
    if (path === '/health/live') return { code: 200, body: { status: 'live' } };
    if (path !== '/health/ready') return { code: 404, body: { status: 'not found' } };
    if (draining) return { code: 503, body: { status: 'draining' } };
    const results = await Promise.all(
      Object.entries(checks).map(async ([name, ask]) => [name, await inTime(ask)] as const),
    );
    const ready = results.every(([, passed]) => passed);
    const states = Object.fromEntries(results.map(([name, passed]) => [name, passed ? 'ok' : 'failing']));
    return { code: ready ? 200 : 503, body: { status: ready ? 'ready' : 'not ready', checks: states } };
  };
  const server = createServer((request, response) => {
    const known = request.method === 'GET' || request.method === 'HEAD';
    const path = (request.url ?? '').split('?')[0] ?? '';
    const reply = known ? answer(path) : Promise.resolve({ code: 405, body: { status: 'method not allowed' } });
    void reply.then(({ code, body }) => {
      const text = `${JSON.stringify(body)}\n`;
      response.writeHead(code, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
        'cache-control': 'no-store',
        ...(known ? {} : { allow: 'GET, HEAD' }),
      });
      response.end(request.method === 'HEAD' ? undefined : text);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host === null ? {} : { host }) }, resolve);
  });
  server.on('error', (error) => log.error({ err: error }, 'health server failed'));
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    drain: () => {
      draining = true;
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** A check that throws or takes too long has not passed. */
async function inTime(ask: () => Promise<boolean> | boolean): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), checkLimit);
  });
  try {
    return await Promise.race([
      Promise.resolve()
        .then(ask)
        .catch(() => false),
      late,
    ]);
  } finally {
    clearTimeout(timer);
  }
}
