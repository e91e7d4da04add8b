import { join } from 'node:path';
import { type Program, startProgram } from './process.ts';

/** The bot as `npm start` runs it, in a process of its own. */
export interface BotProcess {
  program: Program;
  /** Where it takes Slack's requests. */
  address: string;
  /** Where it says whether it is ready. */
  health: string;
}

export const mainProgram = join(import.meta.dirname, '../../src/start.js');

/** Starts it and waits until it says that it is ready; any free ports. */
export const startBotProcess = (env: NodeJS.ProcessEnv): Promise<BotProcess> => beginBotProcess(env).ready;

/** Starts it, for those who do not wait until it is ready. */
export function beginBotProcess(env: NodeJS.ProcessEnv): { program: Program; ready: Promise<BotProcess> } {
  const program = startProgram(mainProgram, [], {
    HOST: '127.0.0.1',
    PORT: '0',
    HEALTH_PORT: '0',
    WEB_PORT: '0',
    ...env,
  });
  return { program, ready: readinessOf(program) };
}

async function readinessOf(program: Program): Promise<BotProcess> {
  for (;;) {
    const line = await program.line();
    const found = /^ready · requests at (\S+) · health at (\S+)/.exec(line);
    if (found?.[1] && found[2]) return { program, address: found[1], health: found[2] };
  }
}
