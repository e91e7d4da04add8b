import { Client, type CloudEnvironment, type ITokenProvider } from '@microsoft/teams.api';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { asCallFailed, CallFailed } from './faults.ts';
import type { Services } from './hosts.ts';
import { libraryLog } from './library-log.ts';
import { type Budget, Lanes, type Pause } from './pace.ts';
import { fitsPath } from './path-id.ts';
import { attempting } from './retry.ts';

/** One call. */
export interface Question<T> {
  serviceUrl: string;
  /** Calls of one lane are made one after the other; without it at once. */
  lane?: string;
  /** What goes into the call's path. */
  ids: readonly string[];
  does: (client: Client) => Promise<unknown>;
  reads: z.ZodType<T>;
}

/** Makes a call and reads its answer. Throws `CallFailed`. */
export type Call = <T>(question: Question<T>) => Promise<T>;

export interface CallOptions {
  /** The bot's own tokens. */
  tokens: Pick<ITokenProvider, 'getAppToken'>;
  cloud: CloudEnvironment;
  services: Services;
  log: Logger;
  /** Milliseconds until a call ends, its place in the lane and all its attempts included. */
  patience: number;
  /** Attempts of one call. */
  most: number;
  budget: Budget | null;
  now: () => number;
  pause: Pause;
  random: () => number;
}

export function calling(options: CallOptions): Call {
  const { services, cloud, log, patience, most, budget, now, pause, random } = options;
  const lanes = new Lanes();
  const logger = libraryLog(log);
  const tokenProvider = { getAppToken: tokensOf(options.tokens) };
  return async ({ serviceUrl, lane, ids, does, reads }) => {
    if (!services(serviceUrl)) throw new CallFailed('service_not_allowed');
    if (!ids.every(fitsPath)) throw new CallFailed('id_not_allowed');
    const signal = AbortSignal.timeout(patience);
    const until = now() + patience;
    const inTime = <R>(work: Promise<R>) => within(signal, work, now);
    const make = async () => {
      await budget?.turn(signal);
      const middlewares = [attempting({ signal, until, most, now, pause, random })];
      return does(new Client(serviceUrl, { logger, middlewares }, { cloud, tokenProvider }));
    };
    // In time twice: a token that never comes must not keep the lane, nor the lane this call.
    const answer = await (lane === undefined ? inTime(make()) : inTime(lanes.run(lane, () => inTime(make()))));
    const read = reads.safeParse(answer);
    if (!read.success) throw new CallFailed('unreadable_answer');
    return read.data;
  };
}

/** The bot's tokens, with a failure that can be told from one of the call itself. */
function tokensOf(tokens: Pick<ITokenProvider, 'getAppToken'>): ITokenProvider['getAppToken'] {
  return async (scope, tenantId) => {
    try {
      return await tokens.getAppToken(scope, tenantId);
    } catch (error) {
      throw new CallFailed('no_token', null, null, error);
    }
  };
}

/** What the work gives, unless the signal comes first; what cannot be ended goes on to its own end, unheard. */
async function within<T>(signal: AbortSignal, work: Promise<T>, now: () => number): Promise<T> {
  const { promise: overdue, reject } = Promise.withResolvers<never>();
  const end = () => reject(new CallFailed('timeout'));
  signal.addEventListener('abort', end, { once: true });
  try {
    return await Promise.race([work, overdue]);
  } catch (error) {
    throw signal.aborted ? new CallFailed('timeout') : asCallFailed(error, now());
  } finally {
    signal.removeEventListener('abort', end);
  }
}
