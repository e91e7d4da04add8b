import { z } from 'zod';

/**
 * A call to Teams that gave nothing. Holds the status (null when there was no answer), the connector's own word for it,
 * and after how many milliseconds it wants to be asked again; nothing of the request, whose header is the bot's token.
 */
export class CallFailed extends Error {
  override name = 'CallFailed';
  readonly status: number | null;
  readonly code: string;
  readonly retryAfter: number | null;
  constructor(code: string, status: number | null = null, retryAfter: number | null = null, cause?: unknown) {
    super(`Teams: ${code}`, cause === undefined ? undefined : { cause });
    this.code = code;
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/**
 * Why a call failed. `refused`: Teams understood and said no, or it was never asked (`status` null); `code` is its word.
 * `later`: it may work after so many milliseconds.
 */
export type Fault =
  | { fault: 'refused'; code: string; status: number | null }
  | { fault: 'later'; ms: number; code: string };

/** Whether it is the place that is closed to the bot, and not the message that is wrong. */
export const isClosed = (fault: Fault): boolean => fault.fault === 'refused' && [403, 404].includes(fault.status ?? 0);

/** What passes, and how long to wait when the answer does not say (Teams, Rate limiting; 408 and 500 are the service's own). */
const passing: Readonly<Record<number, number>> = {
  408: 5_000,
  412: 2_000,
  429: 30_000,
  500: 5_000,
  502: 5_000,
  503: 5_000,
  504: 5_000,
};

/** What happened on the way, without an answer of Teams': it may work in five seconds, and without a token in a minute. */
const unanswered: Readonly<Record<string, number>> = { timeout: 5_000, unreachable: 5_000, no_token: 60_000 };

/** Explains a failed call; throws what is none. */
export function faultOf(error: unknown): Fault {
  if (!(error instanceof CallFailed)) throw error;
  const { status, code, retryAfter } = error;
  const ms = status === null ? unanswered[code] : passing[status];
  if (ms === undefined) return { fault: 'refused', code, status };
  return { fault: 'later', ms: Math.max(retryAfter ?? ms, 1_000), code };
}

/** What the SDK's client throws: an answer that is no success, or no answer. */
const httpError = z.object({
  isAxiosError: z.literal(true),
  code: z.string().optional(),
  response: z.object({ status: z.number(), headers: z.looseObject({}), data: z.unknown() }).optional(),
});
/** How the connector says what is wrong (Bot Connector, ErrorResponse); Teams refines some codes by a second one. */
const errorAnswer = z.object({
  error: z.object({ code: z.string(), subCode: z.string().optional() }),
});
/** A code goes into logs and to administrators; anything else in its place might be anything. */
const word = z.string().regex(/^[\w.-]{1,64}$/);

/** Makes a `CallFailed` of whatever a call threw; `now` in milliseconds, for a Retry-After that is a date. */
export function asCallFailed(error: unknown, now: number): CallFailed {
  if (error instanceof CallFailed) return error;
  const parsed = httpError.safeParse(error);
  if (!parsed.success) return new CallFailed('unreadable_answer', null, null, error);
  const { response, code } = parsed.data;
  if (response === undefined) return new CallFailed(timeouts.has(code ?? '') ? 'timeout' : 'unreachable');
  const retryAfter = retryAfterOf(response.headers['retry-after'], now);
  return new CallFailed(codeOf(response.data, response.status), response.status, retryAfter);
}

const timeouts: ReadonlySet<string> = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ERR_CANCELED']);

function codeOf(data: unknown, status: number): string {
  const answer = errorAnswer.safeParse(data).data?.error;
  const said = word.safeParse(answer?.subCode ?? answer?.code);
  return said.data ?? `http_${status}`;
}

/** Retry-After in milliseconds from now: seconds, or a date (RFC 9110, 10.2.3); null when it is neither. */
export function retryAfterOf(header: unknown, now: number): number | null {
  if (typeof header !== 'string') return null;
  if (/^\s*\d{1,9}\s*$/.test(header)) return Number(header) * 1_000;
  // Date.parse alone would take "-1" for a year.
  if (!/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(header)) return null;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
