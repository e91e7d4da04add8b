import { logCommand } from './support/command.ts';
import { signingSecret } from './support/company.ts';
import { load } from './support/load.ts';
import { residentMemory } from './support/program.ts';
import { median, type Result, round } from './support/result.ts';
import { openStage } from './support/stage.ts';
import { storedAnswer, submissionsOf } from './support/submission.ts';

const visits = 10_000;
const starts = 5;
const goal = { seconds: 3, megabytes: 200, growth: 0.05 };

/** How much memory the bot holds after many visits, and after as many again; then how soon it is ready with them. */
export async function run(): Promise<Result[]> {
  const stage = await openStage();
  try {
    const bot = await stage.startBot();
    const many = { url: bot.url, secret: signingSecret, connections: 10, until: { requests: visits } };
    await load({ ...many, until: { requests: 10 }, fields: logCommand });
    const fields = submissionsOf(stage.slack.lastView(), stage.accountIds);
    const memory: number[] = [];
    for (let turn = 0; turn < 2; turn += 1) {
      await load({ ...many, fields: logCommand });
      await load({ ...many, fields, answer: storedAnswer });
      memory.push(await residentMemory(bot.pid));
    }
    await bot.stop();
    const seconds: number[] = [];
    for (let turn = 0; turn < starts; turn += 1) {
      const started = await stage.startBot();
      seconds.push(started.readyAfter / 1000);
      await started.stop();
    }
    const stored = await stage.database.prisma.visit.count();
    const [first = Number.NaN, second = Number.NaN] = memory;
    const growth = second / first - 1;
    const start = median(seconds);
    const perHundred = round(growth * 100, 1);
    return [
      {
        bench: 'start',
        value: round(start),
        unit: 's',
        goal: `<= ${goal.seconds}`,
        met: start <= goal.seconds,
        comparedWith: `nothing: from the start of the process to its line "ready", ${stored} visits stored, PostgreSQL running, median of ${starts}`,
        details: { slowest: round(Math.max(...seconds)) },
      },
      {
        bench: 'memory',
        value: round(first, 0),
        unit: 'MB',
        goal: `<= ${goal.megabytes}`,
        met: first <= goal.megabytes,
        comparedWith: `nothing: resident memory of the bot after ${visits} visits, each form opened and saved over HTTP`,
      },
      {
        bench: 'memory growth',
        value: perHundred,
        unit: '%',
        goal: `<= ${goal.growth * 100}`,
        met: growth <= goal.growth,
        comparedWith: `the same after ${visits} more`,
        details: { before: round(first, 0), after: round(second, 0), unit: 'MB' },
      },
    ];
  } finally {
    await stage.close();
  }
}
