import { z } from 'zod';
import type { Json } from './activities.ts';
import type { IdentityProvider } from './idp.ts';
import { mayReadIn, mayWriteIn, memberOf, postingIn } from './posting.ts';
import { type Answer, Refusal, read, usualCodes } from './refusal.ts';
import { type Conversation, rosterEntry, type Tenant } from './tenant.ts';

/** A call of the bot. */
export interface Call {
  method: string;
  /** As it came, with its query. */
  path: string;
  body: unknown;
  status: number;
}

/** How a call fails on demand. */
export interface Failure {
  /** Seconds, in `Retry-After`. */
  retryAfter?: number;
  /** The error's code; by default the one that usually stands beside the status. */
  code?: string;
  times?: number;
  /** Only calls whose method and path contain this, for example `POST` or `/members`. */
  on?: string;
}

/** Bytes in UTF-16, pictures in base64 not counted (Bots, format your bot messages). */
const largestMessage = 100 * 1024;

const conversationParameters = z.looseObject({
  members: z.array(z.looseObject({ id: z.string() })).optional(),
  tenantId: z.string().optional(),
  channelData: z
    .looseObject({
      tenant: z.looseObject({ id: z.string() }).optional(),
      channel: z.looseObject({ id: z.string() }).optional(),
    })
    .optional(),
  activity: z.unknown().optional(),
});
const withId = z.object({ id: z.string() });

/** Ids hold these, and nothing that leads elsewhere. */
const pathSafe = /^(?!\.+$)[\w:@.;=-]+$/;

interface Request {
  method: string;
  /** As it came, with its query. */
  path: string;
  authorization: string | undefined;
  body: string;
}

export interface ConnectorApi {
  readonly calls: readonly Call[];
  membersPerPage: number;
  failNext(status: number, failure: Failure): void;
  answer(request: Request): Answer;
}

/** The connector: what of the Bot Framework's REST API v3 Teams offers to bots, below one path. */
export function apiOf(world: {
  tenant: Tenant;
  idp: IdentityProvider;
  nextId: () => string;
  views: Map<string, Json>;
  basePath: string;
}): ConnectorApi {
  const { tenant, idp, basePath } = world;
  const posting = postingIn(world);
  const calls: Call[] = [];
  const failures: (Failure & { status: number })[] = [];

  /** The conversation that an id in a path means, and the thread in it. */
  function conversationOf(id: string): { place: Conversation; thread: string | undefined } {
    const [base, thread] = id.split(';messageid=');
    const place = [...tenant.conversations.values()].find((each) => each.id === base);
    const isKnown = thread === undefined || place?.messages.some((message) => message.id === thread);
    if (!place || !isKnown) throw new Refusal(404, 'ConversationNotFound', 'The conversation was not found.');
    return { place, thread };
  }

  /** A person's own chat with the bot, which is always the same, or a new thread in a channel. */
  function create(given: unknown): Answer {
    const { members = [], channelData, activity, tenantId } = read(conversationParameters, given);
    const channel = channelData?.channel?.id;
    if (channel !== undefined) {
      const { place } = conversationOf(channel);
      const { id } = withId.parse(posting.post({ place, targeted: false }, activity).body);
      return { status: 201, body: { id: `${channel};messageid=${id}`, activityId: id } };
    }
    const inTenant = tenantId ?? channelData?.tenant?.id;
    const [member] = members;
    if (!member || members.length > 1 || inTenant === undefined)
      throw new Refusal(400, 'BadSyntax', 'One member and the tenant are needed.');
    const person = [...tenant.people.values()].find(({ id, aadObjectId }) => [id, aadObjectId].includes(member.id));
    if (person?.tenantId !== inTenant)
      throw new Refusal(403, 'ForbiddenOperationException', 'There is no such user in the tenant.');
    const chat = tenant.place(person.key);
    mayWriteIn(chat);
    if (activity === undefined) return { status: 201, body: { id: chat.id } };
    const { id } = withId.parse(posting.post({ place: chat, targeted: false }, activity).body);
    return { status: 201, body: { id: chat.id, activityId: id } };
  }

  function rosterPage(place: Conversation, query: URLSearchParams): Answer {
    const asked = Number(query.get('pageSize') ?? 200);
    const size = Math.min(Math.max(asked, 50), 500, api.membersPerPage);
    const start = Number(query.get('continuationToken') ?? 0);
    const all = [...place.members].map((key) => rosterEntry(tenant.person(key)));
    const next = start + size < all.length ? { continuationToken: String(start + size) } : {};
    return { status: 200, body: { members: all.slice(start, start + size), ...next } };
  }

  function teamsAnswer(id: string, what: string | undefined): Answer {
    const team = [...tenant.teams.values()].find((each) => each.id === id);
    if (!team) throw new Refusal(404, 'NotFound', 'The team was not found.');
    if (!team.installed) throw new Refusal(403, 'BotNotInConversationRoster', 'The bot is not part of the team.');
    const { name, aadGroupId, channels, members } = team;
    if (what === 'conversations') {
      // The General channel comes without a name (Get Teams specific context, list of channels in a team).
      const named = channels.map((each, index) => ({ id: each.id, ...(index > 0 && { name: each.name }) }));
      return { status: 200, body: { conversations: named.map((each) => ({ ...each, type: 'standard' })) } };
    }
    const counts = { channelCount: channels.length, memberCount: members.size };
    return { status: 200, body: { id, name, aadGroupId, type: 'standard', tenantId: tenant.id, ...counts } };
  }

  function route(method: string, parts: readonly string[], query: URLSearchParams, body: unknown): Answer {
    const [, kind, id = '', what, about = '', more] = parts;
    if (kind === 'teams' && method === 'GET') return teamsAnswer(id, what);
    if (kind !== 'conversations' || more !== undefined) throw new Refusal(404, 'NotFound', 'No such resource.');
    if (method === 'POST' && id === '') return create(body);
    const { place, thread } = conversationOf(id);
    const to = { place, thread, targeted: query.get('isTargetedActivity') === 'true' };
    const called = `${method} ${what?.toLowerCase()}${about === '' ? '' : '/…'}`;
    if (what?.toLowerCase().endsWith('members')) mayReadIn(place);
    switch (called) {
      case 'POST activities':
        return posting.post(to, body);
      case 'POST activities/…':
        return posting.post({ ...to, thread: about }, body);
      case 'PUT activities/…':
        return posting.update(to, about, body);
      case 'DELETE activities/…':
        return posting.remove(to, about);
      case 'GET members':
        return { status: 200, body: [...place.members].map((key) => rosterEntry(tenant.person(key))) };
      case 'GET members/…':
        return { status: 200, body: rosterEntry(memberOf(tenant, place, about)) };
      case 'GET pagedmembers':
        return rosterPage(place, query);
      default:
        throw new Refusal(404, 'NotFound', 'No such resource.');
    }
  }

  function failure(called: string): Answer | null {
    const index = failures.findIndex(({ on = '' }) => called.includes(on));
    const [failing] = index === -1 ? [] : failures.splice(index, 1);
    if (!failing) return null;
    const { status, retryAfter, code = usualCodes[status] ?? 'ServiceError' } = failing;
    const headers = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
    return { status, headers, body: { error: { code, message: 'It failed on demand.' } } };
  }

  function judged({ method, path, authorization, body: raw }: Request, body: unknown): Answer {
    const failed = failure(`${method} ${path}`);
    if (failed) return failed;
    if (!idp.isBots(authorization))
      return { status: 401, body: { message: 'Authorization has been denied for this request.' } };
    const [pathname = '', search] = path.split('?');
    const parts = pathname.slice(basePath.length).split('/').filter(Boolean).map(decoded);
    if (!pathname.startsWith(`${basePath}/v3/`) || !parts.every((part) => pathSafe.test(part)))
      throw new Refusal(400, 'BadSyntax', 'The path is malformed.');
    if (raw.replace(/data:image[^"]*/g, '').length * 2 > largestMessage)
      throw new Refusal(413, 'MessageSizeTooBig', 'Message size too large.');
    return route(method, parts, new URLSearchParams(search), body);
  }

  const api: ConnectorApi = {
    calls,
    membersPerPage: 500,
    failNext: (status, failing) => {
      for (let time = 0; time < (failing.times ?? 1); time += 1) failures.push({ ...failing, status });
    },
    answer(request) {
      const { method, path } = request;
      let body: unknown;
      let answer: Answer;
      try {
        body = request.body === '' ? undefined : JSON.parse(request.body);
        answer = judged(request, body);
      } catch (error) {
        // A fault of this emulator must be seen by the test, not end its process.
        answer = error instanceof Refusal ? error.answer : { status: 500, body: { error: String(error) } };
      }
      calls.push({ method, path, body, status: answer.status });
      return answer;
    },
  };
  return api;
}

/** A part of a path; what cannot be decoded is no id. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '/';
  }
}
