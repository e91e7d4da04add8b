import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { type Bot, startBot } from './bot.ts';
import { movableClock, systemClock } from './clock.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { createLog, type Log, withoutSecrets } from './log.ts';
import { listenAs } from './port-taken.ts';

const print = (line: string) => void process.stdout.write(`${line}\n`);

/** A running program: how to end it. */
interface Running {
  stop(): Promise<void>;
}

/** Serves a real workspace. */
async function serve(
  config: Config & { slack: NonNullable<Config['slack']> },
  log: Log,
  signal: AbortSignal,
): Promise<Running> {
  const bot = await startBot(config, { clock: systemClock, log, signal });
  print(ready(bot));
  return bot;
}

/** Opens a local workspace with a demo team, and serves it as if it were a real one. */
async function serveSandbox(config: Config, log: Log): Promise<Running> {
  const [{ startSandbox }, demo] = await Promise.all([import('./sandbox/index.ts'), import('./sandbox/demo/index.ts')]);
  const clock = movableClock();
  const app = demo.demoApp(randomBytes(16).toString('hex'));
  const stateFile = join(config.dataDir, 'sandbox.json');
  const opening = startSandbox({ port: config.sandboxPort, clock, workspace: demo.demoWorkspace, app, log, stateFile });
  const sandbox = await listenAs('SANDBOX_PORT', config.sandboxPort, opening);
  let bot: Bot;
  try {
    const slack = { mode: 'http', botToken: app.botToken, signingSecret: app.signingSecret } as const;
    bot = await startBot({ ...config, slack, slackApiUrl: sandbox.apiUrl }, { clock, log });
  } catch (error) {
    await sandbox.close();
    throw error;
  }
  if (bot.address) sandbox.setRequestUrl(bot.address);
  clock.onMove(bot.tick);
  await demo.seedDemo(bot, clock);
  print(`Sandbox: open ${sandbox.url} in a browser, pick who you are, and type /kam log`);
  print(ready(bot));
  return {
    stop: async () => {
      await bot.stop();
      await sandbox.close();
    },
  };
}

function ready({ address, healthAddress, dataDirectory }: Bot): string {
  const requests = address ? `requests at ${address}` : 'connected in Socket Mode';
  const data = dataDirectory ? ` · data in ${dataDirectory}` : '';
  return `ready · ${requests} · health at ${healthAddress}${data}`;
}

async function main(): Promise<void> {
  const config = readConfig();
  const log = createLog(config.logLevel);
  const { slack } = config;
  const stopping = new AbortController();
  const { signal: stopped } = stopping;
  const starting = slack ? serve({ ...config, slack }, log, stopped) : serveSandbox(config, log);
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

const isAbort = (error: unknown) => error instanceof Error && error.name === 'AbortError';

function fail(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${withoutSecrets(message)}\n`);
  process.exit(error instanceof ConfigError ? 78 : 1);
}

main().catch(fail);
