import { setTimeout as wait } from 'node:timers/promises';
import {
  type ActivityParams,
  Client as ApiClient,
  type CloudEnvironment,
  type ITokenProvider,
} from '@microsoft/teams.api';
import type { Logger } from 'pino';
import type { z } from 'zod';
import { systemClock } from '../../clock.ts';
import { type Channel, channelList, created, type Member, member, memberPage, posted } from './answers.ts';
import { asCallFailed, CallFailed } from './faults.ts';
import type { Services } from './hosts.ts';
import { libraryLog } from './library-log.ts';
import { Budget, Lanes, type Pause } from './pace.ts';
import { fitsPath } from './path-id.ts';
import { attempting } from './retry.ts';

export { type Fault, faultOf } from './faults.ts';
export type { Channel, Member };

/** A conversation, and the service that it was last heard from. A thread of a channel is a conversation of its own. */
export interface Where {
  serviceUrl: string;
  conversation: string;
}

/** What the bot may ask of Teams. Every one throws what `faultOf` explains. */
export interface Connector {
  /** Answers the message's id; null when Teams does not tell (it split words and card into two messages). */
  post(where: Where, activity: ActivityParams): Promise<{ id: string | null }>;
  update(where: Where, id: string, activity: ActivityParams): Promise<void>;
  /** A message in a shared conversation that only this user sees, for a day. */
  postTargeted(where: Where, userId: string, activity: ActivityParams): Promise<{ id: string | null }>;
  /** The direct conversation of a user and the bot; the same one each time. */
  openDirect(who: { serviceUrl: string; tenantId: string; userAadId: string }): Promise<string>;
  /** `userId`: Teams' or Entra's. */
  member(where: Where, userId: string): Promise<Member>;
  /** Everyone in a conversation, in pages; the next page is asked for when the last one is done with. */
  members(where: Where): AsyncIterable<Member[]>;
  /** The channels of a team that the bot is in. */
  channels(serviceUrl: string, teamId: string): Promise<Channel[]>;
}

/**
 * Two ways to Teams. A person waits for what is interactive: it ends soon, and short refusals are sat out. The outbox
 * plans what comes in the background: one attempt, never more than the budget, and nothing of it holds up a person.
 */
export interface Connectors {
  readonly interactive: Connector;
  readonly background: Connector;
}

export interface ConnectorOptions {
  /** The bot's own tokens: the entrance's `app.tokenProvider`. */
  tokens: Pick<ITokenProvider, 'getAppToken'>;
  cloud: CloudEnvironment;
  services: Services;
  log: Logger;
  /** Milliseconds until a call ends, its place in the queue and its attempts included. */
  patience?: { interactive: number; background: number };
  now?: () => number;
  pause?: Pause;
  random?: () => number;
}

/** Below what Teams allows an app in a tenant, 50 requests a second (Teams, Rate limiting): others may speak for it too. */
const BUDGET_PER_SECOND = 30;
/** Most that Teams gives at once (Teams, Get the member list, pageSize). */
const PAGE = 500;

/** Makes both ways. */
export function makeConnectors(options: ConnectorOptions): Connectors {
  const {
    patience = { interactive: 2_500, background: 15_000 },
    now = () => systemClock.now().epochMilliseconds,
    pause = pausing,
    random = Math.random,
  } = options;
  const means = { ...options, now, pause, random };
  const budget = new Budget({ perSecond: BUDGET_PER_SECOND, now, pause });
  return {
    interactive: connector({ ...means, patience: patience.interactive, most: 3, budget: null }),
    background: connector({ ...means, patience: patience.background, most: 1, budget }),
  };
}

const pausing: Pause = (ms, signal) => wait(ms, undefined, { signal });

interface Means extends Omit<Required<ConnectorOptions>, 'patience'> {
  patience: number;
  /** Attempts of one call. */
  most: number;
  budget: Budget | null;
}

function connector(means: Means): Connector {
  const { services, cloud, log, patience, most, budget, now, pause, random } = means;
  const lanes = new Lanes();
  const logger = libraryLog(log);
  const tokenProvider = { getAppToken: tokensOf(means.tokens) };

  /** One call: in the conversation's turn, within its time, and its answer read. */
  async function ask<T>(call: {
    serviceUrl: string;
    lane?: string;
    ids: readonly string[];
    does: (api: ApiClient) => Promise<unknown>;
    reads: z.ZodType<T>;
  }): Promise<T> {
    if (!services(call.serviceUrl)) throw new CallFailed('service_not_allowed');
    if (!call.ids.every(fitsPath)) throw new CallFailed('id_not_allowed');
    const signal = AbortSignal.timeout(patience);
    const until = now() + patience;
    const make = async () => {
      signal.throwIfAborted();
      await budget?.turn(signal);
      const middlewares = [attempting({ signal, until, most, now, pause, random })];
      return call.does(new ApiClient(call.serviceUrl, { logger, middlewares }, { cloud, tokenProvider }));
    };
    const answer = await within(signal, call.lane === undefined ? make() : lanes.run(call.lane, make), now);
    const read = call.reads.safeParse(answer);
    if (!read.success) throw new CallFailed('unreadable_answer');
    return read.data;
  }

  return {
    post: ({ serviceUrl, conversation }, activity) =>
      ask({
        ...{ serviceUrl, lane: conversation, ids: [conversation], reads: posted },
        does: (api) => api.conversations.createActivity(conversation, activity),
      }),
    async update({ serviceUrl, conversation }, id, activity) {
      await ask({
        ...{ serviceUrl, lane: conversation, ids: [conversation, id], reads: posted },
        does: (api) => api.conversations.updateActivity(conversation, id, activity),
      });
    },
    postTargeted: ({ serviceUrl, conversation }, userId, activity) =>
      ask({
        ...{ serviceUrl, lane: conversation, ids: [conversation], reads: posted },
        does: (api) =>
          api.conversations.createTargetedActivity(conversation, {
            ...activity,
            recipient: { id: userId, role: 'user', isTargeted: true },
          }),
      }),
    openDirect: ({ serviceUrl, tenantId, userAadId }) =>
      ask({
        ...{ serviceUrl, ids: [], reads: created },
        does: (api) =>
          api.conversations.create({
            members: [{ id: userAadId, role: 'user' }],
            tenantId,
            channelData: { tenant: { id: tenantId } },
          }),
      }),
    member: ({ serviceUrl, conversation }, userId) =>
      ask({
        ...{ serviceUrl, ids: [conversation, userId], reads: member },
        does: (api) => api.conversations.getMemberById(conversation, userId),
      }),
    async *members({ serviceUrl, conversation }) {
      let token: string | undefined;
      do {
        const asked = token;
        const page = await ask({
          ...{ serviceUrl, ids: [conversation], reads: memberPage },
          does: (api) => api.conversations.getPagedMembers(conversation, PAGE, asked),
        });
        yield page.members;
        token = page.continuationToken === asked ? undefined : page.continuationToken;
      } while (token !== undefined);
    },
    channels: (serviceUrl, teamId) =>
      ask({
        ...{ serviceUrl, ids: [teamId], reads: channelList },
        does: (api) => api.teams.getConversations(teamId),
      }),
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

/** What the work gives, unless the signal comes first; the work itself goes on to its own end. */
async function within<T>(signal: AbortSignal, work: Promise<T>, now: () => number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const end = () => reject(new CallFailed('timeout'));
  signal.addEventListener('abort', end, { once: true });
  try {
    return await Promise.race([work, promise]);
  } catch (error) {
    throw signal.aborted ? new CallFailed('timeout') : asCallFailed(error, now());
  } finally {
    signal.removeEventListener('abort', end);
  }
}
