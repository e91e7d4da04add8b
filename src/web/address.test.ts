import { expect, test } from 'vitest';
import { addressOf } from './address.ts';

test.each([
  ['203.0.113.9', undefined, '203.0.113.9'],
  ['::ffff:203.0.113.9', undefined, '203.0.113.9'],
  // Whoever comes from outside may say what they like.
  ['203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['127.0.0.1', '198.51.100.1', '198.51.100.1'],
  ['::ffff:10.0.0.3', '1.1.1.1, 198.51.100.1', '198.51.100.1'],
  ['172.17.0.1', ['1.1.1.1', '198.51.100.1'], '198.51.100.1'],
  ['172.32.0.1', '198.51.100.1', '172.32.0.1'],
  ['fd12::1', '2001:db8::7', '2001:db8::7'],
  // A port is another one each time, and would be another sender.
  ['10.0.0.3', '198.51.100.1:51234', '198.51.100.1'],
  ['10.0.0.3', '[2001:db8::7]:51234', '2001:db8::7'],
  ['10.0.0.3', '[2001:db8::7]', '2001:db8::7'],
  ['10.0.0.3', '', '10.0.0.3'],
  ['10.0.0.3', '1.1.1.1, ', '10.0.0.3'],
  [undefined, '198.51.100.1', ''],
] as const)('asked by %s, which says %j: %s', (socket, forwarded, address) => {
  expect(addressOf(socket, typeof forwarded === 'object' ? [...forwarded] : forwarded)).toBe(address);
});
