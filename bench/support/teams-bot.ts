import { startBot } from '../../src/bot.ts';
import { systemClock } from '../../src/clock.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';
import { localCloud } from './teams-cloud.ts';

/** The bot as `npm start` runs it, with a Teams tenant and a cloud on this machine: no variable leads it to another cloud. */
const { IDENTITY_PROVIDER = '', BOT_TOKEN = '' } = process.env;
const config = readConfig(process.env);
const bot = await startBot(config, {
  clock: systemClock,
  log: createLog(config.logLevel),
  teamsCloud: {
    cloud: localCloud(IDENTITY_PROVIDER),
    services: (url) => url.startsWith('http://127.0.0.1:'),
    token: async () => BOT_TOKEN,
  },
});
process.on('SIGTERM', () => {
  bot.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
process.stdout.write(`ready · requests at ${bot.teamsAddress} · health at ${bot.healthAddress}\n`);
