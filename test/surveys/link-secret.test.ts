import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { linkSecretOf } from '../../src/web/link-secret.ts';
import { createLinks } from '../../src/web/links.ts';
import { temporaryFolder } from '../support/folder.ts';

test('beside the embedded database it is made once, for its owner’s eyes only', async () => {
  const folder = await temporaryFolder();
  const secret = await linkSecretOf(null, folder);
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(await linkSecretOf(null, folder)).toBe(secret);
  expect(await readFile(`${folder}/link-secret`, 'utf8')).toBe(`${secret}\n`);
  expect((await stat(`${folder}/link-secret`)).mode & 0o777).toBe(0o600);
});

test('many who need it at one moment get the same one, and nothing else is left', async () => {
  const folder = await temporaryFolder();
  const secrets = await Promise.all(Array.from({ length: 20 }, () => linkSecretOf(null, folder)));
  expect(new Set(secrets).size).toBe(1);
  expect(await readdir(folder)).toEqual(['link-secret']);
});

test('what is configured wins; with a database of one’s own and nothing configured there is none', async () => {
  const folder = await temporaryFolder();
  expect(await linkSecretOf('configured', folder)).toBe('configured');
  expect(await readdir(folder)).toEqual([]);
  expect(await linkSecretOf(null, null)).toBeNull();
  const links = createLinks({ linkSecret: null, publicUrl: null, dataDirectory: null });
  expect(await links.signer()).toBeNull();
});

test('a secret that cannot be read is an error, not a new secret', async () => {
  const folder = await temporaryFolder();
  await mkdir(`${folder}/link-secret`);
  await expect(linkSecretOf(null, folder)).rejects.toThrow(/EISDIR/);
});

test('links lead to the public address, else to this machine', () => {
  const given = { linkSecret: null, dataDirectory: null };
  const here = createLinks({ ...given, publicUrl: null });
  here.listensAt(4321);
  expect(here.address()).toBe('http://127.0.0.1:4321');
  const there = createLinks({ ...given, publicUrl: 'https://kam.example.com' });
  there.listensAt(4321);
  expect(there.address()).toBe('https://kam.example.com');
});
