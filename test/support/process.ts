import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** A program of ours in a process of its own. */
export interface Program {
  child: ChildProcess;
  /** The next line of its standard output, read as JSON. Rejects when it ends before. */
  next(): Promise<unknown>;
  /** The next line of its standard output as it stands. Rejects when it ends before. */
  line(): Promise<string>;
  /** What it has said on standard error until now. */
  errors(): string;
  /** All of its standard output, when it has ended. Instead of `next`. */
  output(): Promise<string>;
  /** Writes a line to its standard input. */
  tell(line: string): void;
  /** Resolves when it has ended. */
  ended: Promise<unknown>;
}

/** Where Node keeps what it has made of the sources: the next program starts a third sooner. `start.js` has its own. */
const compiled = join(import.meta.dirname, '../../node_modules/.cache/kam-tests');

/** Starts a TypeScript program in a process group of its own; what is left of it when the test ends is killed. */
export function startProgram(file: string, args: string[], env: NodeJS.ProcessEnv = {}): Program {
  const child = spawn(process.execPath, [file, ...args], {
    detached: true,
    // Away from the checkout, where a developer may have a .env file.
    cwd: tmpdir(),
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, ...(file.endsWith('.ts') ? { NODE_COMPILE_CACHE: compiled } : {}), ...env },
  });
  const said: string[] = [];
  child.stderr.on('data', (chunk) => said.push(String(chunk)));
  let written = '';
  child.stdout.on('data', (chunk) => {
    written += String(chunk);
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = once(child, 'close');
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    await ended;
  });
  const line = async () => {
    const next = await lines.next();
    if (next.done) {
      await ended;
      throw new Error(`${file} ended (${child.exitCode ?? child.signalCode}): ${said.join('')}`);
    }
    return next.value;
  };
  return {
    child,
    line,
    errors: () => said.join(''),
    next: async () => JSON.parse(await line()),
    output: async () => {
      await ended;
      return written;
    },
    tell: (line) => void child.stdin.write(`${line}\n`),
    ended,
  };
}
