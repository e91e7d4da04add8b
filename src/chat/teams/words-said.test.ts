import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { Activity } from './payloads.ts';
import { wordsOfHtml, wordsSaid } from './words-said.ts';

const bot = { id: '28:bot', name: 'KAM' };
const mentioned = (id: string, text: string) => ({ type: 'mention', mentioned: { id }, text });
const kam = mentioned(bot.id, '<at>KAM</at>');
const ann = mentioned('29:ann', '<at>Ann Lee</at>');

describe('what was said to the bot', () => {
  test.each<[string, string, Activity['entities'], string]>([
    ['nothing else', 'log Acme', [], 'log Acme'],
    ['its mention first', '<at>KAM</at> log Acme', [kam], 'log Acme'],
    ['its mention last', 'log Acme <at>KAM</at>', [kam], 'log Acme'],
    ['its mention twice', '<at>KAM</at> <at>KAM</at> log', [kam, kam], 'log'],
    ['its mention without a space behind', '<at>KAM</at>log', [kam], 'log'],
    ['its mention between words', 'log<at>KAM</at>Acme', [kam], 'log Acme'],
    ['only its mention', '<at>KAM</at>', [kam], ''],
    ['a colleague', '<at>KAM</at> log met <at>Ann Lee</at> today', [kam, ann], 'log met Ann Lee today'],
    ['a colleague of the bot’s name', '<at>KAM</at> log', [mentioned('29:kam', '<at>KAM</at>')], 'KAM log'],
    ['a tag with attributes', '<at id="0">KAM</at> log', [mentioned(bot.id, '<at id="0">KAM</at>')], 'log'],
    ['a name with marks of patterns', '<at>A.*$&</at> hi', [mentioned('29:a', '<at>A.*$&</at>')], 'A.*$& hi'],
    ['a tag that nobody meant', 'log <at>nobody</at>', [kam], 'log <at>nobody</at>'],
    ['entities of other kinds', 'log', [{ type: 'clientInfo', locale: 'en-GB' }, {}], 'log'],
    ['a mention without words', 'log', [mentioned(bot.id, '')], 'log'],
    ['a mention of nobody', 'log <at>x</at>', [{ type: 'mention', text: '<at>x</at>' }], 'log <at>x</at>'],
    ['hard spaces and other line ends', 'log\u00A0Acme\r\nnext\rby', [], 'log Acme\nnext\nby'],
    ['Chinese without a space', '<at>KAM</at>记录 华为', [kam], '记录 华为'],
  ])('%s', (_, text, entities, words) => {
    expect(wordsSaid(text, { entities, recipient: bot })).toBe(words);
  });

  it('never throws, whatever is mentioned', () => {
    const entity = fc.oneof(
      fc.constantFrom(kam, ann),
      fc.object(),
      fc.record({ type: fc.constant('mention'), text: fc.string() }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(entity), (text, entities) => {
        expect(wordsSaid(text, { entities, recipient: bot })).toBeTypeOf('string');
      }),
    );
  });
});

describe('a message in HTML as plain words', () => {
  test.each([
    ['<div>one</div><div>two</div>', 'one\ntwo'],
    ['<p>one</p>\n\n\n\n<p>two</p>', 'one\n\ntwo'],
    ['one<br>two<br/>three<br />four', 'one\ntwo\nthree\nfour'],
    ['<ul><li>a</li><li>b</li></ul>', 'a\nb'],
    ['<table><tr><td>a</td><td>b</td></tr></table>', 'ab'],
    ['<b>bold</b> <a href="https://x.example">link</a>', 'bold link'],
    ['<at id="0">Ann</at> said', 'Ann said'],
    ['Meier &amp; Sons &lt;AG&gt; &quot;x&quot; &#39;y&#39; &apos;z&apos;', "Meier & Sons <AG> \"x\" 'y' 'z'"],
    ['a&nbsp;b&#160;c', 'a b\u00A0c'],
    ['&#x534E;&#20026;', '华为'],
    ['&#x1F600; &#128512;', '😀 😀'],
    ['&amp;lt;', '&lt;'],
    ['&unknown; &#0; &#x110000; &', '&unknown; &#0; &#x110000; &'],
    ['1 < 2', '1 < 2'],
    ['<script>alert(1)</script>', 'alert(1)'],
    ['', ''],
  ])('%s', (html, words) => {
    expect(wordsOfHtml(html)).toBe(words);
  });

  // What grows with the square of a message's length takes a minute here.
  it.each(['<', '</p ', ' ', '\u00A0\n ', '&#', '\n'])('a hundred thousand of %j', (part) => {
    expect(wordsOfHtml(`a${part.repeat(100_000)}b`)).toMatch(/^a.*b$/s);
  });
});
