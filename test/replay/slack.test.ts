import { createHmac } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import { type Desk, openDesk, signingSecret } from '../slack/desk.ts';

const form = 'application/x-www-form-urlencoded';
const seconds = () => Math.floor(Date.now() / 1000);

interface Sending {
  /** Seconds that the signature is away from now. */
  skew?: number;
  secret?: string;
  type?: string;
  headers?: Record<string, string>;
  path?: string;
  method?: string;
}

/** Sends a body as Slack does: signed, over HTTP, through the real entrance. */
async function send(desk: Desk, body: string, sending: Sending = {}) {
  const at = String(seconds() + (sending.skew ?? 0));
  const hmac = createHmac('sha256', sending.secret ?? signingSecret).update(`v0:${at}:${body}`);
  const address = new URL(sending.path ?? '/slack/events', desk.slack.address ?? '');
  const response = await fetch(address, {
    method: sending.method ?? 'POST',
    headers: {
      'content-type': sending.type ?? form,
      'x-slack-request-timestamp': at,
      'x-slack-signature': `v0=${hmac.digest('hex')}`,
      ...sending.headers,
    },
    ...(sending.method === 'GET' ? {} : { body }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

const params = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
const payload = (value: unknown) => params({ payload: JSON.stringify(value) });

const slashCommand = (more: Record<string, string> = {}) =>
  params({
    token: 'gIkuvaNzQIHg97ATvDxqgjtO',
    team_id: 'T0ACME',
    team_domain: 'acme',
    enterprise_id: '',
    channel_id: 'C0SALES',
    channel_name: 'sales',
    user_id: 'U0ADA',
    user_name: 'ada',
    command: '/kam',
    text: 'card',
    api_app_id: 'A0KAM',
    is_enterprise_install: 'false',
    response_url: 'https://hooks.slack.com/commands/1234/5678',
    trigger_id: '13345224609.738474920.8088930838d88f008e0',
    ...more,
  });

const from = {
  team: { id: 'T0ACME', domain: 'acme' },
  user: { id: 'U0ADA', username: 'ada', name: 'ada', team_id: 'T0ACME' },
  api_app_id: 'A0KAM',
  token: 'gIkuvaNzQIHg97ATvDxqgjtO',
  enterprise: null,
  is_enterprise_install: false,
};

const event = (inner: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  JSON.stringify({
    token: 'gIkuvaNzQIHg97ATvDxqgjtO',
    team_id: 'T0ACME',
    api_app_id: 'A0KAM',
    event: inner,
    type: 'event_callback',
    event_id: 'Ev0PV52K25',
    event_time: 1525215129,
    authorizations: [
      { enterprise_id: null, team_id: 'T0ACME', user_id: 'U0KAM', is_bot: true, is_enterprise_install: false },
    ],
    ...more,
  });

const press = (actionId: string, more: Record<string, unknown> = {}) =>
  payload({
    type: 'block_actions',
    ...from,
    container: { type: 'message', message_ts: '1548261231.000200', channel_id: 'C0SALES', is_ephemeral: false },
    trigger_id: '12321423423.333649436676.d8c1bb837935619ccad0f624c448ffb3',
    channel: { id: 'C0SALES', name: 'sales' },
    message: { type: 'message', user: 'U0KAM', ts: '1548261231.000200', text: 'a card', blocks: [] },
    response_url: 'https://hooks.slack.com/actions/AABA1ABCD/1232321423432/D09sSasdasdAS9091209',
    actions: [{ action_id: actionId, block_id: '=qXel', type: 'button', value: 'it', action_ts: '1548426417.840180' }],
    ...more,
  });

const view = (more: Record<string, unknown> = {}) => ({
  id: 'VNHU13V36',
  team_id: 'T0ACME',
  type: 'modal',
  title: { type: 'plain_text', text: 'A' },
  blocks: [],
  private_metadata: '',
  callback_id: 'probe.visit',
  state: { values: {} },
  hash: '1569362015.55b5e41b',
  ...more,
});

test('a signed command is answered in its acknowledgement, with a charset in the content type too', async () => {
  const desk = await openDesk();
  for (const type of [form, `${form}; charset=utf-8`, 'Application/X-WWW-Form-URLEncoded']) {
    const answer = await send(desk, slashCommand(), { type });
    expect(answer).toMatchObject({ status: 200, body: { response_type: 'ephemeral' } });
  }
});

test.each<[string, Sending & { body?: string }, number]>([
  ['signed with another secret', { secret: 'another' }, 401],
  ['not signed', { headers: { 'x-slack-signature': '' } }, 401],
  ['signed in another version', { headers: { 'x-slack-signature': 'v1=0' } }, 401],
  ['of 301 seconds ago', { skew: -302 }, 401],
  ['of an hour ahead', { skew: 3_600 }, 401],
  ['of just over five minutes ahead', { skew: 303 }, 401],
  ['without a time', { headers: { 'x-slack-request-timestamp': '' } }, 401],
  ['with an endless time', { headers: { 'x-slack-request-timestamp': 'Infinity' } }, 401],
  ['too large', { body: `text=${'a'.repeat(600 * 1024)}` }, 413],
  ['of a type that is none of Slack’s', { type: 'text/xml' }, 400],
  ['that is no JSON', { type: 'application/json', body: '{"a customer: ' }, 400],
  ['for another path', { path: '/slack/other' }, 404],
  ['that only asks', { method: 'GET' }, 404],
])('a request %s is refused, counted and said once, without quoting it', async (_, sending, status) => {
  const desk = await openDesk();
  expect((await send(desk, sending.body ?? slashCommand(), sending)).status).toBe(status);
  expect(desk.gestures).toEqual([]);
  await vi.waitFor(() => expect(desk.lines.filter((line) => line.msg === 'refused a request')).toHaveLength(1));
  expect(Object.values(desk.slack.refused).reduce((sum, count) => sum + count, 0)).toBe(1);
  expect(JSON.stringify(desk.lines)).not.toContain('customer');
});

test.each([-298, 298])('a request signed %i seconds from now is taken', async (skew) => {
  const desk = await openDesk();
  expect((await send(desk, slashCommand(), { skew })).status).toBe(200);
});

test('a body changed on its way is refused', async () => {
  const desk = await openDesk();
  const at = String(seconds());
  const signature = `v0=${createHmac('sha256', signingSecret).update(`v0:${at}:${slashCommand()}`).digest('hex')}`;
  const headers = { 'x-slack-request-timestamp': at, 'x-slack-signature': signature };
  expect((await send(desk, slashCommand({ user_id: 'U0WANG' }), { headers })).status).toBe(401);
});

test('Slack’s own checks are answered', async () => {
  const desk = await openDesk();
  expect(await send(desk, params({ ssl_check: '1', token: 't' }), { headers: { 'x-slack-signature': '' } })).toEqual({
    status: 200,
    body: undefined,
  });
  const asked = await send(desk, JSON.stringify({ type: 'url_verification', challenge: 'c' }), {
    type: 'application/json',
  });
  expect(asked).toEqual({ status: 200, body: { challenge: 'c' } });
});

test('the same request twice is the same gesture twice, also as a retry', async () => {
  const desk = await openDesk();
  const headers = { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' };
  await Promise.all([send(desk, slashCommand()), send(desk, slashCommand()), send(desk, slashCommand(), { headers })]);
  expect(desk.gestures.map((each) => each.id)).toEqual(Array(3).fill('13345224609.738474920.8088930838d88f008e0'));
});

test.each([
  ['a command', slashCommand({ command: '/other', text: 'card' })],
  ['a shortcut', payload({ type: 'shortcut', ...from, callback_id: 'gone', trigger_id: '1.2.3', action_ts: '1' })],
  ['an action', press('does:gone.away')],
  ['an action of no kind', press('whatever')],
  ['a link', press('follows')],
  ['a submission', payload({ type: 'view_submission', ...from, trigger_id: '1.2.3', view: view() })],
  ['a closed form', payload({ type: 'view_closed', ...from, view: view(), is_cleared: false })],
  [
    'a search',
    payload({ type: 'block_suggestion', ...from, action_id: 'find:gone', block_id: 'b', value: 'x', view: view() }),
  ],
  ['a search of no kind', payload({ type: 'block_suggestion', ...from, action_id: 'x', block_id: 'b', value: 'x' })],
])('%s that nobody knows is answered at once', async (_, body) => {
  const desk = await openDesk();
  const begun = performance.now();
  expect((await send(desk, body)).status).toBe(200);
  expect(performance.now() - begun).toBeLessThan(2_500);
  expect(desk.lines.filter((line) => line.level === 'error')).toEqual([]);
});

test('what is no payload of Slack’s is heard and dropped before Slack’s patience ends', async () => {
  const desk = await openDesk();
  const bodies = [
    press('x', { actions: [] }),
    payload({ type: 'view_submission', ...from, view: { id: 7 } }),
    payload({ type: 'view_submission', ...from, view: { ...view(), id: 7 } }),
    payload({ type: 'hologram', ...from }),
    payload({}),
    payload([]),
  ];
  const begun = performance.now();
  const answers = await Promise.all(bodies.map((body) => send(desk, body)));
  expect(answers.map((each) => each.status)).toEqual(bodies.map(() => 200));
  expect(performance.now() - begun).toBeLessThan(3_000);
  expect(desk.gestures).toEqual([]);
});

test('an event that nobody listens to, and one of another workspace, are heard and dropped', async () => {
  const desk = await openDesk();
  const type = 'application/json';
  const opened = { type: 'app_home_opened', user: 'U0ADA', channel: 'D1', tab: 'home', event_ts: '1' };
  expect((await send(desk, event({ type: 'reaction_added', user: 'U0ADA' }), { type })).status).toBe(200);
  const elsewhere = { team_id: 'T0OTHER', authorizations: [{ team_id: 'T0OTHER', enterprise_id: null }] };
  expect((await send(desk, event(opened, elsewhere), { type })).status).toBe(200);
  expect((await send(desk, event({ ...opened, tab: 'messages' }), { type })).status).toBe(200);
  expect((await send(desk, event(opened), { type })).status).toBe(200);
  await vi.waitFor(() => expect(desk.gestures.map((each) => each.what.did)).toEqual(['visitedHome']));
  expect(desk.gestures[0]?.id).toBe('Ev0PV52K25');
});

test('profiles and farewells', async () => {
  const desk = await openDesk();
  const type = 'application/json';
  const user = {
    id: 'U0ADA',
    team_id: 'T0ACME',
    name: 'ada',
    deleted: false,
    tz: 'Europe/Paris',
    profile: { real_name: 'Ada King', email: 'ada@acme.example' },
    is_admin: false,
    is_bot: false,
    updated: 1,
  };
  await send(desk, event({ type: 'user_change', user, cache_ts: 1 }), { type });
  await send(desk, event({ type: 'tokens_revoked', tokens: { oauth: ['U1'] } }), { type });
  await send(desk, event({ type: 'tokens_revoked', tokens: { oauth: [], bot: ['U0KAM'] } }), { type });
  await send(desk, event({ type: 'app_uninstalled' }), { type });
  await vi.waitFor(() => expect(desk.gestures).toHaveLength(3));
  expect(desk.gestures.map((each) => each.what)).toEqual([
    {
      did: 'profileChanged',
      user: 'U0ADA',
      profile: {
        name: 'Ada King',
        email: 'ada@acme.example',
        timeZone: 'Europe/Paris',
        locale: null,
        mayAdminister: false,
        outsider: false,
        deactivated: false,
      },
    },
    { did: 'removedBot' },
    { did: 'removedBot' },
  ]);
});

test.each([
  ['a command', slashCommand({ team_id: 'T0OTHER' })],
  ['a press', press('does:probe.do', { user: { id: 'U9', team_id: 'T0OTHER' } })],
  ['a submission', payload({ type: 'view_submission', ...from, team: { id: 'T0OTHER' }, view: view() })],
  [
    'a shortcut',
    payload({ type: 'shortcut', ...from, team: { id: 'T0OTHER' }, callback_id: 'c', trigger_id: '1.2.3' }),
  ],
  [
    'a search',
    payload({ type: 'block_suggestion', ...from, team: { id: 'T0OTHER' }, action_id: 'find:x', value: 'x' }),
  ],
])('%s of another workspace learns nothing', async (_, body) => {
  const desk = await openDesk();
  const { status, body: answer } = await send(desk, body);
  expect(status).toBe(200);
  expect(desk.gestures).toEqual([]);
  expect(answer?.text ?? 'KAM is only for full members of this workspace.').toBe(
    'KAM is only for full members of this workspace.',
  );
});

test('a guest is told no', async () => {
  const desk = await openDesk();
  const { body } = await send(desk, slashCommand({ user_id: 'U0GUEST' }));
  expect(body.text).toBe('KAM is only for full members of this workspace.');
});

test('answers that are too long or forged are judged, and break nothing', async () => {
  const desk = await openDesk();
  await desk.sandbox.act('U0ADA', { do: 'command', channel: 'C0SALES', text: '/kam log' });
  const open = desk.sandbox.snapshot('U0ADA').views.at(-1)?.view ?? {};
  const [account, note] = (open.blocks as { block_id: string }[]).map((block) => block.block_id);
  const values = {
    [account ?? '']: { a: { type: 'external_select', selected_option: { value: 'acme', text: { text: 'Acme' } } } },
    [note ?? '']: { a: { type: 'plain_text_input', value: 'x'.repeat(10_000) } },
    'score@x.0': { a: { type: 'number_input', value: 'NaN' } },
    '__proto__@x.0': { a: { type: 'plain_text_input', value: 'x' } },
    'day@x.0': { a: { type: 'datepicker', selected_date: 'tomorrow' } },
    nonsense: { a: { type: 'hologram', value: {} } },
  };
  const submission = { type: 'view_submission', ...from, view: { ...open, state: { values } } };
  const { status, body } = await send(desk, payload(submission));
  expect(status).toBe(200);
  expect(JSON.stringify(body)).toContain('That is 10,000 characters; 3,000 fit here.');
  expect(desk.submitted).toEqual([]);
});
