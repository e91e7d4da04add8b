import { describe, expect, test } from 'vitest';
import type { Words } from '../../text/words.ts';
import { followable, heading, paragraph, runs, unmarked } from './draw-words.ts';

test.each<[string, Words, object[]]>([
  ['a text', 'Acme', [{ text: 'Acme' }]],
  ['nothing', '', []],
  ['strong words', { strong: 'Acme' }, [{ text: 'Acme', weight: 'Bolder' }]],
  [
    'quiet words',
    { quiet: ['a', { strong: 'b' }] },
    [
      { text: 'a', isSubtle: true },
      { text: 'b', isSubtle: true, weight: 'Bolder' },
    ],
  ],
  ['a colleague', { person: 'p1', name: 'Ann' }, [{ text: 'Ann' }]],
  ['how the bot is spoken to', [{ before: 'command' }, 'log'], [{ text: 'log' }]],
  [
    'a link',
    { link: 'https://a.example/', label: 'here' },
    [
      {
        text: 'here',
        color: 'Accent',
        underline: true,
        selectAction: { type: 'Action.OpenUrl', url: 'https://a.example/' },
      },
    ],
  ],
  ['a link that is none', { link: 'javascript:alert(1)', label: 'here' }, [{ text: 'here' }]],
])('%s', (_, words, expected) => {
  expect(runs(words)).toEqual(expected.map((run) => ({ type: 'TextRun', ...run })));
});

test.each([
  ['https://a.example/x', true],
  ['http://a.example', true],
  ['javascript:alert(1)', false],
  ['msteams:/l/chat', false],
  ['nonsense', false],
  [`https://a.example/${'x'.repeat(3000)}`, false],
])('%s may be followed: %s', (address, may) => {
  expect(followable(address)).toBe(may ? address : null);
});

test.each<[string, Words, number, string]>([
  ['what fits', ['ab', 'cd'], 4, 'abcd'],
  ['what does not', ['ab', 'cd'], 3, 'ab…'],
  ['what ends between two parts', ['ab', { strong: 'cd' }], 2, 'ab…'],
  ['nothing', ' ', 9, '–'],
])('a paragraph of %s', (_, words, max, expected) => {
  const { inlines = [] } = paragraph(runs(words), max);
  expect(inlines.map((run) => (typeof run === 'object' && 'text' in run ? run.text : '')).join('')).toBe(expected);
});

const textsOf = (words: Words) =>
  (paragraph(runs(words), 99).inlines ?? []).map((run) => (typeof run === 'object' && 'text' in run ? run.text : ''));

test.each<[string, Words, string[]]>([
  ['of one look', ['a', ['b'], { person: 'p1', name: 'c' }], ['abc']],
  ['of two looks', ['a', { strong: 'b' }, 'c'], ['a', 'b', 'c']],
  ['with a function', 'on {{DATE(2026-02-14T06:00:00Z)}}', ['on {', '{DATE(2026-02-14T06:00:00Z)}}']],
  ['with two', '{{{TIME(x)}}{{date(x)}}', ['{{', '{TIME(x)}}{', '{date(x)}}']],
  ['that would be a function together', ['{{D', { person: 'p1', name: 'ATE(x)}}' }], ['{', '{DATE(x)}}']],
  ['with brackets only', '{{{{}}', ['{{{{}}']],
])('texts %s', (_, words, expected) => {
  expect(textsOf(words)).toEqual(expected);
});

describe('a heading', () => {
  test.each(['Visit at Acme & Söhne', '华为技术有限公司', 'Müller (Berlin) – 3 visits', '–', '👩‍👩‍👧‍👦'])(
    'is announced as one: %s',
    (text) => {
      expect(heading(text, 'Large')).toMatchObject({ type: 'TextBlock', style: 'heading', text });
    },
  );

  test.each([
    '*bold*',
    '_it_',
    '[x](https://a.example)',
    '<at>Ann</at>',
    '&amp;',
    '&#42;',
    '{{DATE(2026-02-14T06:00:00Z)}}',
    'https://a.example',
    'www.a.example',
    'acme.example',
    'ann@acme.example',
    '1. FC Köln',
    '- x',
    '# x',
    'a\nb',
    'C:\\x',
  ])('is rich text where its words might be mark-up: %s', (text) => {
    expect(heading(text, 'Large')).toMatchObject({ type: 'RichTextBlock' });
  });
});

test.each([
  ['Ann Lee', 'Ann Lee'],
  ['王伟（深圳）', '王伟（深圳）'],
  ['*VIP*', '\u200A*\u200AVIP\u200A*\u200A'],
  ['[x](y)', '[\u200Bx]\u200B(y)'],
  ['{{TIME(x)}}', '{\u200B{\u200BTIME(x)}\u200B}\u200B'],
  ['1. FC', '\u200B1. FC'],
  ['a\nb', 'a b'],
])('%j as the title of a choice', (title, expected) => {
  expect(unmarked(title)).toBe(expected);
});
