import type { IncomingHttpHeaders } from 'node:http';
import { request as secure } from 'node:https';
import { request as plain } from '../../node-http.ts';

/** A request that the bot makes, and how long and how large its answer may be. */
export interface Outgoing {
  method: 'GET' | 'POST';
  headers: Readonly<Record<string, string>>;
  body?: string | Uint8Array;
  /** Milliseconds until the answer is there to its end. */
  within: number;
  /** Bytes of the answer's body; as many as come when it is not said. */
  atMost?: number;
}

/** What a server answered, read to its end. */
export interface Answer {
  status: number;
  statusText: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/**
 * Sends one request and reads the answer, whatever its status. Follows no redirect: what is sent is meant for one
 * receiver. It goes over Node's global agents, which keep connections open and take the proxy of the environment when
 * NODE_USE_ENV_PROXY is 1, and costs a quarter of what `fetch` does while a person waits for a form. Throws when no
 * answer comes in time, or a larger one than `atMost`.
 */
export function exchange(address: string | URL, outgoing: Outgoing): Promise<Answer> {
  const { method, headers, body, within, atMost = Number.POSITIVE_INFINITY } = outgoing;
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const url = new URL(address);
    const send = url.protocol === 'https:' ? secure : plain;
    const request = send(url, { method, headers: { ...headers, ...length } }, (response) => {
      const { statusCode: status = 0, statusMessage: statusText = '', headers } = response;
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > atMost) giveUp(new Error(`the answer has more than ${atMost} bytes`));
        else chunks.push(chunk);
      });
      response.on('end', () => {
        clearTimeout(timer);
        resolve({ status, statusText, headers, body: Buffer.concat(chunks) });
      });
      response.on('error', giveUp);
    });
    const giveUp = (error: Error) => {
      clearTimeout(timer);
      reject(error);
      request.destroy();
    };
    const timer = setTimeout(() => giveUp(new Error(`no answer within ${within} ms`)), within);
    request.on('error', giveUp);
    request.end(body);
  });
}
