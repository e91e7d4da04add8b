import { type ChildProcess, fork } from 'node:child_process';
import { Socket } from 'node:net';
import { z } from 'zod';
import type { Chart } from '../card.ts';

/** Draws a chart as a PNG. Throws when it cannot: then its words stand for it. */
export type Paint = (chart: Chart) => Promise<Uint8Array>;

export interface Painter {
  paint: Paint;
  /** The id of the process that paints; null while there is none. */
  readonly process: number | null;
  /** Ends the process; what it was painting is refused. */
  stop(): Promise<void>;
}

export interface PainterOptions {
  /** The process goes after so many milliseconds without a picture. */
  rest?: number;
  /** A picture may take so many milliseconds, the start of the process and those before it included. */
  patience?: number;
  /** The process's program. */
  program?: URL;
}

const answer = z.union([
  z.object({ id: z.number(), png: z.instanceof(Uint8Array) }),
  z.object({ id: z.number(), fault: z.string() }),
]);

interface Waiting {
  resolve: (png: Uint8Array) => void;
  reject: (error: Error) => void;
}

/**
 * Paints in a process of its own, which starts with the first picture and goes when none is asked for: nothing is loaded
 * before. Echarts and the font take 150 MB. A thread would not do: measured, 180 MB stay with the bot after it has gone.
 */
export function createPainter(options: PainterOptions = {}): Painter {
  const { rest = 60_000, patience = 10_000, program = new URL('./painting-process.ts', import.meta.url) } = options;
  const waiting = new Map<number, Waiting>();
  let child: ChildProcess | null = null;
  let resting: NodeJS.Timeout | undefined;
  let asked = 0;
  let stopped = false;

  function wake(): ChildProcess {
    const started = fork(program, {
      serialization: 'advanced',
      // Its own limits, not those that the bot was started with.
      execArgv: ['--max-semi-space-size=4', '--max-old-space-size=192'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    // Only what kept it from starting: an error in a chart is an answer.
    let said = '';
    started.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000);
    });
    if (started.stderr instanceof Socket) started.stderr.unref();
    started.on('message', (message) => {
      const told = answer.parse(message);
      settle(told.id, (one) => ('png' in told ? one.resolve(told.png) : one.reject(new Error(told.fault))));
    });
    const gone = (error: Error) => {
      if (child !== started) return;
      child = null;
      refuseAll(error);
    };
    started.on('error', gone);
    started.on('exit', (code, signal) => {
      const why = /^\w*Error.*$/m.exec(said)?.[0] ?? '';
      gone(new Error(`the process that paints has ended (${signal ?? code}) ${why}`.trim()));
    });
    return started;
  }

  function settle(id: number, how: (one: Waiting) => void): void {
    const one = waiting.get(id);
    if (one === undefined) return;
    waiting.delete(id);
    how(one);
    if (waiting.size > 0 || child === null) return;
    resting = setTimeout(() => void end(new Error('resting')), rest).unref();
    // A bot that has nothing else to do may end; the process ends with it.
    child.channel?.unref();
    child.unref();
  }

  function refuseAll(error: Error): void {
    for (const id of [...waiting.keys()]) settle(id, (one) => one.reject(error));
  }

  async function end(reason: Error): Promise<void> {
    clearTimeout(resting);
    const ending = child;
    child = null;
    refuseAll(reason);
    if (ending === null || ending.exitCode !== null || ending.signalCode !== null) return;
    ending.ref();
    await new Promise((resolve) => {
      ending.once('exit', resolve);
      ending.kill('SIGKILL');
    });
  }

  return {
    get process() {
      return child?.pid ?? null;
    },
    async paint(chart) {
      if (stopped) throw new Error('no more pictures are painted');
      clearTimeout(resting);
      child ??= wake();
      const painting = child;
      painting.ref();
      painting.channel?.ref();
      asked += 1;
      const id = asked;
      const late = setTimeout(() => void end(new Error(`a picture took more than ${patience} ms`)), patience);
      try {
        return await new Promise<Uint8Array>((resolve, reject) => {
          waiting.set(id, { resolve, reject });
          painting.send({ id, chart }, (error) => {
            if (error) settle(id, (one) => one.reject(error));
          });
        });
      } finally {
        clearTimeout(late);
      }
    },
    async stop() {
      stopped = true;
      await end(new Error('no more pictures are painted'));
    },
  };
}
