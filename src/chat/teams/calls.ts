import { setTimeout as wait } from 'node:timers/promises';
import type { ActivityParams } from '@microsoft/teams.api';
import { systemClock } from '../../clock.ts';
import { type Channel, channelList, created, type Member, member, memberPage, posted } from './answers.ts';
import { backgroundPerSecond } from './limits.ts';
import { type Call, type CallOptions, calling } from './one-call.ts';
import { Budget, type Pause } from './pace.ts';

export { CallFailed, type Fault, faultOf } from './faults.ts';
export type { ActivityParams, Channel, Member };

/** A conversation, and the service that it was last heard from. A thread of a channel is a conversation of its own. */
export interface Where {
  serviceUrl: string;
  conversation: string;
}

/** What the bot may ask of Teams. All of it throws what `faultOf` explains. */
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
  /** Everyone in a conversation, in pages; the next is asked for when the last is done with. */
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

/** `tokens`: the entrance's `app.tokenProvider`; `patience` in milliseconds. */
export interface ConnectorOptions extends Pick<CallOptions, 'tokens' | 'cloud' | 'services' | 'log'> {
  patience?: { interactive: number; background: number };
  now?: () => number;
  pause?: Pause;
  random?: () => number;
}

/** Most members that Teams gives at once (Teams, Fetch the member list, pageSize). */
const PAGE = 500;

export function makeConnectors(options: ConnectorOptions): Connectors {
  const {
    patience = { interactive: 2_500, background: 15_000 },
    now = () => systemClock.now().epochMilliseconds,
    pause = (ms: number, signal: AbortSignal) => wait(ms, undefined, { signal }),
    random = Math.random,
  } = options;
  const means = { ...options, now, pause, random };
  const budget = new Budget({ perSecond: backgroundPerSecond, now, pause });
  return {
    interactive: connector(calling({ ...means, patience: patience.interactive, most: 3, budget: null })),
    background: connector(calling({ ...means, patience: patience.background, most: 1, budget })),
  };
}

function connector(ask: Call): Connector {
  return {
    post: ({ serviceUrl, conversation }, activity) =>
      ask({
        serviceUrl,
        lane: conversation,
        ids: [conversation],
        reads: posted,
        does: ({ conversations }) => conversations.createActivity(conversation, activity),
      }),
    async update({ serviceUrl, conversation }, id, activity) {
      await ask({
        serviceUrl,
        lane: conversation,
        ids: [conversation, id],
        reads: posted,
        does: ({ conversations }) => conversations.updateActivity(conversation, id, activity),
      });
    },
    postTargeted: ({ serviceUrl, conversation }, userId, activity) => {
      const targeted = { ...activity, recipient: { id: userId, role: 'user', isTargeted: true } } as const;
      return ask({
        serviceUrl,
        lane: conversation,
        ids: [conversation],
        reads: posted,
        does: ({ conversations }) => conversations.createTargetedActivity(conversation, targeted),
      });
    },
    openDirect: ({ serviceUrl, tenantId, userAadId }) => {
      const members = [{ id: userAadId, role: 'user' } as const];
      const channelData = { tenant: { id: tenantId } };
      return ask({
        serviceUrl,
        ids: [],
        reads: created,
        does: ({ conversations }) => conversations.create({ members, tenantId, channelData }),
      });
    },
    member: ({ serviceUrl, conversation }, userId) =>
      ask({
        serviceUrl,
        ids: [conversation, userId],
        reads: member,
        does: ({ conversations }) => conversations.getMemberById(conversation, userId),
      }),
    async *members({ serviceUrl, conversation }) {
      let token: string | undefined;
      let asked: string | undefined;
      do {
        asked = token;
        const page = await ask({
          serviceUrl,
          ids: [conversation],
          reads: memberPage,
          does: ({ conversations }) => conversations.getPagedMembers(conversation, PAGE, asked),
        });
        yield page.members;
        token = page.continuationToken;
        // A page that names itself as the next would never end.
      } while (token !== undefined && token !== asked);
    },
    channels: (serviceUrl, teamId) =>
      ask({
        serviceUrl,
        ids: [teamId],
        reads: channelList,
        does: ({ teams }) => teams.getConversations(teamId),
      }),
  };
}
