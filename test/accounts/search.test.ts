import { beforeAll, describe, expect, it } from 'vitest';
import { makeCall } from '../support/call.ts';
import type { SeededOrganization, SeededPerson } from '../support/seed.ts';
import { accountsWorld } from './world.ts';

const world = accountsWorld();
let organization: SeededOrganization;
let anna: SeededPerson;
let ben: SeededPerson;
const call = (person = anna) => makeCall(organization, person);
const names = async (query: string, person = anna) =>
  (await world.accounts.search(call(person), query)).map(({ name }) => name);

beforeAll(async () => {
  organization = await world.build.organization();
  anna = await world.build.person(organization);
  ben = await world.build.person(organization, { name: 'Ben Frei' });
  await world.account(ben, { name: 'Acme' });
  await world.account(anna, { name: 'Acme Tools GmbH', otherNames: ['Werkzeug König'] });
  await world.account(anna, { name: '华为', code: 'HW-001', otherNames: ['Huawei Technologies'] });
  await world.account(ben, { name: '重庆长安汽车股份有限公司', city: '重庆' });
  await world.account(ben, { name: '单雄机械有限公司' });
  await world.account(ben, { name: 'Müller & Söhne' });
  await world.account(ben, { name: '100% Natural_Foods' });
  const other = await world.build.organization();
  const stranger = await world.build.person(other, { name: 'Cleo' });
  await world.account(stranger, { name: 'Acme Secret' });
});

describe('search', () => {
  it.each([
    ['a part of a name', 'tools', 'Acme Tools GmbH'],
    ['letters inside a word', 'cme', 'Acme'],
    ['an other name', 'technolog', '华为'],
    ['an other name without its accent', 'konig', 'Acme Tools GmbH'],
    ['a code', 'hw-001', '华为'],
    ['a code without its sign', 'hw001', '华为'],
    ['pinyin', 'huawei', '华为'],
    ['pinyin of a character with two readings', 'chongqing', '重庆长安汽车股份有限公司'],
    ['pinyin of the middle', 'changan', '重庆长安汽车股份有限公司'],
    ['a surname as it is read', 'shanxiong', '单雄机械有限公司'],
    ['initials', 'hw', '华为'],
    ['initials of the middle', 'caqc', '重庆长安汽车股份有限公司'],
    ['one Chinese character', '华', '华为'],
    ['two Chinese characters inside', '汽车', '重庆长安汽车股份有限公司'],
    ['words in another order', 'gmbh acme', 'Acme Tools GmbH'],
    ['full width', 'ＡＣＭＥ　ｔｏｏｌｓ', 'Acme Tools GmbH'],
    ['one letter', 'm', 'Müller & Söhne'],
    ['one letter too many', 'acmee', 'Acme Tools GmbH'],
    ['letters swapped', 'hauwei', '华为'],
    ['a letter missing', 'werkzug', 'Acme Tools GmbH'],
    ['a wrong letter at the beginning', 'quawei', '华为'],
    ['another character of the same sound', '常安汽车', '重庆长安汽车股份有限公司'],
    ['signs that mean something in patterns', '100% natural_f', '100% Natural_Foods'],
  ])('finds by %s: %s', async (_, query, name) => {
    expect(await names(query)).toContain(name);
  });

  it.each(['zzzz', '%', '_', '\\', '\u0000', '🚀', "'; DROP TABLE", 'x'.repeat(10_000)])(
    'finds nothing by %j',
    async (query) => {
      expect(await names(query)).toEqual([]);
    },
  );

  it('has the own accounts first, then the better match', async () => {
    expect(await names('acme', anna)).toEqual(['Acme Tools GmbH', 'Acme']);
    expect(await names('acme', ben)).toEqual(['Acme', 'Acme Tools GmbH']);
  });

  it('counts the account team as own', async () => {
    const team = await world.build.person(organization, { name: 'Team' });
    const [acme] = await world.accounts.search(call(), 'Müller');
    await world.database.prisma.accountMember.create({
      data: { organizationId: organization.id, accountId: acme?.id ?? '', personId: team.id },
    });
    expect((await world.accounts.search(call(team), ''))[0]).toMatchObject({ name: 'Müller & Söhne', mine: true });
  });

  it('begins with the own accounts when nothing is typed', async () => {
    expect((await names('', anna)).slice(0, 2).sort()).toEqual(['Acme Tools GmbH', '华为']);
    expect(await names('', anna)).toHaveLength(7);
  });

  it('knows nothing of other organisations', async () => {
    expect(await names('secret')).toEqual([]);
    const [found] = await world.accounts.search(call(), 'acme');
    const other = await world.build.organization();
    expect(await world.accounts.get(other.id, found?.id ?? '')).toBeNull();
    expect(await world.accounts.named(other.id, [found?.id ?? ''])).toEqual(new Map());
    expect(await world.accounts.contacts(other.id, found?.id ?? '')).toEqual([]);
  });
});

describe('the leading words of a line', () => {
  it.each([
    ['Acme met the CFO next: offer by Friday', ['Acme'], 'met the CFO next: offer by Friday'],
    ['acme tools: offer', ['Acme Tools GmbH'], 'offer'],
    ['华为见了王总', ['华为'], '见了王总'],
    ['HW-001 call', ['华为'], 'call'],
    ['huawei technologies, call', ['华为'], 'call'],
    ['ｍüller & söhne call', ['Müller & Söhne'], 'call'],
    ['重庆长安见了王总', ['重庆长安汽车股份有限公司'], '见了王总'],
    ['Acmee met the CFO', [], undefined],
    ['Acmetools', ['Acme Tools GmbH'], ''],
    ['met the CFO of Acme', [], undefined],
    ['', [], undefined],
  ])('%s', async (line, expected, rest) => {
    const found = await world.accounts.leading(call(), line);
    expect(found.map(({ account }) => account.name)).toEqual(expected);
    expect(found[0]?.rest).toBe(rest);
  });

  it('names several when they are equally good', async () => {
    await world.account(ben, { name: 'Nord Steel' });
    await world.account(anna, { name: 'Nord Foods' });
    const found = await world.accounts.leading(call(), 'Nord offered');
    expect(found.map(({ account }) => account.name)).toEqual(['Nord Foods', 'Nord Steel']);
  });

  it('offers what a slip may have meant', async () => {
    const offered = await world.accounts.suggest(call(), 'Acmee met the CFO');
    expect(offered.map(({ name }) => name)).toContain('Acme');
    expect((await world.accounts.suggest(call(), '华维见了王总')).map(({ name }) => name)).toContain('华为');
  });
});

describe('the look-up', () => {
  const find = (query: string, person = anna) =>
    world.accounts.slice.lookUps?.[0]?.find(call(person), query) ?? Promise.resolve([]);

  it('offers to add what was typed', async () => {
    expect(await find('Zenith AG')).toEqual([{ value: 'new:Zenith AG', label: 'Add “Zenith AG” as a new customer' }]);
    expect((await find('acme')).map(({ label }) => label)).toEqual(['Acme Tools GmbH', 'Acme']);
    expect(await find('z'.repeat(121))).toEqual([]);
  });

  it('does not offer it to an observer', async () => {
    const observer = await world.build.person(organization, { observer: true });
    expect(await find('Zenith AG', observer)).toEqual([]);
  });
});
