import { expect, test } from 'vitest';
import { addressOf, networkOf } from './address.ts';

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

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['::ffff:cb00:7109', '203.0.113.9'],
  // Whoever has one address of these has 2 to the 64.
  ['2001:db8:0:7::1', '2001:db8:0:7'],
  ['2001:DB8:0:7:ffff:ffff:ffff:ffff', '2001:db8:0:7'],
  ['2001:db8::7', '2001:db8:0:0'],
  ['2001:db8:0:8::1', '2001:db8:0:8'],
  ['fe80::1%eth0', 'fe80:0:0:0'],
  ['64:ff9b::192.0.2.1', '64:ff9b:0:0'],
  ['::1', '0:0:0:0'],
  ['::', '0:0:0:0'],
  ['1:2:3:4:5:6:7::', '1:2:3:4'],
  ['', ''],
  ['no address', 'no address'],
  ['2001:db8:::7', '2001:db8:::7'],
])('%s is counted as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
