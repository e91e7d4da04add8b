import { expect, test, vi } from 'vitest';
import { fix, nothing } from '../../src/chat/reply.ts';
import { type Desk, formFor, openDesk } from './desk.ts';

type Json = Record<string, unknown>;
const list = (value: unknown): Json[] => (Array.isArray(value) ? value : []);

/** The modal on a person's screen. */
function modal({ sandbox }: Desk, user = 'U0ADA') {
  const found = sandbox.snapshot(user).views.at(-1);
  if (!found) throw new Error('no modal is open');
  const blocks = list(found.view.blocks);
  const inputs = new Map(
    blocks
      .filter((block) => block.type === 'input')
      .map((block) => [String(block.block_id).split('@')[0] ?? '', block]),
  );
  return { ...found, blocks, inputs };
}

const element = (desk: Desk, field: string) => (modal(desk).inputs.get(field)?.element ?? {}) as Json;

/** `state.values` for what was typed into the fields of the open modal. */
function typed(desk: Desk, answers: Record<string, unknown>) {
  const state: Record<string, Record<string, Json>> = {};
  for (const [field, answer] of Object.entries(answers)) {
    const block = modal(desk).inputs.get(field);
    const element = block?.element as Json | undefined;
    if (!block || !element) throw new Error(`no field ${field}`);
    state[String(block.block_id)] = {
      [String(element.action_id)]: { type: element.type, ...asState(element, answer) },
    };
  }
  return state;
}

function asState(element: Json, answer: unknown): Json {
  const option = (value: unknown) => ({ text: { type: 'plain_text', text: `Shown ${value}` }, value });
  switch (element.type) {
    case 'external_select':
      return { selected_option: option(answer) };
    case 'static_select':
      return { selected_option: list(element.options).find((one) => one.value === answer) ?? null };
    case 'checkboxes':
      return { selected_options: answer === true ? element.options : [] };
    case 'multi_users_select':
      return { selected_users: answer };
    case 'datepicker':
      return { selected_date: answer };
    default:
      return { value: answer };
  }
}

const command = (desk: Desk, text: string, channel = 'C0SALES', user = 'U0ADA') =>
  desk.sandbox.act(user, { do: 'command', channel, text });
const direct = (desk: Desk, user = 'U0ADA') =>
  desk.sandbox.snapshot(user).channels.find((each) => each.kind === 'direct')?.id ?? '';
const said = (desk: Desk, user = 'U0ADA') =>
  desk.sandbox.snapshot(user).messages.filter((each) => each.user === 'U0KAM');

async function pressInModal(desk: Desk, actionId: string) {
  const { id, blocks } = modal(desk);
  const buttons = blocks.flatMap((block) =>
    [...list(block.elements), ...(block.accessory ? [block.accessory as Json] : [])].map(
      (one) => ({ ...one, block_id: block.block_id }) as Json,
    ),
  );
  const action = buttons.find((one) => one.action_id === actionId);
  if (!action) throw new Error(`no button ${actionId}`);
  return { id, action };
}

function buttonOf(message: { blocks: unknown[] }, actionId: string): Json {
  for (const block of list(message.blocks)) {
    const found = list(block.elements).find((one) => one.action_id === actionId);
    if (found) return { ...found, block_id: block.block_id };
  }
  throw new Error(`no button ${actionId}`);
}

test('a command opens a form, the form is saved, and the person alone reads so where they asked', async () => {
  const desk = await openDesk();
  const { sandbox, submitted } = desk;
  expect(await command(desk, '/kam log We met')).toEqual({ ok: true });
  const state = typed(desk, { account: 'acme' });
  expect(await sandbox.act('U0ADA', { do: 'submit', viewId: modal(desk).id, state })).toEqual({ ok: true });
  expect(submitted).toEqual([
    expect.objectContaining({ account: 'acme', note: 'We met', colleagues: [], second: false }),
  ]);
  expect(String(submitted[0]?.day)).toBe('2026-11-23');
  await vi.waitFor(() => expect(said(desk)).toHaveLength(1));
  const [message] = said(desk);
  expect(message).toMatchObject({ channel: 'C0SALES', ephemeral: true, pings: [] });
  expect(message?.text).toContain('Saved\n&lt;!channel&gt; &lt;@U0ADA&gt; *bold* strong &amp; &lt;b&gt;');
  expect(said(desk, 'U0WANG')).toEqual([]);
  expect(sandbox.snapshot('U0ADA').views).toEqual([]);
});

test('where the bot is no member, and from a menu, the word goes to the direct conversation', async () => {
  const desk = await openDesk();
  for (const open of [
    () => command(desk, '/kam log', 'C0ELSEWHERE'),
    () => desk.sandbox.act('U0ADA', { do: 'shortcut', callbackId: 'kam_log_visit' }),
  ]) {
    await open();
    const before = said(desk).length;
    await desk.sandbox.act('U0ADA', { do: 'submit', viewId: modal(desk).id, state: typed(desk, { account: 'acme' }) });
    await vi.waitFor(() => expect(said(desk)).toHaveLength(before + 1));
    expect(said(desk).at(-1)).toMatchObject({ channel: direct(desk), ephemeral: false });
  }
});

test('words are answered in the acknowledgement, to the person alone', async () => {
  const desk = await openDesk();
  await command(desk, '/kam card', 'C0ELSEWHERE');
  expect(said(desk)).toEqual([expect.objectContaining({ channel: 'C0ELSEWHERE', ephemeral: true, pings: [] })]);
  await command(desk, '/kam what is this');
  expect(said(desk).map((each) => each.text)).toContainEqual(expect.stringContaining('I don’t know “what” yet'));
  await command(desk, '/kam', 'C0SALES', 'U0WANG');
  expect(said(desk, 'U0WANG').at(-1)?.text).toContain('KAM 能帮您做什么');
});

test('a guest is told no, also when they submit a form', async () => {
  const desk = await openDesk();
  await command(desk, '/kam card', 'C0SALES', 'U0GUEST');
  expect(said(desk, 'U0GUEST').map((each) => each.text)).toEqual(['KAM is only for full members of this workspace.']);
});

test('what is chosen changes what is asked, and everything else typed stays', async () => {
  const desk = await openDesk();
  const { sandbox } = desk;
  await command(desk, '/kam log');
  expect(modal(desk).inputs.has('contact')).toBe(false);
  const choose = async (account: string, more: Record<string, unknown>) => {
    const state = typed(desk, { account, ...more });
    const block = String(modal(desk).inputs.get('account')?.block_id);
    const action = { block_id: block, action_id: 'find:probe.accounts', ...state[block]?.['find:probe.accounts'] };
    await sandbox.act('U0ADA', { do: 'press', place: { in: 'view', viewId: modal(desk).id }, action, state });
  };
  await choose('acme', { note: 'half a sen' });
  await vi.waitFor(() => expect(modal(desk).inputs.has('contact')).toBe(true));
  const first = modal(desk).inputs;
  const values = (modal(desk).view.state as Json).values as Record<string, Record<string, Json>>;
  expect(values[String(first.get('note')?.block_id)]?.answer?.value).toBe('half a sen');

  await choose('borg', { note: 'half a sentence', contact: 'raj' });
  await vi.waitFor(() =>
    expect(element(desk, 'contact').options).toEqual([expect.objectContaining({ value: 'seven' })]),
  );
  const second = modal(desk).inputs;
  expect(second.get('note')?.block_id).toBe(first.get('note')?.block_id);
  expect(second.get('contact')?.block_id).not.toBe(first.get('contact')?.block_id);
  await sandbox.act('U0ADA', { do: 'submit', viewId: modal(desk).id, state: {} });
  expect(desk.submitted).toEqual([
    expect.objectContaining({ account: 'borg', note: 'half a sentence', contact: undefined }),
  ]);
});

test('"More details" shows the other fields with what they start with; what was typed stays', async () => {
  const desk = await openDesk();
  await command(desk, '/kam log begun');
  const { id, action } = await pressInModal(desk, 'more');
  const state = typed(desk, { account: 'acme', note: 'begun, and more' });
  await desk.sandbox.act('U0ADA', { do: 'press', place: { in: 'view', viewId: id }, action, state });
  await vi.waitFor(() => expect(modal(desk).inputs.has('score')).toBe(true));
  expect(element(desk, 'day').initial_date).toBe('2026-11-23');
  const rest = typed(desk, { score: '4', second: true, colleagues: ['U0WANG'] });
  await desk.sandbox.act('U0ADA', { do: 'submit', viewId: modal(desk).id, state: rest });
  expect(desk.submitted).toEqual([
    expect.objectContaining({
      account: 'acme',
      note: 'begun, and more',
      score: 4,
      second: true,
      colleagues: ['person-U0WANG'],
    }),
  ]);
});

test('a sentence at its field, and at the first field what belongs to none: the form stays with everything', async () => {
  const desk = await openDesk();
  await command(desk, '/kam log typed');
  desk.next.submit = () => ({ reply: 'fix', problems: { note: 'Too short.' }, notice: 'Not now.' });
  const answer = await desk.sandbox.act('U0ADA', {
    do: 'submit',
    viewId: modal(desk).id,
    state: typed(desk, { account: 'acme' }),
  });
  expect(Object.values((answer as { errors: Record<string, string> }).errors)).toEqual(['Too short.', 'Not now.']);
  desk.next.submit = () => {
    throw new Error('surprise');
  };
  const surprised = await desk.sandbox.act('U0ADA', { do: 'submit', viewId: modal(desk).id, state: {} });
  expect(JSON.stringify(surprised)).toContain('What you typed is still here');
  expect(modal(desk).inputs.size).toBe(2);
});

test('a mistake in a field that is not on the screen brings it there', async () => {
  const desk = await openDesk();
  await command(desk, '/kam log typed');
  desk.next.submit = () => fix({ score: 'One to five.' });
  const state = typed(desk, { account: 'acme', note: 'typed by hand' });
  await desk.sandbox.act('U0ADA', { do: 'submit', viewId: modal(desk).id, state });
  await vi.waitFor(() => expect(modal(desk).inputs.has('score')).toBe(true));
  expect(JSON.stringify(modal(desk).blocks[0])).toContain('One to five.');
  delete desk.next.submit;
  await desk.sandbox.act('U0ADA', { do: 'submit', viewId: modal(desk).id, state: {} });
  expect(desk.submitted.at(-1)).toMatchObject({ account: 'acme', note: 'typed by hand' });
});

test('one form after another in the same window', async () => {
  const desk = await openDesk();
  await command(desk, '/kam log');
  desk.next.submit = () => formFor({ note: 'second step' });
  await desk.sandbox.act('U0ADA', { do: 'submit', viewId: modal(desk).id, state: typed(desk, { account: 'acme' }) });
  expect(element(desk, 'note').initial_value).toBe('second step');
  desk.next.submit = () => nothing;
  await desk.sandbox.act('U0ADA', { do: 'submit', viewId: modal(desk).id, state: typed(desk, { account: 'borg' }) });
  expect(desk.sandbox.snapshot('U0ADA').views).toEqual([]);
});

test('a form closed by hand is kept as it was last heard of, and not when nothing was typed', async () => {
  const desk = await openDesk();
  const closings = () => desk.gestures.filter((each) => each.what.did === 'closed').length;
  await command(desk, '/kam log');
  await desk.sandbox.act('U0ADA', { do: 'close', viewId: modal(desk).id });
  await vi.waitFor(() => expect(closings()).toBe(1));
  expect(desk.drafts).toEqual([]);
  await command(desk, '/kam log');
  const state = typed(desk, { note: 'half a sen' });
  const block = String(modal(desk).inputs.get('note')?.block_id);
  const action = { block_id: block, action_id: 'answer', type: 'plain_text_input', value: 'half a sen' };
  await desk.sandbox.act('U0ADA', { do: 'press', place: { in: 'view', viewId: modal(desk).id }, action, state });
  expect(desk.gestures.some((each) => each.what.did === 'changed')).toBe(false);
  await desk.sandbox.act('U0ADA', { do: 'close', viewId: modal(desk).id });
  await vi.waitFor(() => expect(closings()).toBe(2));
  expect(desk.drafts).toEqual([expect.objectContaining({ answers: { note: 'half a sen' } })]);
});

test('a button redraws its card where it stands, and a button opens a form', async () => {
  const desk = await openDesk();
  await command(desk, '/kam card');
  const press = async (actionId: string) => {
    const [message] = said(desk);
    if (!message) throw new Error('no card');
    const place = { in: 'message', channel: message.channel, ts: message.ts } as const;
    const action = buttonOf(message, actionId);
    expect(await desk.sandbox.act('U0ADA', { do: 'press', place, action })).toEqual({ ok: true });
  };
  await press('does:probe.do');
  await vi.waitFor(() => expect(said(desk).map((each) => each.text)).toEqual([expect.stringContaining('Done: it')]));
  await press('opens:probe.form');
  expect(element(desk, 'note').initial_value).toBe('acme');
});

test('a card in the direct conversation is redrawn in place', async () => {
  const desk = await openDesk();
  const posted = await desk.slack.sender.post(
    { workspace: 'T0ACME', conversation: 'U0ADA' },
    {
      body: [
        { kind: 'buttons', buttons: [{ label: 'Do', does: 'probe.do', about: 'dm' }] },
        { kind: 'words', words: 'reminder' },
      ],
    },
    'marker',
  );
  expect(posted).toMatchObject({ sent: true, conversation: direct(desk) });
  const [message] = said(desk);
  if (!message) throw new Error('no card');
  await desk.sandbox.act('U0ADA', {
    do: 'press',
    place: { in: 'message', channel: message.channel, ts: message.ts },
    action: buttonOf(message, 'does:probe.do'),
  });
  await vi.waitFor(() => expect(said(desk)).toEqual([expect.objectContaining({ ts: message.ts, edited: true })]));
});

test('the home page is drawn when it is opened, and anew when something was done', async () => {
  const desk = await openDesk();
  const home = () => JSON.stringify(desk.sandbox.snapshot('U0ADA').home ?? {});
  await desk.sandbox.act('U0ADA', { do: 'openHome' });
  await vi.waitFor(() => expect(home()).toContain('Home 0'));
  await command(desk, '/kam log');
  await desk.sandbox.act('U0ADA', { do: 'submit', viewId: modal(desk).id, state: typed(desk, { account: 'acme' }) });
  await vi.waitFor(() => expect(home()).toContain('Home 1'));
  await desk.sandbox.act('U0ADA', { do: 'openHome', tab: 'messages' });
  const button = buttonOf({ blocks: list(desk.sandbox.snapshot('U0ADA').home?.blocks) }, 'does:probe.do');
  desk.submitted.push({});
  await desk.sandbox.act('U0ADA', { do: 'press', place: { in: 'home' }, action: button });
  await vi.waitFor(() => expect(home()).toContain('Home 2'));
});

test('a message becomes the beginning of a form, with the way back to it', async () => {
  const desk = await openDesk();
  const written = await desk.sandbox.act('U0WANG', { do: 'say', channel: 'C0SALES', text: 'Prices & <terms>' });
  const ts = 'ts' in written ? String(written.ts) : '';
  await desk.sandbox.act('U0ADA', { do: 'shortcut', callbackId: 'kam_log_visit_from_message', channel: 'C0SALES', ts });
  const note = String(element(desk, 'note').initial_value);
  expect(note).toMatch(/^Prices & <terms> https?:\/\/\S+\/archives\/C0SALES\/p\d+$/);
});

test('typing finds options', async () => {
  const desk = await openDesk();
  await command(desk, '/kam log');
  const block = String(modal(desk).inputs.get('account')?.block_id);
  const found = await desk.sandbox.act('U0ADA', {
    do: 'suggest',
    place: { in: 'view', viewId: modal(desk).id },
    blockId: block,
    actionId: 'find:probe.accounts',
    value: 'hw',
  });
  expect(found).toMatchObject({ ok: true, options: [{ value: 'hw', text: { text: 'Account hw' } }] });
});

test('everything delivered twice: one form, one answer, nothing said of it', async () => {
  const desk = await openDesk();
  desk.sandbox.deliverTwice = true;
  await command(desk, '/kam log');
  await vi.waitFor(() => expect(desk.gestures).toHaveLength(2));
  expect(new Set(desk.gestures.map((each) => each.id)).size).toBe(1);
  await desk.sandbox.act('U0ADA', { do: 'submit', viewId: modal(desk).id, state: typed(desk, { account: 'acme' }) });
  await vi.waitFor(() => expect(desk.submitted).toHaveLength(2));
  const ids = desk.gestures
    .filter((each) => each.what.did === 'submitted')
    .map((each) => each.what.did === 'submitted' && each.what.formId);
  expect(new Set(ids).size).toBe(1);
  expect(desk.sandbox.deliveries.every((each) => each.ok)).toBe(true);
});

test('a form that Slack does not open is said in a sentence', async () => {
  const desk = await openDesk();
  desk.sandbox.failNext('views.open', 'expired_trigger_id');
  await command(desk, '/kam log');
  expect(said(desk).map((each) => each.text)).toEqual(['The form didn’t open in time. Please try once more.']);
});

test('a busy Slack delays a private word, and loses none', async () => {
  const desk = await openDesk();
  await command(desk, '/kam log');
  desk.sandbox.rateLimitNext('chat.postEphemeral', 1);
  await desk.sandbox.act('U0ADA', { do: 'submit', viewId: modal(desk).id, state: typed(desk, { account: 'acme' }) });
  await vi.waitFor(() => expect(said(desk)).toHaveLength(1), 5_000);
});

test('the same over Socket Mode', async () => {
  const desk = await openDesk('socket');
  expect(desk.slack.address).toBeNull();
  expect(desk.slack.healthy()).toBe(true);
  await command(desk, '/kam log');
  expect(
    await desk.sandbox.act('U0ADA', { do: 'submit', viewId: modal(desk).id, state: typed(desk, { account: 'acme' }) }),
  ).toEqual({ ok: true });
  await vi.waitFor(() => expect(said(desk)).toHaveLength(1));
  await desk.slack.stop();
  expect(desk.slack.healthy()).toBe(false);
});

test.each(['http', 'socket'] as const)('stopping waits for the answer that is being made, over %s', async (mode) => {
  const desk = await openDesk(mode);
  await command(desk, '/kam log');
  const busy = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  desk.next.submit = async () => {
    begun.resolve();
    await busy.promise;
    return nothing;
  };
  const answered = desk.sandbox.act('U0ADA', {
    do: 'submit',
    viewId: modal(desk).id,
    state: typed(desk, { account: 'acme' }),
  });
  await begun.promise;
  const stopped = desk.slack.stop();
  busy.resolve();
  expect(await answered).toEqual({ ok: true });
  await stopped;
  expect(desk.slack.healthy()).toBe(false);
});
