import { Temporal } from 'temporal-polyfill';
import { type Bot, startBot } from '../src/bot.ts';
import { type MovableClock, movableClock } from '../src/clock.ts';
import { createLog, type Log } from '../src/log.ts';
import { demoApp, demoWorkspace, seedDemo } from '../src/sandbox/demo/index.ts';
import { type Sandbox, startSandbox } from '../src/sandbox/index.ts';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { Member } from './support/member.ts';
import { pages } from './support/pages.ts';
import { openTeams, type Teams } from './support/teams/connector.ts';
import { type IdentityProvider, openIdentityProvider } from './support/teams/idp.ts';
import { TeamsMember } from './support/teams/teams-member.ts';

/** The real bot in a whole workspace: a local Slack, where asked a local Teams, a real database, a clock that can be moved. */
export interface World {
  bot: Bot;
  sandbox: Sandbox;
  clock: MovableClock;
  databaseUrl: string;
  /** The lines the bot has logged. */
  log: string[];
  /** Somebody of the workspace, by user id. */
  member(id: string): Member;
  /** The local Teams. Throws in a world without one. */
  teams: Teams;
  /** The same person in Teams, by the same id. */
  teamsMember(id: string): TeamsMember;
  close(): Promise<void>;
}

export interface WorldOptions {
  /** When it begins, ISO 8601; the real present without it. */
  now?: string;
  /** A migrated or empty database to stand on instead of one of its own. */
  database?: TestDatabase;
  /** With a tenant of Teams beside the Slack workspace, in which the same people are. */
  teams?: boolean;
  /** Without the demo team: a workspace in which KAM was just installed. */
  empty?: boolean;
}

export const SIGNING_SECRET = 'a-signing-secret-of-the-tests';

/** Opens a world of its own; close it. */
export async function openWorld({
  now,
  empty = false,
  teams: withTeams = false,
  ...given
}: WorldOptions = {}): Promise<World> {
  const database = given.database ?? (await createTestDatabase());
  const clock = movableClock(now === undefined ? undefined : Temporal.Instant.from(now));
  const lines: string[] = [];
  const log: Log = createLog('info', { write: (line: string) => void lines.push(line) });
  const app = demoApp(SIGNING_SECRET);
  const sandbox = await startSandbox({
    port: 0,
    clock,
    workspace: structuredClone(demoWorkspace),
    app,
    log,
    // The tests' own pace; that the bot keeps Slack's is tested where it sends.
    rateLimits: { messageBurst: Number.POSITIVE_INFINITY, tiers: false },
  });
  const idp = withTeams ? await openIdentityProvider() : null;
  const teams = idp && (await openTeams({ idp, clock }));
  const bot = await startBot(
    {
      production: false,
      teams: idp && {
        authentication: { clientId: idp.botId, clientSecret: 'a-client-secret', tenantId: idp.tenantId },
        tenantId: idp.tenantId,
        administrators: ['lin.jing@kestrel.example'],
        port: 0,
      },
      slack: { mode: 'http', botToken: app.botToken, signingSecret: app.signingSecret },
      slackApiUrl: sandbox.apiUrl,
      databaseUrl: database.url,
      dataDir: '',
      host: '127.0.0.1',
      port: 0,
      healthPort: 0,
      ...pages,
    },
    { clock, log, ...(idp && teams ? { teamsCloud: cloudOf(idp, teams) } : {}) },
  );
  if (bot.teamsAddress) teams?.setBotUrl(bot.teamsAddress);
  sandbox.setRequestUrl(bot.address ?? '');
  clock.onMove(bot.tick);
  if (!empty) await seedDemo(bot, clock);
  const inTeams = () => {
    if (teams === null) throw new Error('this world has no Teams');
    return teams;
  };
  return {
    bot,
    sandbox,
    clock,
    databaseUrl: database.url,
    log: lines,
    member: (id) => new Member(sandbox, id),
    get teams() {
      return inTeams();
    },
    teamsMember: (id) => new TeamsMember(inTeams(), id),
    close: async () => {
      await bot.stop();
      await sandbox.close();
      await teams?.close();
      await idp?.close();
      await database.drop();
    },
  };
}

/** Microsoft's cloud, with the local identity provider and connector in the place of the real ones. */
function cloudOf(idp: IdentityProvider, teams: Teams) {
  const services = (url: string) => url.startsWith(new URL(teams.serviceUrl).origin);
  return { cloud: idp.cloud, services, token: idp.botToken };
}
