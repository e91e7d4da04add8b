import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ImportResult, importAccounts } from '../../src/accounts/importing.ts';
import { importFromFile } from '../../src/accounts/index.ts';
import { inPlainText } from '../../src/chat/card.ts';
import { movableClock } from '../../src/clock.ts';
import { textIn } from '../../src/text/text.ts';
import { makeCall, monday } from '../support/call.ts';
import type { SeededOrganization, SeededPerson } from '../support/seed.ts';
import { accountsWorld } from './world.ts';

const world = accountsWorld();
let organization: SeededOrganization;
let anna: SeededPerson;
let admin: SeededPerson;

beforeEach(async () => {
  organization = await world.build.organization({ name: `Org ${uuid()}` });
  anna = await world.build.person(organization, { email: 'anna@example.com' });
  admin = await world.build.person(organization, { name: 'Ada', administrator: true });
});

const bring = (csv: string, given: { dryRun?: boolean; skipBad?: boolean } = {}): Promise<ImportResult> =>
  importAccounts(world.database, {
    organizationId: organization.id,
    personId: admin.id,
    now: monday,
    dryRun: false,
    skipBad: false,
    bytes: new TextEncoder().encode(csv),
    ...given,
  });
const stored = () =>
  world.database.prisma.account.findMany({
    where: { organizationId: organization.id },
    orderBy: { name: 'asc' },
    include: { members: true, contacts: true, changes: true },
  });
const names = async () => (await stored()).map(({ name }) => name);
const found = async (query: string) =>
  (await world.accounts.search(makeCall(organization, anna), query)).map(({ name }) => name);

describe('importing', () => {
  const list = [
    '客户名称,编码,级别,负责人邮箱,city,别名,联系人,账期',
    '华为技术,C1,核心客户,anna@example.com,深圳,Huawei;HW,王总、Li Wei,30',
    'Acme,C2,general,,,,,',
    '',
    '=cmd|calc,,,,,,,',
  ].join('\n');

  it('stores every row with its search terms, contacts and history', async () => {
    expect(await bring(list)).toEqual({
      ok: true,
      stored: true,
      dryRun: false,
      created: 3,
      changed: 0,
      unchanged: 0,
      problems: [],
      unknownColumns: ['账期'],
    });
    const huawei = (await stored()).find(({ code }) => code === 'C1');
    expect(huawei).toMatchObject({ class: 'core', ownerId: anna.id, city: '深圳', otherNames: ['Huawei', 'HW'] });
    expect(huawei?.contacts.map(({ name }) => name).sort()).toEqual(['Li Wei', '王总']);
    expect(huawei?.changes).toMatchObject([{ changedById: admin.id, changes: { name: [null, '华为技术'] } }]);
    expect(await found('hwjs')).toEqual(['华为技术']);
    expect(await found('=cmd')).toEqual(['=cmd|calc']);
  });

  it('of the same file again changes nothing', async () => {
    await bring(list);
    expect(await bring(list)).toMatchObject({ created: 0, changed: 0, unchanged: 3 });
    expect((await stored()).flatMap(({ changes }) => changes)).toHaveLength(3);
  });

  it('updates by code, else by name; empty cells leave what is there', async () => {
    await bring(list);
    const next = 'name,code,class,city,owner\nHuawei Group,C1,,,\nＡＣＭＥ,,balanced,Berlin,anna@example.com\n';
    expect(await bring(next)).toMatchObject({ created: 0, changed: 2, unchanged: 0 });
    const [cmd, acme, huawei] = await stored();
    expect(cmd?.name).toBe('=cmd|calc');
    expect(acme).toMatchObject({ name: 'Acme', code: 'C2', class: 'balanced', city: 'Berlin', ownerId: anna.id });
    expect(huawei).toMatchObject({ name: 'Huawei Group', class: 'core', city: '深圳', otherNames: ['Huawei', 'HW'] });
    expect(huawei?.changes.at(-1)?.changes).toEqual({ name: ['华为技术', 'Huawei Group'] });
    expect(await found('hwjs')).toEqual([]);
  });

  it('writes nothing when a row is bad, unless those are left out', async () => {
    const csv = 'name,code,class\nGood,G,\nBad,B,huge\n,N,\nGood again,G,\n';
    const refused = await bring(csv);
    expect(refused).toMatchObject({ stored: false, created: 1 });
    expect(refused.ok && refused.problems.map(({ row, key }) => [row, key.split('.').at(-1)])).toEqual([
      [3, 'class'],
      [4, 'noName'],
      [5, 'same'],
    ]);
    expect(await names()).toEqual([]);
    expect(await bring(csv, { skipBad: true })).toMatchObject({ stored: true, created: 1 });
    expect(await names()).toEqual(['Good']);
  });

  it('only judges in a dry run', async () => {
    expect(await bring(list, { dryRun: true })).toMatchObject({ stored: false, created: 3 });
    expect(await names()).toEqual([]);
  });

  it('refuses a name that belongs to another customer', async () => {
    await bring('name,code\nOne,1\nTwo,2\n');
    const result = await bring('name,code\nTwo,1\nOne,3\n');
    expect(result.ok && result.problems.map(({ key }) => key.split('.').at(-1))).toEqual(['nameOfOther', 'nameTaken']);
  });

  it('keeps to its organisation', async () => {
    const other = await world.build.organization();
    const stranger = await world.build.person(other, { email: 'stranger@example.com' });
    await world.account(stranger, { name: 'Shared Name', code: 'S' });
    expect(await bring('name,code\nShared Name,S\n')).toMatchObject({ created: 1 });
    expect(await bring('name,owner\nX1,stranger@example.com\n')).toMatchObject({ stored: false });
  });

  it.each([
    ['', 'empty'],
    ['city\nBerlin\n', 'noNameColumn'],
    ['name,名称\nA,B\n', 'twiceColumn'],
    ['name\n"A', 'quotes'],
  ])('says what is wrong with the file %j', async (csv, problem) => {
    expect(await bring(csv)).toMatchObject({ ok: false, problem });
  });

  it('by two at once makes each customer once', async () => {
    const results = await Promise.all([bring(list), bring(list)]);
    expect(results.map((result) => result.ok && result.created).sort()).toEqual([0, 3]);
  });
});

describe('importing from chat', () => {
  const submit = async (person: SeededPerson, csv: string, file?: () => Promise<Uint8Array>) => {
    const call = makeCall(organization, person, { file: file ?? (async () => new TextEncoder().encode(csv)) });
    const handler = world.accounts.slice.forms?.find(({ form }) => form.name === 'accounts.import');
    const shown = { id: uuid(), about: {}, without: [], expanded: false };
    const reply = await handler?.submit(call, { file: 'F1', dryRun: false, skipBad: false }, shown);
    return reply?.reply === 'show' ? inPlainText(reply.card) : JSON.stringify(reply);
  };

  it('answers with the report', async () => {
    expect(await submit(admin, 'name\nFrom Chat\n')).toBe(
      'Customers imported\nNew: 1\nChanged: 0\nUnchanged: 0\nWith mistakes: 0',
    );
    expect(await submit(admin, 'name,class\nX1,huge\n')).toContain('• Row 2: “huge” is none of the four classes');
  });

  it('is for administrators', async () => {
    expect(await submit(anna, 'name\nNo\n')).toBe(textIn('en').plain('chat.notAllowed'));
    expect(await names()).toEqual([]);
  });

  it('says when the file cannot be read', async () => {
    expect(await submit(admin, '', async () => Promise.reject(new Error('gone')))).toContain('couldn’t read this file');
  });

  it('that takes long goes on, and its result is sent', async () => {
    let deliver: (bytes: Uint8Array) => void = () => undefined;
    const file = () => new Promise<Uint8Array>((resolve) => (deliver = resolve));
    expect(await submit(admin, '', file)).toBe(textIn('en').plain('accounts.import.running'));
    deliver(new TextEncoder().encode('name\nLate\n'));
    await world.accounts.settled();
    const [row] = await world.database.prisma.outbox.findMany({ where: { organizationId: organization.id } });
    expect(row?.message).toMatchObject({
      do: 'post',
      to: { personId: admin.id },
      card: { title: 'Customers imported' },
    });
    expect(world.nudges.count).toBeGreaterThan(0);
    expect(await names()).toEqual(['Late']);
  });
});

describe('importing from a file of the machine', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kam-import-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const run = (path: string, wanted?: string) =>
    importFromFile({
      database: world.database,
      clock: movableClock(monday),
      text: textIn('en'),
      path,
      dryRun: false,
      skipBad: true,
      ...(wanted === undefined ? {} : { organization: wanted }),
    });

  it('reports, and says whether every row was fine', async () => {
    const path = join(folder, 'list.csv');
    await writeFile(path, 'name,class\nFile One,core\nFile Two,huge\n');
    const { ok, report } = await run(path, organization.name);
    expect(ok).toBe(false);
    expect(report).toContain('New: 1');
    expect(report).toContain('Row 3: “huge” is none of the four classes');
    expect(await names()).toEqual(['File One']);
  });

  it('asks which organisation is meant, and for a file that is there', async () => {
    const path = join(folder, 'one.csv');
    await writeFile(path, 'name\nA1\n');
    await expect(run(path)).rejects.toThrow('--organization');
    await expect(run(join(folder, 'none.csv'), organization.id)).rejects.toThrow('cannot be read');
  });
});
