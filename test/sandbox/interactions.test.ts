import { expect, test, vi } from 'vitest';
import { appSeed, call, startBench } from './bench.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const card = [
  {
    type: 'actions',
    block_id: 'b',
    elements: [
      { type: 'button', action_id: 'done', text: plain('Done'), value: 'visit-1' },
      { type: 'overflow', action_id: 'more', options: [{ text: plain('Edit'), value: 'edit' }] },
      { type: 'static_select', action_id: 'kind', options: [{ text: plain('Call'), value: 'call' }] },
    ],
  },
];

async function postCard() {
  const bench = await startBench();
  const posted = await call(bench.sandbox, 'chat.postMessage', { channel: 'C0SALES', text: 'A card', blocks: card });
  const place = { in: 'message' as const, channel: 'C0SALES', ts: String(posted.body.ts) };
  return { ...bench, place };
}

test('a pressed button arrives with its own value and the whole message', async () => {
  const { sandbox, app, place } = await postCard();
  app.action('done', ({ ack }) => ack());
  const answer = await sandbox.act('U0BEN', {
    do: 'press',
    place,
    action: { block_id: 'b', action_id: 'done', value: 'forged' },
  });
  expect(answer).toEqual({ ok: true });
  expect(sandbox.deliveries.at(-1)?.payload).toMatchObject({
    type: 'block_actions',
    user: { id: 'U0BEN', team_id: 'T0ACME' },
    channel: { id: 'C0SALES', name: 'sales' },
    container: { type: 'message', message_ts: place.ts, is_ephemeral: false },
    message: { text: 'A card', bot_id: 'B0BOT' },
    state: { values: { b: { kind: { selected_option: null } } } },
    actions: [{ type: 'button', action_id: 'done', block_id: 'b', value: 'visit-1' }],
  });
});

test('a choice arrives and stays in the state; what is not offered cannot be chosen', async () => {
  const { sandbox, app, place } = await postCard();
  app.action(/kind|more/, ({ ack }) => ack());
  const choose = (action_id: string, value: string) =>
    sandbox.act('U0BEN', {
      do: 'press',
      place,
      action: { action_id, selected_option: { text: plain('Call'), value } },
    });
  expect(await choose('kind', 'call')).toEqual({ ok: true });
  expect(sandbox.deliveries.at(-1)?.payload.actions).toMatchObject([{ selected_option: { value: 'call' } }]);
  expect(await choose('kind', 'visit')).toMatchObject({ ok: false, error: 'impossible_act' });
  expect(await choose('more', 'edit')).toEqual({ ok: true });
  expect(sandbox.deliveries.at(-1)?.payload).toMatchObject({
    actions: [{ type: 'overflow', selected_option: { value: 'edit' } }],
    state: { values: { b: { kind: { selected_option: { value: 'call' } } } } },
  });
  expect(await choose('more', 'drop')).toMatchObject({ ok: false, error: 'impossible_act' });
});

async function responseUrl(kind: 'message' | 'ephemeral') {
  const bench = await startBench();
  let url = '';
  bench.app.command('/probe', async ({ ack, body }) => {
    url = body.response_url;
    await ack();
  });
  bench.app.action('done', async ({ ack, body }) => {
    if ('response_url' in body) url = body.response_url;
    await ack();
  });
  const send = (body: object) =>
    fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  await bench.sandbox.act('U0ADA', { do: 'command', channel: 'C0SALES', text: '/probe' });
  await send({ text: 'A card', blocks: card, response_type: kind === 'message' ? 'in_channel' : 'ephemeral' });
  const press = async () => {
    const ts = bench.sandbox.snapshot('U0ADA').messages[0]?.ts ?? '';
    const place = { in: 'message' as const, channel: 'C0SALES', ts };
    await bench.sandbox.act('U0ADA', { do: 'press', place, action: { action_id: 'done' } });
  };
  return { ...bench, send, press };
}

test('a response URL works five times', async () => {
  const { sandbox, send } = await responseUrl('ephemeral');
  const statuses: number[] = [];
  for (let use = 2; use <= 6; use += 1) statuses.push((await send({ text: `use ${use}` })).status);
  expect(statuses).toEqual([200, 200, 200, 200, 404]);
  expect(sandbox.snapshot('U0ADA').messages).toHaveLength(5);
  expect(sandbox.snapshot('U0BEN').messages).toHaveLength(0);
});

test('a response URL works for thirty minutes', async () => {
  const { clock, send } = await responseUrl('ephemeral');
  await clock.advance({ minutes: 29 });
  expect((await send({ text: 'in time' })).status).toBe(200);
  await clock.advance({ minutes: 2 });
  expect((await send({ text: 'late' })).status).toBe(404);
});

test('an ephemeral message is replaced and deleted through its response URL, and stays ephemeral', async () => {
  const { sandbox, send, press } = await responseUrl('ephemeral');
  await press();
  expect((await send({ text: 'Replaced', replace_original: true })).status).toBe(200);
  expect(sandbox.snapshot('U0ADA').messages).toMatchObject([{ text: 'Replaced', ephemeral: true, blocks: [] }]);
  expect((await send({ text: 'Open', replace_original: true, response_type: 'in_channel' })).status).toBe(400);
  expect((await send({ delete_original: true })).status).toBe(200);
  expect(sandbox.snapshot('U0ADA').messages).toEqual([]);
  expect((await send({ text: 'Again', replace_original: true })).status).toBe(404);
});

test('blocks in a response are checked too', async () => {
  const { send } = await responseUrl('message');
  const wrong = await send({ text: 'x', blocks: [{ type: 'header' }] });
  expect([wrong.status, JSON.parse(await wrong.text()).error]).toEqual([400, 'invalid_blocks']);
});

test('a command answered with text or JSON', async () => {
  const { sandbox, app } = await startBench();
  app.command('/probe', ({ ack, body }) =>
    ack(body.text === 'open' ? { response_type: 'in_channel', text: 'All' } : 'You'),
  );
  await sandbox.act('U0ADA', { do: 'command', channel: 'C0SALES', text: '/probe' });
  await sandbox.act('U0ADA', { do: 'command', channel: 'C0SALES', text: '/probe open' });
  expect(sandbox.snapshot('U0ADA').messages.map((each) => each.text)).toEqual(['You', 'All']);
  expect(sandbox.snapshot('U0BEN').messages.map((each) => each.text)).toEqual(['All']);
  expect(await sandbox.act('U0ADA', { do: 'command', channel: 'C0SALES', text: '/nope' })).toMatchObject({
    ok: false,
    error: 'unknown_command',
  });
});

test('names in a command become links when the manifest says so', async () => {
  const { sandbox, app } = await startBench();
  const texts: string[] = [];
  app.command(/probe|raw/, async ({ ack, body }) => {
    texts.push(body.text);
    await ack();
  });
  const typed = 'with @ben in #sales & <!channel> @nobody';
  await sandbox.act('U0ADA', { do: 'command', channel: 'C0SALES', text: `/probe ${typed}` });
  await sandbox.act('U0ADA', { do: 'command', channel: 'C0SALES', text: `/raw ${typed}` });
  expect(texts).toEqual(['with <@U0BEN|ben> in <#C0SALES|sales> &amp; &lt;!channel&gt; @nobody', typed]);
});

test('shortcuts, global and on a message', async () => {
  const { sandbox, app, place } = await postCard();
  app.shortcut(/probe_/, ({ ack }) => ack());
  await sandbox.act('U0ADA', { do: 'shortcut', callbackId: 'probe_global' });
  expect(sandbox.deliveries.at(-1)?.payload).toMatchObject({ type: 'shortcut', callback_id: 'probe_global' });
  await sandbox.act('U0ADA', { do: 'shortcut', callbackId: 'probe_message', channel: 'C0SALES', ts: place.ts });
  expect(sandbox.deliveries.at(-1)?.payload).toMatchObject({
    type: 'message_action',
    message_ts: place.ts,
    message: { text: 'A card' },
  });
  const unknown = await sandbox.act('U0ADA', { do: 'shortcut', callbackId: 'probe_message' });
  expect(unknown).toMatchObject({ ok: false, error: 'impossible_act' });
});

async function withLookUp(minimum?: number) {
  const bench = await startBench();
  const element = {
    type: 'external_select',
    action_id: 'a',
    ...(minimum === undefined ? {} : { min_query_length: minimum }),
  };
  const view = {
    type: 'home',
    blocks: [{ type: 'input', block_id: 'account', label: plain('Account'), element }],
  };
  await call(bench.sandbox, 'views.publish', { user_id: 'U0ADA', view });
  const look = (value: string) =>
    bench.sandbox.act('U0ADA', { do: 'suggest', place: { in: 'home' }, blockId: 'account', actionId: 'a', value });
  return { ...bench, look };
}

test('a look-up asks the app from the third letter on', async () => {
  const { sandbox, app, look } = await withLookUp();
  app.options('a', ({ ack, payload }) => ack({ options: [{ text: plain(payload.value), value: 'x' }] }));
  expect(await look('hu')).toEqual({ ok: true, options: [] });
  expect(sandbox.deliveries).toHaveLength(0);
  expect(await look('hua')).toEqual({ ok: true, options: [{ text: plain('hua'), value: 'x' }] });
});

test('a look-up takes at most 100 options', async () => {
  const { app, look } = await withLookUp(0);
  const options = (count: number) => Array.from({ length: count }, (_, i) => ({ text: plain(`o${i}`), value: `${i}` }));
  app.options('a', ({ ack, payload }) => ack({ options: options(Number(payload.value)) }));
  expect(await look('100')).toMatchObject({ ok: true });
  expect(await look('101')).toMatchObject({ ok: false, error: 'invalid_options' });
});

test('Home is published to one person, and opening it tells the app', async () => {
  const { sandbox, app } = await startBench();
  app.event('app_home_opened', async ({ event, client }) => {
    const blocks = [{ type: 'header' as const, text: plain(`Hello ${event.tab}`) }];
    await client.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
  });
  await sandbox.act('U0ADA', { do: 'openHome' });
  await vi.waitFor(() =>
    expect(sandbox.snapshot('U0ADA').home).toMatchObject({ blocks: [{ text: plain('Hello home') }] }),
  );
  expect(sandbox.snapshot('U0BEN').home).toBeNull();
});

test('events of the conversation, the settings and the invitation', async () => {
  const { sandbox, app } = await startBench();
  const heard: string[] = [];
  app.message(async ({ message }) => void heard.push('text' in message ? (message.text ?? '') : ''));
  app.event('user_change', async ({ event }) => void heard.push(`${event.user.tz} ${event.user.locale}`));
  app.event('member_joined_channel', async ({ event }) => void heard.push(event.channel));
  sandbox.snapshot('U0ADA');
  await sandbox.act('U0ADA', { do: 'say', channel: 'D0ADA', text: 'hi @ben <b>' });
  await sandbox.act('U0ADA', { do: 'say', channel: 'C0SALES', text: 'not for the app' });
  await vi.waitFor(() => expect(heard).toEqual(['hi <@U0BEN> &lt;b&gt;']));
  await sandbox.act('U0ADA', { do: 'settings', timeZone: 'Europe/Paris', locale: 'en-GB' });
  await vi.waitFor(() => expect(heard.at(-1)).toBe('Europe/Paris en-GB'));
  await sandbox.act('U0ADA', { do: 'command', channel: 'C0LUNCH', text: '/invite @probe' });
  await vi.waitFor(() => expect(heard.at(-1)).toBe('C0LUNCH'));
  expect((await call(sandbox, 'chat.postMessage', { channel: 'C0LUNCH', text: 'Hello' })).body.ok).toBe(true);
});

test('a removed app has a void token', async () => {
  const { sandbox, app } = await startBench();
  const heard: string[] = [];
  app.event('app_uninstalled', async () => void heard.push('gone'));
  sandbox.uninstall();
  await vi.waitFor(() => expect(heard).toEqual(['gone']));
  expect((await call(sandbox, 'auth.test')).body.error).toBe('account_inactive');
});

test('files in a modal reach the app, which may read them', async () => {
  const { sandbox, app } = await startBench();
  const input = { type: 'input', block_id: 'f', label: plain('File'), element: { type: 'file_input', action_id: 'f' } };
  const view = { type: 'modal', callback_id: 'm', title: plain('Import'), submit: plain('Go'), blocks: [input] };
  app.command('/probe', async ({ ack, body }) => {
    await call(sandbox, 'views.open', { trigger_id: body.trigger_id, view });
    await ack();
  });
  const read: string[] = [];
  app.view('m', async ({ ack, view: submitted }) => {
    await ack();
    const url = submitted.state.values.f?.f?.files?.[0]?.url_private_download ?? '';
    const got = await fetch(url, { headers: { authorization: `Bearer ${appSeed.botToken}` } });
    read.push(await got.text());
  });
  await sandbox.act('U0ADA', { do: 'command', channel: 'C0SALES', text: '/probe' });
  const base64 = Buffer.from('name\nAcme\n').toString('base64');
  const uploaded = await sandbox.act('U0ADA', { do: 'upload', name: 'accounts.csv', base64 });
  const id = uploaded.ok ? uploaded.file?.id : '';
  const viewId = sandbox.snapshot('U0ADA').views[0]?.id ?? '';
  const state = { f: { f: { type: 'file_input', files: [{ id }] } } };
  expect(await sandbox.act('U0ADA', { do: 'submit', viewId, state })).toEqual({ ok: true });
  await vi.waitFor(() => expect(read).toEqual(['name\nAcme\n']));
});
