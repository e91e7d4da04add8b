import { App, LogLevel } from '@slack/bolt';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import type { SlackConfig } from '../../config.ts';
import type { Dispatch } from '../dispatch.ts';
import type { Form } from '../form.ts';
import { FormMemory } from '../form-memory.ts';
import type { Sender } from '../outbox.ts';
import type { Paint } from '../pictures/painter.ts';
import { Work } from '../work.ts';
import type { Adapter } from './adapter.ts';
import { makeCalls } from './calls.ts';
import { httpEntrance, type Refusals, socketEntrance } from './entrance.ts';
import { slackHomes } from './home.ts';
import { libraryLog } from './library-log.ts';
import { slackPictures } from './pictures.ts';
import type { PicturesStore } from './pictures-store.ts';
import { privateWords } from './private-words.ts';
import { receive } from './receive.ts';
import { slackSender } from './send.ts';
import type { SlackWorkspace } from './workspace.ts';

export { picturesStore } from './pictures-store.ts';
export { scopes } from './surface.ts';
export { readWorkspace, SlackRefused, type SlackWorkspace } from './workspace.ts';

/** What the adapter needs. */
export interface SlackOptions {
  config: { slack: SlackConfig; slackApiUrl: string; host: string | null; port: number };
  /** As `readWorkspace` found it. */
  workspace: SlackWorkspace;
  /** Who paints, and where it is kept which pictures the workspace has. */
  pictures: { paint: Paint; store: PicturesStore };
  dispatch: Dispatch;
  clock: Clock;
  log: Logger;
  /** Finds a form by its name: only for redrawing one that another process, or this one before a restart, has drawn. */
  formNamed?: (name: string) => Form | undefined;
}

/** The bot's end of one Slack workspace. */
export interface SlackConnection {
  readonly sender: Sender;
  readonly identity: SlackWorkspace;
  /** Where Slack's requests arrive; null before the start and in Socket Mode. */
  readonly address: string | null;
  /** Requests that were refused since the start. */
  readonly refused: Readonly<Refusals>;
  /** Listens, or connects. Throws `SlackRefused` when Slack does not accept the app token. */
  start(): Promise<void>;
  /** Takes nothing new, and resolves when everything that was taken is answered to its last consequence. */
  stop(): Promise<void>;
  /** Whether Slack can reach the bot. */
  healthy(): boolean;
}

/** Connects the bot to a Slack workspace; nothing is received before `start`. */
export async function connectSlack(options: SlackOptions): Promise<SlackConnection> {
  const { config, workspace, dispatch, clock, log, formNamed = () => undefined } = options;
  const { slack, slackApiUrl: apiUrl } = config;
  const work = new Work();
  const calls = makeCalls(slack.botToken, apiUrl, log);
  const pictures = slackPictures({ ...options.pictures, call: calls.background, apiUrl, work, clock, log });
  const adapter: Adapter = {
    workspace,
    botToken: slack.botToken,
    apiUrl,
    dispatch,
    formNamed,
    calls,
    words: privateWords({ calls, apiUrl, pictures, work, log }),
    homes: slackHomes({ call: calls.interactive, now: () => clock.now().epochMilliseconds, log }),
    memory: new FormMemory(),
    work,
    log,
  };
  const entrance =
    slack.mode === 'http'
      ? httpEntrance({ signingSecret: slack.signingSecret, host: config.host, port: config.port, log })
      : socketEntrance({ appToken: slack.appToken, apiUrl, log });
  const app = new App({
    receiver: entrance.receiver,
    // One workspace, one token, known from the start: nothing is looked up before a request is acknowledged.
    authorize: async () => ({
      botToken: slack.botToken,
      botUserId: workspace.botUserId,
      teamId: workspace.teamId,
    }),
    clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, timeout: 2_500 },
    convoStore: false,
    ignoreSelf: true,
    logger: libraryLog(log),
    logLevel: LogLevel.WARN,
    tokenVerificationEnabled: false,
  });
  receive(app, adapter);
  let address: string | null = null;
  return {
    sender: slackSender(calls.background, pictures),
    identity: workspace,
    refused: entrance.refused,
    get address() {
      return address;
    },
    async start() {
      address = await entrance.open();
      log.info({ team: workspace.teamId, mode: slack.mode }, 'Slack can reach the bot');
    },
    async stop() {
      // What came over a connection is answered over it, so there the work ends before the connection does.
      if (slack.mode === 'socket') await work.finish();
      await entrance.close();
      await work.finish();
    },
    healthy: () => entrance.isOpen(),
  };
}
