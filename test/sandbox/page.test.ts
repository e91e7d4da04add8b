import type { BlockAction } from '@slack/bolt';
import type { View } from '@slack/types';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { browserTests } from '../support/browser.ts';
import { startBench } from './bench.ts';

const browserTest = browserTests();

const text = (words: string) => ({ type: 'plain_text' as const, text: words });
const option = (words: string, value = words) => ({ text: text(words), value });
const options = [option('Visit', 'visit'), option('Call', 'call'), option('Event', 'event')];

const input = (label: string, element: object, more = {}) => ({
  type: 'input',
  block_id: label.toLowerCase(),
  label: text(label),
  optional: true,
  element: { ...element, action_id: 'it' },
  ...more,
});

function modal(id: string, title: string, submit: string, blocks: object[]): View {
  return { type: 'modal', callback_id: id, title: text(title), submit: text(submit), blocks: blocks as View['blocks'] };
}

const everyInput = modal('every', 'Every input', 'Save', [
  input('Account', { type: 'external_select', min_query_length: 1 }, { optional: false }),
  input('Kind', { type: 'static_select', options }),
  input('Date', { type: 'datepicker', initial_date: '2026-11-23' }),
  input('Time', { type: 'timepicker' }),
  input('Colleagues', { type: 'multi_users_select' }),
  input('Owner', { type: 'users_select' }),
  input('Channel', { type: 'conversations_select' }),
  input('Topics', { type: 'multi_static_select', options }),
  input('Contacts', { type: 'multi_external_select', min_query_length: 0 }),
  input('Note', { type: 'plain_text_input', multiline: true, max_length: 40 }),
  input('Score', { type: 'number_input', is_decimal_allowed: false, max_value: '5' }),
  input('Mail', { type: 'email_text_input' }),
  input('Also', { type: 'checkboxes', options }),
  input('Outcome', { type: 'radio_buttons', options }),
  input('File', { type: 'file_input' }),
]);

/** A bench whose `/probe` opens a view, and a page on which someone has been chosen. */
async function start(view: View = everyInput, options: Parameters<typeof startBench>[0] = {}) {
  const bench = await startBench(options);
  bench.app.command('/probe', async ({ ack, body, client }) => {
    await client.views.open({ trigger_id: body.trigger_id, view });
    await ack();
  });
  bench.app.options('it', async ({ ack, payload }) => {
    const found = ['华为技术', 'Acme', 'Acorn'].filter((name) =>
      name.toLowerCase().includes(payload.value.toLowerCase()),
    );
    await ack({ options: found.map((name) => option(name)) });
  });
  return { ...bench, as: (user: string) => `${bench.sandbox.url}?user=${user}` };
}

async function run(page: Page, command: string) {
  await page.getByRole('textbox', { name: 'Message #' }).fill(command);
  await page.keyboard.press('Enter');
}

const field = (page: Page, name: string) => page.getByRole('dialog').getByRole('combobox', { name, exact: false });

async function choose(page: Page, label: string, typed: string, wanted: string) {
  await field(page, label).fill(typed);
  await page.getByRole('option', { name: wanted }).click();
}

browserTest('a visitor chooses a person, who is remembered', async (browser) => {
  const { sandbox } = await start();
  const page = await browser.visit(sandbox.url);
  await page.getByRole('heading', { name: 'Who do you want to be?' }).waitFor();
  expect(await page.getByRole('button', { name: 'Ada Ling' }).textContent()).toContain('Shanghai');
  await page.getByRole('button', { name: 'Ben Moss' }).click();
  await page.getByRole('button', { name: 'You are Ben Moss' }).waitFor();
  expect(new URL(page.url()).searchParams.get('user')).toBe('U0BEN');
  await page.goto(sandbox.url);
  await page.getByRole('button', { name: 'You are Ben Moss' }).waitFor();
  await page.getByRole('button', { name: 'You are' }).click();
  await page.getByRole('button', { name: 'Ada Ling' }).click();
  await page.getByRole('button', { name: '当前身份 Ada Ling' }).waitFor();
  await page.getByRole('heading', { name: '#sales' }).waitFor();
  await page.getByRole('button', { name: '+1 小时' }).waitFor();
  expect(await page.getAttribute('html', 'lang')).toBe('zh-CN');
});

browserTest('every kind of input reaches the app as Slack would send it', async (browser) => {
  const { app, as } = await start();
  const submitted = Promise.withResolvers<Record<string, Record<string, object>>>();
  app.view('every', async ({ ack, view }) => {
    await ack();
    submitted.resolve(view.state.values);
  });
  const page = await browser.visit(as('U0BEN'));
  await run(page, '/probe log');
  await choose(page, 'Account', '华', '华为技术');
  await field(page, 'Kind').click();
  await page.getByRole('option', { name: 'Call' }).click();
  await page.getByLabel('Date').fill('2026-11-24');
  await page.getByLabel('Time').fill('14:30');
  await choose(page, 'Colleagues', 'ada', 'Ada Ling');
  await choose(page, 'Owner', 'ben', 'Ben Moss');
  await choose(page, 'Channel', 'sal', 'sales');
  await choose(page, 'Topics', 'vis', 'Visit');
  await choose(page, 'Topics', 'eve', 'Event');
  await choose(page, 'Contacts', 'aco', 'Acorn');
  await page.getByLabel('Note').fill('First line\nsecond line');
  await page.getByLabel('Score').fill('4');
  await page.getByLabel('Mail').fill('ben@acme.example');
  await page.getByRole('checkbox', { name: 'Visit' }).check();
  await page.getByRole('checkbox', { name: 'Event' }).check();
  await page.getByRole('radio', { name: 'Call' }).check();
  await page.getByLabel('File').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b') });
  await page.getByRole('button', { name: 'Remove a.csv' }).waitFor();
  await page.getByRole('button', { name: 'Save' }).click();
  const values = await submitted.promise;
  const entries = Object.entries(values).map(([block, { it }]) => [block, it]);
  expect(Object.fromEntries(entries)).toMatchObject({
    account: { type: 'external_select', selected_option: option('华为技术') },
    kind: { type: 'static_select', selected_option: option('Call', 'call') },
    date: { type: 'datepicker', selected_date: '2026-11-24' },
    time: { type: 'timepicker', selected_time: '14:30' },
    colleagues: { type: 'multi_users_select', selected_users: ['U0ADA'] },
    owner: { type: 'users_select', selected_user: 'U0BEN' },
    channel: { type: 'conversations_select', selected_conversation: 'C0SALES' },
    topics: { selected_options: [option('Visit', 'visit'), option('Event', 'event')] },
    contacts: { type: 'multi_external_select', selected_options: [option('Acorn')] },
    note: { type: 'plain_text_input', value: 'First line\nsecond line' },
    score: { type: 'number_input', value: '4' },
    mail: { type: 'email_text_input', value: 'ben@acme.example' },
    also: { type: 'checkboxes', selected_options: [option('Visit', 'visit'), option('Event', 'event')] },
    outcome: { type: 'radio_buttons', selected_option: option('Call', 'call') },
    file: { type: 'file_input', files: [{ name: 'a.csv' }] },
  });
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  expect(await page.locator('#composer').evaluate((box) => box === box.ownerDocument.activeElement)).toBe(true);
});

browserTest('typeahead works with the keyboard, and Escape closes the list before the modal', async (browser) => {
  const { as, sandbox } = await start();
  const page = await browser.visit(as('U0BEN'));
  await run(page, '/probe log');
  const account = field(page, 'Account');
  await account.waitFor();
  await account.click();
  await page.getByText('Type 1 more to search').waitFor();
  await account.pressSequentially('xyz');
  await page.getByText('No matches').waitFor();
  await account.fill('ac');
  await page.getByRole('option', { name: 'Acorn' }).waitFor();
  await page.keyboard.press('ArrowDown');
  expect(await account.getAttribute('aria-activedescendant')).toMatch(/-1$/);
  await page.keyboard.press('Enter');
  expect(await account.inputValue()).toBe('Acorn');
  await page.keyboard.press('ArrowDown');
  await page.getByText('Type 1 more to search').waitFor();
  await page.keyboard.press('Escape');
  expect(await account.inputValue()).toBe('Acorn');
  expect(sandbox.snapshot('U0BEN').views).toHaveLength(1);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await expect.poll(() => sandbox.snapshot('U0BEN').views).toHaveLength(0);
});

browserTest('what is wrong stands under its field, and nothing typed is lost', async (browser) => {
  const { app, as } = await start();
  let silent = false;
  app.view('every', async ({ ack }) => {
    if (!silent) await ack({ response_action: 'errors', errors: { note: 'Please say more.' } });
  });
  const page = await browser.visit(as('U0BEN'));
  await run(page, '/probe log');
  await page.getByLabel('Note').fill('Hm');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Please complete this required field.').waitFor();
  const account = field(page, 'Account');
  expect(await account.getAttribute('aria-invalid')).toBe('true');
  expect(await account.evaluate((box) => box === box.ownerDocument.activeElement)).toBe(true);
  await choose(page, 'Account', 'acme', 'Acme');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Please say more.').waitFor();
  const note = page.getByLabel('Note');
  const described = (await note.getAttribute('aria-describedby'))?.split(' ')[0];
  expect(await page.locator(`#${described}`).textContent()).toBe('Please say more.');
  expect(await note.evaluate((box) => box === box.ownerDocument.activeElement)).toBe(true);
  silent = true;
  await note.fill('More');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('We had some trouble connecting. Try again?').waitFor();
  expect(await note.inputValue()).toBe('More');
  expect(await account.inputValue()).toBe('Acme');
});

browserTest('modals stack, and an update keeps what was typed', async (browser) => {
  const step = (title: string, blocks: object[]) => modal('step', title, 'Next', blocks);
  const button = { type: 'actions', elements: [{ type: 'button', action_id: 'more', text: text('More') }] };
  const { app, as } = await start(step('First', [input('Note', { type: 'plain_text_input' }), button]));
  app.action<BlockAction>('more', async ({ ack, client, body }) => {
    await ack();
    const blocks = [input('Note', { type: 'plain_text_input' }), input('Place', { type: 'plain_text_input' })];
    await client.views.update({ view_id: body.view?.id ?? '', view: step('First, longer', blocks) });
  });
  app.view('step', async ({ ack }) =>
    ack({ response_action: 'push', view: step('Second', [input('Last', { type: 'url_text_input' })]) }),
  );
  const page = await browser.visit(as('U0BEN'));
  await run(page, '/probe');
  await page.getByLabel('Note').fill('kept');
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByLabel('Place').fill('Berlin');
  expect(await page.getByLabel('Note').inputValue()).toBe('kept');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('heading', { name: 'Second' }).waitFor();
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('heading', { name: 'First, longer' }).waitFor();
  expect(await page.getByLabel('Place').inputValue()).toBe('Berlin');
});

browserTest('a message lives: buttons, questions, menus, ephemeral answers, others see it', async (browser) => {
  const { app, as } = await start();
  const card = (words: string) => [
    { type: 'section' as const, text: { type: 'mrkdwn' as const, text: words } },
    {
      type: 'actions' as const,
      elements: [
        { type: 'button' as const, action_id: 'done', text: text('Done'), value: '7' },
        {
          type: 'button' as const,
          action_id: 'drop',
          text: text('Drop'),
          confirm: {
            title: text('Sure?'),
            text: text('It will be gone.'),
            confirm: text('Yes, drop'),
            deny: text('No'),
          },
        },
        { type: 'overflow' as const, action_id: 'menu', options: [option('Later', 'later'), option('Never', 'never')] },
      ],
    },
  ];
  const heard: unknown[] = [];
  app.action<BlockAction>(/./, async ({ ack, respond, body, action }) => {
    await ack();
    heard.push('selected_option' in action ? action.selected_option?.value : action.action_id);
    if (action.action_id === 'done')
      await respond({ text: 'Just for you', response_type: 'ephemeral', replace_original: false });
    if (action.action_id === 'drop') await respond({ text: 'Gone', blocks: card('*Gone*'), replace_original: true });
    expect(body.user.id).toBe('U0BEN');
  });
  const ben = await browser.visit(as('U0BEN'));
  const ada = await browser.visit(as('U0ADA'));
  await ada.getByRole('heading', { name: '#sales' }).waitFor();
  await ben.getByRole('heading', { name: '#sales' }).waitFor();
  const hostile = '*Visit* at &lt;b&gt;Acme&lt;/b&gt; by <@U0BEN>';
  await app.client.chat.postMessage({ channel: 'C0SALES', text: 'Visit', blocks: card(hostile) });
  await ada.getByText('<b>Acme</b>').waitFor();
  await ben.getByRole('button', { name: 'Done' }).click();
  await ben.getByText('Just for you').waitFor();
  await ben.getByText('Only visible to you').waitFor();
  await ben.getByRole('button', { name: 'More actions' }).first().click();
  await ben.getByRole('menuitem', { name: 'Never' }).click();
  await ben.getByRole('button', { name: 'Drop' }).click();
  await ben.getByRole('alertdialog').getByRole('button', { name: 'No' }).click();
  await ben.getByRole('button', { name: 'Drop' }).click();
  await ben.getByRole('button', { name: 'Yes, drop' }).click();
  await ada.getByText('Gone').waitFor();
  expect(heard).toEqual(['done', 'never', 'drop']);
  expect(await ada.getByText('Just for you').count()).toBe(0);
  await run(ben, 'Hello @ada, see *this*');
  await ada.locator('.mention.mine', { hasText: '@Ada Ling' }).waitFor();
  await ada.locator('strong', { hasText: 'this' }).waitFor();
});

browserTest('shortcuts, the home tab and the clock', async (browser) => {
  const { app, as, clock } = await start();
  const heard: string[] = [];
  app.shortcut('probe_global', async ({ ack }) => {
    await ack();
    heard.push('global');
  });
  app.shortcut('probe_message', async ({ ack, shortcut }) => {
    await ack();
    heard.push('message' in shortcut ? String(shortcut.message.text) : '');
  });
  app.event('app_home_opened', async ({ event, client }) => {
    const press = { type: 'button' as const, action_id: 'press', style: 'primary' as const, text: text('Press me') };
    const view = { type: 'home' as const, blocks: [{ type: 'actions' as const, elements: [press] }] };
    if (event.tab === 'home') await client.views.publish({ user_id: event.user, view });
  });
  app.action<BlockAction>('press', async ({ ack, client, body }) => {
    await ack();
    const view = { type: 'home' as const, blocks: [{ type: 'header' as const, text: text('Pressed') }] };
    await client.views.publish({ user_id: body.user.id, view });
  });
  const page = await browser.visit(as('U0BEN'));
  await run(page, 'Saw Acme today');
  await page.getByRole('article').filter({ hasText: 'Saw Acme today' }).hover();
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Probe this' }).click();
  await page.getByRole('button', { name: 'Shortcuts' }).click();
  await page.getByRole('menuitem', { name: 'Probe it' }).click();
  await expect.poll(() => heard).toEqual(['Saw Acme today', 'global']);
  await page.getByRole('button', { name: 'Probe', exact: true }).click();
  await page.getByRole('button', { name: 'Press me' }).click();
  await page.getByRole('heading', { name: 'Pressed' }).waitFor();
  const before = clock.now();
  await page.getByRole('button', { name: 'Tomorrow 08:30' }).click();
  const there = () => clock.now().toZonedDateTimeISO('Europe/Berlin');
  const tomorrow = before.toZonedDateTimeISO('Europe/Berlin').add({ days: 1 }).toPlainDate().toString();
  await expect.poll(() => there().toPlainDate().toString()).toBe(tomorrow);
  expect(there().toPlainTime().toString().slice(0, 4)).toBe('08:3');
  await expect.poll(() => page.locator('.clock time').textContent()).toContain('08:3');
});

browserTest('on a phone the side is a drawer and a modal fills the screen', async (browser) => {
  const { as } = await start();
  const page = await browser.visit(as('U0BEN'), { viewport: { width: 360, height: 740 } });
  await page.getByRole('heading', { name: '#sales' }).waitFor();
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByRole('button', { name: 'lunch' }).click();
  await page.getByRole('heading', { name: '#lunch' }).waitFor();
  await run(page, '/probe');
  await page.getByRole('dialog').waitFor();
  expect(await page.getByRole('dialog').boundingBox()).toEqual({ x: 0, y: 0, width: 360, height: 740 });
  expect(await page.locator('html').evaluate((html) => html.scrollWidth)).toBe(360);
});

browserTest('the composer completes commands and names, and gives back what did not arrive', async (browser) => {
  const { app, as, sandbox } = await start();
  app.command('/raw', async () => undefined);
  const page = await browser.visit(as('U0BEN'));
  const composer = page.getByRole('textbox', { name: 'Message #sales' });
  await composer.pressSequentially('/');
  await page.getByRole('option', { name: '/raw' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Tab');
  expect(await composer.inputValue()).toBe('/probe ');
  await page.getByRole('option', { name: '/probe anything' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  expect(await composer.inputValue()).toBe('/probe anything ');
  await composer.fill('/nothing');
  await page.keyboard.press('Enter');
  await page.getByText('/nothing is not a valid command.').waitFor();
  expect(await composer.inputValue()).toBe('/nothing');
  await composer.fill('/raw a & b');
  await page.keyboard.press('Enter');
  await page.getByText('/raw failed').waitFor();
  expect(await composer.inputValue()).toBe('/raw a & b');
  await composer.fill('hi @ad');
  await page.keyboard.press('Enter');
  expect(await composer.inputValue()).toBe('hi @ada ');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('<b>');
  await page.keyboard.press('Enter');
  await page.getByRole('article').getByText('<b>').waitFor();
  expect(sandbox.snapshot('U0BEN').messages.at(-1)).toMatchObject({
    text: 'hi <@U0ADA> \n&lt;b&gt;',
    pings: ['U0ADA'],
  });
  await page.getByRole('article').hover();
  await page.getByRole('button', { name: 'Reply in thread' }).click();
  const reply = page.getByRole('textbox', { name: 'Reply in thread' });
  await expect.poll(() => reply.evaluate((box) => box === box.ownerDocument.activeElement)).toBe(true);
  await page.keyboard.type('and a reply');
  await page.keyboard.press('Enter');
  await page.locator('.replies').getByText('and a reply').waitFor();
});

browserTest('an input with dispatch_action tells the app, which changes the modal', async (browser) => {
  const kind = input('Kind', { type: 'static_select', options }, { dispatch_action: true });
  const { app, as } = await start(modal('asks', 'Asks', 'Save', [kind]));
  app.action<BlockAction>('it', async ({ ack, client, body, action }) => {
    await ack();
    const chosen = action.type === 'static_select' ? action.selected_option?.value : '';
    const blocks = [kind, input(`More about ${chosen}`, { type: 'plain_text_input', min_length: 3 })];
    await client.views.update({ view_id: body.view?.id ?? '', view: modal('asks', 'Asks', 'Save', blocks) });
  });
  const page = await browser.visit(as('U0ADA'));
  await page.getByRole('textbox', { name: '发消息到 #sales' }).fill('/probe');
  await page.keyboard.press('Enter');
  await choose(page, 'Kind', 'ca', 'Call');
  await page.getByLabel('More about call').fill('好');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('请至少输入 3 个字。').waitFor();
  expect(await field(page, 'Kind').inputValue()).toBe('Call');
});

browserTest('a modal that was open comes back with the page, and leaves with Escape', async (browser) => {
  const { as, sandbox } = await start();
  const page = await browser.visit(as('U0BEN'));
  await run(page, '/probe');
  await page.getByLabel('Note').waitFor();
  await page.reload();
  await page.getByLabel('Note').waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => sandbox.snapshot('U0BEN').views).toEqual([]);
});

browserTest('a long conversation shows its end first, and the rest when asked', async (browser) => {
  const rateLimits = { tiers: false, messageBurst: Number.POSITIVE_INFINITY };
  const { app, as } = await start(everyInput, { rateLimits });
  for (let at = 1; at <= 130; at += 1)
    await app.client.chat.postMessage({ channel: 'C0SALES', text: `Message ${at}.` });
  const page = await browser.visit(as('U0BEN'));
  await page.getByText('Message 130.').waitFor();
  expect(await page.getByRole('article').count()).toBe(100);
  await page.getByRole('button', { name: 'Earlier messages' }).click();
  await page.getByText('Message 1.', { exact: true }).waitFor();
  expect(await page.getByRole('article').count()).toBe(130);
});
