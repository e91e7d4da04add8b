import { z } from 'zod';
import { adaptiveCard, type Json } from './activities.ts';
import type { IdentityProvider } from './idp.ts';
import { type Conversation, type Person, rosterEntry, type StoredMessage, type Tenant } from './tenant.ts';

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
  /** The error's code; by default the one that the status usually has. */
  code?: string;
  times?: number;
  /** Only calls whose method and path contain this, for example `POST` or `/members`. */
  on?: string;
}

interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** A refusal, as the connector words it: `{ error: { code, message } }`. */
class Refusal extends Error {
  readonly answer: Answer;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.answer = { status, body: { error: { code, message } } };
  }
}

/** Status codes of the bots' conversational APIs (Bots, status codes from bot conversational APIs). */
const usualCodes: Record<number, string> = {
  400: 'BadSyntax',
  403: 'ForbiddenOperationException',
  404: 'ConversationNotFound',
  412: 'PreconditionFailed',
  429: 'Throttled',
  500: 'ServiceError',
  502: 'ServiceError',
  503: 'ServiceUnavailable',
  504: 'GatewayTimeout',
};

/** Bytes in UTF-16, pictures in base64 not counted (Bots, format your bot messages). */
const largestMessage = 100 * 1024;

const attachment = z.object({
  contentType: z.string(),
  content: z.unknown().optional(),
  contentUrl: z.string().exactOptional(),
  name: z.string().exactOptional(),
});
const activity = z.looseObject({
  type: z.enum(['message', 'typing']),
  text: z.string().optional(),
  summary: z.string().optional(),
  attachments: z.array(attachment).optional(),
  recipient: z.looseObject({ id: z.string() }).optional(),
});
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

/** Ids may hold these and nothing that leads elsewhere. */
const pathSafe = /^[\w:@.;=-]+$/;

export interface ConnectorApi {
  readonly calls: readonly Call[];
  basePath: string;
  membersPerPage: number;
  failNext(status: number, failure: Failure): void;
  answer(request: { method: string; path: string; authorization: string | undefined; body: string }): Answer;
}

/** The connector: what of the Bot Framework's REST API v3 Teams offers to bots. */
export function apiOf(world: {
  tenant: Tenant;
  idp: IdentityProvider;
  nextId: () => string;
  views: Map<string, Json>;
}): ConnectorApi {
  const { tenant, idp, nextId, views } = world;
  const calls: Call[] = [];
  const failures: (Failure & { status: number })[] = [];

  /** The conversation that an id in a path means, and the thread in it. */
  function conversationOf(id: string): { place: Conversation; thread?: string } {
    const [base, thread] = id.split(';messageid=');
    const place = [...tenant.conversations.values()].find((each) => each.id === base);
    const known = thread === undefined || place?.messages.some((message) => message.id === thread);
    if (!place || !known) throw new Refusal(404, 'ConversationNotFound', 'The conversation was not found.');
    return { place, ...(thread === undefined ? {} : { thread }) };
  }

  function writable(place: Conversation): void {
    if (place.kind === 'personal' && !place.installed)
      throw new Refusal(403, 'ForbiddenOperationException', 'The bot is not installed in user’s personal scope.');
    if (!place.installed)
      throw new Refusal(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
    if (place.blocked) throw new Refusal(403, 'MessageWritesBlocked', 'Thread is blocked from message writes.');
  }

  function memberOf(place: Conversation, who: string): Person {
    const person = [...place.members].map(tenant.person).find((each) => [each.id, each.aadObjectId].includes(who));
    if (!person) throw new Refusal(404, 'MemberNotFoundInConversation', 'Member not found in conversation.');
    return person;
  }

  function ownMessage(place: Conversation, id: string): StoredMessage {
    const found = place.messages.find((message) => message.id === id && message.from === 'bot');
    if (!found) throw new Refusal(404, 'ActivityNotFoundInConversation', 'The activity was not found.');
    return found;
  }

  function post(place: Conversation, thread: string | undefined, given: unknown, targeted: boolean): Answer {
    writable(place);
    const sent = read(activity, given);
    const { text = '', attachments = [], recipient } = sent;
    if (targeted && place.kind === 'personal') throw new Refusal(400, 'BadArgument', 'Not in a one-on-one chat.');
    if (targeted && !recipient) throw new Refusal(400, 'BadArgument', 'A targeted message needs a recipient.');
    const onlyFor = targeted && recipient ? { onlyFor: memberOf(place, recipient.id).key } : {};
    if (sent.type === 'typing') return { status: 201, body: { id: nextId() } };
    contentIn(text, attachments);
    const put = (part: Pick<StoredMessage, 'text' | 'attachments'>) => {
      const id = nextId();
      const inThread = place.kind === 'channel' ? { thread: thread ?? id } : {};
      place.messages.push({ ...part, id, from: 'bot', ...inThread, ...onlyFor });
      return id;
    };
    if (text === '' || attachments.length === 0) return { status: 201, body: { id: put({ text, attachments }) } };
    // Teams makes two messages of a text with a card, and can name neither.
    put({ text, attachments: [] });
    put({ text: '', attachments });
    return { status: 202, body: {} };
  }

  function update(place: Conversation, id: string, given: unknown, targeted: boolean): Answer {
    writable(place);
    const { text = '', attachments = [], recipient } = read(activity, given);
    if (targeted && recipient) throw new Refusal(400, 'BadArgument', 'The recipient of a message cannot be changed.');
    const message = ownMessage(place, id);
    if (targeted !== (message.onlyFor !== undefined))
      throw new Refusal(404, 'ActivityNotFoundInConversation', 'The activity was not found.');
    contentIn(text, attachments);
    Object.assign(message, { text, attachments, edited: true });
    forget(place, id);
    return { status: 200, body: { id } };
  }

  function remove(place: Conversation, id: string): Answer {
    writable(place);
    place.messages.splice(place.messages.indexOf(ownMessage(place, id)), 1);
    forget(place, id);
    return { status: 200 };
  }

  /** Who saw an answer to a press sees the new message now. */
  function forget(place: Conversation, id: string): void {
    for (const key of views.keys()) if (key.endsWith(` ${place.id} ${id}`)) views.delete(key);
  }

  function create(given: unknown): Answer {
    const { members = [], channelData, activity: first, ...rest } = read(conversationParameters, given);
    const channel = channelData?.channel?.id;
    if (channel !== undefined) {
      const { place } = conversationOf(channel);
      const { body } = post(place, undefined, first, false);
      const { id } = z.object({ id: z.string() }).parse(body);
      return { status: 201, body: { id: `${channel};messageid=${id}`, activityId: id } };
    }
    const tenantId = rest.tenantId ?? channelData?.tenant?.id;
    const [member] = members;
    if (!member || members.length > 1 || tenantId === undefined)
      throw new Refusal(400, 'BadSyntax', 'One member and the tenant are needed.');
    const person = [...tenant.people.values()].find((each) => [each.id, each.aadObjectId].includes(member.id));
    if (!person || person.tenantId !== tenantId)
      throw new Refusal(403, 'ForbiddenOperationException', 'The user is not in this tenant.');
    const chat = tenant.place(person.key);
    writable(chat);
    if (first === undefined) return { status: 201, body: { id: chat.id } };
    const { body } = post(chat, undefined, first, false);
    return { status: 201, body: { id: chat.id, activityId: z.object({ id: z.string() }).parse(body).id } };
  }

  function page(place: Conversation, query: URLSearchParams): Answer {
    const asked = Number(query.get('pageSize') ?? 200);
    const size = Math.min(Math.max(asked, 50), 500, api.membersPerPage);
    const start = Number(query.get('continuationToken') ?? 0);
    const all = [...place.members].map((key) => rosterEntry(tenant.person(key)));
    const next = start + size < all.length ? { continuationToken: String(start + size) } : {};
    return { status: 200, body: { members: all.slice(start, start + size), ...next } };
  }

  function team(id: string) {
    const found = [...tenant.teams.values()].find((each) => each.id === id);
    if (!found) throw new Refusal(404, 'NotFound', 'The team was not found.');
    if (!found.installed) throw new Refusal(403, 'BotNotInConversationRoster', 'The bot is not part of the team.');
    return found;
  }

  function route(method: string, parts: readonly string[], query: URLSearchParams, body: unknown): Answer {
    const [, kind, id = '', what, about = '', more] = parts;
    const targeted = query.get('isTargetedActivity') === 'true';
    if (kind === 'teams' && method === 'GET') {
      const { id: teamId, name, aadGroupId, channels, members } = team(id);
      if (what === undefined) {
        const counts = { channelCount: channels.length, memberCount: members.size };
        return {
          status: 200,
          body: { id: teamId, name, aadGroupId, type: 'standard', tenantId: tenant.id, ...counts },
        };
      }
      // The General channel comes without a name.
      const list = channels.map((each, index) => ({
        id: each.id,
        ...(index === 0 ? {} : { name: each.name }),
        type: 'standard',
      }));
      if (what === 'conversations') return { status: 200, body: { conversations: list } };
    }
    if (kind !== 'conversations' || more !== undefined) throw new Refusal(404, 'NotFound', 'No such resource.');
    if (method === 'POST' && id === '') return create(body);
    const { place, thread } = conversationOf(id);
    const roster = () => {
      if (!place.installed)
        throw new Refusal(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
    };
    switch (`${method} ${what?.toLowerCase()}${about === '' ? '' : '/…'}`) {
      case 'POST activities':
        return post(place, thread, body, targeted);
      case 'POST activities/…':
        return post(place, place.kind === 'channel' ? about : undefined, body, targeted);
      case 'PUT activities/…':
        return update(place, about, body, targeted);
      case 'DELETE activities/…':
        return remove(place, about);
      case 'GET members':
        roster();
        return { status: 200, body: [...place.members].map((key) => rosterEntry(tenant.person(key))) };
      case 'GET members/…':
        roster();
        return { status: 200, body: rosterEntry(memberOf(place, about)) };
      case 'GET pagedmembers':
        roster();
        return page(place, query);
      default:
        throw new Refusal(404, 'NotFound', 'No such resource.');
    }
  }

  function judged(request: Parameters<ConnectorApi['answer']>[0], body: unknown): Answer {
    const { method, path, authorization } = request;
    const failing = failures.findIndex(({ on = '' }) => `${method} ${path}`.includes(on));
    if (failing !== -1) {
      const [{ status, retryAfter, code } = { status: 500 }] = failures.splice(failing, 1);
      const error = { code: code ?? usualCodes[status] ?? 'ServiceError', message: 'It failed on demand.' };
      return {
        status,
        body: { error },
        ...(retryAfter === undefined ? {} : { headers: { 'retry-after': `${retryAfter}` } }),
      };
    }
    if (!idp.isBots(authorization))
      return { status: 401, body: { message: 'Authorization has been denied for this request.' } };
    const [pathname = '', search] = path.split('?');
    const parts = pathname.slice(api.basePath.length).split('/').filter(Boolean).map(decodeURIComponent);
    if (!pathname.startsWith(`${api.basePath}/v3/`) || !parts.every((part) => pathSafe.test(part) && part !== '..'))
      throw new Refusal(400, 'BadSyntax', 'The path is malformed.');
    if (request.body.replace(/data:image[^"]*/g, '').length * 2 > largestMessage)
      throw new Refusal(413, 'MessageSizeTooBig', 'Message size too large.');
    return route(method, parts, new URLSearchParams(search), body);
  }

  const api: ConnectorApi = {
    calls,
    basePath: '',
    membersPerPage: 500,
    failNext: (status, failure) => {
      for (let time = 0; time < (failure.times ?? 1); time += 1) failures.push({ ...failure, status });
    },
    answer(request) {
      const body: unknown = request.body === '' ? undefined : JSON.parse(request.body);
      const answer = refusing(() => judged(request, body));
      calls.push({ method: request.method, path: request.path, body, status: answer.status });
      return answer;
    },
  };
  return api;
}

/** Teams refuses messages without content, and cards that it cannot draw. */
function contentIn(text: string, attachments: readonly z.infer<typeof attachment>[]): void {
  if (text === '' && attachments.length === 0) throw new Refusal(400, 'BadSyntax', 'The activity has no content.');
  for (const { contentType, content } of attachments) {
    if (contentType !== adaptiveCard) continue;
    const card = z.looseObject({ type: z.literal('AdaptiveCard'), version: z.string() }).safeParse(content);
    if (!card.success) throw new Refusal(400, 'BadSyntax', 'The card is none.');
    // "Teams is limited to version 1.5" (Copilot Studio guidance, Adaptive Cards overview).
    if (Number(card.data.version) > 1.5) throw new Refusal(400, 'BadSyntax', 'The card’s version is not supported.');
  }
}

function read<T>(shape: z.ZodType<T>, given: unknown): T {
  const result = shape.safeParse(given);
  if (!result.success) throw new Refusal(400, 'BadSyntax', z.prettifyError(result.error));
  return result.data;
}

function refusing(judge: () => Answer): Answer {
  try {
    return judge();
  } catch (error) {
    if (error instanceof Refusal) return error.answer;
    throw error;
  }
}
