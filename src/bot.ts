import { createAccounts } from './accounts/index.ts';
import { createActions } from './actions/index.ts';
import { type CalendarNeeds, createCalendar } from './calendar/index.ts';
import { createDispatch } from './chat/dispatch.ts';
import { createDrafts } from './chat/drafts-store.ts';
import type { Sender } from './chat/outbox.ts';
import { outboxStore } from './chat/outbox-store.ts';
import { paceStore } from './chat/pace-store.ts';
import { createPainter, type Paint } from './chat/pictures/painter.ts';
import { gather, type Registry } from './chat/registry.ts';
import type { SlackConnection, SlackWorkspace } from './chat/slack/index.ts';
import type { TeamsConnection, TeamsOptions } from './chat/teams/index.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { migrate } from './database/migrate.ts';
import { reachServer } from './database/server.ts';
import { isUnavailable } from './database/unavailable.ts';
import { type Database, jobLimits, openDatabase } from './database.ts';
import { createDigest } from './digest/index.ts';
import { createFeedback } from './feedback/index.ts';
import { startHealth } from './health.ts';
import { createHome } from './home/index.ts';
import { type Jobs, startJobs } from './jobs.ts';
import { createListening } from './listening/index.ts';
import type { Log } from './log.ts';
import { createMeetings } from './meetings/index.ts';
import { createPeople, type People } from './people/index.ts';
import { listenAs } from './port-taken.ts';
import { createSurveys } from './surveys/index.ts';
import { createActivity, createVisits } from './visits/index.ts';
import { createLinks, type Links } from './web/links.ts';
import { startWeb } from './web/server.ts';

/** What the bot needs to run: the configuration, with Slack, Teams or both in it. */
export type BotConfig = Omit<Config, 'sandboxPort' | 'teamsPort' | 'logLevel'>;

/** The running bot. */
export interface Bot {
  /** Where Slack's requests arrive; null when the bot calls out (Socket Mode) or serves no Slack. */
  address: string | null;
  /** Where Teams' requests arrive; null when the bot serves no Teams. */
  teamsAddress: string | null;
  healthAddress: string;
  /** Where the pages are that are opened in a browser. */
  webAddress: string;
  /** Where the embedded database keeps its data; null with a database of one's own. */
  dataDirectory: string | null;
  organizationId: string;
  /** The Slack workspace, or the Teams tenant where there is no Slack. */
  workspaceId: string;
  database: Database;
  registry: Registry;
  /** Does now what is due. */
  tick(): Promise<void>;
  /** Answers what has arrived, sends what is being sent, then closes everything, in the reverse order of starting. */
  stop(): Promise<void>;
}

/** Everything a person can do and everything that happens by itself, over one database. */
export function build(needs: {
  database: Database;
  /** What happens by itself takes longer than a person waits: connections with the limits of jobs. */
  jobsDatabase: Database;
  clock: Clock;
  log: Log;
  nudge: () => void;
  links: Links;
}) {
  const { database, jobsDatabase, clock, log, nudge, links } = needs;
  const people = createPeople({
    database,
    clock,
    log,
    nudge,
    moved: async (organizationId, id) => {
      await Promise.all([
        actions.ownersChanged(organizationId, { personIds: [id] }),
        feedback.ownersChanged(organizationId, { personIds: [id] }),
        listening.ownersChanged(organizationId, { personIds: [id] }),
        meetings.personMoved(organizationId, id),
      ]);
    },
    changed: (organizationId, personIds) => daysChanged(organizationId, { personIds }),
  });
  /** What is asked and what is reminded of depends on who works when. */
  const daysChanged: CalendarNeeds['changed'] = async (...changed) => {
    await Promise.all([
      actions.ownersChanged(...changed),
      feedback.ownersChanged(...changed),
      listening.ownersChanged(...changed),
      meetings.lookAgain(...changed),
      digest.lookAgain(...changed),
    ]);
  };
  const calendar = createCalendar({ database, people, clock, log, nudge, changed: daysChanged });
  // Accounts show what has happened with them, and what happens names accounts: the knot is tied here.
  const activity = createActivity({
    database,
    actions: () => actions,
    feedback: () => feedback,
    listening: () => listening,
  });
  const accounts = createAccounts({ database, people, clock, activity, log, nudge });
  const actions = createActions({ database, jobsDatabase, people, accounts, calendar, nudge, log });
  const drafts = createDrafts({ database, clock });
  const feedback = createFeedback({
    database,
    jobsDatabase,
    people,
    accounts,
    actions,
    calendar,
    drafts,
    nudge,
    log,
  });
  const visits = createVisits({ database, people, accounts, actions, feedback, drafts, clock, nudge, log });
  const meetings = createMeetings({
    database,
    jobsDatabase,
    people,
    accounts,
    actions,
    calendar,
    feedback,
    clock,
    nudge,
    log,
  });
  const digest = createDigest({ database, jobsDatabase, people, accounts, actions, calendar, clock, nudge, log });
  const home = createHome({ accounts, actions, visits, meetings, feedback, digest });
  const surveys = createSurveys({ database, people, accounts, feedback, links, clock, nudge });
  const listening = createListening({
    database,
    jobsDatabase,
    people,
    accounts,
    actions,
    calendar,
    drafts,
    feedback,
    surveys,
    visits,
    nudge,
    log,
  });
  const { slice: ofMeetings } = meetings;
  const registry = gather(
    [
      visits.slice,
      accounts.slice,
      actions.slice,
      home.slice,
      ofMeetings,
      feedback.slice,
      surveys.slice,
      listening.slice,
      digest.slice,
      calendar.slice,
      people.slice,
    ],
    home.home,
  );
  const settled = async () => {
    await Promise.all([people, accounts, calendar, meetings].map((slice) => slice.settled()));
  };
  return { people, accounts, actions, visits, drafts, registry, sites: surveys.sites, settled };
}

/**
 * Starts the bot, in order. When a part does not start, those before it are stopped and the reason is thrown. `signal`
 * ends the waiting for a Slack that is out of reach, in the same way. `teamsCloud` stands in for Microsoft's.
 */
export async function startBot(
  config: BotConfig,
  needs: { clock: Clock; log: Log; signal?: AbortSignal; teamsCloud?: TeamsOptions['cloud'] },
): Promise<Bot> {
  const { clock, log, signal } = needs;
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
    const asking = askSlack(config, log, AbortSignal.any([gaveUp.signal, ...(signal === undefined ? [] : [signal])]));
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
    const links = createLinks({ ...config, dataDirectory: server.directory });
    const { people, drafts, registry, sites, settled } = build({ database, jobsDatabase, clock, log, nudge, links });
    closing.push(settled);
    const ours = await ensureWorkspaces(people, config, workspace, log);

    const dispatch = createDispatch({ registry, directory: people.directory, drafts, clock, log, isUnavailable });
    const shared = { dispatch, clock, log, formNamed: (name: string) => registry.forms.get(name)?.form };
    const painter = createPainter();
    closing.push(() => painter.stop());
    const { paint } = painter;
    const slack =
      workspace &&
      ours.slack &&
      (await slackConnection(config, workspace, {
        ...shared,
        pictures: { paint, database: jobsDatabase, of: ours.slack },
      }));
    const { teamsCloud: cloud } = needs;
    const teams =
      ours.teams && (await teamsConnection(config, { ...shared, workspace: ours.teams, database, paint, cloud }));
    const connections = [
      ...(slack ? [{ name: 'slack', variable: 'PORT', port: config.port, connection: slack } as const] : []),
      ...(teams
        ? [{ name: 'teams', variable: 'TEAMS_PORT', port: config.teams?.port ?? 0, connection: teams } as const]
        : []),
    ];
    const senders: Sender[] = connections.map(({ connection }) => connection.sender);
    const delivery = { store: outboxStore(jobsDatabase), pace: paceStore(jobsDatabase), senders, clock, log };
    jobs = await startJobs({
      databaseUrl: server.url,
      database: jobsDatabase,
      jobs: [...registry.jobs.values()],
      delivery,
      clock,
      log,
    });
    closing.push(() => jobs?.stop() ?? Promise.resolve());
    for (const { variable, port, connection } of connections) {
      await listenAs(variable, port, connection.start());
      closing.push(() => connection.stop());
    }
    const checks = {
      database: () => database.healthy(),
      ...Object.fromEntries(connections.map(({ name, connection }) => [name, () => connection.healthy()])),
      jobs: () => jobs?.healthy() ?? false,
    };
    const { host, healthPort, webPort } = config;
    const web = await listenAs(
      'WEB_PORT',
      webPort,
      startWeb({ host, port: webPort, sites, clock, log, isUnavailable }),
    );
    closing.push(() => web.close());
    links.listensAt(web.port);
    const health = await listenAs('HEALTH_PORT', healthPort, startHealth({ host, port: healthPort, checks, log }));
    closing.push(async () => health.drain());
    // First of all no new work is sent here; last of all the little server itself goes.
    closing.unshift(() => health.close());
    await jobs.tick();
    const { organizationId, workspaceId } = ours.first;
    return {
      organizationId,
      workspaceId,
      database,
      registry,
      stop,
      address: slack?.address ?? null,
      teamsAddress: teams?.address ?? null,
      dataDirectory: server.directory,
      healthAddress: `http://127.0.0.1:${health.port}/health/ready`,
      webAddress: links.address(),
      tick: jobs.tick,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What Slack says of the workspace; null where the bot serves none. What is not served is not even loaded. */
async function askSlack({ slack, slackApiUrl: apiUrl }: BotConfig, log: Log, signal: AbortSignal) {
  if (slack === null) return null;
  const { readWorkspace } = await import('./chat/slack/index.ts');
  return readWorkspace({ botToken: slack.botToken, apiUrl, log, signal });
}

interface Ours {
  organizationId: string;
  workspaceId: string;
}

/** Slack's workspace and Teams' tenant as workspaces of one organisation: who serves both serves one company. */
async function ensureWorkspaces(
  people: Pick<People, 'ensureWorkspace' | 'organizationOf'>,
  { teams }: BotConfig,
  slack: SlackWorkspace | null,
  log: Log,
): Promise<{ first: Ours; slack: Ours | null; teams: Ours | null }> {
  const inSlack = slack && { platform: 'slack', externalId: slack.teamId, name: slack.teamName };
  const inTeams = teams && { platform: 'teams', externalId: teams.tenantId, name: 'Microsoft Teams' };
  const known = [inSlack, inTeams].filter((one) => one !== null);
  let organizationId: string | null = null;
  for (const one of known) organizationId ??= await people.organizationOf(one);
  const made: Record<string, Ours> = {};
  for (const one of known) {
    const { elsewhere, ...ours } = await people.ensureWorkspace({
      ...one,
      ...(organizationId ? { organizationId } : {}),
    });
    if (elsewhere)
      log.warn({ platform: one.platform }, 'this workspace belongs to another organisation, where it stays');
    organizationId ??= ours.organizationId;
    made[one.platform] = ours;
  }
  const first = made.slack ?? made.teams;
  if (first === undefined) throw new Error('the bot was told neither of Slack nor of Teams');
  return { first, slack: made.slack ?? null, teams: made.teams ?? null };
}

type Shared = Pick<TeamsOptions, 'dispatch' | 'clock' | 'log' | 'formNamed'>;

async function slackConnection(
  { slack, slackApiUrl, host, port }: BotConfig,
  workspace: SlackWorkspace,
  { pictures, ...shared }: Shared & { pictures: { paint: Paint; database: Database; of: Ours } },
): Promise<SlackConnection | null> {
  if (slack === null) return null;
  const { connectSlack, picturesStore } = await import('./chat/slack/index.ts');
  const store = picturesStore(pictures.database, pictures.of);
  const { paint } = pictures;
  return connectSlack({ config: { slack, slackApiUrl, host, port }, workspace, pictures: { paint, store }, ...shared });
}

async function teamsConnection(
  { teams, host, production }: BotConfig,
  {
    cloud,
    ...needs
  }: Shared & Pick<TeamsOptions, 'workspace' | 'database' | 'paint'> & { cloud: TeamsOptions['cloud'] },
): Promise<TeamsConnection | null> {
  if (teams === null) return null;
  const { connectTeams } = await import('./chat/teams/index.ts');
  return connectTeams({ config: { ...teams, host, production }, ...needs, ...(cloud ? { cloud } : {}) });
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
