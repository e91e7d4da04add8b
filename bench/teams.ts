import { once } from 'node:events';
import { createServer } from 'node:net';
import { compare } from './support/compare.ts';
import { type Program, startCommand, startProgram } from './support/program.ts';
import { type Result, round } from './support/result.ts';
import { openStage } from './support/stage.ts';
import { openLocalTeams, say } from './support/teams.ts';

const rounds = 5;
const secondsPerRound = 4;
const connections = 10;

/** `log` in Teams' personal chat until its form is posted, against the least that an app of Microsoft's SDK can do. */
export async function run(): Promise<Result[]> {
  const stage = await openStage();
  const teams = await openLocalTeams();
  const running: Program[] = [];
  try {
    const { idp } = teams;
    const env = { IDENTITY_PROVIDER: idp.url, BOT_TOKEN: idp.token() };
    // One company serves both: the people of the demo are known already.
    const tenant = { platform: 'teams', externalId: idp.tenantId, name: 'Microsoft Teams' };
    await stage.database.prisma.workspace.create({ data: { ...tenant, organizationId: stage.organizationId } });
    const options = (await startCommand()).filter((word) => word.startsWith('-'));
    const bot = await startProgram([...options, 'bench/support/teams-bot.ts'], stage.directory, {
      ...env,
      DATABASE_URL: stage.databaseUrl,
      HOST: '127.0.0.1',
      PORT: '0',
      HEALTH_PORT: '0',
      TEAMS_PORT: '0',
      WEB_PORT: '0',
      TEAMS_CLIENT_ID: idp.botId,
      TEAMS_CLIENT_SECRET: 'a-client-secret',
      TEAMS_TENANT_ID: idp.tenantId,
    });
    running.push(bot);
    const plain = await startProgram(['bench/plain/teams.ts'], stage.directory, {
      ...env,
      BOT_ID: idp.botId,
      TENANT_ID: idp.tenantId,
      PORT: String(await freePort()),
      NODE_ENV: 'production',
    });
    running.push(plain);
    await say(teams, { url: bot.url, text: 'log', connections: 1, until: { requests: 9 } });
    if (!teams.last().includes('visits.log')) throw new Error(`"log" was answered with ${teams.last().slice(0, 500)}`);
    const roundOf = (url: string) => async () => {
      const before = teams.posts();
      const measured = await say(teams, { url, text: 'log', connections, until: { seconds: secondsPerRound } });
      if (teams.posts() - before < measured.perSecond * secondsPerRound * 0.95) throw new Error('cards are missing');
      return measured;
    };
    const measured = await compare(rounds, roundOf(bot.url), roundOf(plain.url));
    const [ratio, p99] = [round(measured.ratio), round(measured.p99Ratio)];
    const comparedWith =
      'a bare app of the Teams SDK that answers an empty card, without a database; both verify tokens and answer the ' +
      `request when the card is posted; ${connections} connections, median of ${rounds} rounds of ${secondsPerRound} s`;
    return [
      {
        bench: 'teams',
        value: ratio,
        unit: 'of its requests/s',
        goal: '>= 0.7',
        met: ratio >= 0.7,
        comparedWith,
        details: {
          ours: round(measured.ours.perSecond, 0),
          sdk: round(measured.plain.perSecond, 0),
          unit: 'requests/s',
        },
      },
      {
        bench: 'teams p99',
        value: p99,
        unit: 'times its p99',
        goal: '<= 1.5',
        met: p99 <= 1.5,
        comparedWith,
        details: { ours: measured.ours.p99, sdk: measured.plain.p99, unit: 'ms' },
      },
    ];
  } finally {
    try {
      await Promise.all(running.map((program) => program.stop()));
    } finally {
      await teams.close();
      await stage.close();
    }
  }
}

/** The SDK's own server does not tell which port it got. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
