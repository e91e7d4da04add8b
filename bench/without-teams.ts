import { cp, mkdir, rm } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { residentMemory, startCommand, startProgram } from './support/program.ts';
import { median, type Result, round } from './support/result.ts';
import { openStage } from './support/stage.ts';

const starts = 9;
const most = 0.02;
const root = resolve(import.meta.dirname, '..');

/**
 * What Teams costs who does not use it: the bot without a tenant, against the same sources from which the Teams adapter
 * was deleted. Those start only because nothing of the adapter is loaded.
 */
export async function run(): Promise<Result[]> {
  const stage = await openStage();
  const folder = join(root, 'data', `bench-${process.pid}`);
  try {
    await mkdir(folder, { recursive: true });
    for (const part of ['src', 'prisma', 'manifests', 'package.json'])
      await cp(join(root, part), join(folder, part), { recursive: true });
    await rm(join(folder, 'src/chat/teams'), { recursive: true });
    const command = await startCommand();
    const file = command.at(-1) ?? '';
    const sides = {
      whole: { file, seconds: [] as number[], megabytes: [] as number[] },
      without: { file: relative(root, join(folder, file)), seconds: [] as number[], megabytes: [] as number[] },
    };
    for (let turn = -1; turn < starts; turn += 1) {
      for (const side of turn % 2 === 0 ? [sides.whole, sides.without] : [sides.without, sides.whole]) {
        const bot = await startProgram([...command.slice(0, -1), side.file], stage.directory, stage.environment);
        // The first of each fills caches.
        if (turn >= 0) side.seconds.push(bot.readyAfter / 1_000);
        if (turn >= 0) side.megabytes.push(await residentMemory(bot.pid));
        await bot.stop();
      }
    }
    const figure = (what: 'seconds' | 'megabytes', bench: string, unit: string): Result => {
      const [ours, theirs] = [median(sides.whole[what]), median(sides.without[what])];
      const more = ours / theirs - 1;
      return {
        bench,
        value: round(more * 100, 1),
        unit: '% more',
        goal: `<= ${most * 100}`,
        met: more <= most,
        comparedWith: `the same sources without src/chat/teams, neither with a tenant; medians of ${starts} starts in turn`,
        details: { with: round(ours), without: round(theirs), unit },
      };
    };
    return [figure('seconds', 'start without Teams', 's'), figure('megabytes', 'memory without Teams', 'MB')];
  } finally {
    await rm(folder, { recursive: true, force: true });
    await stage.close();
  }
}
