import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request that the server refuses with an HTTP status. */
export class HttpRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** The whole body. Throws `HttpRefusal` 413 past `most` bytes. */
export async function readBody(request: IncomingMessage, most: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > most) throw new HttpRefusal(413, 'body too large');
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

/** Sends JSON. */
export function sendJson(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    ...headers,
  });
  response.end(JSON.stringify(body));
}

/** Refuses hosts other than this server's own, so that a foreign name that resolves to loopback gets nothing. */
export function checkHost(request: IncomingMessage, hosts: ReadonlySet<string>): void {
  if (!hosts.has((request.headers.host ?? '').toLowerCase())) throw new HttpRefusal(403, 'wrong host');
}

/** Refuses requests that a browser makes for another site's page. */
export function checkSameOrigin(request: IncomingMessage): void {
  const { origin, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const foreign = origin !== undefined && origin !== `http://${host}`;
  if (foreign || (site !== undefined && site !== 'same-origin' && site !== 'none')) {
    throw new HttpRefusal(403, 'not from this page');
  }
}
