import { readFile } from 'node:fs/promises';
import type { Chart } from '../src/chat/card.ts';
import { createPainter } from '../src/chat/pictures/painter.ts';
import { residentMemory } from './support/program.ts';
import { median, percentile, type Result, round } from './support/result.ts';

const rounds = 8;
const goal = { milliseconds: 300, bytes: 150 * 1024, kept: 20 };

const classes = {
  en: ['Core', 'Core potential', 'Balanced', 'General'],
  'zh-CN': ['核心顾客', '核心潜在顾客', '兼顾顾客', '一般顾客'],
} as const;
const weeks = {
  en: ['5 Oct', '12 Oct', '19 Oct', '26 Oct', '2 Nov', '9 Nov', '16 Nov', '23 Nov'],
  'zh-CN': ['10月5日', '10月12日', '10月19日', '10月26日', '11月2日', '11月9日', '11月16日', '11月23日'],
} as const;

/** Coverage of four classes in eight weeks, other figures each round; the last is the most that can be told apart. */
function charts(round: number): Chart[] {
  const one = { kind: 'chart', title: 'Coverage', unit: 'percent', alternative: 'Coverage' } as const;
  const values = (row: number) => Array.from({ length: 8 }, (_, week) => (row * 17 + week * 7 + round * 5) % 101);
  const drawn = (['lines', 'bars', 'stack'] as const).flatMap((draw) =>
    (['en', 'zh-CN'] as const).map((locale) => ({
      ...one,
      draw,
      categories: weeks[locale],
      series: classes[locale].map((name, row) => ({ name, values: values(row) })),
    })),
  );
  const eight = Array.from({ length: 8 }, (_, row) => ({ name: `Team ${row + 1}`, values: values(row) }));
  return [...drawn, { ...one, draw: 'bars', categories: weeks.en, series: eight }];
}

/** Milliseconds of a core that a process has used, all its threads together (proc(5): ticks of 10 ms). */
async function coreTime(pid: number | null): Promise<number> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = status.slice(status.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** How soon a picture is painted once the first one is, how large it is, and what of the memory stays. */
export async function run(): Promise<Result[]> {
  const painter = createPainter();
  try {
    const before = await residentMemory(process.pid);
    const times: number[] = [];
    const sizes: number[] = [];
    let started = 0;
    for (const chart of Array.from({ length: rounds }, (_, round) => charts(round)).flat()) {
      const begun = performance.now();
      sizes.push((await painter.paint(chart)).length);
      times.push(performance.now() - begun);
      if (times.length === 1) started = await coreTime(painter.process);
    }
    const [first = Number.NaN, ...others] = times;
    const painting = await residentMemory(painter.process ?? process.pid);
    const core = ((await coreTime(painter.process)) - started) / others.length;
    await painter.stop();
    const kept = (await residentMemory(process.pid)) - before;
    const slow = percentile(others, 0.95);
    const largest = Math.max(...sizes);
    return [
      {
        bench: 'picture',
        value: round(slow, 0),
        unit: 'ms',
        goal: `<= ${goal.milliseconds}`,
        met: slow <= goal.milliseconds,
        comparedWith: `nothing: 95th percentile of ${others.length} after the first, asked for and painted`,
        details: {
          first: round(first, 0),
          median: round(median(others), 0),
          slowest: round(Math.max(...others), 0),
          core: round(core, 0),
        },
      },
      {
        bench: 'picture size',
        value: round(largest / 1024, 1),
        unit: 'KB',
        goal: `<= ${goal.bytes / 1024}`,
        met: largest <= goal.bytes,
        comparedWith: 'nothing: the largest of them',
        details: { median: round(median(sizes) / 1024, 1) },
      },
      {
        bench: 'picture memory',
        value: round(kept, 1),
        unit: 'MB',
        goal: `<= ${goal.kept}`,
        met: kept <= goal.kept,
        comparedWith: 'the same process before the first: what it holds more when the one that paints has gone',
        details: { painting: round(painting, 0) },
      },
    ];
  } finally {
    await painter.stop();
  }
}
