import { expect, test } from 'vitest';
import { appSeed, startBench } from './bench.ts';

const text = (words: string) => ({ type: 'plain_text' as const, text: words });

const modal = {
  type: 'modal' as const,
  callback_id: 'visit',
  title: text('Log a visit'),
  submit: text('Save'),
  notify_on_close: true,
  blocks: [
    {
      type: 'input' as const,
      block_id: 'note',
      label: text('Note'),
      element: { type: 'plain_text_input' as const, action_id: 'note', max_length: 20 },
    },
    {
      type: 'input' as const,
      block_id: 'score',
      label: text('Score'),
      optional: true,
      element: { type: 'number_input' as const, action_id: 'score', is_decimal_allowed: false, max_value: '5' },
    },
  ],
};

const noteIs = (value: string) => ({ note: { note: { type: 'plain_text_input', value } } });

async function openModal() {
  const bench = await startBench();
  bench.app.command('/probe', async ({ ack, body, client }) => {
    await client.views.open({ trigger_id: body.trigger_id, view: modal });
    await ack();
  });
  const ran = await bench.sandbox.act('U0ADA', { do: 'command', channel: 'C0SALES', text: '/probe log' });
  expect(ran).toEqual({ ok: true });
  const viewId = bench.sandbox.snapshot('U0ADA').views.at(-1)?.id ?? '';
  return { ...bench, viewId };
}

test('a command opens a modal, whose submission closes it', async () => {
  const { sandbox, app, viewId } = await openModal();
  const submitted: unknown[] = [];
  app.view('visit', async ({ ack, view, body }) => {
    submitted.push(view.state.values, body.user.id);
    await ack();
  });
  const answer = await sandbox.act('U0ADA', { do: 'submit', viewId, state: noteIs('Saw them') });
  expect(answer).toEqual({ ok: true });
  expect(submitted).toEqual([
    {
      note: { note: { type: 'plain_text_input', value: 'Saw them' } },
      score: { score: { type: 'number_input', value: null } },
    },
    'U0ADA',
  ]);
  expect(sandbox.snapshot('U0ADA').views).toEqual([]);
  expect(sandbox.snapshot('U0BEN').views).toEqual([]);
});

test.each([
  ['a required answer that is missing', {}, 'note', 'Please complete this required field.'],
  ['text past max_length', noteIs('x'.repeat(21)), 'note', 'Your response must be no more than 20 characters.'],
  [
    'a number past max_value',
    { ...noteIs('ok'), score: { score: { type: 'number_input', value: '6' } } },
    'score',
    'Please enter a number of no more than 5.',
  ],
])('the client stops %s before the app hears of it', async (_, state, block, words) => {
  const { sandbox, viewId } = await openModal();
  const answer = await sandbox.act('U0ADA', { do: 'submit', viewId, state });
  expect(answer).toMatchObject({ ok: false, error: 'invalid_input', errors: { [block]: words } });
  expect(sandbox.deliveries.map((each) => each.payload.type ?? each.kind)).toEqual(['command']);
});

test('errors from the app stand under their input and keep the modal open', async () => {
  const { sandbox, app, viewId } = await openModal();
  app.view('visit', ({ ack }) => ack({ response_action: 'errors', errors: { note: 'Say more.' } }));
  const answer = await sandbox.act('U0ADA', { do: 'submit', viewId, state: noteIs('x') });
  expect(answer).toMatchObject({ ok: false, errors: { note: 'Say more.' } });
  expect(sandbox.snapshot('U0ADA').views[0]?.view).toMatchObject({ state: { values: noteIs('x') } });
});

test('errors under a block that is not an input are trouble', async () => {
  const { sandbox, app, viewId } = await openModal();
  app.view('visit', ({ ack }) => ack({ response_action: 'errors', errors: { nowhere: 'Say more.' } }));
  const answer = await sandbox.act('U0ADA', { do: 'submit', viewId, state: noteIs('x') });
  expect(answer).toMatchObject({ ok: false, message: 'We had some trouble connecting. Try again?' });
});

test('an update keeps answers under the same ids and drops the others', async () => {
  const { sandbox, app, viewId } = await openModal();
  app.view('visit', ({ ack }) => {
    const [note, score] = modal.blocks;
    return ack({
      response_action: 'update',
      view: { ...modal, blocks: [note, { ...score, block_id: 'anew' }] } as never,
    });
  });
  const typed = { ...noteIs('kept'), score: { score: { type: 'number_input', value: '3' } } };
  expect(await sandbox.act('U0ADA', { do: 'submit', viewId, state: typed })).toEqual({ ok: true });
  expect(sandbox.snapshot('U0ADA').views[0]?.view).toMatchObject({
    id: viewId,
    state: {
      values: {
        note: { note: { type: 'plain_text_input', value: 'kept' } },
        anew: { score: { type: 'number_input', value: null } },
      },
    },
  });
});

test('closing by hand tells the app, but not what was typed', async () => {
  const { sandbox, app, viewId } = await openModal();
  const closed: unknown[] = [];
  app.view({ callback_id: 'visit', type: 'view_closed' }, async ({ ack, view, body }) => {
    closed.push(view.state.values, 'is_cleared' in body && body.is_cleared);
    await ack();
  });
  await sandbox.act('U0ADA', { do: 'close', viewId, state: noteIs('half a tho') });
  expect(closed).toEqual([{}, false]);
  expect(sandbox.snapshot('U0ADA').views).toEqual([]);
});

test('an app that does not answer: words for commands and for modals', { timeout: 15_000 }, async () => {
  const { sandbox, viewId } = await openModal();
  const [command, submission] = await Promise.all([
    sandbox.act('U0BEN', { do: 'command', channel: 'C0SALES', text: '/raw x' }),
    sandbox.act('U0ADA', { do: 'submit', viewId, state: noteIs('x') }),
  ]);
  expect(command).toEqual({
    ok: false,
    error: 'operation_timeout',
    message: '/raw failed with the error "operation_timeout"',
  });
  expect(submission).toMatchObject({ message: 'We had some trouble connecting. Try again?' });
  expect(sandbox.snapshot('U0ADA').views[0]?.id).toBe(viewId);
});

test('payloads look as Slack writes them', async () => {
  const { sandbox } = await openModal();
  expect(sandbox.deliveries[0]?.payload).toMatchObject({
    command: '/probe',
    text: 'log',
    team_id: 'T0ACME',
    channel_name: 'sales',
    api_app_id: appSeed.id,
    trigger_id: expect.stringMatching(/^\d+\.\d+\.[0-9a-f]{32}$/),
    response_url: expect.stringContaining('/response/T0ACME/'),
  });
});
