import { createAccounts } from './accounts/index.ts';
import { createActions } from './actions/index.ts';
import { createDispatch } from './chat/dispatch.ts';
import { createDrafts } from './chat/drafts-store.ts';
import type { Sender } from './chat/outbox.ts';
import { outboxStore } from './chat/outbox-store.ts';
import { gather, type Registry } from './chat/registry.ts';
import { connectSlack, readWorkspace } from './chat/slack/index.ts';
import type { Clock } from './clock.ts';
import type { Config, SlackConfig } from './config.ts';
import { migrate } from './database/migrate.ts';
import { reachServer } from './database/server.ts';
import { isUnavailable } from './database/unavailable.ts';
import { type Database, jobLimits, openDatabase } from './database.ts';
import { startHealth } from './health.ts';
import { createHome } from './home/index.ts';
import { type Jobs, startJobs } from './jobs.ts';
import type { Log } from './log.ts';
import { createPeople } from './people/index.ts';
import { listenAs } from './port-taken.ts';
import { createActivity, createVisits } from './visits/index.ts';

/** What the bot needs to run: the configuration with a workspace in it. */
export type BotConfig = Pick<Config, 'slackApiUrl' | 'databaseUrl' | 'dataDir' | 'host' | 'port' | 'healthPort'> & {
  slack: SlackConfig;
};

/** The running bot. */
export interface Bot {
  /** Where the platform's requests arrive; null when the bot calls out (Socket Mode). */
  address: string | null;
  healthAddress: string;
  /** Where the embedded database keeps its data; null with a database of one's own. */
  dataDirectory: string | null;
  organizationId: string;
  workspaceId: string;
  database: Database;
  registry: Registry;
  /** Does now what is due. */
  tick(): Promise<void>;
  /** Answers what has arrived, sends what is being sent, then closes everything, in the reverse order of starting. */
  stop(): Promise<void>;
}

/** Everything a person can do and everything that happens by itself, over one database. */
export function build(needs: { database: Database; clock: Clock; log: Log; nudge: () => void }) {
  const { database, clock, log, nudge } = needs;
  const people = createPeople({ database, clock, log, moved: (...person) => actions.ownerMoved(...person) });
  // Accounts show what has happened with them, and what happens names accounts: the knot is tied here.
  const activity = createActivity({ database, actions: () => actions });
  const accounts = createAccounts({ database, people, clock, activity, log, nudge });
  const actions = createActions({ database, people, accounts, nudge, log });
  const drafts = createDrafts({ database, clock });
  const visits = createVisits({ database, people, accounts, actions, drafts, clock, nudge, log });
  const home = createHome({ accounts, actions, visits });
  const registry = gather([visits.slice, accounts.slice, actions.slice, home.slice, people.slice], home.home);
  return { people, accounts, actions, visits, drafts, registry };
}

/**
 * Starts the bot, in order. When a part does not start, those before it are stopped and the reason is thrown. `signal`
 * ends the waiting for a Slack that is out of reach, in the same way.
 */
export async function startBot(
  config: BotConfig,
  { clock, log, signal }: { clock: Clock; log: Log; signal?: AbortSignal },
): Promise<Bot> {
  const closing: (() => Promise<void>)[] = [];
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= closeAll(closing, log);
    return stopped;
  };
  try {
    const server = await reachServer(config, log);
    closing.push(() => server.stop());
    const gaveUp = new AbortController();
    closing.push(async () => gaveUp.abort());
    const asking = readWorkspace({
      ...{ botToken: config.slack.botToken, apiUrl: config.slackApiUrl, log },
      signal: AbortSignal.any([gaveUp.signal, ...(signal === undefined ? [] : [signal])]),
    });
    // A Slack that says no must not cut a migration in the middle; its answer is looked at afterwards.
    asking.catch(() => undefined);
    await migrate(server.url, { log });
    const workspace = await asking;
    const database = openDatabase(server.url, { log });
    closing.push(() => database.close());
    const jobsDatabase = openDatabase(server.url, { log, ...jobLimits });
    closing.push(() => jobsDatabase.close());

    let jobs: Jobs | undefined;
    const nudge = () => jobs?.nudge();
    const { people, accounts, drafts, registry } = build({ database, clock, log, nudge });
    closing.push(() => people.settled());
    closing.push(() => accounts.settled());
    const ours = await people.ensureWorkspace({
      platform: 'slack',
      externalId: workspace.teamId,
      name: workspace.teamName,
    });

    const dispatch = createDispatch({ registry, directory: people.directory, drafts, clock, log, isUnavailable });
    const slack = await connectSlack({
      config,
      workspace,
      dispatch,
      clock,
      log,
      formNamed: (name) => registry.forms.get(name)?.form,
    });
    const senders: Sender[] = [slack.sender];
    const delivery = { store: outboxStore(jobsDatabase), senders, clock, log };
    jobs = await startJobs({
      databaseUrl: server.url,
      database: jobsDatabase,
      jobs: [...registry.jobs.values()],
      delivery,
      clock,
      log,
    });
    closing.push(() => jobs?.stop() ?? Promise.resolve());
    await listenAs('PORT', config.port, slack.start());
    closing.push(() => slack.stop());
    const checks = {
      database: () => database.healthy(),
      slack: () => slack.healthy(),
      jobs: () => jobs?.healthy() ?? false,
    };
    const { host, healthPort } = config;
    const health = await listenAs('HEALTH_PORT', healthPort, startHealth({ host, port: healthPort, checks, log }));
    closing.push(async () => health.drain());
    // First of all no new work is sent here; last of all the little server itself goes.
    closing.unshift(() => health.close());
    await jobs.tick();
    return {
      address: slack.address,
      dataDirectory: server.directory,
      healthAddress: `http://127.0.0.1:${health.port}/health/ready`,
      ...ours,
      database,
      registry,
      tick: jobs.tick,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** One part that does not close must not keep the others open. */
async function closeAll(closing: readonly (() => Promise<void>)[], log: Log): Promise<void> {
  for (const close of closing.toReversed()) {
    try {
      await close();
    } catch (error) {
      log.error({ err: error }, 'did not close cleanly');
    }
  }
}
