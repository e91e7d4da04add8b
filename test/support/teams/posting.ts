import { z } from 'zod';
import { adaptiveCard, type Json } from './activities.ts';
import { type Answer, Refusal, read } from './refusal.ts';
import type { Conversation, Person, StoredMessage, Tenant } from './tenant.ts';

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

/** Where a message goes, and whether one person alone sees it. */
export interface To {
  place: Conversation;
  /** Id of the first message of the thread. */
  thread?: string | undefined;
  targeted: boolean;
}

/** What the bot does with messages: sends, rewrites and removes them. */
export interface Posting {
  post(to: To, given: unknown): Answer;
  update(to: To, id: string, given: unknown): Answer;
  remove(to: To, id: string): Answer;
}

export function postingIn(world: { tenant: Tenant; nextId: () => string; views: Map<string, Json> }): Posting {
  const { tenant, nextId, views } = world;

  function ownMessage({ place, targeted }: To, id: string): StoredMessage {
    const found = place.messages.find((message) => message.id === id && message.from === 'bot');
    if (!found || targeted !== (found.onlyFor !== undefined))
      throw new Refusal(404, 'ActivityNotFoundInConversation', 'The activity was not found.');
    return found;
  }

  /** Who saw the answer to a press sees the new message now. */
  function forgetViews(place: Conversation, id: string): void {
    for (const key of views.keys()) if (key.endsWith(` ${place.id} ${id}`)) views.delete(key);
  }

  return {
    post(to, given) {
      const { place, thread, targeted } = to;
      mayWriteIn(place);
      const { type, text = '', attachments = [], recipient } = read(activity, given);
      const onlyFor = targeted ? { onlyFor: targetOf(tenant, place, recipient?.id).key } : {};
      if (type === 'typing') return { status: 201, body: { id: nextId() } };
      judgeContent(text, attachments);
      const put = (part: Pick<StoredMessage, 'text' | 'attachments'>) => {
        const id = nextId();
        const inThread = place.kind === 'channel' ? { thread: thread ?? id } : {};
        place.messages.push({ ...part, id, from: 'bot', ...inThread, ...onlyFor });
        return id;
      };
      if (text === '' || attachments.length === 0) return { status: 201, body: { id: put({ text, attachments }) } };
      // Teams makes two messages of a text with a card, and names neither (microsoft/botframework-sdk, issue 6366).
      put({ text, attachments: [] });
      put({ text: '', attachments });
      return { status: 202, body: {} };
    },

    update(to, id, given) {
      mayWriteIn(to.place);
      const { text = '', attachments = [], recipient } = read(activity, given);
      if (to.targeted && recipient)
        throw new Refusal(400, 'BadArgument', 'The recipient of a targeted message cannot be changed.');
      const message = ownMessage(to, id);
      judgeContent(text, attachments);
      Object.assign(message, { text, attachments, edited: true });
      forgetViews(to.place, id);
      return { status: 200, body: { id } };
    },

    remove(to, id) {
      mayWriteIn(to.place);
      const { messages } = to.place;
      messages.splice(messages.indexOf(ownMessage(to, id)), 1);
      forgetViews(to.place, id);
      return { status: 200 };
    },
  };
}

/** Refuses where the bot is not installed, or not wanted. */
export function mayWriteIn(place: Conversation): void {
  mayReadIn(place);
  if (place.blocked) throw new Refusal(403, 'MessageWritesBlocked', 'Thread is blocked from message writes.');
}

export function mayReadIn({ installed, kind }: Conversation): void {
  if (installed) return;
  if (kind === 'personal')
    throw new Refusal(403, 'ForbiddenOperationException', 'The bot is not installed in the user’s personal scope.');
  throw new Refusal(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.');
}

/** Somebody of a conversation, by Teams id or `aadObjectId`. */
export function memberOf(tenant: Tenant, place: Conversation, who: string): Person {
  const people = [...place.members].map((key) => tenant.person(key));
  const person = people.find(({ id, aadObjectId }) => id === who || aadObjectId === who);
  if (!person) throw new Refusal(404, 'MemberNotFoundInConversation', 'Member not found in conversation.');
  return person;
}

/** Whom a message is for that one person sees (Targeted messages, handle errors). */
function targetOf(tenant: Tenant, place: Conversation, recipient: string | undefined): Person {
  if (place.kind === 'personal') throw new Refusal(400, 'BadArgument', 'There are none in a one-on-one chat.');
  if (recipient === undefined) throw new Refusal(400, 'BadArgument', 'A targeted message needs a recipient.');
  return memberOf(tenant, place, recipient);
}

/** Teams refuses messages without content, and cards that it cannot draw. */
function judgeContent(text: string, attachments: readonly z.infer<typeof attachment>[]): void {
  if (text === '' && attachments.length === 0) throw new Refusal(400, 'BadSyntax', 'The activity has no content.');
  for (const { contentType, content } of attachments) {
    if (contentType !== adaptiveCard) continue;
    const card = z.looseObject({ type: z.literal('AdaptiveCard'), version: z.string() }).safeParse(content);
    if (!card.success) throw new Refusal(400, 'BadSyntax', 'The card is none.');
    // "Teams is also limited to version 1.5" (Copilot Studio guidance, Adaptive Cards overview).
    if (Number(card.data.version) > 1.5) throw new Refusal(400, 'BadSyntax', 'The card’s version is not supported.');
  }
}
