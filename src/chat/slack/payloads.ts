import { z } from 'zod';
import { stateValues } from './read-form.ts';

/** Slack's payloads, reduced to what the bot reads of them. */

const team = z.object({ id: z.string() }).nullish();
const user = z.object({ id: z.string().min(1), team_id: z.string().nullish() });
const origin = { team, user };

export const slashCommand = z.object({
  command: z.string(),
  text: z.string().default(''),
  team_id: z.string(),
  user_id: z.string().min(1),
  channel_id: z.string(),
  trigger_id: z.string().min(1),
  response_url: z.string(),
});
export type SlashCommand = z.infer<typeof slashCommand>;

export const globalShortcut = z.object({
  type: z.literal('shortcut'),
  ...origin,
  callback_id: z.string(),
  trigger_id: z.string().min(1),
});

export const messageShortcut = z.object({
  type: z.literal('message_action'),
  ...origin,
  callback_id: z.string(),
  trigger_id: z.string().min(1),
  response_url: z.string(),
  channel: z.object({ id: z.string() }),
  message: z.object({ ts: z.string(), text: z.string().default(''), thread_ts: z.string().optional() }),
});

export const anyShortcut = z.discriminatedUnion('type', [globalShortcut, messageShortcut]);
export type AnyShortcut = z.infer<typeof anyShortcut>;

const view = z.object({
  id: z.string().min(1),
  type: z.string(),
  hash: z.string().default(''),
  callback_id: z.string().default(''),
  private_metadata: z.string().default(''),
  blocks: z.array(z.unknown()).default([]),
  state: z.object({ values: stateValues.default({}) }).nullish(),
});
export type View = z.infer<typeof view>;

export const blockActions = z.object({
  type: z.literal('block_actions'),
  ...origin,
  trigger_id: z.string().min(1),
  response_url: z.string().optional(),
  actions: z
    .array(z.object({ action_id: z.string(), block_id: z.string().default(''), value: z.string().optional() }))
    .min(1),
  container: z.object({
    type: z.string(),
    message_ts: z.string().optional(),
    channel_id: z.string().optional(),
    is_ephemeral: z.boolean().optional(),
  }),
  view: view.nullish(),
});
export type BlockActions = z.infer<typeof blockActions>;

export const viewAction = z.object({
  type: z.enum(['view_submission', 'view_closed']),
  ...origin,
  view,
});
export type ViewAction = z.infer<typeof viewAction>;

export const blockSuggestion = z.object({
  type: z.literal('block_suggestion'),
  ...origin,
  action_id: z.string(),
  value: z.string().default(''),
});
export type BlockSuggestion = z.infer<typeof blockSuggestion>;

/** A user as `users.info` and the event `user_change` give them. */
export const slackUser = z.object({
  id: z.string().min(1),
  team_id: z.string().nullish(),
  enterprise_user: z.object({ teams: z.array(z.string()).default([]) }).nullish(),
  name: z.string().default(''),
  real_name: z.string().nullish(),
  deleted: z.boolean().default(false),
  tz: z.string().nullish(),
  locale: z.string().nullish(),
  is_admin: z.boolean().default(false),
  is_owner: z.boolean().default(false),
  is_primary_owner: z.boolean().default(false),
  is_restricted: z.boolean().default(false),
  is_ultra_restricted: z.boolean().default(false),
  is_stranger: z.boolean().default(false),
  is_bot: z.boolean().default(false),
  profile: z
    .object({ real_name: z.string().nullish(), display_name: z.string().nullish(), email: z.string().nullish() })
    .default({}),
});
export type SlackUser = z.infer<typeof slackUser>;

export const eventEnvelope = z.object({
  team_id: z.string(),
  event_id: z.string().min(1),
  event: z.discriminatedUnion('type', [
    z.object({
      type: z.literal('app_home_opened'),
      user: z.string().min(1),
      tab: z.string().default('home'),
      view: z.object({ hash: z.string().optional() }).nullish(),
    }),
    z.object({ type: z.literal('user_change'), user: slackUser }),
    z.object({ type: z.literal('app_uninstalled') }),
    z.object({
      type: z.literal('tokens_revoked'),
      tokens: z.object({ bot: z.array(z.string()).default([]) }).default({ bot: [] }),
    }),
  ]),
});
