import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, type Logger, LogLevel } from '@slack/bolt';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { type MovableClock, movableClock } from '../../src/clock.ts';
import { type AppSeed, type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.ts';

/** The team that the sandbox's own tests use. */
export const workspace = {
  team: { id: 'T0ACME', name: 'Acme', domain: 'acme' },
  users: [
    {
      id: 'U0ADA',
      name: 'ada',
      realName: 'Ada Ling',
      email: 'ada@acme.example',
      tz: 'Asia/Shanghai',
      locale: 'zh-CN',
      isAdmin: true,
    },
    { id: 'U0BEN', name: 'ben', realName: 'Ben Moss', email: 'ben@acme.example', tz: 'Europe/Berlin', locale: 'en-US' },
    { id: 'U0GUS', name: 'gus', realName: 'Gus Guest', tz: 'Europe/Berlin', locale: 'en-US', isGuest: true },
  ],
  channels: [
    { id: 'C0SALES', name: 'sales', topic: 'Deals', members: ['U0ADA', 'U0BEN', 'U0BOT'] },
    { id: 'C0LUNCH', name: 'lunch', members: ['U0ADA', 'U0BEN'] },
    { id: 'C0PAST', name: 'past', members: ['U0ADA', 'U0BOT'], isArchived: true },
    { id: 'C0BOARD', name: 'board', members: ['U0ADA'], isPrivate: true },
  ],
};

/** An app with one of everything. */
export const appSeed: AppSeed = {
  id: 'A0APP',
  name: 'Probe',
  botUserId: 'U0BOT',
  botToken: 'xoxb-probe',
  appToken: 'xapp-probe',
  signingSecret: 'a-signing-secret',
  scopes: ['commands', 'chat:write', 'users:read', 'users:read.email', 'files:write', 'files:read', 'channels:read'],
  manifest: {
    features: {
      slash_commands: [
        { command: '/probe', description: 'Probes', usage_hint: 'anything', should_escape: true },
        { command: '/raw', description: 'Probes unescaped' },
      ],
      shortcuts: [
        { name: 'Probe it', type: 'global', callback_id: 'probe_global' },
        { name: 'Probe this', type: 'message', callback_id: 'probe_message' },
      ],
    },
    settings: {
      event_subscriptions: {
        bot_events: ['app_home_opened', 'message.im', 'user_change', 'app_uninstalled', 'member_joined_channel'],
      },
    },
  },
};

/** Bolt complains of missed acknowledgements, which some tests are about. */
export const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
};

/** A sandbox and a bare Bolt app that talk to each other over loopback. */
export interface Bench {
  sandbox: Sandbox;
  app: App;
  clock: MovableClock;
  /** What reached `app.error`. */
  errors: Error[];
}

/** Starts a sandbox alone; it is closed when the test ends. */
export async function startAlone(options: Partial<SandboxOptions> = {}): Promise<Sandbox & { clock: MovableClock }> {
  const clock = options.clock ?? movableClock();
  const log = pino({ level: 'silent' });
  const sandbox = await startSandbox({ port: 0, clock, workspace, app: appSeed, log, ...options });
  onTestFinished(() => sandbox.close());
  return Object.assign(sandbox, { clock });
}

/** Starts a sandbox and a Bolt app; both are closed when the test ends. */
export async function startBench(options: Partial<SandboxOptions> = {}): Promise<Bench> {
  const sandbox = await startAlone(options);
  const receiver = new HTTPReceiver({
    signingSecret: appSeed.signingSecret,
    logger: silent,
  });
  const app = new App({
    token: appSeed.botToken,
    receiver,
    logger: silent,
    convoStore: false,
    tokenVerificationEnabled: false,
    clientOptions: { slackApiUrl: sandbox.apiUrl, rejectRateLimitedCalls: true, retryConfig: { retries: 0 } },
  });
  const errors: Error[] = [];
  app.error(async (error) => void errors.push(error));
  const server = (await app.start(0)) as Server;
  if (!server.listening) await once(server, 'listening');
  sandbox.setRequestUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  onTestFinished(async () => {
    server.closeAllConnections();
    await app.stop();
  });
  return { sandbox, app, clock: sandbox.clock, errors };
}

/** Calls the Web API as a stranger to any client library would. */
export async function call(
  sandbox: Sandbox,
  method: string,
  args: Record<string, unknown> = {},
  token: string = appSeed.botToken,
): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }> {
  const response = await fetch(sandbox.apiUrl + method, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify(args),
  });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

/** A path for a file that does not exist yet. */
export const freshName = () => `sandbox-${randomUUID()}`;
