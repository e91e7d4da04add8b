/** All of Slack that the bot touches. The manifests declare exactly this; a test compares them. */

/** The slash command; words follow it. */
export const command = '/kam';

/** Entries in Slack's own menus: callback id, and the shortcut's name in a gesture. */
export const shortcuts = {
  kam_log_visit: { name: 'log_visit', type: 'global' },
  kam_log_visit_from_message: { name: 'log_visit_from_message', type: 'message' },
  kam_save_feedback: { name: 'save_feedback', type: 'message' },
} as const;

/** Events that the bot listens to, with the bot scope each needs. */
export const events = {
  app_home_opened: [],
  app_uninstalled: [],
  tokens_revoked: [],
  user_change: ['users:read'],
} as const satisfies Record<string, readonly string[]>;

/** Web API methods that the bot calls, with the bot scopes each needs. Nothing else can be called. */
export const methods = {
  'auth.test': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.info': ['files:read'],
  'users.info': ['users:read', 'users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.update': [],
} as const satisfies Record<string, readonly string[]>;

export type Method = keyof typeof methods;

/** What having a slash command or shortcuts takes. */
export const commandScope = 'commands';

/** Every bot scope that the above needs, sorted. */
export const scopes: readonly string[] = [
  ...new Set([commandScope, ...Object.values(events).flat(), ...Object.values(methods).flat()]),
].sort();
