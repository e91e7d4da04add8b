import {
  type FetchFunction,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api';
import type { Logger } from 'pino';
import { exchange } from './exchange.ts';
import { libraryLog } from './library-log.ts';
import type { Method } from './surface.ts';

/** A way to Slack's Web API. Answers Slack's own answer; throws what `faultOf` explains. */
export type Call = (method: Method, args: Record<string, unknown>) => Promise<unknown>;

/**
 * Two ways to Slack. One 429 pauses a whole client, and a call that timed out and is tried again may be done twice, so
 * neither client tries again by itself: a person waits for what is interactive, and the outbox plans the rest anew.
 */
export interface Calls {
  readonly interactive: Call;
  readonly background: Call;
}

const never = { retries: 0 };

export function makeCalls(botToken: string, apiUrl: string, log: Logger): Calls {
  const options: WebClientOptions = {
    slackApiUrl: withSlash(apiUrl),
    retryConfig: never,
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: libraryLog(log),
  };
  const callWithin = (ms: number): Call => {
    const client = new WebClient(botToken, { ...options, fetch: fetchWithin(ms) });
    return (method, args) => client.apiCall(method, written(args));
  };
  return { interactive: callWithin(2_500), background: callWithin(15_000) };
}

/**
 * Views and blocks as the JSON they are sent as. The client would write them itself, but before that it takes every
 * object apart for a line of its log that nobody reads.
 */
function written(args: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(args);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, typeof value === 'object' && value !== null ? JSON.stringify(value) : value]),
  );
}

/** The client's way to the network. It needs of `fetch` only a text that is posted and the answer's text. */
function fetchWithin(ms: number): FetchFunction {
  return async (url, { headers = {}, body } = {}) => {
    if (typeof body !== 'string') throw new TypeError('Slack is called with texts only');
    const answer = await exchange(url, { method: 'POST', headers, body, within: ms });
    const told = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]);
    return {
      ok: answer.status >= 200 && answer.status < 300,
      status: answer.status,
      statusText: answer.statusText,
      url: String(url),
      headers: { get: (name) => answer.headers[name.toLowerCase()]?.toString() ?? null, entries: () => told },
      arrayBuffer: async () => new Uint8Array(answer.body).buffer,
      json: async () => JSON.parse(answer.body.toString()),
      text: async () => answer.body.toString(),
    };
  };
}

export const withSlash = (url: string): string => (url.endsWith('/') ? url : `${url}/`);

/**
 * Why a call failed. `refused`: Slack understood and said no, `code` is its word. `later`: it may work after so many
 * milliseconds.
 */
export type Fault = { fault: 'refused'; code: string } | { fault: 'later'; ms: number; code: string };

/** What Slack answers when the trouble is its own and passes. */
const passing = new Set([
  'accesslimited',
  'fatal_error',
  'internal_error',
  'ratelimited',
  'rate_limited',
  'request_timeout',
  'service_unavailable',
  'team_added_to_org',
]);

/** Whether it was one call too many: Slack takes no other of that method either until the time is over. */
export const isPaced = (code: string): boolean => code === 'ratelimited' || code === 'rate_limited';

export function faultOf(error: unknown): Fault {
  if (error instanceof WebAPIRateLimitedError) {
    return { fault: 'later', ms: Math.max(1, error.retryAfter) * 1_000, code: 'ratelimited' };
  }
  if (error instanceof WebAPIPlatformError) {
    const code = error.data.error;
    return passing.has(code) ? { fault: 'later', ms: 5_000, code } : { fault: 'refused', code };
  }
  if (error instanceof WebAPIHTTPError) return { fault: 'later', ms: 5_000, code: `http_${error.statusCode}` };
  if (error instanceof WebAPIRequestError) return { fault: 'later', ms: 5_000, code: 'unreachable' };
  // The library throws a plain Error for a 429 that does not say for how long.
  if (error instanceof Error && error.message.includes('Retry'))
    return { fault: 'later', ms: 30_000, code: 'ratelimited' };
  throw error;
}
