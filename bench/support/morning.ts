import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MovableClock, movableClock } from '../../src/clock.ts';
import { startEmbedded } from '../../src/database/embedded.ts';
import { migrate } from '../../src/database/migrate.ts';
import { type Database, openDatabase } from '../../src/database.ts';
import { createLog } from '../../src/log.ts';
import { demoApp } from '../../src/sandbox/demo/index.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.ts';
import { makeCrowd } from './crowd.ts';

/** One company's morning: the local Slack with everybody in it, and a database with the settings of service. */
export interface Morning {
  sandbox: Sandbox;
  database: Database;
  directory: string;
  /** What a bot of this company is told. */
  environment: Record<string, string>;
  /** Lets everybody's morning meeting begin at this minute; the next tick asks them. */
  begin(): Promise<void>;
  /** Lets another meeting of only so many of them begin. */
  beginAnother(people: number): Promise<void>;
  close(): Promise<void>;
}

const team = { id: 'T0MORNING', name: 'Morning', domain: 'morning' };
const app = demoApp('a-signing-secret-of-the-morning');

/** Opens it with so many people in one team, whom nobody asks before `begin`. */
export async function openMorning(people: number): Promise<Morning> {
  const log = createLog('error');
  const directory = await mkdtemp(join(tmpdir(), 'kam-bench-'));
  await chmod(directory, 0o755);
  const server = await startEmbedded({ dataDir: directory, log });
  await migrate(server.url, { log });
  const database = openDatabase(server.url, { log, statementTimeout: 60_000 });
  await makeCrowd(database, 1, people);
  await database.pool.query(`INSERT INTO "TeamCalendar" ("organizationId", "teamId", weekdays)
    SELECT "organizationId", id, '{1,2,3,4,5,6,7}' FROM "Team"`);
  await database.pool.query(`UPDATE "Workspace" SET "externalId" = $1`, [team.id]);
  await database.pool.query(`UPDATE "Meeting" SET "nextAt" = NULL`);
  const clock = movableClock();
  const sandbox = await startSandbox({
    port: 0,
    clock,
    log: createLog('silent'),
    app,
    workspace: await workspaceOf(database),
  });
  return {
    sandbox,
    database,
    directory,
    environment: {
      SLACK_API_URL: sandbox.apiUrl,
      SLACK_BOT_TOKEN: app.botToken,
      SLACK_SIGNING_SECRET: app.signingSecret,
      DATABASE_URL: server.url,
      HOST: '127.0.0.1',
      PORT: '0',
      HEALTH_PORT: '0',
      WEB_PORT: '0',
      LOG_LEVEL: 'error',
    },
    begin: () => begin(database, clock),
    async beginAnother(few) {
      await database.pool.query(
        `DELETE FROM "Membership" WHERE "personId" NOT IN (SELECT "personId" FROM "Membership" ORDER BY 1 LIMIT $1)`,
        [few],
      );
      await database.pool.query(`UPDATE "Meeting" SET kind = 'own'`);
      await begin(database, clock);
    },
    close: async () => {
      await sandbox.close();
      await database.close();
      await server.stop();
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function workspaceOf({ pool }: Database): Promise<SandboxOptions['workspace']> {
  const { rows } = await pool.query<{ id: string }>(`SELECT "externalId" AS id FROM "Identity" ORDER BY id`);
  const users = rows.map(({ id }, number) => ({
    id,
    name: `rep${number}`,
    realName: `Rep ${number}`,
    email: `rep${number}@morning.example`,
    tz: 'UTC',
    locale: 'en-GB',
  }));
  return { team, users, channels: [{ id: 'C0GENERAL', name: 'general', members: [app.botUserId] }] };
}

async function begin({ pool }: Database, clock: MovableClock): Promise<void> {
  const now = clock.now();
  await pool.query(
    `UPDATE "Meeting" SET rule = 'FREQ=DAILY', "startsOn" = '2026-01-01', "startsAt" = $1, "nextAt" = $2`,
    [now.toString().slice(11, 16), now.toString()],
  );
}
