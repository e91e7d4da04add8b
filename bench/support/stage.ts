import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { nameKey } from '../../src/accounts/name.ts';
import { searchTermsOf } from '../../src/accounts/search-terms.ts';
import { systemClock } from '../../src/clock.ts';
import { startEmbedded } from '../../src/database/embedded.ts';
import { type Database, openDatabase } from '../../src/database.ts';
import { createLog } from '../../src/log.ts';
import { seedDemo } from '../../src/sandbox/demo/index.ts';
import { botToken, signingSecret, team } from './company.ts';
import { type Program, startCommand, startProgram } from './program.ts';
import { type LocalSlack, openSlack } from './slack.ts';

/** What both sides of a comparison stand on: one local Slack, one PostgreSQL with the settings of service. */
export interface Stage {
  slack: LocalSlack;
  directory: string;
  databaseUrl: string;
  database: Database;
  organizationId: string;
  workspaceId: string;
  /** Accounts to visit. */
  accountIds: string[];
  /** What the bot is told of it. */
  environment: Record<string, string>;
  startBot(env?: Record<string, string>): Promise<Program>;
  startPlain(file: string, env: Record<string, string>): Promise<Program>;
  close(): Promise<void>;
}

const accounts = 2_000;

/** Opens it, with the demo's team and its visits, and more accounts. */
export async function openStage(): Promise<Stage> {
  const log = createLog('error');
  const directory = await mkdtemp(join(tmpdir(), 'kam-bench-'));
  await chmod(directory, 0o755);
  const slack = await openSlack();
  const server = await startEmbedded({ dataDir: directory, log });
  const base = { SLACK_BOT_TOKEN: botToken, SLACK_SIGNING_SECRET: signingSecret, SLACK_API_URL: slack.url };
  const command = await startCommand();
  const environment = {
    ...base,
    DATABASE_URL: server.url,
    HOST: '127.0.0.1',
    PORT: '0',
    HEALTH_PORT: '0',
    WEB_PORT: '0',
  };
  const startBot = (env: Record<string, string> = {}) => startProgram(command, directory, { ...environment, ...env });
  // Its first start makes the tables and the workspace.
  await (await startBot()).stop();
  const database = openDatabase(server.url, { log, statementTimeout: 60_000 });
  const where = { platform: 'slack', externalId: team.id };
  const { id: workspaceId, organizationId } = await database.prisma.workspace.findFirstOrThrow({ where });
  await seedDemo({ database, organizationId, workspaceId }, systemClock);
  const accountIds = await addAccounts(database, organizationId);
  // What the server does by itself within a minute; here it would fall into some round.
  await database.pool.query('VACUUM ANALYZE');
  return {
    slack,
    directory,
    databaseUrl: server.url,
    database,
    organizationId,
    workspaceId,
    accountIds,
    environment,
    startBot,
    startPlain: (file, env) => startProgram([file], directory, { ...base, NODE_ENV: 'production', ...env }),
    close: async () => {
      await database.close();
      await server.stop();
      await slack.close();
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function addAccounts(database: Database, organizationId: string): Promise<string[]> {
  const data = Array.from({ length: accounts }, (_, number) => {
    const [id, name] = [uuid(), `Visited ${number} GmbH`];
    const { text, grams } = searchTermsOf(organizationId, { name, otherNames: [], code: null });
    return { organizationId, id, name, nameKey: nameKey(name), searchText: text, searchGrams: grams };
  });
  await database.prisma.account.createMany({ data });
  return data.map(({ id }) => id);
}
