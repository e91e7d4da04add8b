import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { z } from 'zod';
import { createOwnProcess, type OwnProcessOptions } from '../src/own-process.ts';
import { temporaryFolder } from './support/folder.ts';
import { startProgram } from './support/process.ts';

const source = (name: string) => JSON.stringify(new URL(`../src/${name}.ts`, import.meta.url).href);

async function program(code: string): Promise<URL> {
  const file = join(await temporaryFolder(), 'program.mjs');
  await writeFile(file, code);
  return pathToFileURL(file);
}

/** A program that does this work with what it is `asked`. */
const working = (work: string) =>
  program(`
    import { answerEach } from ${source('own-process-program')};
    answerEach((asked) => { ${work} }, ({ name }) => name);`);

const usual = { makes: 'numbers', answer: z.number(), memory: 64, rest: 60_000, patience: 30_000 };

function counting(program: URL, more: Partial<OwnProcessOptions<number>> = {}) {
  const made = createOwnProcess<unknown, number>({ ...usual, program, ...more });
  onTestFinished(() => made.stop());
  return made;
}

const isRunning = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

test('answers each that is asked, and an error is the answer of one', async () => {
  const { ask } = counting(
    await working('if (asked === 2) throw new RangeError("of Aurora Foods"); return asked * 2;'),
  );
  expect(await Promise.allSettled([1, 2, 3].map(ask))).toEqual([
    { status: 'fulfilled', value: 2 },
    { status: 'rejected', reason: new Error('RangeError') },
    { status: 'fulfilled', value: 6 },
  ]);
});

test('of the environment, in which the bot has its tokens, it sees nothing', async () => {
  vi.stubEnv('SLACK_BOT_TOKEN', 'xoxb-of-the-tests');
  onTestFinished(() => void vi.unstubAllEnvs());
  const { ask } = counting(
    await working('return ["SLACK_BOT_TOKEN", "PATH"].filter((name) => name in process.env).length;'),
  );
  expect(await ask(1)).toBe(0);
});

test('an answer of another kind is refused, and the next one is heard', async () => {
  const made = counting(await working('return asked;'));
  await expect(made.ask('one')).rejects.toThrow('expected number');
  const first = made.id;
  expect(await made.ask(1)).toBe(1);
  expect(made.id).toBe(first);
});

test('a program that says something else ends, and who waits is told', async () => {
  const made = counting(await program('process.on("message", () => process.send("hello"));'));
  const asking = made.ask(1);
  const pid = made.id ?? 0;
  await expect(asking).rejects.toThrow('the process for numbers said what nobody understands');
  await expect.poll(() => isRunning(pid)).toBe(false);
});

/** A program that asks a process of its own once and says its id and its answer, whatever comes of it then. */
async function bot(work: string, asks = 'const answer = await made.ask(1)'): Promise<string> {
  const { href } = await working(work);
  const file = await program(`
    import { z } from ${JSON.stringify(import.meta.resolve('zod'))};
    import { createOwnProcess } from ${source('own-process')};
    const made = createOwnProcess({
      ...${JSON.stringify({ ...usual, answer: undefined })}, answer: z.number(), program: new URL(${JSON.stringify(href)})
    });
    ${asks};
    console.log(JSON.stringify({ id: made.id, answer }));
    setInterval(() => undefined, 60_000);`);
  return file.pathname;
}
const saying = z.object({ id: z.number(), answer: z.number() });

test('has its own limits, not those that the bot was started with', async () => {
  const file = await bot(`return process.getBuiltinModule('node:v8').getHeapStatistics().heap_size_limit / 2 ** 20;`);
  const { next } = startProgram(file, [], { NODE_OPTIONS: '--max-old-space-size=700' });
  const { answer } = saying.parse(await next());
  // 64 of old space, and what is young.
  expect(answer).toBeGreaterThanOrEqual(64);
  expect(answer).toBeLessThan(100);
});

test.each([
  ['rests, whatever else it has begun', 'setInterval(() => undefined, 60_000); return 0;', undefined],
  [
    'works',
    'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500); return 0;',
    'const answer = await made.ask(1); void made.ask(2)',
  ],
])('goes with a bot that is killed while it %s', async (_, work, asks) => {
  const { next, child } = startProgram(await bot(work, asks), []);
  const { id } = saying.parse(await next());
  expect(isRunning(id)).toBe(true);
  child.kill('SIGKILL');
  await expect.poll(() => isRunning(id), { timeout: 10_000 }).toBe(false);
});

test('leaves it to the bot when to end: what is said to the whole group is not said to it', async () => {
  const made = counting(await working('return asked;'));
  await made.ask(1);
  const pid = made.id ?? 0;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.kill(pid, signal);
  expect(await made.ask(2)).toBe(2);
  expect(made.id).toBe(pid);
  await made.stop();
  expect(isRunning(pid)).toBe(false);
  await expect(made.ask(3)).rejects.toThrow('no more numbers are made');
});
