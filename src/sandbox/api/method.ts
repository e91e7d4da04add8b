import { z } from 'zod';
import type { Clients } from '../clients.ts';
import { type Json, parseJson } from '../json.ts';
import type { Posting } from '../posting.ts';
import { SlackError } from '../slack-error.ts';
import type { Triggers } from '../triggers.ts';
import type { Views } from '../views.ts';
import type { Conversation, Workspace } from '../workspace.ts';

/** What the methods work on. */
export interface ApiContext {
  workspace: Workspace;
  clients: Clients;
  posting: Posting;
  views: Views;
  triggers: Triggers;
  /** Hands out the address of a Socket Mode connection. */
  openSocket: () => string;
}

/** A Web API method. */
export interface Method {
  /** Any one of these scopes suffices; none is needed when empty. */
  scopes: string[];
  /** Calls per minute. */
  perMinute: number;
  /** The kind of token; `bot` unless said otherwise. */
  token?: 'bot' | 'app' | 'none';
  /** The channel whose pace of one message per second counts. */
  pacedBy?: (args: Json) => string | undefined;
  /** Answers the call (without `ok`), or throws a `SlackError`. */
  run(args: Json, context: ApiContext): Json;
}

/** Calls per minute of Slack's tiers; the special tier is "hundreds". */
export const tier = { one: 1, two: 20, three: 50, four: 100, special: 600 } as const;

/** Defines a method whose arguments are read by a schema. */
export function method<Schema extends z.ZodType>(
  rules: Omit<Method, 'run'>,
  schema: Schema,
  run: (args: z.output<Schema>, context: ApiContext) => Json,
): Method {
  return {
    ...rules,
    run(args, context) {
      const read = schema.safeParse(args);
      if (!read.success) throw wrongArguments(read.error);
      return run(read.data, context);
    },
  };
}

function wrongArguments(error: z.ZodError): SlackError {
  const messages = error.issues.map((issue) => {
    const pointer = issue.path.map((part) => `/${String(part)}`).join('');
    const missing = issue.code === 'invalid_type' && /received undefined/.test(issue.message);
    const reason = missing ? `missing required field: ${String(issue.path.at(-1))}` : issue.message;
    return `[ERROR] ${reason} [json-pointer:${missing ? pointer.replace(/\/[^/]*$/, '') : pointer}]`;
  });
  return new SlackError('invalid_arguments', { response_metadata: { messages } });
}

/** A JSON value that urlencoded bodies carry as a string. */
export const json = z.unknown().transform((value) => (typeof value === 'string' ? parseJson(value) : value));

/** A flag that urlencoded bodies carry as a string. */
export const flag = z.union([z.boolean(), z.string().transform((value) => value === 'true' || value === '1')]);

/** A whole number that urlencoded bodies carry as a string. */
export const count = z.coerce.number().int().min(1).max(1000);

/** A page of a list and the cursor of the next one; the cursor is opaque to callers, as Slack's is. */
export function page<Item>(items: Item[], limit: number, cursor: string): { items: Item[]; next: string } {
  const start = cursor === '' ? 0 : Number(Buffer.from(cursor, 'base64url').toString().replace(/^at:/, ''));
  if (!Number.isInteger(start) || start < 0) throw new SlackError('invalid_cursor');
  const end = start + limit;
  return {
    items: items.slice(start, end),
    next: end < items.length ? Buffer.from(`at:${end}`).toString('base64url') : '',
  };
}

/** The conversation for an id; a person's id means the direct conversation with them. Throws `channel_not_found`. */
export function findConversation(id: string, { workspace }: ApiContext): Conversation {
  const person = workspace.people.get(id);
  if (person && !person.isBot) return workspace.directWith(id);
  const channel = workspace.conversations.get(id);
  const hidden = channel?.kind === 'private' && !channel.members.has(workspace.app.botUserId);
  if (!channel || hidden) throw new SlackError('channel_not_found');
  return channel;
}
