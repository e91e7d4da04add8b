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
  /** Set where nobody may write: an archived channel, or an app whose messages tab is read-only. */
  readOnly?: true;
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
  /** Files shared in it. */
  files?: SandboxFile[];
}

/** A file, uploaded by the app or by a person. In a `file_input`'s state only the `id` counts. */
export interface SandboxFile {
  id: string;
  name: string;
  mimetype: string;
  /** Bytes. */
  size: number;
  /** Where the page reads it, relative to the page. */
  href: string;
}

/** An open modal. */
export interface SandboxView {
  id: string;
  /**
   * Block Kit view payload plus Slack's own `id`, `hash`, `state`. `view.state.values` is what the server knows of the
   * person's answers (initial values included); the page keeps what was typed since for the same block and action id.
   */
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
 * A person's answers as in Slack's `state.values`: block id, action id, then `{ type, value }`,
 * `{ type, selected_option }`, `{ type, selected_options }`, `{ type, selected_date }` and so on. Parts left out keep
 * what the server knows.
 */
export type SandboxStateValues = Record<string, Record<string, Record<string, unknown>>>;

/**
 * What a person does, `POST /sandbox/act` with `{ user, act }`. `command` takes the whole line (`/kam log`). `press`
 * takes Slack's action (`block_id`, `action_id` and, for a selection, `selected_option`, `selected_date`, …); it is
 * also how a changed input with `dispatch_action` is reported. The `state` of `close` goes no further than the server:
 * Slack does not tell the app what was answered in a modal that was closed.
 */
export type SandboxAct =
  | { do: 'say'; channel: string; text: string; threadTs?: string }
  | { do: 'command'; channel: string; text: string }
  | { do: 'shortcut'; callbackId: string; channel?: string; ts?: string }
  | { do: 'press'; place: ActionPlace; action: Record<string, unknown>; state?: SandboxStateValues }
  | { do: 'submit'; viewId: string; state: SandboxStateValues }
  | { do: 'close'; viewId: string; clear?: boolean; state?: SandboxStateValues }
  | { do: 'suggest'; place: ActionPlace; blockId: string; actionId: string; value: string }
  | { do: 'openHome'; tab?: 'home' | 'messages' }
  | { do: 'upload'; name: string; base64: string }
  | { do: 'settings'; timeZone?: string; locale?: string }
  | { do: 'moveClock'; minutes: number };

/**
 * The answer to an act, once the app has acknowledged. `options` or `optionGroups` answer `suggest`; `file` answers
 * `upload`; `ts` answers `say`. When it failed, `error` is Slack's code (`operation_timeout`, `dispatch_failed`,
 * `invalid_input`, …), `message` the words Slack's client shows, and `errors` the words under inputs, by block id.
 */
export type SandboxActResult =
  | { ok: true; ts?: string; options?: unknown[]; optionGroups?: unknown[]; file?: SandboxFile }
  | { ok: false; error: string; message: string; errors?: Record<string, string> };
