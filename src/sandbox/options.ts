import type { Logger } from 'pino';
import type { MovableClock } from '../clock.ts';
import type { Manifest } from './manifest.ts';

/** A member of the workspace as the sandbox is told about it. */
export interface PersonSeed {
  id: string;
  /** The handle, without `@`. */
  name: string;
  realName: string;
  email?: string;
  title?: string;
  /** IANA time zone. */
  tz: string;
  /** As Slack sends it, for example `en-US`, `zh-CN`. */
  locale: string;
  isAdmin?: boolean;
  isOwner?: boolean;
  isGuest?: boolean;
  isBot?: boolean;
  /** The team of a person from another company (Slack Connect); the own team when left out. */
  teamId?: string;
}

/** A channel; the app is in it when its bot user is a member. */
export interface ChannelSeed {
  id: string;
  name: string;
  topic?: string;
  members: string[];
  isPrivate?: boolean;
  isArchived?: boolean;
}

/** The workspace's first state. */
export interface WorkspaceSeed {
  team: { id: string; name: string; domain: string };
  users: PersonSeed[];
  channels: ChannelSeed[];
}

/** The app as it is installed in the workspace. */
export interface AppSeed {
  id: string;
  name: string;
  botUserId: string;
  /** `xoxb-…` */
  botToken: string;
  /** `xapp-…`, needed for Socket Mode. */
  appToken?: string;
  signingSecret: string;
  /** Scopes of the bot token. */
  scopes: string[];
  /** The app's manifest as JSON; commands, shortcuts and events come from it. */
  manifest: Manifest;
  /** Where Slack delivers commands, interactions and events. Socket Mode takes precedence once connected. */
  requestUrl?: string | (() => string);
}

/** How strictly calls are paced. */
export interface RateLimitOptions {
  /** Tier limits per method and minute (docs.slack.dev/apis/web-api/rate-limits). Default true. */
  tiers?: boolean;
  /** Messages that a channel takes at once before one per second holds; `Infinity` takes all. Default 5. */
  messageBurst?: number;
}

/** What `startSandbox` needs. */
export interface SandboxOptions {
  /** A loopback address. Default `127.0.0.1`. */
  host?: string;
  /** 0 picks a free port. */
  port: number;
  clock: MovableClock;
  workspace: WorkspaceSeed;
  app: AppSeed;
  log: Logger;
  rateLimits?: RateLimitOptions;
  /** Milliseconds that Slack takes to look at an app's file before blocks may show it. Default 400. */
  fileProcessing?: number;
  /** JSON file that keeps messages, Home tabs and the clock's offset across restarts. */
  stateFile?: string;
}
