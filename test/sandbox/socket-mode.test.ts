import { App, SocketModeReceiver } from '@slack/bolt';
import { expect, onTestFinished, test, vi } from 'vitest';
import { appSeed, call, silent, startAlone } from './bench.ts';

async function startSocketApp() {
  const sandbox = await startAlone();
  const clientOptions = { slackApiUrl: sandbox.apiUrl };
  const receiver = new SocketModeReceiver({
    appToken: appSeed.appToken ?? '',
    logger: silent,
    installerOptions: { clientOptions },
  });
  const app = new App({
    token: appSeed.botToken,
    receiver,
    logger: silent,
    convoStore: false,
    tokenVerificationEnabled: false,
    clientOptions,
  });
  await app.start();
  onTestFinished(async () => {
    await app.stop();
  });
  return { sandbox, app, receiver };
}

test('commands, modals and events over Socket Mode', async () => {
  const { sandbox, app } = await startSocketApp();
  const title = { type: 'plain_text' as const, text: 'A' };
  app.command('/probe', async ({ ack, body, client }) => {
    const view = {
      type: 'modal' as const,
      callback_id: 'm',
      title,
      submit: title,
      blocks: [{ type: 'divider' as const }],
    };
    await client.views.open({ trigger_id: body.trigger_id, view });
    await ack('Opened');
  });
  app.view('m', ({ ack }) => ack({ response_action: 'clear' }));
  const opened: string[] = [];
  app.event('app_home_opened', async ({ event }) => void opened.push(event.user));
  const ran = await sandbox.act('U0ADA', { do: 'command', channel: 'C0SALES', text: '/probe' });
  expect(ran).toMatchObject({ ok: true });
  const snapshot = sandbox.snapshot('U0ADA');
  expect(snapshot.messages.map((each) => each.text)).toEqual(['Opened']);
  const submitted = await sandbox.act('U0ADA', { do: 'submit', viewId: snapshot.views[0]?.id ?? '', state: {} });
  expect(submitted).toEqual({ ok: true });
  expect(sandbox.snapshot('U0ADA').views).toEqual([]);
  await sandbox.act('U0BEN', { do: 'openHome' });
  await vi.waitFor(() => expect(opened).toEqual(['U0BEN']));
  expect(sandbox.deliveries.every((each) => each.ok)).toBe(true);
});

test('a client that is asked to connects anew', async () => {
  const { sandbox } = await startSocketApp();
  const connections = () => sandbox.calls.filter((each) => each.method === 'apps.connections.open').length;
  expect(connections()).toBe(1);
  sandbox.refreshSockets();
  await vi.waitFor(() => expect(connections()).toBe(2), { timeout: 15_000 });
});

test('a ticket opens one connection, and only an app token gets one', async () => {
  const sandbox = await startAlone();
  expect((await call(sandbox, 'apps.connections.open')).body.error).toBe('not_allowed_token_type');
  const opened = await call(sandbox, 'apps.connections.open', {}, appSeed.appToken);
  const address = String(opened.body.url);
  const first = new WebSocket(address);
  const hello = await new Promise<string>((resolve) => {
    first.onmessage = (event) => resolve(String(event.data));
  });
  expect(JSON.parse(hello)).toMatchObject({ type: 'hello', connection_info: { app_id: 'A0APP' } });
  const second = new WebSocket(address);
  const refused = await new Promise<boolean>((resolve) => {
    second.onerror = () => resolve(true);
    second.onopen = () => resolve(false);
  });
  expect(refused).toBe(true);
  first.close();
});
