import { AsyncLocalStorage } from 'node:async_hooks';
import { Client, type CloudEnvironment, type ITokenProvider } from '@microsoft/teams.api';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { asCallFailed, CallFailed } from './faults.ts';
import { heldTokens } from './held-tokens.ts';
import type { Services } from './hosts.ts';
import { libraryLog } from './library-log.ts';
import { type Budget, Lanes, type Pause } from './pace.ts';
import { fitsPath } from './path-id.ts';
import { type Attempts, attempting } from './retry.ts';

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

/** Services that are called by turns; a tenant has one, and moves to another once in years. */
const mostClients = 20;

export function calling(options: CallOptions): Call {
  const { services, patience, most, budget, now, pause, random } = options;
  const lanes = new Lanes();
  const underWay = new AsyncLocalStorage<Attempts>();
  const clientOf = clients(options, () => {
    const attempts = underWay.getStore();
    if (attempts === undefined) throw new Error('a client is used within a call only');
    return attempts;
  });
  return async ({ serviceUrl, lane, ids, does, reads }) => {
    if (!services(serviceUrl)) throw new CallFailed('service_not_allowed');
    if (!ids.every(fitsPath)) throw new CallFailed('id_not_allowed');
    const ending = new AbortController();
    const { signal } = ending;
    const until = now() + patience;
    const inTime = <R>(work: Promise<R>) => within(signal, work, now);
    const make = async () => {
      await budget?.turn(signal);
      return underWay.run({ signal, until, most, now, pause, random }, () => does(clientOf(serviceUrl)));
    };
    const timer = setTimeout(() => ending.abort(), patience);
    try {
      // In time twice: a token that never comes must not keep the lane, nor the lane this call.
      const answer = await (lane === undefined ? inTime(make()) : inTime(lanes.run(lane, () => inTime(make()))));
      const read = reads.safeParse(answer);
      if (!read.success) throw new CallFailed('unreadable_answer');
      return read.data;
    } finally {
      clearTimeout(timer);
    }
  };
}

/** The client of each service: to make one costs as much as to use it. */
function clients({ log, cloud, tokens }: CallOptions, attempts: () => Attempts): (serviceUrl: string) => Client {
  const logger = libraryLog(log);
  const middlewares = [attempting(attempts)];
  const tokenProvider = { getAppToken: heldTokens(tokensOf(tokens)) };
  const made = new Map<string, Client>();
  return (serviceUrl) => {
    const known = made.get(serviceUrl);
    if (known !== undefined) return known;
    if (made.size === mostClients) made.clear();
    const client = new Client(serviceUrl, { logger, middlewares }, { cloud, tokenProvider });
    made.set(serviceUrl, client);
    return client;
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
