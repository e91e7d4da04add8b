import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { movableClock } from '../src/clock.ts';
import { startEmbedded } from '../src/database/embedded.ts';
import { migrate } from '../src/database/migrate.ts';
import { openDatabase } from '../src/database.ts';
import { createLog } from '../src/log.ts';
import { chance } from '../test/faults/chance.ts';
import { crowdApp, crowdSandbox } from '../test/faults/crowd.ts';
import { killAtRandom } from '../test/faults/killing.ts';
import { beginProgram, startCommand } from './support/program.ts';
import type { Result } from './support/result.ts';

const people = 600;
const kills = 100;

/** Three bots on one database ask and send, and one of them is killed at a random moment, a hundred times. */
export async function run(): Promise<Result[]> {
  const log = createLog('error');
  const directory = await mkdtemp(join(tmpdir(), 'kam-bench-'));
  await chmod(directory, 0o755);
  const sandbox = await crowdSandbox(people, movableClock(), createLog('silent'));
  const server = await startEmbedded({ dataDir: directory, log });
  await migrate(server.url, { log });
  const database = openDatabase(server.url, { log, statementTimeout: 60_000 });
  const command = await startCommand();
  const environment = {
    SLACK_API_URL: sandbox.apiUrl,
    SLACK_BOT_TOKEN: crowdApp.botToken,
    LOG_LEVEL: 'error',
    SLACK_SIGNING_SECRET: crowdApp.signingSecret,
    DATABASE_URL: server.url,
    HOST: '127.0.0.1',
    PORT: '0',
    HEALTH_PORT: '0',
    WEB_PORT: '0',
  };
  const running: ReturnType<typeof beginProgram>[] = [];
  const start = () => {
    const bot = beginProgram(command, directory, environment);
    running.push(bot);
    return bot;
  };
  try {
    const luck = chance();
    const { begun, asked, prompts, messages, delivered, duplicates, unexplained, strange, killsAtStart } =
      await killAtRandom({ sandbox, database, people, kills, luck, start });
    const planned = asked === begun && prompts === begun && messages === begun;
    const lost = messages - delivered;
    const comparedWith = `nothing: ${people} people whose morning begins while three bots are at work; seed ${luck.seed}`;
    return [
      {
        bench: 'kills planned',
        value: prompts,
        unit: 'prompts',
        goal: `${begun}, one for each`,
        met: planned,
        comparedWith,
        details: { kills, 'kills at a start': killsAtStart, asked, messages },
      },
      {
        bench: 'kills lost',
        value: lost,
        unit: 'prompts',
        goal: '0',
        met: lost === 0 && strange === 0,
        comparedWith,
        details: { delivered, 'of nobody': strange },
      },
      {
        bench: 'kills twice',
        value: duplicates,
        unit: 'prompts',
        goal: 'only of what was in flight at a kill',
        met: unexplained === 0,
        comparedWith,
        details: { 'not in flight': unexplained },
      },
    ];
  } finally {
    const left = running.filter(({ child }) => child.exitCode === null && child.signalCode === null);
    for (const { child } of left) child.kill('SIGTERM');
    await Promise.all(left.map(({ child }) => new Promise((resolve) => child.once('exit', resolve))));
    await sandbox.close();
    await database.close();
    await server.stop();
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  }
}
