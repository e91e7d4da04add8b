import { expect, test } from 'vitest';
import { keptLink } from './kept-link.ts';

test.each([
  ['https://example.slack.com/archives/C1/p1', true],
  ['http://127.0.0.1:3000/p1', true],
  ['javascript:alert(1)', false],
  ['not a link', false],
  ['', false],
  [null, false],
  [`https://example.com/${'x'.repeat(500)}`, false],
])('the link %s is kept: %s', (link, kept) => {
  expect(keptLink(link)).toBe(kept ? link : null);
});
