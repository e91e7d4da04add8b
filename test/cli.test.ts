import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createEmptyDatabase } from './support/database.ts';
import { startProgram } from './support/process.ts';

const cli = join(import.meta.dirname, '../src/cli.ts');

async function kam(args: string[], env: NodeJS.ProcessEnv = {}) {
  const program = startProgram(cli, args, env);
  return { output: await program.output(), code: program.child.exitCode };
}

test.each([[[]], [['--help']], [['-h']], [['doctor', '--help']]])(
  '%j is help, which lists every command',
  async (args) => {
    const { output, code } = await kam(['help']);
    expect(code).toBe(0);
    expect(output).toMatch(/kam -- doctor\n.*\n.*kam -- migrate\n/);
    expect(Math.max(...output.split('\n').map((line) => line.length))).toBeLessThan(120);
    expect(await kam(args)).toEqual({ output, code });
  },
);

test.each([[['nonsense']], [['toString']], [['doctor', '--nonsense']]])('%j is not understood', async (args) => {
  expect((await kam(args)).code).toBe(2);
});

test('doctor fails on a fault, migrate works', async () => {
  const database = await createEmptyDatabase();
  try {
    const env = { DATABASE_URL: database.url };
    expect((await kam(['migrate'], env)).output).toMatch(/^Applied \d+_init/);
    const sound = await kam(['doctor'], env);
    expect(sound).toMatchObject({ code: 0, output: expect.stringContaining('All are applied.') });
    const wrong = await kam(['doctor'], { ...env, PORT: 'x' });
    expect(wrong).toMatchObject({ code: 1, output: expect.stringContaining('fault configuration PORT') });
  } finally {
    await database.drop();
  }
});
