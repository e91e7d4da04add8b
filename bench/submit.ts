import { interactiveLimits } from '../src/database.ts';
import { logCommand } from './support/command.ts';
import { signingSecret } from './support/company.ts';
import { compare } from './support/compare.ts';
import { load } from './support/load.ts';
import { type Result, round } from './support/result.ts';
import { openStage, type Stage } from './support/stage.ts';
import { storedAnswer, submissionsOf } from './support/submission.ts';

const rounds = 5;
const secondsPerRound = 4;
const connections = 10;

/** A submitted visit until it is stored and acknowledged, against a bare Bolt app that stores the same rows. */
export async function run(): Promise<Result[]> {
  const stage = await openStage();
  try {
    const bot = await stage.startBot();
    const one = { secret: signingSecret, connections: 1, until: { requests: 1 } };
    await load({ ...one, url: bot.url, fields: logCommand });
    const fields = submissionsOf(stage.slack.lastView(), stage.accountIds);
    await load({ ...one, url: bot.url, fields, answer: storedAnswer });
    const plain = await stage.startPlain('bench/plain/submit.ts', await known(stage));
    const roundOf = (url: string) => () =>
      load({
        url,
        secret: signingSecret,
        connections,
        until: { seconds: secondsPerRound },
        fields,
        answer: storedAnswer,
      });
    const measured = await compare(rounds, roundOf(bot.url), roundOf(plain.url));
    await plain.stop();
    await bot.stop();
    const ratio = round(measured.ratio);
    return [
      {
        bench: 'submit',
        value: ratio,
        unit: 'of its requests/s',
        goal: '>= 0.7',
        met: ratio >= 0.7,
        comparedWith:
          'a bare Bolt app that stores visit, author, action and outbox row in one transaction of raw SQL and says the ' +
          `same words, fixed; ${connections} connections, median of ${rounds} rounds of ${secondsPerRound} s`,
        details: {
          ours: round(measured.ours.perSecond, 0),
          bolt: round(measured.plain.perSecond, 0),
          unit: 'requests/s',
          p99: `${measured.ours.p99} ms, theirs ${measured.plain.p99} ms`,
        },
      },
    ];
  } finally {
    await stage.close();
  }
}

/** What the bare app is told instead of finding it out. */
async function known({ database, databaseUrl, organizationId, slack }: Stage): Promise<Record<string, string>> {
  const identities = await database.prisma.identity.findMany({ where: { organizationId } });
  const { lane, message } = await database.prisma.outbox.findFirstOrThrow({
    where: { organizationId, key: { startsWith: 'visit-announced:' } },
    orderBy: { createdAt: 'desc' },
  });
  return {
    DATABASE_URL: databaseUrl,
    ORGANIZATION: organizationId,
    POOL: String(interactiveLimits.poolSize),
    LANE: `${lane}:bolt`,
    MESSAGE: JSON.stringify(message),
    PEOPLE: JSON.stringify(Object.fromEntries(identities.map((one) => [one.externalId, one.personId]))),
    WORDS: JSON.stringify(slack.lastWords()),
  };
}
