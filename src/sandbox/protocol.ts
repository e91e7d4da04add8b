/**
 * What the sandbox's page and its server say to each other. The page is one person's Slack client: it loads a
 * snapshot, then listens to events, and acts. Blocks and views are Block Kit exactly as the app sent them.
 */

/** A member of the sandbox's workspace, as the page needs it. */
export interface SandboxUser {
  id: string;
  name: string;
  realName: string;
  title: string;
  timeZone: string;
  /** IETF tag as Slack sends it, for example `en-US` or `zh-CN`. */
  locale: string;
  isBot: boolean;
  isGuest: boolean;
  isAdmin: boolean;
}

/** A channel, or the direct conversation between the person and the app. */
export interface SandboxChannel {
  id: string;
  name: string;
  kind: 'channel' | 'direct';
  topic: string;
}

/** A message as one person sees it. */
export interface SandboxMessage {
  channel: string;
  /** Slack's timestamp, unique in the channel. */
  ts: string;
  user: string;
  text: string;
  blocks: unknown[];
  threadTs?: string;
  edited?: boolean;
  /** Seen by this person only. */
  ephemeral: boolean;
  /** Pings in it, as user ids or `here`, `channel`, `everyone`. */
  pings: string[];
}

/** An open modal. */
export interface SandboxView {
  id: string;
  /** Block Kit view payload plus Slack's own `id`, `hash`, `state`. */
  view: Record<string, unknown>;
}

/** Everything one person's client shows, at one moment. */
export interface SandboxSnapshot {
  me: SandboxUser;
  users: SandboxUser[];
  channels: SandboxChannel[];
  messages: SandboxMessage[];
  /** The stack of open modals, the visible one last. */
  views: SandboxView[];
  home: Record<string, unknown> | null;
  /** The sandbox's present, ISO 8601. */
  now: string;
  app: { id: string; botUserId: string; name: string };
  /** Slash commands, from the manifest. */
  commands: { command: string; description: string; usageHint: string }[];
  /** Shortcuts, from the manifest. */
  shortcuts: { callbackId: string; name: string; type: 'global' | 'message' }[];
}

/** What the server tells a client, over `GET /sandbox/events?user=U…` (server-sent events, one JSON object each). */
export type SandboxEvent =
  | { type: 'message'; message: SandboxMessage }
  | { type: 'messageDeleted'; channel: string; ts: string }
  | { type: 'views'; views: SandboxView[] }
  | { type: 'home'; home: Record<string, unknown> | null }
  | { type: 'clock'; now: string }
  | { type: 'notice'; text: string };

/** Where a block action happened. */
export type ActionPlace =
  | { in: 'message'; channel: string; ts: string }
  | { in: 'view'; viewId: string }
  | { in: 'home' };

/**
 * What a person does, `POST /sandbox/act` with `{ user, act }`. The answer is `{ ok: true, … }` once the app has
 * acknowledged, or `{ ok: false, error }` as Slack's client would show it (`operation_timeout`, …).
 */
export type SandboxAct =
  | { do: 'say'; channel: string; text: string; threadTs?: string }
  | { do: 'command'; channel: string; text: string }
  | { do: 'shortcut'; callbackId: string; channel?: string; ts?: string }
  | { do: 'press'; place: ActionPlace; action: Record<string, unknown>; state?: Record<string, unknown> }
  | { do: 'submit'; viewId: string; state: Record<string, unknown> }
  | { do: 'close'; viewId: string; clear?: boolean; state?: Record<string, unknown> }
  | { do: 'suggest'; place: ActionPlace; blockId: string; actionId: string; value: string }
  | { do: 'openHome' }
  | { do: 'upload'; name: string; base64: string }
  | { do: 'moveClock'; minutes: number };
