import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addAccount, makeCall, press, type Setting, say, submit, visitSetting, wordsOf } from './setting.ts';

let setting: Setting;
let here: Awaited<ReturnType<Setting['organization']>>;
let elsewhere: Awaited<ReturnType<Setting['organization']>>;
beforeAll(async () => {
  setting = await visitSetting();
  here = await setting.organization();
  elsewhere = await setting.organization();
});
afterAll(() => setting.close());

const contactOf = ({ organization, acme }: typeof here) =>
  setting.database.prisma.contact.create({
    data: { organizationId: organization.id, accountId: acme, name: uuid() },
  });
const actionOf = ({ organization, acme, anna }: typeof here, accountId = acme) =>
  setting.database.prisma.action.create({
    data: {
      organizationId: organization.id,
      accountId,
      text: 'Send samples',
      ownerId: anna.id,
      createdById: anna.id,
      createdAt: new Date(),
      requestKey: uuid(),
    },
  });

describe('what belongs to others is not there', () => {
  test.each<[string, () => Promise<Record<string, unknown>>]>([
    ['account', async () => ({ account: elsewhere.acme })],
    ['no account at all', async () => ({ account: '\'; DROP TABLE "Visit"; --' })],
    ['unknown account', async () => ({ account: uuid() })],
    ['contact', async () => ({ account: here.acme, contacts: [(await contactOf(elsewhere)).id] })],
    [
      'contact of another account',
      async () => {
        const other = await addAccount(setting.database, here.organization, uuid());
        return { account: other, contacts: [(await contactOf(here)).id] };
      },
    ],
    ['colleague', async () => ({ account: here.acme, colleagues: [elsewhere.ben.id] })],
    ['owner', async () => ({ account: here.acme, nextStep: 'Quote', owner: elsewhere.ben.id })],
    ['action', async () => ({ account: here.acme, fulfils: (await actionOf(elsewhere)).id })],
    [
      'action of another account',
      async () => {
        const other = await addAccount(setting.database, here.organization, uuid());
        return { account: here.acme, fulfils: (await actionOf(here, other)).id };
      },
    ],
    ['nonsense for ids', async () => ({ account: here.acme, contacts: ['x'], fulfils: '1', colleagues: ['U1'] })],
  ])('%s', async (_, answers) => {
    const { organization, anna } = here;
    const before = await setting.database.prisma.visit.count();
    const reply = await submit(setting, makeCall(organization, anna), await answers());
    expect(reply).toMatchObject({ reply: 'fix', problems: { account: expect.any(String) } });
    expect(JSON.stringify(reply)).not.toMatch(/Acme|Ben|samples/u);
    expect(await setting.database.prisma.visit.count()).toBe(before);
  });

  test.each(['visits.show', 'visits.undo', 'visits.restore', 'visits.edit', 'visits.ofAccount', 'visits.page'])(
    'a visit of another organisation by %s',
    async (name) => {
      const id = uuid();
      await submit(
        setting,
        makeCall(elsewhere.organization, elsewhere.anna),
        { account: elsewhere.acme, second: true },
        { id, without: [] },
      );
      const visit = await setting.database.prisma.visit.findFirstOrThrow({ where: { requestKey: id } });
      const abouts = [visit.id, elsewhere.acme, `account ${elsewhere.acme}   0`, `person ${elsewhere.anna.id}   0`];
      for (const about of [...abouts, undefined, '', "' OR 1=1 --"]) {
        const reply = await press(
          setting,
          makeCall(here.organization, here.anna, { me: { administrator: true } }),
          name,
          about,
        );
        expect(wordsOf(reply)).toBe('I can’t find that any more. It may have been removed, or it isn’t yours to see.');
      }
      expect((await setting.database.prisma.visit.findFirstOrThrow({ where: { requestKey: id } })).undoneAt).toBeNull();
    },
  );

  test('a form id that another organisation or person has used', async () => {
    const id = uuid();
    await submit(
      setting,
      makeCall(elsewhere.organization, elsewhere.anna),
      { account: elsewhere.acme, second: true, note: 'secret' },
      { id, without: [] },
    );
    const mine = await submit(
      setting,
      makeCall(here.organization, here.anna),
      { account: here.acme, second: true },
      { id, without: [] },
    );
    expect(wordsOf(mine)).not.toContain('secret');
    const bens = await submit(setting, makeCall(here.organization, here.ben), { account: here.acme }, { id });
    expect(bens.reply).toBe('fix');
  });

  test('an action of a colleague may be fulfilled by their manager only', async () => {
    const { organization, anna, ben, acme } = await setting.organization();
    const team = await setting.make.team(organization, { manager: ben, members: [anna] });
    const action = await setting.database.prisma.action.create({
      data: {
        organizationId: organization.id,
        accountId: acme,
        text: 'x',
        ownerId: anna.id,
        createdById: anna.id,
        createdAt: new Date(),
        requestKey: uuid(),
      },
    });
    const answers = { account: acme, fulfils: action.id };
    expect((await submit(setting, makeCall(organization, ben), answers)).reply).toBe('fix');
    const asManager = makeCall(organization, ben, { me: { manages: [team.id] } });
    expect(wordsOf(await submit(setting, asManager, answers))).toContain('Done with it: x');
  });
});

test('an observer logs nothing', async () => {
  const call = makeCall(here.organization, here.anna, { me: { observer: true } });
  const refused = 'Your role doesn’t allow this. Ask an administrator if you need it.';
  expect(await submit(setting, call, { account: here.acme })).toMatchObject({ reply: 'fix', notice: refused });
  expect(wordsOf(await say(setting, call, 'log'))).toBe(refused);
});

test.each<[Record<string, unknown>, string, string]>([
  [{}, 'account', 'fill'],
  [{ date: '2026-11-24' }, 'date', 'still to come'],
  [{ date: '2025-11-22' }, 'date', 'year'],
  [{ date: 'soon' }, 'date', 'calendar'],
  [{ due: '2026-11-27' }, 'nextStep', 'due date'],
  [{ nextStep: ' ', due: '2026-11-27' }, 'nextStep', 'due date'],
  [{ nextStep: 'Quote', due: '2026-11-22' }, 'due', 'before the visit'],
  [{ note: 'x'.repeat(10_000) }, 'note', '10,000'],
  [{ kind: 'party' }, 'kind', 'list'],
])('%j is a problem of %s', async (answers, field, words) => {
  const account = Object.keys(answers).length === 0 ? {} : { account: here.acme };
  const reply = await submit(setting, makeCall(here.organization, here.anna), { ...account, ...answers });
  expect(reply).toMatchObject({ reply: 'fix', problems: { [field]: expect.stringContaining(words) } });
});

test.each([
  'Robert\'); DROP TABLE "Visit";--',
  '<!channel> <@U123> *bold* `x`',
  'مرحبا \u202eabc\u200b 👩‍💼',
  '{account} "quoted" \\ back\nline',
  'x'.repeat(3000),
  '$1 $& %s',
])('%j is stored and announced as it is', async (words) => {
  const { organization, anna, ben } = await setting.organization();
  await setting.make.team(organization, { members: [anna], channelId: 'C1', announceVisits: true });
  const account = await addAccount(setting.database, organization, words.slice(0, 120), anna);
  const id = uuid();
  const reply = await submit(
    setting,
    makeCall(organization, anna),
    {
      account,
      note: words,
      purpose: words.slice(0, 300),
      nextStep: words.slice(0, 500),
      owner: ben.id,
      newContacts: words.slice(0, 80),
    },
    { id },
  );
  expect(reply.reply).toBe('show');
  const visit = await setting.database.prisma.visit.findFirstOrThrow({ where: { requestKey: id } });
  expect(visit.note).toBe(words.trim());
  const rows = await setting.database.prisma.outbox.findMany({ where: { organizationId: organization.id } });
  expect(rows).toHaveLength(2);
  for (const row of rows) {
    const said: string[] = [];
    JSON.stringify(row.message, (_, value) => {
      if (typeof value === 'string') said.push(value);
      return value;
    });
    expect(said.some((one) => one.includes(words.slice(0, 120)))).toBe(true);
    expect(said.join()).not.toMatch(/account-[0-9a-f]{8}/u);
  }
});
