import { expect, test } from 'vitest';
import { appSeed, call, startAlone, startBench } from './bench.ts';

const view = { type: 'modal', title: { type: 'plain_text', text: 'A' }, blocks: [{ type: 'divider' }] };

async function startWithTrigger() {
  const bench = await startBench();
  const triggers: string[] = [];
  bench.app.command('/probe', async ({ ack, body }) => {
    triggers.push(body.trigger_id);
    await ack();
  });
  bench.app.action('again', async ({ ack, body }) => {
    if ('trigger_id' in body) triggers.push(body.trigger_id);
    await ack();
  });
  const run = async () => {
    await bench.sandbox.act('U0ADA', { do: 'command', channel: 'C0SALES', text: '/probe' });
    return triggers.at(-1) ?? '';
  };
  return { ...bench, run, triggers };
}

test('a trigger opens one modal', async () => {
  const { sandbox, run } = await startWithTrigger();
  const trigger = await run();
  const [first, second] = [
    await call(sandbox, 'views.open', { trigger_id: trigger, view }),
    await call(sandbox, 'views.open', { trigger_id: trigger, view }),
  ];
  expect(first.body).toMatchObject({ ok: true, view: { title: { text: 'A' }, app_id: 'A0APP' } });
  expect(second.body).toEqual({ ok: false, error: 'exchanged_trigger_id' });
});

test('a refused view leaves the trigger usable', async () => {
  const { sandbox, run } = await startWithTrigger();
  const trigger = await run();
  const wrong = await call(sandbox, 'views.open', { trigger_id: trigger, view: { ...view, title: undefined } });
  expect(wrong.body).toMatchObject({
    error: 'invalid_arguments',
    response_metadata: { messages: ['[ERROR] missing required field: title [json-pointer:/view]'] },
  });
  expect((await call(sandbox, 'views.open', { trigger_id: trigger, view })).body.ok).toBe(true);
});

test('an invented trigger opens nothing', async () => {
  const sandbox = await startAlone();
  expect((await call(sandbox, 'views.open', { trigger_id: '1.2.3', view })).body.error).toBe('invalid_trigger_id');
});

test('three modals stand on each other, a fourth does not', async () => {
  const { sandbox, run, triggers } = await startWithTrigger();
  const button = { type: 'button', action_id: 'again', text: { type: 'plain_text', text: 'Again' } };
  const deeper = { ...view, blocks: [{ type: 'actions', block_id: 'b', elements: [button] }] };
  await call(sandbox, 'views.open', { trigger_id: await run(), view: deeper });
  const answers: unknown[] = [];
  for (let depth = 2; depth <= 4; depth += 1) {
    const viewId = sandbox.snapshot('U0ADA').views.at(-1)?.id ?? '';
    await sandbox.act('U0ADA', {
      do: 'press',
      place: { in: 'view', viewId },
      action: { block_id: 'b', action_id: 'again' },
    });
    const pushed = await call(sandbox, 'views.push', { trigger_id: triggers.at(-1), view: deeper });
    answers.push(pushed.body.error ?? pushed.body.ok);
  }
  expect(answers).toEqual([true, true, 'push_limit_reached']);
  const [root, second, third] = sandbox.snapshot('U0ADA').views.map((each) => each.view);
  expect(third).toMatchObject({ root_view_id: root?.id, previous_view_id: second?.id });
});

test('external ids are unique, hashes guard updates, unknown views are not found', async () => {
  const { sandbox, run } = await startWithTrigger();
  const named = { ...view, external_id: 'mine' };
  const opened = await call(sandbox, 'views.open', { trigger_id: await run(), view: named });
  expect((await call(sandbox, 'views.open', { trigger_id: await run(), view: named })).body.error).toBe(
    'duplicate_external_id',
  );
  const { id, hash } = opened.body.view as { id: string; hash: string };
  const update = (args: object) => call(sandbox, 'views.update', { view: named, ...args });
  expect((await update({ external_id: 'mine', hash })).body.ok).toBe(true);
  expect((await update({ view_id: id, hash })).body.error).toBe('hash_conflict');
  expect((await update({ view_id: 'V0NONE' })).body.error).toBe('not_found');
  const large = { ...view, blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(260_000) } }] };
  expect((await update({ view_id: id, view: large })).body.error).toBe('view_too_large');
});

test('the token that signs in decides', async () => {
  const sandbox = await startAlone();
  expect((await call(sandbox, 'auth.test')).body).toMatchObject({ ok: true, team_id: 'T0ACME', user_id: 'U0BOT' });
  expect((await call(sandbox, 'auth.test', {}, '')).body).toEqual({ ok: false, error: 'not_authed' });
  expect((await call(sandbox, 'auth.test', {}, 'xoxb-other')).body).toEqual({ ok: false, error: 'invalid_auth' });
  expect((await call(sandbox, 'auth.test', {}, 'xapp-probe')).body.error).toBe('not_allowed_token_type');
  expect((await call(sandbox, 'no.such')).body).toEqual({ ok: false, error: 'unknown_method', req_method: 'no.such' });
  const scoped = await startAlone({ app: { ...appSeed, scopes: ['commands'] } });
  const refused = await call(scoped, 'chat.postMessage', { channel: 'C0SALES', text: 'x' });
  expect(refused.body).toEqual({ ok: false, error: 'missing_scope', needed: 'chat:write', provided: 'commands' });
  expect(refused.headers.get('x-oauth-scopes')).toBe('commands');
});
