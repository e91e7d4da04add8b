import { expect, test } from 'vitest';
import { permalink } from './on-shortcut.ts';

const workspace = 'https://acme.slack.com/';

test.each([
  [{ ts: '1609459200.000100' }, 'https://acme.slack.com/archives/C1/p1609459200000100'],
  [{ ts: '1609459200.000100', thread_ts: '1609459200.000100' }, 'https://acme.slack.com/archives/C1/p1609459200000100'],
  [
    { ts: '1609459200.000200', thread_ts: '1609459200.000100' },
    'https://acme.slack.com/archives/C1/p1609459200000200?thread_ts=1609459200.000100&cid=C1',
  ],
  [{ ts: 'nonsense' }, null],
])('the address of %o', (message, address) => {
  expect(permalink(workspace, 'C1', message)).toBe(address);
});
