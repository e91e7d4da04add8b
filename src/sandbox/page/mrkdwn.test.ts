import { expect, test } from 'vitest';
import { parse, plain, safeUrl, type Words } from './mrkdwn.ts';

const text = (words: string): Words => ({ is: 'text', text: words });

const cases: [string, string, Words[]][] = [
  ['plain text', 'a b', [text('a b')]],
  ['bold', 'a *b* c', [text('a '), { is: 'bold', inside: [text('b')] }, text(' c')]],
  ['italic in bold', '*a _b_*', [{ is: 'bold', inside: [text('a '), { is: 'italic', inside: [text('b')] }] }]],
  ['strike', '~a~', [{ is: 'strike', inside: [text('a')] }]],
  ['a sign within a word', 'a*b*c snake_case_name 2*3', [text('a*b*c snake_case_name 2*3')]],
  ['Chinese letters right beside the sign, as in Slack', '客户*华为*公司', [text('客户*华为*公司')]],
  ['a sign before a space', '* a *', [text('* a *')]],
  ['an unclosed sign', '*a', [text('*a')]],
  ['a sign closed on the next line', '*a\nb*', [text('*a\nb*')]],
  ['code keeps its signs', '`*a* &lt;`', [{ is: 'code', text: '*a* <' }]],
  ['a block of code', '```\na *b*\n```', [{ is: 'pre', text: 'a *b*\n' }]],
  ['a link', '<https://a.de/?x=1&amp;y=2|A &lt;B&gt;>', [{ is: 'link', url: 'https://a.de/?x=1&y=2', label: 'A <B>' }]],
  [
    'a bare address',
    'see https://a.de/b.',
    [text('see '), { is: 'link', url: 'https://a.de/b', label: 'https://a.de/b' }, text('.')],
  ],
  ['a person', '<@U1|ann>', [{ is: 'person', id: 'U1', label: 'ann' }]],
  ['a channel', '<#C1|east>', [{ is: 'channel', id: 'C1', label: 'east' }]],
  ['everyone here', '<!here>', [{ is: 'broadcast', who: 'here' }]],
  ['an escaped ping is only text', '&lt;!channel&gt; &lt;@U1&gt;', [text('<!channel> <@U1>')]],
  [
    'a date',
    '<!date^60^{date} at {time}|then>',
    [{ is: 'date', unix: 60, format: '{date} at {time}', fallback: 'then' }],
  ],
  ['a quote', 'a\n&gt; b\n&gt; c\nd', [text('a'), { is: 'quote', inside: [text('b\nc')] }, text('d')]],
  ['a quote to the end', 'a\n>>> b\nc', [text('a\n'), { is: 'quote', inside: [text('b\nc')] }]],
  ['emoji', ':tada: :unheard_of: 10:30:00', [text('🎉 :unheard_of: 10:30:00')]],
  ['a tag is text', '<b onclick=x>', [{ is: 'link', url: 'b onclick=x', label: 'b onclick=x' }]],
];

test.each(cases)('%s', (_, given, words) => {
  expect(parse(given)).toEqual(words);
});

test('plain text knows entities and emoji, and no signs', () => {
  expect(plain('*a* &amp; &lt;b&gt; :+1:')).toBe('*a* & <b> 👍');
});

test.each([
  ['https://a.de', true],
  ['mailto:a@b.de', true],
  ['javascript:alert(1)', false],
  [' javascript:alert(1)', false],
  ['data:text/html,x', false],
])('%s may be followed: %s', (url, allowed) => {
  expect(safeUrl(url) !== undefined).toBe(allowed);
});
