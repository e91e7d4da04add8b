import { z } from 'zod';
import { isObject, objects } from '../json.ts';
import { messageObject } from '../payloads.ts';
import { checkDraft, checkSaysSomething, type Draft } from '../posting.ts';
import { SlackError } from '../slack-error.ts';
import type { StoredMessage } from '../workspace.ts';
import { type ApiContext, findConversation, json, type Method, method, tier } from './method.ts';

const message = {
  channel: z.string().min(1),
  text: z.string().optional(),
  blocks: json.optional(),
  attachments: json.optional(),
  thread_ts: z.string().optional(),
  metadata: json.optional(),
};

function draftOf(args: {
  text?: string | undefined;
  blocks?: unknown;
  attachments?: unknown;
  thread_ts?: string | undefined;
  metadata?: unknown;
}): Draft {
  if (args.blocks !== undefined && !Array.isArray(args.blocks)) throw new SlackError('invalid_blocks_format');
  return {
    text: args.text,
    ...(args.blocks === undefined ? {} : { blocks: args.blocks }),
    ...(args.attachments === undefined ? {} : { attachments: objects(args.attachments) }),
    threadTs: args.thread_ts,
    metadata: isObject(args.metadata) ? args.metadata : undefined,
  };
}

function openForApp(id: string, context: ApiContext) {
  const conversation = findConversation(id, context);
  const { app } = context.workspace;
  if (conversation.archived) throw new SlackError('is_archived');
  const anywhere = conversation.kind === 'public' && app.scopes.includes('chat:write.public');
  if (!conversation.members.has(app.botUserId) && !anywhere) throw new SlackError('not_in_channel');
  return conversation;
}

function ownMessage(channel: string, ts: string, otherwise: string, context: ApiContext): StoredMessage {
  const conversation = findConversation(channel, context);
  const found = context.posting.find(conversation.id, ts);
  if (!found || found.onlyFor) throw new SlackError('message_not_found');
  if (found.user !== context.workspace.app.botUserId) throw new SlackError(otherwise);
  return found;
}

const postMessage = method(
  {
    scopes: ['chat:write'],
    perMinute: 300,
    pacedBy: (args) => (typeof args.channel === 'string' ? args.channel.replace(/^U/, 'D') : undefined),
  },
  z.object(message),
  (args, context) => {
    const conversation = openForApp(args.channel, context);
    const draft = draftOf(args);
    checkDraft(draft, 40_000, context.workspace);
    checkSaysSomething(draft);
    if (args.thread_ts && !context.posting.find(conversation.id, args.thread_ts)) {
      throw new SlackError('thread_not_found');
    }
    const posted = context.posting.postAsApp(conversation, draft);
    return { channel: conversation.id, ts: posted.ts, message: messageObject(context.workspace, posted) };
  },
);

const postEphemeral = method(
  { scopes: ['chat:write'], perMinute: tier.four },
  z.object({ ...message, user: z.string().min(1) }),
  (args, context) => {
    const conversation = openForApp(args.channel, context);
    if (!context.workspace.people.has(args.user)) throw new SlackError('user_not_found');
    if (!conversation.members.has(args.user)) throw new SlackError('user_not_in_channel');
    const draft = draftOf(args);
    checkDraft(draft, 40_000, context.workspace);
    checkSaysSomething(draft);
    return { message_ts: context.posting.postAsApp(conversation, draft, args.user).ts };
  },
);

const update = method(
  { scopes: ['chat:write'], perMinute: tier.three },
  z.object({ ...message, ts: z.string().min(1) }),
  (args, context) => {
    const found = ownMessage(args.channel, args.ts, 'cant_update_message', context);
    const draft = draftOf(args);
    if (draft.text === undefined && draft.blocks === undefined && draft.attachments === undefined) {
      throw new SlackError('no_text');
    }
    checkDraft(draft, 4000, context.workspace);
    context.posting.change(found, draft);
    return {
      channel: found.channel,
      ts: found.ts,
      text: found.text,
      message: messageObject(context.workspace, found),
    };
  },
);

const remove = method(
  { scopes: ['chat:write'], perMinute: tier.three },
  z.object({ channel: z.string().min(1), ts: z.string().min(1) }),
  (args, context) => {
    const found = ownMessage(args.channel, args.ts, 'cant_delete_message', context);
    context.posting.remove(found);
    return { channel: found.channel, ts: found.ts };
  },
);

const getPermalink = method(
  { scopes: [], perMinute: tier.special },
  z.object({ channel: z.string().min(1), message_ts: z.string().min(1) }),
  (args, context) => {
    const conversation = findConversation(args.channel, context);
    const found = context.posting.find(conversation.id, args.message_ts);
    if (!found || found.onlyFor) throw new SlackError('message_not_found');
    const place = `https://${context.workspace.team.domain}.slack.com/archives/${conversation.id}`;
    const thread = found.threadTs ? `?thread_ts=${found.threadTs}&cid=${conversation.id}` : '';
    return { channel: conversation.id, permalink: `${place}/p${found.ts.replace('.', '')}${thread}` };
  },
);

/** `chat.*` */
export const chat: Record<string, Method> = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove,
  'chat.getPermalink': getPermalink,
};
