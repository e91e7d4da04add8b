import { Temporal } from 'temporal-polyfill';
import { type Bot, startBot } from '../src/bot.ts';
import { type MovableClock, movableClock } from '../src/clock.ts';
import { createLog, type Log } from '../src/log.ts';
import { demoApp, demoWorkspace, seedDemo } from '../src/sandbox/demo/index.ts';
import { type Sandbox, startSandbox } from '../src/sandbox/index.ts';
import { createTestDatabase, type TestDatabase } from './support/database.ts';
import { Member } from './support/member.ts';

/** The real bot in a whole workspace: a local Slack, a real database, a clock that can be moved. */
export interface World {
  bot: Bot;
  sandbox: Sandbox;
  clock: MovableClock;
  databaseUrl: string;
  /** The lines the bot has logged. */
  log: string[];
  /** Somebody of the workspace, by user id. */
  member(id: string): Member;
  close(): Promise<void>;
}

export interface WorldOptions {
  /** When it begins, ISO 8601; the real present without it. */
  now?: string;
  /** A migrated or empty database to stand on instead of one of its own. */
  database?: TestDatabase;
  /** Without the demo team: a workspace in which KAM was just installed. */
  empty?: boolean;
}

export const SIGNING_SECRET = 'a-signing-secret-of-the-tests';

/** Opens a world of its own; close it. */
export async function openWorld({ now, empty = false, ...given }: WorldOptions = {}): Promise<World> {
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
  const bot = await startBot(
    {
      slack: { mode: 'http', botToken: app.botToken, signingSecret: app.signingSecret },
      slackApiUrl: sandbox.apiUrl,
      databaseUrl: database.url,
      dataDir: '',
      host: '127.0.0.1',
      port: 0,
      healthPort: 0,
    },
    { clock, log },
  );
  sandbox.setRequestUrl(bot.address ?? '');
  clock.onMove(bot.tick);
  if (!empty) await seedDemo(bot, clock);
  return {
    bot,
    sandbox,
    clock,
    databaseUrl: database.url,
    log: lines,
    member: (id) => new Member(sandbox, id),
    close: async () => {
      await bot.stop();
      await sandbox.close();
      await database.drop();
    },
  };
}
