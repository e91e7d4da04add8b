import { expect, test } from 'vitest';
import { findPings } from './pings.ts';

test.each<[string, string, string[]]>([
  ['a person', 'hello <@U1>', ['U1']],
  ['a person with a label', 'hello <@U1|ada>', ['U1']],
  ['everybody', '<!channel> <!here> <!everyone>', ['channel', 'here', 'everyone']],
  ['a broadcast with a label', '<!here|here>', ['here']],
  ['a user group', '<!subteam^S12|@team>', ['S12']],
  ['the same person twice', '<@U1> <@U1>', ['U1']],
  ['escaped', '&lt;@U1&gt; &lt;!channel&gt;', []],
  ['typed', '@ada @channel', []],
  ['a channel', '<#C1|sales>', []],
  ['a date', '<!date^1700000000^{date}|today>', []],
  ['a link', '<https://a.example|<@U1>', ['U1']],
])('in text: %s', (_, text, pings) => {
  expect(findPings(text)).toEqual(pings);
});

test.each<[string, unknown, string[]]>([
  ['markup', { type: 'section', text: { type: 'mrkdwn', text: '<@U1>' } }, ['U1']],
  ['a field', { type: 'section', fields: [{ type: 'mrkdwn', text: '<!here>' }] }, ['here']],
  ['plain text', { type: 'section', text: { type: 'plain_text', text: '<@U1> <!channel>' } }, []],
  ['a button', { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: '<@U1>' } }] }, []],
  ['context', { type: 'context', elements: [{ type: 'mrkdwn', text: '<@U2>' }] }, ['U2']],
  [
    'rich text',
    {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'user', user_id: 'U3' },
            { type: 'broadcast', range: 'everyone' },
            { type: 'text', text: '<@U9>' },
          ],
        },
      ],
    },
    ['U3', 'everyone'],
  ],
])('in blocks: %s', (_, block, pings) => {
  expect(findPings('', [block])).toEqual(pings);
});
