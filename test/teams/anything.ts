import * as fc from 'fast-check';
import type { Button, Card, Chart, Item, Part } from '../../src/chat/card.ts';
import type { Option } from '../../src/chat/form.ts';
import type { Words } from '../../src/text/words.ts';

/** What a customer could be called to be more than a name. */
export const hostile = [
  '<at>everyone</at>',
  '<at id="0">Ann</at>',
  '**bold** _it_ *it* __bold__ ~~no~~ `code`',
  '[x](javascript:alert(1))',
  '[x](https://evil.example)',
  '![x](https://evil.example/x.png)',
  'https://evil.example www.evil.example ann@evil.example',
  '<https://evil.example>',
  '{{DATE(2026-02-14T06:00:00Z, SHORT)}}',
  '{{TIME(2026-02-14T06:00:00Z)}}',
  '{{{TIME(2026-02-14T06:00:00Z)}}}',
  '$' + '{name}',
  '<b>Müller</b> & Söhne <script>alert(1)</script> &amp; &#42; &nbsp;',
  '# Heading',
  '- item',
  '1. FC Köln',
  '> quote',
  'C:\\*x\\*',
  '华为技术有限公司',
  '👩‍👩‍👧‍👦 :boom:',
  '\u202Eright-to-left\u202C',
  '\u200Bzero\u200Bwidth',
];
/** A text that no page can show as it is: control characters, and a dash in place of nothing. */
const unshowable = ['\n\n', '', ' ', '\t', '\u0000', '\uD800'];

/** Names as they are, and as nobody expects them. */
const short = fc.oneof(
  fc.constantFrom(...hostile, ...unshowable),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
);
export const text = fc.oneof(
  { arbitrary: short, weight: 8 },
  {
    arbitrary: fc
      .constantFrom(74, 75, 76, 149, 150, 151, 2999, 3000, 3001, 10_000)
      .map((length) => '字'.repeat(length)),
    weight: 1,
  },
  { arbitrary: fc.constantFrom(75, 76, 3000, 3001).map((length) => `${'x'.repeat(length - 1)}👍`), weight: 1 },
);
const link = fc.oneof(
  fc.constantFrom('javascript:alert(1)', 'https://acme.example/?q=<at>x</at>', 'nonsense', '', 'msteams:/l/chat'),
  fc.webUrl(),
  fc.constant(`https://acme.example/${'x'.repeat(3_000)}`),
);
export const { words } = fc.letrec<{ words: Words }>((tie) => ({
  words: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.record({ strong: tie('words') }),
    fc.record({ quiet: tie('words') }),
    fc.record({ link, label: text }),
    fc.record({ person: fc.constant('p1'), name: text }),
    fc.constant({ before: 'command' as const }),
    fc.array(tie('words'), { maxLength: 4 }),
  ),
}));
export const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
/** Leaves out what is undefined, which records of optional parts are full of. */
export const exact = <T>(value: object): T =>
  Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T;

const look = {
  label: text,
  spoken: optional(text),
  look: optional(fc.constantFrom('primary' as const, 'danger' as const)),
  confirm: optional(fc.record({ title: text, words: text, yes: text, no: text })),
};
const about = optional(fc.oneof(text, fc.uuid()));
export const button = fc
  .oneof(
    fc.record({ ...look, does: fc.constantFrom('visits.undo', 'visits.done'), about }),
    fc.record({ ...look, opens: fc.constantFrom('visits.edit'), about }),
    fc.record({ ...look, link }),
  )
  .map((one) => exact<Button>(one));
const item = fc
  .record({ words, detail: optional(words), buttons: optional(fc.array(button, { maxLength: 3 })) })
  .map(exact<Item>);
const chart: fc.Arbitrary<Chart> = fc.record({
  kind: fc.constant('chart' as const),
  draw: fc.constantFrom('bars' as const, 'stack' as const, 'lines' as const),
  title: text,
  categories: fc.oneof(fc.array(text, { maxLength: 8 }), fc.uniqueArray(fc.string(), { maxLength: 40 })),
  series: fc.array(
    fc.record({
      name: text,
      values: fc.array(fc.option(fc.oneof(fc.integer({ min: 0, max: 100 }), fc.double())), { maxLength: 40 }),
    }),
    { maxLength: 4 },
  ),
  unit: fc.constantFrom('percent' as const, 'number' as const),
  alternative: text,
});
const part: fc.Arbitrary<Part> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('words' as const, 'note' as const, 'heading' as const, 'warning' as const),
    words,
  }),
  fc.record({ kind: fc.constant('facts' as const), facts: fc.array(fc.record({ label: text, value: words })) }),
  fc
    .record({
      kind: fc.constant('list' as const),
      items: fc.oneof(
        fc.array(item),
        fc
          .tuple(item, fc.integer({ min: 99, max: 110 }))
          .map(([one, count]) => Array.from({ length: count }, () => one)),
      ),
      more: optional(words),
    })
    .map(exact<Part>),
  fc.record({
    kind: fc.constant('buttons' as const),
    buttons: fc.oneof(fc.array(button, { maxLength: 3 }), fc.array(button, { minLength: 6, maxLength: 13 })),
  }),
  fc.constant({ kind: 'divider' as const }),
  chart,
);
const body = fc.oneof(
  { arbitrary: fc.array(part, { maxLength: 12 }), weight: 9 },
  {
    arbitrary: fc
      .tuple(part, fc.integer({ min: 100, max: 900 }))
      .map(([one, count]) => Array.from({ length: count }, () => one)),
    weight: 1,
  },
);
export const card: fc.Arbitrary<Card> = fc.record({ title: optional(words), body }).map(exact<Card>);

const option = fc.record({ value: text, label: text, detail: optional(text) }).map(exact<Option>);
/** Few options of any kind, or very many with each its own value. */
export const options: fc.Arbitrary<Option[]> = fc.oneof(
  fc.array(option, { maxLength: 10 }),
  fc
    .tuple(short, fc.uuid(), fc.integer({ min: 290, max: 400 }))
    .map(([label, id, count]) => Array.from({ length: count }, (_, at) => ({ value: `${id}-${at}`, label }))),
);
