import { expect, onTestFinished, test } from 'vitest';
import { movableClock } from '../../src/clock.ts';
import { openDatabase } from '../../src/database.ts';
import { createLog } from '../../src/log.ts';
import { beginBotProcess } from '../support/bot-process.ts';
import { createTestDatabase } from '../support/database.ts';
import { chance } from './chance.ts';
import { crowdApp, crowdSandbox } from './crowd.ts';
import { killAtRandom } from './killing.ts';

const people = 60;
const kills = 6;

test('three bots, one killed again and again: everybody is asked once, nothing is lost, twice is only what was on its way', async () => {
  const luck = chance();
  const log = createLog('silent');
  const sandbox = await crowdSandbox(people, movableClock(), log);
  onTestFinished(() => sandbox.close());
  const own = await createTestDatabase();
  onTestFinished(() => own.drop());
  const database = openDatabase(own.url, { log });
  onTestFinished(() => database.close());
  const start = () => {
    const { program, ready } = beginBotProcess({
      DATABASE_URL: own.url,
      SLACK_API_URL: sandbox.apiUrl,
      SLACK_BOT_TOKEN: crowdApp.botToken,
      SLACK_SIGNING_SECRET: crowdApp.signingSecret,
    });
    return { child: program.child, ready };
  };
  const killed = await killAtRandom({
    sandbox,
    database,
    people,
    kills,
    luck,
    start,
    hurry: true,
  });
  const context = `seed ${luck.seed}: ${JSON.stringify(killed)}`;
  const { begun, asked, prompts, messages, delivered, unexplained, strange } = killed;
  expect({ begun, asked, prompts, messages, delivered }, context).toEqual({
    begun: people,
    asked: people,
    prompts: people,
    messages: people,
    delivered: people,
  });
  expect({ unexplained, strange }, context).toEqual({ unexplained: 0, strange: 0 });
}, 90_000);
