import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { FileShelf } from './files.ts';

const minute = 60_000;
const nowhere = () => false;

test.each([
  ['https://kestrel.sharepoint.com/a.csv', true],
  ['https://kestrel-my.sharepoint.com/a.csv', true],
  ['https://kestrel.sharepoint-df.com/a.csv', true],
  ['https://kestrel.sharepoint.us/a.csv', true],
  ['https://kestrel.sharepoint.cn/a.csv', true],
  ['http://kestrel.sharepoint.com/a.csv', false],
  ['https://sharepoint.com/a.csv', false],
  ['https://sharepoint.com.attacker.example/a.csv', false],
  ['https://attacker.example/kestrel.sharepoint.com', false],
  ['https://kestrel.sharepoint.com@attacker.example/a.csv', false],
  ['https://evilsharepoint.com/a.csv', false],
  ['https://127.0.0.1/a.csv', false],
  ['https://169.254.169.254/metadata', false],
])('%s is kept: %s', (address, isKept) => {
  const shelf = new FileShelf({ now: () => 0, services: nowhere });
  expect(shelf.put('anna', { name: 'a.csv', address }) !== null).toBe(isKept);
});

test('a file is its sender’s alone, for a quarter of an hour', () => {
  let now = 0;
  const shelf = new FileShelf({ now: () => now, services: nowhere });
  const pointer = shelf.put('anna', { name: 'a.csv', address: 'https://kestrel.sharepoint.com/a.csv' }) ?? '';
  expect([shelf.nameOf('anna', pointer), shelf.nameOf('tom', pointer), shelf.nameOf('anna', 'guessed')]).toEqual([
    'a.csv',
    null,
    null,
  ]);
  now = 15 * minute - 1;
  expect(shelf.nameOf('anna', pointer)).toBe('a.csv');
  now = 15 * minute;
  expect(shelf.nameOf('anna', pointer)).toBeNull();
});

test('of very many files the oldest are forgotten', () => {
  const shelf = new FileShelf({ now: () => 0, services: nowhere });
  const address = 'https://kestrel.sharepoint.com/a.csv';
  const [first, second] = Array.from({ length: 201 }, () => shelf.put('anna', { name: 'a.csv', address }));
  expect([shelf.nameOf('anna', first ?? ''), shelf.nameOf('anna', second ?? '')]).toEqual([null, 'a.csv']);
});

test.each<[string, string, number, string | RegExp]>([
  ['as long as allowed', '/five', 5, '12345'],
  ['longer than allowed', '/five', 4, /more than 4 bytes/],
  ['that is gone', '/gone', 5, /answered with 404/],
  ['that is elsewhere now', '/elsewhere', 5, /fetch failed/],
])('a file %s', async (_, path, most, expected) => {
  const server = createServer(({ url }, response) => {
    if (url === '/five') response.end('12345');
    else response.writeHead(url === '/elsewhere' ? 302 : 404, { location: '/five' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const shelf = new FileShelf({ now: () => 0, services: (url) => url === origin });
  const pointer = shelf.put('anna', { name: 'a.csv', address: `${origin}${path}` }) ?? '';
  const read = async () => Buffer.from(await shelf.read('anna', pointer, most)).toString();
  if (typeof expected === 'string') expect(await read()).toBe(expected);
  else await expect(read()).rejects.toThrow(expected);
  await expect(shelf.read('tom', pointer, most)).rejects.toThrow('no longer here');
});
