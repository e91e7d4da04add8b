import { logCommand } from './support/command.ts';
import { signingSecret } from './support/company.ts';
import { compare } from './support/compare.ts';
import { load } from './support/load.ts';
import { type Result, round } from './support/result.ts';
import { openStage } from './support/stage.ts';

const rounds = 5;
const secondsPerRound = 4;
const connections = 10;

/** `/kam log` until it is acknowledged with its modal opened, against the least that a Bolt app can do. */
export async function run(): Promise<Result[]> {
  const stage = await openStage();
  try {
    const bot = await stage.startBot();
    await load({ url: bot.url, secret: signingSecret, connections: 1, until: { requests: 1 }, fields: logCommand });
    const plain = await stage.startPlain('bench/plain/open.ts', { VIEW: stage.slack.lastView() });
    const roundOf = (url: string) => () =>
      load({ url, secret: signingSecret, connections, until: { seconds: secondsPerRound }, fields: logCommand });
    const measured = await compare(rounds, roundOf(bot.url), roundOf(plain.url));
    await plain.stop();
    await bot.stop();
    const [ratio, p99] = [round(measured.ratio), round(measured.p99Ratio)];
    const comparedWith =
      'a bare Bolt app that opens the same modal, fixed, without a database; both acknowledge after views.open; ' +
      `${connections} connections, median of ${rounds} rounds of ${secondsPerRound} s`;
    return [
      {
        bench: 'acknowledge',
        value: ratio,
        unit: 'of its requests/s',
        goal: '>= 0.75',
        met: ratio >= 0.75,
        comparedWith,
        details: {
          ours: round(measured.ours.perSecond, 0),
          bolt: round(measured.plain.perSecond, 0),
          unit: 'requests/s',
        },
      },
      {
        bench: 'acknowledge p99',
        value: p99,
        unit: 'times its p99',
        goal: '<= 1.5',
        met: p99 <= 1.5,
        comparedWith,
        details: { ours: measured.ours.p99, bolt: measured.plain.p99, unit: 'ms' },
      },
    ];
  } finally {
    await stage.close();
  }
}
