import { MessageActivityInput } from '@microsoft/teams.api';
import { App } from '@microsoft/teams.apps';
import { localCloud } from '../support/teams-cloud.ts';

/** The least that a Teams SDK app can do: words are answered with an empty card. The measure of bench/teams.ts. */
const { IDENTITY_PROVIDER = '', BOT_ID = '', TENANT_ID = '' } = process.env;
const app = new App({
  clientId: BOT_ID,
  tenantId: TENANT_ID,
  cloud: localCloud(IDENTITY_PROVIDER),
  token: async () => process.env.BOT_TOKEN ?? '',
});
const card = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'Log' }] } as const;
app.on('message', async ({ send }) => {
  await send(
    new MessageActivityInput(undefined, { summary: 'Log' }).addCard('adaptive', { ...card, body: [...card.body] }),
  );
});
const port = Number(process.env.PORT);
await app.start(port);
process.on('SIGTERM', () => process.exit(0));
process.stdout.write(`ready · requests at http://127.0.0.1:${port}/api/messages\n`);
