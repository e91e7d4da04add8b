import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Button, Card, Chart, Item, Part } from '../../src/chat/card.ts';
import type { Asked, Option, PlainAnswers } from '../../src/chat/form.ts';
import * as fields from '../../src/chat/form.ts';
import { drawBlocks, drawMessage } from '../../src/chat/slack/draw-card.ts';
import { drawForm } from '../../src/chat/slack/draw-form.ts';
import { slackHomes } from '../../src/chat/slack/home.ts';
import { limits } from '../../src/chat/slack/limits.ts';
import { formState, readOpenForm } from '../../src/chat/slack/open-form.ts';
import { checkBlocks, countText } from '../../src/sandbox/blocks/check.ts';
import { checkView, isTooLarge } from '../../src/sandbox/blocks/view.ts';
import { findPings } from '../../src/sandbox/pings.ts';
import { stateOf } from '../../src/sandbox/view-state.ts';
import { textIn } from '../../src/text/text.ts';
import type { Words } from '../../src/text/words.ts';

const nasty = [
  '<!channel>',
  '<!here|x>',
  '<@U0ADA>',
  '@everyone',
  '*bold* _it_ ~no~ `code`',
  ':boom:',
  'Müller & Söhne <GmbH>',
  '华为技术有限公司',
  '👩‍👩‍👧‍👦',
  '\u202Eright-to-left',
  '\u200Bzero\u200Bwidth',
  '\n\n',
  '',
  ' ',
];
const text = fc.oneof(
  fc.constantFrom(...nasty),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(74, 75, 76, 149, 150, 151, 1999, 2001, 2999, 3000, 3001, 10_000).map((length) => '字'.repeat(length)),
  fc.constantFrom(75, 76, 3000, 3001).map((length) => `${'x'.repeat(length - 1)}👍`),
);
const link = fc.oneof(
  fc.constantFrom('javascript:alert(1)', 'https://acme.example/?q=<!channel>', 'nonsense', '', 'slack://user?id=U1'),
  fc.webUrl(),
  fc.constant(`https://acme.example/${'x'.repeat(3_000)}`),
);
const { words } = fc.letrec<{ words: Words }>((tie) => ({
  words: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.record({ strong: tie('words') }),
    fc.record({ quiet: tie('words') }),
    fc.record({ link, label: text }),
    fc.record({ person: fc.constant('U0ADA'), name: text }),
    fc.array(tie('words'), { maxLength: 4 }),
  ),
}));
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
/** Leaves out what is undefined, which records of optional parts are full of. */
const exact = <T>(value: object): T =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;

const look = {
  label: text,
  spoken: optional(text),
  look: optional(fc.constantFrom('primary' as const, 'danger' as const)),
  confirm: optional(fc.record({ title: text, words: text, yes: text, no: text })),
};
const about = optional(fc.oneof(text, fc.uuid()));
const button = fc
  .oneof(
    fc.record({ ...look, does: fc.constantFrom('visits.undo', 'visits.done'), about }),
    fc.record({ ...look, opens: fc.constantFrom('visits.edit'), about }),
    fc.record({ ...look, link }),
  )
  .map((one) => exact<Button>(one));
const buttons = fc.oneof(fc.array(button, { maxLength: 3 }), fc.array(button, { minLength: 24, maxLength: 30 }));
const item = fc
  .record({ words, detail: optional(words), buttons: optional(fc.array(button, { maxLength: 3 })) })
  .map(exact<Item>);
const part: fc.Arbitrary<Part> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('words' as const, 'note' as const, 'heading' as const, 'warning' as const),
    words,
  }),
  fc.record({ kind: fc.constant('facts' as const), facts: fc.array(fc.record({ label: text, value: words })) }),
  fc
    .record({
      kind: fc.constant('list' as const),
      items: fc.oneof(fc.array(item), fc.array(item, { minLength: 55, maxLength: 60 })),
      more: optional(words),
    })
    .map(exact<Part>),
  fc.record({ kind: fc.constant('buttons' as const), buttons }),
  fc.constant({ kind: 'divider' as const }),
  fc.record({
    kind: fc.constant('chart' as const),
    draw: fc.constantFrom('bars' as const, 'stack' as const, 'lines' as const),
    title: text,
    categories: fc.array(text, { maxLength: 8 }),
    series: fc.array(
      fc.record({ name: text, values: fc.array(fc.option(fc.integer({ min: 0, max: 100 })), { maxLength: 8 }) }),
      { maxLength: 4 },
    ),
    unit: fc.constantFrom('percent' as const, 'number' as const),
    alternative: text,
  }),
);
const card: fc.Arbitrary<Card> = fc
  .record({ title: optional(words), body: fc.array(part, { maxLength: 12 }) })
  .map(exact<Card>);

test('any card is a message, a modal and a home page that Slack takes, and pings nobody', async () => {
  const charts = ({ body }: Card) => body.filter((part): part is Chart => part.kind === 'chart');
  await fc.assert(
    fc.property(card, fc.boolean(), (any, uploaded) => {
      const message = drawMessage(any, new Map(uploaded ? charts(any).map((one) => [one, 'F0123456789']) : []));
      expect(checkBlocks(message.blocks, 'message', '/blocks')).toEqual([]);
      expect(findPings(message.text, message.blocks)).toEqual([]);
      expect(message.text.length).toBeLessThanOrEqual(limits.messageText);
      expect(message.text).not.toBe('');
      expect(countText(message.blocks)).toBeLessThanOrEqual(limits.textInBlocks);
      for (const surface of ['modal', 'home'] as const) {
        expect(checkBlocks(drawBlocks(any, surface), surface, '/blocks')).toEqual([]);
      }
    }),
    { numRuns: 300 },
  );
});

test('what does not fit is cut where everybody sees it, and what can be done next stays', () => {
  const items = Array.from({ length: 60 }, (_, index) => ({
    words: `Item ${index}`,
    buttons: [{ label: 'Done', does: 'actions.done', about: String(index) }],
  }));
  const last: Part = { kind: 'buttons', buttons: [{ label: 'Log a visit', opens: 'visits.log' }] };
  const { blocks } = drawMessage({ title: 'Many', body: [{ kind: 'list', items }, last] });
  expect(blocks).toHaveLength(50);
  expect(JSON.stringify(blocks.at(-4))).toContain('…');
  expect(JSON.stringify(blocks.at(-1))).toContain('Log a visit');
});

test('what asks before it is done is within the limit of a whole message too, however much it asks', () => {
  const confirm = { title: '字'.repeat(100), words: '字'.repeat(300), yes: '字'.repeat(30), no: '字'.repeat(30) };
  const button: Button = { label: '字'.repeat(75), does: 'visits.undo', confirm };
  const row: Part = { kind: 'buttons', buttons: Array.from({ length: 25 }, () => button) };
  const last: Part = { kind: 'buttons', buttons: [{ label: 'Log a visit', opens: 'visits.log' }] };
  const { blocks } = drawMessage({ body: [row, row, last] });
  expect(checkBlocks(blocks, 'message', '/blocks')).toEqual([]);
  expect(countText(blocks)).toBeLessThanOrEqual(limits.textInBlocks);
  expect(JSON.stringify(blocks.at(-4))).toContain('…');
  expect(JSON.stringify(blocks.at(-1))).toContain('Log a visit');
});

test.each<[string, Words, string]>([
  ['between spaces', ['Log the visit to ', { strong: 'Acme' }, ' now'], 'Log the visit to *Acme* now'],
  ['before a stop', ['Log ', { strong: ' Acme ' }, '.'], 'Log *Acme*.'],
  ['alone', { strong: '华为' }, '*华为*'],
  ['within a sentence without spaces', ['登记', { strong: '华为' }, '的反馈'], '登记华为的反馈'],
  ['before a letter', [{ strong: '华为' }, '的反馈'], '华为的反馈'],
  ['empty', ['登记', { strong: ' ' }, '的反馈'], '登记的反馈'],
])('what is strong beside a button, %s, never shows its asterisks', (_, said, drawn) => {
  const button: Button = { label: 'Go on', does: 'feedback.add', about: 'a1' };
  const blocks = drawBlocks({ body: [{ kind: 'list', items: [{ words: said, buttons: [button] }] }] }, 'message');
  expect(blocks).toContainEqual(expect.objectContaining({ text: { type: 'mrkdwn', text: drawn, verbatim: true } }));
});

test('two buttons of one kind in a row can be told apart by Slack, and read as the same', () => {
  const button = (about: string): Button => ({ label: about, does: 'people.language', about });
  const { blocks } = drawMessage({ body: [{ kind: 'buttons', buttons: [button('en'), button('zh')] }] });
  expect(blocks).toMatchObject([
    { elements: [{ action_id: 'does:people.language' }, { action_id: 'does:people.language#2' }] },
  ]);
});

const form = {
  name: 'probe.all',
  title: 'chat.help.title',
  save: 'chat.form.cancel',
  fields: {
    line: fields.text({ label: 'chat.form.more', max: 200, placeholder: 'chat.form.more', hint: 'chat.help.intro' }),
    lines: fields.text({ label: 'chat.form.more', max: 3000, multiline: true, required: true }),
    whole: fields.number({ label: 'chat.form.more', min: -5, max: 500 }),
    broken: fields.number({ label: 'chat.form.more', min: 0, max: 1, decimals: true, detail: true }),
    day: fields.date({ label: 'chat.form.more' }),
    one: fields.oneOf({
      label: 'chat.form.more',
      options: [
        { value: 'a', label: 'chat.form.more' },
        { value: 'b', label: 'chat.form.cancel' },
      ],
      look: 'radio',
    }),
    given: fields.oneOfGiven({ label: 'chat.form.more', detail: true }),
    some: fields.someOfGiven({ label: 'chat.form.more', max: 3 }),
    tick: fields.yesNo({ label: 'chat.form.more', tick: 'chat.form.more' }),
    person: fields.person({ label: 'chat.form.more' }),
    people: fields.people({ label: 'chat.form.more', max: 3, detail: true }),
    found: fields.lookUp({ label: 'chat.form.more', source: 'probe.find', changesForm: true }),
    channel: fields.channel({ label: 'chat.form.more' }),
    file: fields.file({ label: 'chat.form.more', endings: ['csv'] }),
  },
} as const;

const options = ['p', 'q', 'r', 's'].map((value) => ({ value, label: `Option ${value}` }));
const said = (max: number) =>
  fc
    .oneof(fc.constantFrom(...nasty), fc.string({ unit: 'binary', maxLength: 50 }))
    .filter((value) => value.trim() !== '' && value.length <= max);
const answers = fc
  .record(
    {
      line: said(200),
      lines: said(3000),
      whole: fc.integer({ min: -5, max: 500 }),
      broken: fc.constantFrom(0, 0.25, 0.5, 1),
      day: fc.constantFrom('2026-11-23', '2024-02-29'),
      one: fc.constantFrom('a', 'b'),
      given: fc.constantFrom('p', 'q'),
      some: fc
        .uniqueArray(fc.constantFrom('p', 'q', 'r', 's'), { minLength: 1, maxLength: 3 })
        .map((all) => all.sort()),
      tick: fc.constant(true),
      person: fc.constantFrom('U1', 'U2'),
      people: fc.uniqueArray(fc.constantFrom('U1', 'U2', 'U3'), { minLength: 1 }),
      found: fc.constantFrom('p', 'q'),
      channel: fc.constant('C0SALES'),
    },
    { requiredKeys: [] },
  )
  .map((all): PlainAnswers => all);

const askedFor = (initial: PlainAnswers, expanded: boolean, more: Partial<Asked> = {}): Asked => ({
  form,
  id: '01a207c3-b55e-75ec-8d87-4fbd4de4de0d',
  about: { visit: 'x'.repeat(100) },
  initial,
  options: { given: options, some: options, found: options },
  without: [],
  expanded,
  ...more,
});

test('what a form starts with is what is read from it, hidden fields included', async () => {
  await fc.assert(
    fc.property(answers, fc.boolean(), (initial, expanded) => {
      const drawn = drawForm(askedFor(initial, expanded), textIn('en'), { origin: { kind: 'direct' } });
      expect(checkView(drawn, 'modal')).toEqual([]);
      const values = stateOf(drawn.blocks);
      const view = { id: 'V1', hash: '1', callback_id: '', private_metadata: drawn.private_metadata ?? '', ...drawn };
      const open = readOpenForm({
        ...view,
        private_metadata: drawn.private_metadata ?? '',
        callback_id: 'x',
        state: { values },
      });
      if (open === null) throw new Error('the form was not recognised');
      expect(formState(open)).toEqual({
        form: 'probe.all',
        formId: '01a207c3-b55e-75ec-8d87-4fbd4de4de0d',
        about: { visit: 'x'.repeat(100) },
        without: [],
        expanded,
        answers: initial,
      });
    }),
    { numRuns: 200 },
  );
});

test('any beginning, options, words and languages make a modal that Slack takes', async () => {
  const option = fc.record({ value: text, label: text, detail: optional(text) }).map(exact<Option>);
  const given = fc.array(option, { maxLength: 130 });
  await fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom(...Object.keys(form.fields)),
        fc.oneof(text, fc.integer(), fc.array(text), fc.boolean()),
      ),
      fc.record({ given, some: given, found: given }),
      fc.record({ intro: optional(words), offer: optional(fc.record({ words, button })) }).map(exact<Partial<Asked>>),
      fc.constantFrom('en' as const, 'zh-CN' as const),
      (initial, offered, more, locale) => {
        const drawn = drawForm(askedFor(initial, false, { ...more, options: offered }), textIn(locale), {
          origin: { kind: 'channel', conversation: 'C0SALES', responseUrl: 'x'.repeat(120) },
          warning: 'Careful',
        });
        expect(checkView(drawn, 'modal')).toEqual([]);
        expect(isTooLarge(drawn)).toBe(false);
        expect((drawn.private_metadata ?? '').length).toBeLessThanOrEqual(limits.privateMetadata);
      },
    ),
    { numRuns: 150 },
  );
});

test('hidden answers that are too long to carry are shown instead of lost', () => {
  const long = {
    ...form,
    fields: { ...form.fields, hidden: fields.text({ label: 'chat.form.more', max: 3000, detail: true }) },
  };
  const asked = { ...askedFor({ hidden: '字'.repeat(3_000) }, false), form: long };
  const drawn = drawForm(asked, textIn('en'), { origin: { kind: 'direct' } });
  expect(JSON.stringify(drawn.blocks)).toContain('字'.repeat(3_000));
});

test('a form with pointers that Slack could not carry is a mistake of ours', () => {
  const asked = askedFor({}, true, { about: { visit: 'x'.repeat(3_000) } });
  expect(() => drawForm(asked, textIn('en'), { origin: { kind: 'direct' } })).toThrow('carries too much');
});

test('who has looked at their page is remembered for half an hour', () => {
  let now = 0;
  const homes = slackHomes({ call: async () => undefined, now: () => now, log: { info: () => undefined } });
  homes.opened('U0ADA');
  now = 29 * 60_000;
  expect([homes.isOpen('U0ADA'), homes.isOpen('U0WANG')]).toEqual([true, false]);
  now = 31 * 60_000;
  expect(homes.isOpen('U0ADA')).toBe(false);
});
