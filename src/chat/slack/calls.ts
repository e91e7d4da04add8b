import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api';
import type { Logger } from 'pino';
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
  const interactive = new WebClient(botToken, { ...options, timeout: 2_500 });
  const background = new WebClient(botToken, { ...options, timeout: 15_000 });
  return {
    interactive: (method, args) => interactive.apiCall(method, args),
    background: (method, args) => background.apiCall(method, args),
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
