import { describe, expect, test } from 'vitest';
import { checkBlocks, countText, type Surface } from './check.ts';
import { checkView, isTooLarge } from './view.ts';

const plain = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) });
const markup = (length: number) => ({ type: 'mrkdwn', text: 'x'.repeat(length) });
const many = <Item>(count: number, make: (index: number) => Item) => Array.from({ length: count }, (_, i) => make(i));
const option = (value: string, textLength = 1) => ({ text: plain(textLength), value });
const options = (count: number) => many(count, (index) => option(`v${index}`));
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const button = (more: object = {}) => ({ type: 'button', text: plain(1), ...more });
const input = (element: object, more: object = {}) => ({ type: 'input', label: plain(1), element, ...more });
const section = (more: object) => ({ type: 'section', ...more });
const select = (more: object) => ({ type: 'static_select', ...more });
const textInput = (more: object = {}) => ({ type: 'plain_text_input', ...more });

const reasons = (blocks: unknown[], surface: Surface = 'modal') =>
  checkBlocks(blocks, surface, '/blocks').map(({ reason, pointer }) => `${reason} @ ${pointer}`);

describe('a limit holds: the last allowed passes, the next does not', () => {
  test.each<[string, object, object, string]>([
    [
      'section text',
      section({ text: markup(3000) }),
      section({ text: markup(3001) }),
      'less than 3001 characters @ /blocks/0/text/text',
    ],
    [
      'section fields',
      section({ fields: many(10, () => markup(1)) }),
      section({ fields: many(11, () => markup(1)) }),
      'no more than 10 items allowed @ /blocks/0/fields',
    ],
    [
      'field text',
      section({ fields: [markup(2000)] }),
      section({ fields: [markup(2001)] }),
      'less than 2001 characters @ /blocks/0/fields/0/text',
    ],
    [
      'header',
      { type: 'header', text: plain(150) },
      { type: 'header', text: plain(151) },
      'less than 151 characters @ /blocks/0/text/text',
    ],
    [
      'context elements',
      { type: 'context', elements: many(10, () => markup(1)) },
      { type: 'context', elements: many(11, () => markup(1)) },
      'no more than 10 items allowed @ /blocks/0/elements',
    ],
    [
      'actions elements',
      actions(...many(25, () => button())),
      actions(...many(26, () => button())),
      'no more than 25 items allowed @ /blocks/0/elements',
    ],
    [
      'button text',
      actions(button({ text: plain(75) })),
      actions(button({ text: plain(76) })),
      'less than 76 characters @ /blocks/0/elements/0/text/text',
    ],
    [
      'button value',
      actions(button({ value: 'x'.repeat(2000) })),
      actions(button({ value: 'x'.repeat(2001) })),
      'less than 2001 characters @ /blocks/0/elements/0/value',
    ],
    [
      'action_id',
      actions(button({ action_id: 'x'.repeat(255) })),
      actions(button({ action_id: 'x'.repeat(256) })),
      'less than 256 characters @ /blocks/0/elements/0/action_id',
    ],
    [
      'block_id',
      { type: 'divider', block_id: 'x'.repeat(255) },
      { type: 'divider', block_id: 'x'.repeat(256) },
      'less than 256 characters @ /blocks/0/block_id',
    ],
    [
      'options',
      actions(select({ options: options(100) })),
      actions(select({ options: options(101) })),
      'no more than 100 items allowed @ /blocks/0/elements/0/options',
    ],
    [
      'option text',
      actions(select({ options: [option('v', 75)] })),
      actions(select({ options: [option('v', 76)] })),
      'less than 76 characters @ /blocks/0/elements/0/options/0/text/text',
    ],
    [
      'option value',
      actions(select({ options: [option('v'.repeat(150))] })),
      actions(select({ options: [option('v'.repeat(151))] })),
      'less than 151 characters @ /blocks/0/elements/0/options/0/value',
    ],
    [
      'placeholder',
      actions(select({ options: options(1), placeholder: plain(150) })),
      actions(select({ options: options(1), placeholder: plain(151) })),
      'less than 151 characters @ /blocks/0/elements/0/placeholder/text',
    ],
    [
      'overflow options',
      actions({ type: 'overflow', options: options(5) }),
      actions({ type: 'overflow', options: options(6) }),
      'no more than 5 items allowed @ /blocks/0/elements/0/options',
    ],
    [
      'checkboxes',
      actions({ type: 'checkboxes', options: options(10) }),
      actions({ type: 'checkboxes', options: options(11) }),
      'no more than 10 items allowed @ /blocks/0/elements/0/options',
    ],
    [
      'label',
      { ...input(textInput()), label: plain(2000) },
      { ...input(textInput()), label: plain(2001) },
      'less than 2001 characters @ /blocks/0/label/text',
    ],
    [
      'hint',
      input(textInput(), { hint: plain(2000) }),
      input(textInput(), { hint: plain(2001) }),
      'less than 2001 characters @ /blocks/0/hint/text',
    ],
    [
      'max_length',
      input(textInput({ max_length: 3000 })),
      input(textInput({ max_length: 3001 })),
      'must be no more than 3000 @ /blocks/0/element/max_length',
    ],
    [
      'initial value',
      input(textInput({ max_length: 5, initial_value: '12345' })),
      input(textInput({ max_length: 5, initial_value: '123456' })),
      'initial_value must be no longer than max_length @ /blocks/0/element/initial_value',
    ],
    [
      'max_files',
      input({ type: 'file_input', max_files: 10 }),
      input({ type: 'file_input', max_files: 11 }),
      'must be no more than 10 @ /blocks/0/element/max_files',
    ],
    [
      'alt text',
      { type: 'image', image_url: 'https://a.example/a.png', alt_text: 'x'.repeat(2000) },
      { type: 'image', image_url: 'https://a.example/a.png', alt_text: 'x'.repeat(2001) },
      'less than 2001 characters @ /blocks/0/alt_text',
    ],
    [
      'alert',
      { type: 'alert', text: markup(200) },
      { type: 'alert', text: markup(201) },
      'less than 201 characters @ /blocks/0/text/text',
    ],
    [
      'confirm',
      actions(button({ confirm: { title: plain(100), text: plain(300), confirm: plain(30), deny: plain(30) } })),
      actions(button({ confirm: { title: plain(100), text: plain(300), confirm: plain(31), deny: plain(30) } })),
      'less than 31 characters @ /blocks/0/elements/0/confirm/confirm/text',
    ],
  ])('%s', (_, allowed, refused, reason) => {
    expect(reasons([allowed])).toEqual([]);
    expect(reasons([refused])).toEqual([expect.stringContaining(reason)]);
  });

  test.each<[Surface, number]>([
    ['message', 50],
    ['modal', 100],
    ['home', 100],
  ])('%s: %i blocks', (surface, most) => {
    expect(
      reasons(
        many(most, () => ({ type: 'divider' })),
        surface,
      ),
    ).toEqual([]);
    expect(
      reasons(
        many(most + 1, () => ({ type: 'divider' })),
        surface,
      ),
    ).toEqual([`no more than ${most} items allowed @ /blocks`]);
  });
});

test.each<[string, object[], string]>([
  ['empty text', [section({ text: markup(0) })], 'must be more than 0 characters @ /blocks/0/text/text'],
  ['a section of nothing', [section({})], 'must define either `text` or `fields` @ /blocks/0'],
  [
    'a picture without words',
    [{ type: 'image', image_url: 'https://a.example/a.png' }],
    'missing required field: alt_text @ /blocks/0',
  ],
  ['an unknown block', [{ type: 'banner' }], 'unsupported type: banner @ /blocks/0/type'],
  ['a block without type', [{}], 'missing required field: type @ /blocks/0'],
  ['a member too many', [{ type: 'divider', colour: 'red' }], 'invalid additional property: colour @ /blocks/0'],
  [
    'the same block_id twice',
    [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'a' },
    ],
    '`block_id` must be unique @ /blocks/1/block_id',
  ],
  [
    'the same action_id twice in a block',
    [actions(button({ action_id: 'a' }), button({ action_id: 'a' }))],
    '`action_id` must be unique in its block @ /blocks/0',
  ],
  [
    'markup in a button',
    [actions(button({ text: markup(1) }))],
    'must be a valid enum value @ /blocks/0/elements/0/text/type',
  ],
  [
    'an initial option that is not offered',
    [actions(select({ options: options(2), initial_option: option('other') }))],
    'initial_option must exactly match one of the options @ /blocks/0/elements/0/initial_option',
  ],
  [
    'options and groups',
    [actions(select({ options: options(1), option_groups: [{ label: plain(1), options: options(1) }] }))],
    'must define either `options` or `option_groups` @ /blocks/0/elements/0',
  ],
  [
    'two elements that want the focus',
    [input(textInput({ focus_on_load: true })), input(textInput({ focus_on_load: true }))],
    'only one element may set `focus_on_load` @ /blocks',
  ],
  [
    'a date that does not exist',
    [actions({ type: 'datepicker', initial_date: '2026-02-30' })],
    'invalid date @ /blocks/0/elements/0/initial_date',
  ],
  [
    'an initial number past its limit',
    [input({ type: 'number_input', is_decimal_allowed: false, max_value: '5', initial_value: '6' })],
    'must not be more than max_value @ /blocks/0/element/initial_value',
  ],
  [
    'more initial options than may be chosen',
    [input({ type: 'multi_static_select', options: options(3), initial_options: options(2), max_selected_items: 1 })],
    'no more initial options than max_selected_items allowed @ /blocks/0/element/initial_options',
  ],
])('refused: %s', (_, blocks, reason) => {
  expect(reasons(blocks)).toContain(reason);
});

test.each<[string, Surface, object, boolean]>([
  ['number_input', 'modal', input({ type: 'number_input', is_decimal_allowed: true }), true],
  ['number_input', 'home', input({ type: 'number_input', is_decimal_allowed: true }), false],
  ['file_input', 'message', input({ type: 'file_input' }), false],
  ['alert', 'message', { type: 'alert', text: plain(1) }, false],
  ['alert', 'modal', { type: 'alert', text: plain(1) }, true],
  ['datetimepicker', 'home', actions({ type: 'datetimepicker' }), false],
  ['datetimepicker', 'message', actions({ type: 'datetimepicker' }), true],
  ['table', 'message', { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] }, true],
  ['table', 'home', { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] }, false],
])('%s on %s', (type, surface, block, allowed) => {
  expect(reasons([block], surface).some((reason) => reason.startsWith(`unsupported type: ${type}`))).toBe(!allowed);
});

const modal = (more: object = {}) => ({ type: 'modal', title: plain(24), blocks: [{ type: 'divider' }], ...more });
const viewReasons = (view: unknown) => checkView(view, 'modal').map(({ reason, pointer }) => `${reason} @ ${pointer}`);

test.each<[string, object, string]>([
  ['title', { title: plain(25) }, 'must be less than 25 characters @ /view/title/text'],
  ['submit', { submit: plain(25) }, 'must be less than 25 characters @ /view/submit/text'],
  [
    'private_metadata',
    { private_metadata: 'x'.repeat(3001) },
    'must be less than 3001 characters @ /view/private_metadata',
  ],
  ['callback_id', { callback_id: 'x'.repeat(256) }, 'must be less than 256 characters @ /view/callback_id'],
  ['inputs without submit', { blocks: [input(textInput())] }, 'missing required field: submit @ /view'],
  [
    'a block',
    { blocks: [{ type: 'header', text: plain(151) }] },
    'must be less than 151 characters @ /view/blocks/0/text/text',
  ],
])('modal: %s', (_, more, reason) => {
  expect(viewReasons(modal())).toEqual([]);
  expect(viewReasons(modal(more))).toContain(reason);
});

test('a view of 250 KB is the largest', () => {
  const fill = (bytes: number) => ({ x: 'y'.repeat(bytes - '{"x":""}'.length) });
  expect(isTooLarge(fill(250 * 1024))).toBe(false);
  expect(isTooLarge(fill(250 * 1024 + 1))).toBe(true);
});

test('text is counted wherever it stands', () => {
  expect(countText([section({ text: markup(10), fields: [plain(5)] }), actions(button())])).toBe(16);
});
