import { z } from 'zod';
import type { Json } from '../json.ts';
import { SlackError } from '../slack-error.ts';
import type { Conversation, Workspace } from '../workspace.ts';
import { count, findConversation, flag, type Method, method, page, tier } from './method.ts';

const reading = ['channels:read', 'groups:read', 'im:read', 'mpim:read'];

function conversationObject(workspace: Workspace, conversation: Conversation): Json {
  const direct = conversation.kind === 'direct';
  const person = [...conversation.members].find((id) => id !== workspace.app.botUserId);
  const shared = {
    id: conversation.id,
    created: 0,
    is_archived: conversation.archived,
    is_im: direct,
    is_org_shared: false,
    context_team_id: workspace.team.id,
  };
  if (direct) return { ...shared, user: person };
  return {
    ...shared,
    name: conversation.name,
    name_normalized: conversation.name,
    is_channel: conversation.kind === 'public',
    is_group: conversation.kind === 'private',
    is_private: conversation.kind === 'private',
    is_mpim: false,
    is_general: false,
    is_shared: isShared(workspace, conversation),
    is_ext_shared: isShared(workspace, conversation),
    is_member: conversation.members.has(workspace.app.botUserId),
    topic: { value: conversation.topic, creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
    num_members: conversation.members.size,
  };
}

/** Whether somebody from another company is in the channel. */
function isShared(workspace: Workspace, conversation: Conversation): boolean {
  const foreign = (id: string) => (workspace.people.get(id)?.teamId ?? workspace.team.id) !== workspace.team.id;
  return [...conversation.members].some(foreign);
}

const scopeOf = { public: 'channels:read', private: 'groups:read', direct: 'im:read' } as const;

function checkMayRead(conversation: Conversation, workspace: Workspace): void {
  const needed = scopeOf[conversation.kind];
  const provided = workspace.app.scopes;
  if (!provided.includes(needed)) throw new SlackError('missing_scope', { needed, provided: provided.join(',') });
}

const info = method(
  { scopes: reading, perMinute: tier.three },
  z.object({ channel: z.string().min(1) }),
  ({ channel }, context) => {
    const conversation = findConversation(channel, context);
    checkMayRead(conversation, context.workspace);
    return { channel: conversationObject(context.workspace, conversation) };
  },
);

const list = method(
  { scopes: reading, perMinute: tier.two },
  z.object({
    limit: count.default(100),
    cursor: z.string().default(''),
    types: z.string().default('public_channel'),
    exclude_archived: flag.default(false),
  }),
  (args, { workspace }) => {
    const wanted = new Set(args.types.split(',').map((type) => type.trim()));
    const typeOf = { public: 'public_channel', private: 'private_channel', direct: 'im' } as const;
    const seen = [...workspace.conversations.values()].filter(
      (each) =>
        wanted.has(typeOf[each.kind]) &&
        workspace.app.scopes.includes(scopeOf[each.kind]) &&
        (each.kind !== 'private' || each.members.has(workspace.app.botUserId)) &&
        !(args.exclude_archived && each.archived),
    );
    const { items, next } = page(seen, args.limit, args.cursor);
    return {
      channels: items.map((each) => conversationObject(workspace, each)),
      response_metadata: { next_cursor: next },
    };
  },
);

const members = method(
  { scopes: reading, perMinute: tier.four },
  z.object({ channel: z.string().min(1), limit: count.default(100), cursor: z.string().default('') }),
  (args, context) => {
    const conversation = findConversation(args.channel, context);
    checkMayRead(conversation, context.workspace);
    const { items, next } = page([...conversation.members], args.limit, args.cursor);
    return { members: items, response_metadata: { next_cursor: next } };
  },
);

const open = method(
  { scopes: ['im:write', 'channels:manage', 'groups:write', 'mpim:write'], perMinute: tier.three },
  z.object({ users: z.string().optional(), channel: z.string().optional(), return_im: flag.default(false) }),
  (args, context) => {
    const { workspace } = context;
    const ids = (args.users ?? '').split(',').filter(Boolean);
    if (ids.length > 1) throw new SlackError('method_not_supported_for_channel_type');
    const conversation = args.channel ? findConversation(args.channel, context) : undefined;
    const user = ids[0];
    if (!conversation && (!user || !workspace.people.has(user))) throw new SlackError('user_not_found');
    const direct = conversation ?? workspace.directWith(user ?? '');
    return { channel: args.return_im ? conversationObject(workspace, direct) : { id: direct.id } };
  },
);

/** `conversations.*` */
export const conversations: Record<string, Method> = {
  'conversations.info': info,
  'conversations.list': list,
  'conversations.members': members,
  'conversations.open': open,
};
