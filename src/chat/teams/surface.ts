import type { Activity, InvokeActivity } from '@microsoft/teams.api';

/** All of Teams that the bot touches. The manifest declares exactly this; a test compares them. */

/** Where people speak with the bot. In a team or a group chat it hears only what mentions it. */
export const scopes = ['personal', 'team', 'groupChat'] as const;
export type Scope = (typeof scopes)[number];

/**
 * The commands that Teams offers while somebody writes to the bot, by their English word; phones offer no others. At
 * most 12 in a list (manifest schema 1.25, bots.commandLists); the others work when they are typed, and help names them.
 * Where others read along, what concerns only the person or the installation is left out; it works there all the same.
 */
export const commandLists: readonly { scopes: readonly Scope[]; commands: readonly string[] }[] = [
  {
    scopes: ['personal'],
    commands: [
      ...['log', 'visits', 'actions', 'today', 'account', 'home'],
      ...['team', 'people', 'language', 'link', 'setup', 'help'],
    ],
  },
  {
    scopes: ['team', 'groupChat'],
    commands: ['log', 'visits', 'actions', 'today', 'account', 'team', 'people', 'language', 'help'],
  },
];

/**
 * The message extension's commands, by id: where Teams offers them, and the shortcut or finder in a gesture. An action
 * opens a dialog that the bot draws; on a message it takes the message along. A search sends what was typed under the
 * parameter's name; `initialRun` once before anything was typed.
 */
export const extensionCommands = {
  logVisit: {
    type: 'action',
    context: ['compose', 'commandBox', 'message'],
    shortcut: 'log_visit',
    shortcutOnMessage: 'log_visit_from_message',
  },
  saveFeedback: {
    type: 'action',
    context: ['message'],
    shortcut: 'save_feedback',
    shortcutOnMessage: 'save_feedback',
  },
  findAccount: { type: 'query', context: ['compose', 'commandBox'], parameter: 'name', finder: 'accounts' },
} as const;
export type ExtensionCommand = keyof typeof extensionCommands;

/** Kinds of activities that the bot answers or takes note of. */
export const activities = [
  'conversationUpdate',
  'installationUpdate',
  'invoke',
  'message',
] as const satisfies readonly Activity['type'][];

/** Invokes that the bot answers, and what of the manifest lets Teams send them: the bot's cards, or an extension command. */
export const invokes = {
  'adaptiveCard/action': 'bot',
  'application/search': 'bot',
  'composeExtension/fetchTask': 'action',
  'composeExtension/query': 'query',
  'composeExtension/submitAction': 'action',
} as const satisfies Partial<Record<InvokeActivity['name'], 'bot' | 'action' | 'query'>>;
export type Invoke = keyof typeof invokes;

/**
 * What people are told at the installation that the bot may do: read who they are (roster), and write to them by itself
 * (reminders). It needs no consent of an administrator and no permission in Microsoft Graph.
 */
export const permissions = ['identity', 'messageTeamMembers'] as const;
