import { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';

/** The least that a Bolt app can do: the command opens one fixed modal. The measure of bench/acknowledge.ts. */
const { SLACK_BOT_TOKEN = '', SLACK_SIGNING_SECRET = '', SLACK_API_URL = '', VIEW = '' } = process.env;
const view: ModalView = JSON.parse(VIEW);
const app = new App({
  token: SLACK_BOT_TOKEN,
  signingSecret: SLACK_SIGNING_SECRET,
  clientOptions: { slackApiUrl: SLACK_API_URL },
});
app.command('/kam', async ({ ack, client, body }) => {
  await client.views.open({ trigger_id: body.trigger_id, view });
  await ack();
});
const server = await app.start({ port: 0, host: '127.0.0.1' });
const address = server.address();
const port = typeof address === 'object' && address ? address.port : 0;
process.on('SIGTERM', () => process.exit(0));
process.stdout.write(`ready · requests at http://127.0.0.1:${port}/slack/events\n`);
