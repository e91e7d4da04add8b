import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** A program under measurement, in a process of its own. */
export interface Program {
  pid: number;
  /** Milliseconds from its start to its line that begins with `ready`. */
  readyAfter: number;
  /** Where Slack's requests go. */
  url: string;
  /** SIGTERM, and waits for its end. Throws when it did not end well. */
  stop(): Promise<void>;
}

const root = resolve(import.meta.dirname, '../..');

/** The bot as `npm start` starts it: Node's options, then the file. */
export async function startCommand(): Promise<string[]> {
  const { scripts }: { scripts: { start: string } } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const [node, ...command] = scripts.start.split(' ');
  if (node !== 'node') throw new Error(`npm start runs ${node}, not node`);
  return command;
}

/**
 * Starts a program of this repository and waits for its line `ready`, which names its address. `command`: options of
 * Node, then the file. What it writes on standard error goes to a file in `directory`, as it would in service.
 */
export const startProgram = (
  command: readonly string[],
  directory: string,
  env: Record<string, string>,
): Promise<Program> => beginProgram(command, directory, env).ready;

/** The same, for those who do not wait until it is ready. */
export function beginProgram(
  command: readonly string[],
  directory: string,
  env: Record<string, string>,
): { child: ChildProcess; ready: Promise<Program> } {
  const file = command.at(-1) ?? '';
  const begun = performance.now();
  const errors = join(directory, `${process.hrtime.bigint()}.log`);
  const child = spawn(process.execPath, [...command.slice(0, -1), join(root, file)], {
    cwd: directory,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', openSync(errors, 'a')],
  });
  return { child, ready: readinessOf(child, { file, begun, errors }) };
}

async function readinessOf(
  child: ChildProcess,
  { file, begun, errors }: { file: string; begun: number; errors: string },
): Promise<Program> {
  const ended = once(child, 'exit');
  const { stdout } = child;
  if (!stdout) throw new Error(`${file} has no output to read`);
  for await (const line of createInterface({ input: stdout })) {
    const url = /^ready.* (http\S+)/.exec(line.split(' · health')[0] ?? '')?.[1];
    if (url === undefined) continue;
    const readyAfter = performance.now() - begun;
    stdout.resume();
    const stop = async () => {
      child.kill('SIGTERM');
      const [code] = await ended;
      if (code !== 0) throw new Error(`${file} ended with ${code}: ${(await readFile(errors, 'utf8')).slice(-2_000)}`);
    };
    return { pid: child.pid ?? 0, readyAfter, url, stop };
  }
  throw new Error(`${file} did not start: ${(await readFile(errors, 'utf8')).slice(-2_000)}`);
}

/** Resident memory of a process in MB, as Linux tells it. */
export async function residentMemory(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1024;
}
