import { type ChildProcess, fork } from 'node:child_process';
import { Socket } from 'node:net';
import { z } from 'zod';

/** Work that is done in a process of its own, so that its memory goes with the process. */
export interface OwnProcess<Asked, Answer> {
  /** Answers in the order asked. Throws when the work fails, takes too long or is stopped. */
  ask(asked: Asked): Promise<Answer>;
  /** The id of the process; null while there is none. */
  readonly id: number | null;
  /** Ends the process for good; what it has not answered is refused. */
  stop(): Promise<void>;
}

export interface OwnProcessOptions<Answer> {
  /** What the work makes, as errors name it: pictures. */
  makes: string;
  /** The process's program, which calls `answerEach` (own-process-program.ts). */
  program: URL;
  answer: z.ZodType<Answer>;
  /** The most that its JavaScript may keep, in MB: the process ends when it needs more. */
  memory: number;
  /** The process goes after so many milliseconds in which it was asked for nothing. */
  rest: number;
  /** An answer may take so many milliseconds, the start of the process and what was asked before it included. */
  patience: number;
}

const told = z.union([
  z.object({ id: z.number(), answer: z.unknown() }),
  z.object({ id: z.number(), fault: z.string() }),
]);

interface Waiting<Answer> {
  resolve: (answer: Answer) => void;
  reject: (error: Error) => void;
}

/**
 * A process that starts when it is first asked and goes when it is asked no more: nothing is loaded before. A thread
 * would not do: what it took stays with the bot after it has gone (docs/decisions/12).
 */
export function createOwnProcess<Asked, Answer>(options: OwnProcessOptions<Answer>): OwnProcess<Asked, Answer> {
  const { makes, program, memory, rest, patience } = options;
  const waiting = new Map<number, Waiting<Answer>>();
  let child: ChildProcess | null = null;
  let resting: NodeJS.Timeout | undefined;
  let asked = 0;
  let stopped = false;

  function wake(): ChildProcess {
    const started = fork(program, {
      serialization: 'advanced',
      // Its own limits, not those that the bot was started with.
      execArgv: ['--max-semi-space-size=4', `--max-old-space-size=${memory}`],
      // Nothing of the bot's environment: its tokens are no business of packages that paint. What a system cannot do
      // without, Node adds itself (libuv, uv_spawn).
      env: {},
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    // Only what kept it from starting or from going on: an error in what was asked is an answer.
    let said = '';
    started.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4_000);
    });
    if (started.stderr instanceof Socket) started.stderr.unref();
    started.on('message', (message) => {
      if (child === started) hear(message);
    });
    const gone = (error: Error) => {
      if (child !== started) return;
      child = null;
      refuseAll(error);
    };
    started.on('error', gone);
    started.on('exit', (code, signal) => {
      const why = /^\w*Error.*$/m.exec(said)?.[0] ?? '';
      gone(new Error(`the process for ${makes} has ended (${signal ?? code}) ${why}`.trim()));
    });
    return started;
  }

  function hear(message: unknown): void {
    const heard = told.safeParse(message);
    if (!heard.success) return void end(new Error(`the process for ${makes} said what nobody understands`));
    const { data } = heard;
    settle(data.id, ({ resolve, reject }) => {
      if ('fault' in data) return reject(new Error(data.fault));
      const read = options.answer.safeParse(data.answer);
      if (read.success) resolve(read.data);
      else reject(read.error);
    });
  }

  function settle(id: number, how: (one: Waiting<Answer>) => void): void {
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
    get id() {
      return child?.pid ?? null;
    },
    async ask(what) {
      if (stopped) throw new Error(`no more ${makes} are made`);
      clearTimeout(resting);
      child ??= wake();
      const asking = child;
      asking.ref();
      asking.channel?.ref();
      asked += 1;
      const id = asked;
      const late = setTimeout(() => void end(new Error(`${makes} took more than ${patience} ms`)), patience);
      try {
        return await new Promise<Answer>((resolve, reject) => {
          waiting.set(id, { resolve, reject });
          asking.send({ id, asked: what }, (error) => {
            if (error) settle(id, (one) => one.reject(error));
          });
        });
      } finally {
        clearTimeout(late);
      }
    },
    async stop() {
      stopped = true;
      await end(new Error(`no more ${makes} are made`));
    },
  };
}
