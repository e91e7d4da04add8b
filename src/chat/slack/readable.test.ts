import { expect, test } from 'vitest';
import { readable } from './readable.ts';

test.each([
  ['Prices &amp; terms &lt;draft&gt;', 'Prices & terms <draft>'],
  ['see <https://acme.example/a?b=1&amp;c=2|the offer>', 'see the offer (https://acme.example/a?b=1&c=2)'],
  ['<https://acme.example>', 'https://acme.example'],
  ['<mailto:ann@acme.example|ann@acme.example>', 'ann@acme.example'],
  ['<@U0ADA> and <@U0ADA|ada> in <#C0SALES|sales>', '@U0ADA and @ada in #sales'],
  ['<!channel> <!subteam^S1|@sales> <!date^1|Monday>', '@channel @sales Monday'],
  ['&amp;lt;', '&lt;'],
  ['a < b > c', 'a < b > c'],
  ['', ''],
])('%s reads %s', (written, read) => {
  expect(readable(written)).toBe(read);
});
