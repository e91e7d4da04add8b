import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { PackageError, packageName, teamsPackage } from '../../manifests/teams/package.ts';
import { zip } from '../../manifests/teams/zip.ts';
import { temporaryFolder } from '../support/folder.ts';
import { problemsOf } from '../support/teams/app-schema.ts';

const botId = '1f0c2f6e-8a57-4d0b-9d3e-2b6c5a7e9f10';
const appId = '7d3b1a90-52c4-4f7e-8a61-0c9e4d2b5f38';

/** The files of an archive as an unpacker finds them: by the list at its end. */
function unzip(archive: Uint8Array): Map<string, Buffer> {
  const bytes = Buffer.from(archive);
  const end = bytes.length - 22;
  expect(bytes.readUInt32LE(end)).toBe(0x06054b50);
  const files = new Map<string, Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    expect(bytes.readUInt32LE(at)).toBe(0x02014b50);
    const [packed, nameLength] = [bytes.readUInt32LE(at + 20), bytes.readUInt16LE(at + 28)];
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const file = bytes.readUInt32LE(at + 42);
    const content = file + 30 + bytes.readUInt16LE(file + 26) + bytes.readUInt16LE(file + 28);
    const unpacked = inflateRawSync(bytes.subarray(content, content + packed));
    expect([crc32(unpacked), unpacked.length]).toEqual([bytes.readUInt32LE(at + 16), bytes.readUInt32LE(at + 24)]);
    files.set(name, unpacked);
    at += 46 + nameLength;
  }
  expect(at).toBe(end);
  return files;
}

const source = (name: string) => readFileSync(new URL(`../../manifests/teams/${name}`, import.meta.url));
const filled = z.looseObject({
  id: z.string(),
  developer: z.record(z.string(), z.string()),
  bots: z.tuple([z.looseObject({ botId: z.string() })]),
  composeExtensions: z.tuple([z.looseObject({ botId: z.string() })]),
  validDomains: z.array(z.string()),
});
function manifestIn(archive: Uint8Array) {
  const manifest: unknown = JSON.parse(unzip(archive).get('manifest.json')?.toString('utf8') ?? '');
  expect(problemsOf(manifest)).toEqual([]);
  return filled.parse(manifest);
}

describe('the package', () => {
  test('has the manifest, the icons and the translation at its top, unchanged but for the manifest', () => {
    const files = unzip(teamsPackage({ TEAMS_CLIENT_ID: botId }));
    const others = ['color.png', 'outline.png', 'zh-CN.json'];
    expect([...files.keys()]).toEqual(['manifest.json', ...others]);
    for (const name of others) expect(files.get(name)?.equals(source(name)), name).toBe(true);
  });

  test('is the same whenever it is made', () => {
    expect(teamsPackage({ TEAMS_CLIENT_ID: botId })).toEqual(teamsPackage({ TEAMS_CLIENT_ID: botId }));
  });

  test('has the bot’s id everywhere, for the app too when it has none of its own', () => {
    const manifest = manifestIn(teamsPackage({ TEAMS_CLIENT_ID: botId.toUpperCase(), TEAMS_APP_ID: ' ' }));
    expect(manifest.id).toBe(botId);
    expect(manifest.bots[0].botId).toBe(botId);
    expect(manifest.composeExtensions[0].botId).toBe(botId);
    expect(manifest.validDomains).toEqual([]);
    expect(JSON.stringify(manifest)).not.toContain('00000000');
  });

  test('has the app’s own id and the public address where they are given', () => {
    const given = { TEAMS_CLIENT_ID: botId, TEAMS_APP_ID: appId, PUBLIC_URL: 'https://kam.acme.cn/chat/' };
    const manifest = manifestIn(teamsPackage(given));
    expect(manifest.id).toBe(appId);
    expect(manifest.bots[0].botId).toBe(botId);
    expect(manifest.validDomains).toEqual(['kam.acme.cn']);
    expect(manifest.developer).toMatchObject({ privacyUrl: 'https://kam.acme.cn/privacy' });
    expect(JSON.stringify(manifest)).not.toContain('example.com');
  });

  const refused: [what: string, environment: Record<string, string>, names: RegExp][] = [
    ['no id', {}, /^TEAMS_CLIENT_ID: It is not set\. Copy the Application \(client\) ID/],
    ['an empty id', { TEAMS_CLIENT_ID: '' }, /^TEAMS_CLIENT_ID: It is not set\./],
    ['something else than an id', { TEAMS_CLIENT_ID: 'secret-value' }, /^TEAMS_CLIENT_ID: It is not a UUID\./],
    ['the checked-in id', { TEAMS_CLIENT_ID: '00000000-0000-0000-0000-000000000000' }, /^TEAMS_CLIENT_ID: It is not/],
    [
      'two wrong ids',
      { TEAMS_CLIENT_ID: 'x', TEAMS_APP_ID: 'y' },
      /^TEAMS_CLIENT_ID: .+\nTEAMS_APP_ID: It is not a UUID\./,
    ],
    ['an address without https', { TEAMS_CLIENT_ID: botId, PUBLIC_URL: 'http://kam.acme.cn' }, /^PUBLIC_URL: /],
    ['an address of this machine', { TEAMS_CLIENT_ID: botId, PUBLIC_URL: 'https://localhost' }, /^PUBLIC_URL: /],
  ];
  test.each(refused)('is not made with %s', (_, environment, sentence) => {
    expect(() => teamsPackage(environment)).toThrow(PackageError);
    expect(() => teamsPackage(environment)).toThrow(sentence);
    expect(() => teamsPackage(environment)).not.toThrow('secret-value');
  });
});

describe('npm run teams:package', () => {
  const program = new URL('../../manifests/teams/package.ts', import.meta.url).pathname;
  const run = (folder: string, env: Record<string, string>) =>
    spawnSync(process.execPath, [program], { cwd: folder, env, encoding: 'utf8' });

  test('writes the archive, reading .env too', async () => {
    const folder = await temporaryFolder();
    writeFileSync(join(folder, '.env'), `TEAMS_CLIENT_ID=${botId}\n`);
    const { status, stdout, stderr } = run(folder, {});
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(packageName);
    expect(manifestIn(readFileSync(join(folder, packageName))).id).toBe(botId);
  });

  test('says what is missing and writes nothing', async () => {
    const folder = await temporaryFolder();
    const { status, stdout, stderr } = run(folder, {});
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^TEAMS_CLIENT_ID: It is not set\. .+\n$/);
    expect(() => readFileSync(join(folder, packageName))).toThrow('ENOENT');
  });
});

describe('an archive', () => {
  const entries = [
    { name: 'empty.txt', content: Buffer.alloc(0) },
    { name: '客户.json', content: Buffer.from('{"客户":"华为"}') },
    { name: 'large.bin', content: Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * index) % 251)) },
  ];

  test('gives back what was put into it', () => {
    expect([...unzip(zip(entries))]).toEqual(entries.map(({ name, content }) => [name, content]));
    expect(unzip(zip([])).size).toBe(0);
  });

  const checkers: [command: string, ...first: string[]][] = [
    ['unzip', '-t'],
    ['python3', '-m', 'zipfile', '-t'],
  ];
  test.each(checkers)('is whole for %s', async (command, ...first) => {
    const folder = await temporaryFolder();
    const path = join(folder, 'archive.zip');
    writeFileSync(path, zip(entries));
    const { error, status, stdout, stderr } = spawnSync(command, [...first, path], { encoding: 'utf8' });
    // It is not on every machine; the test above needs nothing but Node.
    if (error) return expect(error).toMatchObject({ code: 'ENOENT' });
    expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: '' });
    expect(stdout).not.toContain('corrupted');
  });
});
