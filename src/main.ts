import { randomBytes } from 'node:crypto';
import { flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { type Bot, startBot } from './bot.ts';
import { movableClock, systemClock } from './clock.ts';
import { type Config, ConfigError, type ConfigProblem, readConfig } from './config.ts';
import { createLog, type Log, withoutSecrets } from './log.ts';
import { isLoopback } from './loopback.ts';
import { listenAs } from './port-taken.ts';

const print = (line: string) => void process.stdout.write(`${line}\n`);

/** A running program: how to end it. */
interface Running {
  stop(): Promise<void>;
}

/** Serves a real workspace, a tenant, or both. */
async function serve(config: Config, log: Log, signal: AbortSignal): Promise<Running> {
  const bot = await startBot(config, { clock: systemClock, log, signal });
  sayReady(bot);
  return bot;
}

/** Opens a local workspace with a demo team, and serves it as if it were a real one; with Teams' Playground beside it. */
async function serveSandbox(config: Config, log: Log, withTeams: boolean): Promise<Running> {
  const [{ startSandbox }, demo] = await Promise.all([import('./sandbox/index.ts'), import('./sandbox/demo/index.ts')]);
  const clock = movableClock();
  const app = demo.demoApp(randomBytes(16).toString('hex'));
  const stateFile = join(config.dataDir, 'sandbox.json');
  const opening = startSandbox({ port: config.sandboxPort, clock, workspace: demo.demoWorkspace, app, log, stateFile });
  const sandbox = await listenAs('SANDBOX_PORT', config.sandboxPort, opening);
  let bot: Bot;
  try {
    const slack = { mode: 'http', botToken: app.botToken, signingSecret: app.signingSecret } as const;
    const teams = withTeams ? demo.playgroundTenant(config.teamsPort) : null;
    bot = await startBot({ ...config, slack, teams, slackApiUrl: sandbox.apiUrl }, { clock, log });
  } catch (error) {
    await sandbox.close();
    throw error;
  }
  if (bot.address) sandbox.setRequestUrl(bot.address);
  clock.onMove(bot.tick);
  await demo.seedDemo(bot, clock, { story: true });
  print(`Sandbox: open ${sandbox.url} in a browser, pick who you are, and type /kam log`);
  if (bot.teamsAddress) {
    const folder = await demo.writePlayground(config.dataDir);
    print(`Teams: in another terminal, run  ${demo.playgroundCommand(folder, bot.teamsAddress)}`);
  }
  sayReady(bot);
  return {
    stop: async () => {
      await bot.stop();
      await sandbox.close();
    },
  };
}

/** Everything that a start needs is loaded: what Node has made of it is kept now, and not only at an end that may not come. */
function sayReady(bot: Bot): void {
  print(ready(bot));
  flushCompileCache();
}

function ready({ address, teamsAddress, healthAddress, dataDirectory }: Bot): string {
  const addresses = [address, teamsAddress].filter((one) => one !== null);
  const requests = addresses.length > 0 ? `requests at ${addresses.join(' and ')}` : 'connected in Socket Mode';
  const data = dataDirectory ? ` · data in ${dataDirectory}` : '';
  return `ready · ${requests} · health at ${healthAddress}${data}`;
}

async function main(): Promise<void> {
  const config = readConfig();
  const log = createLog(config.logLevel);
  const tryTeams = process.argv.includes('--try-teams');
  if (tryTeams) refuseToTry(config);
  const connected = config.slack !== null || config.teams !== null;
  const stopping = new AbortController();
  const { signal: stopped } = stopping;
  const starting = connected ? serve(config, log, stopped) : serveSandbox(config, log, tryTeams);
  const end = async (signal: NodeJS.Signals) => {
    // A second signal while draining changes nothing: what has arrived is still answered.
    if (stopped.aborted) return;
    log.info({ signal }, 'stopping');
    stopping.abort();
    const running = await starting.catch((error: unknown) => {
      // Told to end while it was starting: what had started is stopped already.
      if (isAbort(error)) return null;
      throw error;
    });
    await running?.stop();
    process.exit(0);
  };
  const endOrFail = (signal: NodeJS.Signals) => {
    end(signal).catch((error: unknown) => fail(error));
  };
  process.on('SIGINT', endOrFail);
  process.on('SIGTERM', endOrFail);
  try {
    await starting;
  } catch (error) {
    if (!stopped.aborted || !isAbort(error)) throw error;
  }
}

/** Without authentication everybody who reaches the bot is whoever they say. */
function refuseToTry(config: Config): void {
  const problems: ConfigProblem[] = [];
  const mend = 'Take it out of the environment and of .env for the try.';
  if (config.slack)
    problems.push({
      variable: 'SLACK_BOT_TOKEN',
      problem: 'Trying Teams opens the sandbox, not a real workspace.',
      mend,
    });
  if (config.teams)
    problems.push({ variable: 'TEAMS_CLIENT_ID', problem: 'Trying Teams needs no registration.', mend });
  if (config.production)
    problems.push({
      variable: 'NODE_ENV',
      problem: 'Trying Teams asks nobody who they are, which production must not.',
      mend,
    });
  if (config.host === null || !isLoopback(config.host))
    problems.push({
      variable: 'HOST',
      problem: 'Trying Teams asks nobody who they are, so it listens on this machine only.',
      mend,
    });
  if (problems.length > 0) throw new ConfigError(problems);
}

const isAbort = (error: unknown) => error instanceof Error && error.name === 'AbortError';

function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${withoutSecrets(message)}\n`);
  process.exit(error instanceof ConfigError ? 78 : 1);
}

main().catch(fail);
