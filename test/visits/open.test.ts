import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PlainAnswers } from '../../src/chat/form.ts';
import { plain } from '../../src/text/words.ts';
import { addAccount, askedOf, makeCall, press, type Setting, say, submit, visitSetting, wordsOf } from './setting.ts';

let setting: Setting;
let here: Awaited<ReturnType<Setting['organization']>>;
beforeAll(async () => {
  setting = await visitSetting();
});
afterAll(() => setting.close());
beforeEach(async () => {
  here = await setting.organization();
});

const call = (given: Parameters<typeof makeCall>[2] = {}) => makeCall(here.organization, here.anna, given);
const handler = () => {
  const found = setting.visits.slice.forms?.find((one) => one.form.name === 'visits.log');
  if (!found) throw new Error('no form');
  return found;
};
const keep = (id: string, answers: PlainAnswers, about: Record<string, string> = {}) =>
  setting.drafts.keep(here.organization.id, here.anna.id, {
    form: 'visits.log',
    formId: id,
    about,
    without: [],
    expanded: false,
    answers,
  });
const shortcut = (name: string, message: { text: string; link: string | null } | null) => {
  const found = setting.visits.slice.shortcuts?.find((one) => one.name === name);
  if (!found) throw new Error('no shortcut');
  return found.run(call(), message);
};

/** Holds the tables so that every question to the database waits, and lets go of them afterwards. */
async function whileSlow<T>(work: () => Promise<T>): Promise<T> {
  const client = await setting.database.pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('LOCK "Draft", "Account" IN ACCESS EXCLUSIVE MODE');
    return await work();
  } finally {
    await client.query('COMMIT');
    client.release();
  }
}

describe('opening', () => {
  test('today, a plain visit, nothing to choose from yet', async () => {
    const asked = askedOf(await say(setting, call(), 'log'));
    expect(asked.initial).toEqual({ kind: 'visit', date: '2026-11-23' });
    expect(asked.without).toEqual(['second', 'contacts', 'fulfils']);
    expect(asked.offer).toBeUndefined();
    expect(asked.id).toMatch(/^[0-9a-f-]{14}7/u);
  });

  test('for an account: its contacts and the open actions one may close', async () => {
    const { organization, anna, ben, acme } = here;
    const { prisma } = setting.database;
    const own = { organizationId: organization.id, accountId: acme };
    const wang = await prisma.contact.create({ data: { ...own, name: 'Wang Wei', title: 'CTO' } });
    const action = (ownerId: string, text: string) =>
      prisma.action.create({
        data: { ...own, text, ownerId, createdById: ownerId, createdAt: new Date(), requestKey: uuid() },
      });
    const mine = await action(anna.id, 'Send samples');
    await action(ben.id, 'Not mine');
    const asked = askedOf(await press(setting, call(), 'visits.log', acme));
    expect(asked.initial.account).toBe(acme);
    expect(asked.options.account).toEqual([{ value: acme, label: 'Acme Tools' }]);
    expect(asked.options.contacts).toEqual([{ value: wang.id, label: 'Wang Wei · CTO' }]);
    expect(asked.options.fulfils).toMatchObject([{ value: mine.id, label: 'Send samples' }]);
    expect(asked.without).toEqual(['second']);
  });

  test('choosing another account asks for its people, and keeps what was typed', async () => {
    const { prisma } = setting.database;
    const data = { organizationId: here.organization.id, accountId: here.acme, name: 'Wang Wei' };
    const wang = await prisma.contact.create({ data });
    const typed = { account: here.acme, note: 'Good talk', contacts: [wang.id, uuid()], colleagues: [here.ben.id] };
    const shown = { id: uuid(), about: { link: 'https://example.com/1' }, without: ['second'], expanded: true };
    const asked = askedOf(await handler().change(call(), 'account', typed, shown));
    expect(asked).toMatchObject({ id: shown.id, expanded: true, without: ['second', 'fulfils'] });
    expect(asked.initial).toMatchObject({ note: 'Good talk', contacts: [wang.id], colleagues: [here.ben.id] });
    expect(asked.about).toEqual({ link: 'https://example.com/1', account: here.acme, accountName: 'Acme Tools' });
    const other = await addAccount(setting.database, here.organization, 'Beta Works');
    const again = askedOf(await handler().change(call(), 'account', { ...asked.initial, account: other }, shown));
    expect(again.initial.contacts).toBeUndefined();
    const fresh = askedOf(await handler().change(call(), 'account', { ...typed, account: 'new:Gamma' }, shown));
    expect(fresh.options.account).toEqual([{ value: 'new:Gamma', label: 'Gamma' }]);
  });

  test('from a message: its text and its link, if it is one', async () => {
    const message = { text: 'Met Li\nwants samples', link: 'https://example.slack.com/archives/C1/p1' };
    const asked = askedOf(await shortcut('log_visit_from_message', message));
    expect(asked.initial.note).toBe(message.text);
    expect(asked.about.link).toBe(message.link);
    const odd = askedOf(
      await shortcut('log_visit_from_message', { text: 'x'.repeat(5000), link: 'javascript:alert(1)' }),
    );
    expect(odd.initial.note).toHaveLength(3000);
    expect(plain(odd.intro ?? '')).toContain('3,000');
    expect(odd.about.link).toBeUndefined();
    expect(askedOf(await shortcut('log_visit', null)).initial.note).toBeUndefined();
  });

  test('a slow database keeps no form closed', async () => {
    await keep(uuid(), { note: 'kept' });
    await whileSlow(async () => {
      const started = performance.now();
      expect(askedOf(await say(setting, call(), 'log')).offer).toBeUndefined();
      const asked = askedOf(await press(setting, call(), 'visits.log', here.acme));
      expect(performance.now() - started).toBeLessThan(1500);
      expect(asked.initial.account).toBe(here.acme);
      expect(asked.options.account).toEqual([{ value: here.acme, label: 'The customer you came from' }]);
      expect(plain(asked.intro ?? '')).toContain('slow');
      const quick = askedOf(await say(setting, call(), 'log', 'Acme Tools met Li next: quote by Friday'));
      expect(quick.initial).toMatchObject({ note: 'Acme Tools met Li', nextStep: 'quote', due: '2026-11-27' });
    });
    // The draft that came too late is offered now.
    await expect.poll(async () => askedOf(await say(setting, call(), 'log')).offer !== undefined).toBe(true);
  });

  test('an account of another organisation, or nonsense', async () => {
    const elsewhere = await setting.organization();
    for (const about of [elsewhere.acme, 'x', '']) {
      expect(wordsOf(await press(setting, call(), 'visits.log', about))).toContain('can’t find');
    }
  });
});

describe('drafts', () => {
  test('offered once, resumed under the same id, gone when saved', async () => {
    const id = uuid();
    const about = { account: here.acme, accountName: 'Acme Tools', link: 'https://example.com/1' };
    await keep(id, { account: here.acme, note: 'Half a sentence', colleagues: [here.ben.id] }, about);
    const { offer } = askedOf(await say(setting, call(), 'log'));
    expect(plain(offer?.words ?? '')).toBe('You began a visit to Acme Tools and closed it. Go on with it?');
    expect(offer?.button).toMatchObject({ opens: 'visits.resume', about: id });
    expect(askedOf(await say(setting, call(), 'log')).offer).toBeUndefined();
    const asked = askedOf(await press(setting, call(), 'visits.resume', id));
    expect(asked).toMatchObject({ id, initial: { note: 'Half a sentence', colleagues: [here.ben.id] } });
    expect(asked.about.link).toBe('https://example.com/1');
    await submit(setting, call(), asked.initial, { ...asked });
    expect(wordsOf(await press(setting, call(), 'visits.resume', id))).toContain('can’t find');
    expect(await setting.database.prisma.draft.count({ where: { organizationId: here.organization.id } })).toBe(0);
  });

  test('after 24 hours it is gone', async () => {
    const id = uuid();
    await keep(id, { note: 'x' });
    const { clock } = setting;
    const now = clock.now();
    try {
      await clock.set(now.add({ hours: 24, seconds: 1 }));
      expect(askedOf(await say(setting, call(), 'log')).offer).toBeUndefined();
      expect(await setting.drafts.take(here.organization.id, here.anna.id, id)).toBeNull();
    } finally {
      await clock.set(now);
    }
  });

  test('nobody else’s', async () => {
    const id = uuid();
    await keep(id, { note: 'secret' });
    const bens = makeCall(here.organization, here.ben);
    expect(askedOf(await say(setting, bens, 'log')).offer).toBeUndefined();
    expect(wordsOf(await press(setting, bens, 'visits.resume', id))).toContain('can’t find');
    await setting.drafts.keep(here.organization.id, here.ben.id, {
      form: 'visits.log',
      formId: id,
      about: {},
      without: [],
      expanded: false,
      answers: { note: 'mine now' },
    });
    expect((await setting.drafts.take(here.organization.id, here.anna.id, id))?.answers).toEqual({ note: 'secret' });
    await setting.drafts.drop(here.organization.id, here.ben.id, id);
    expect(await setting.drafts.take(here.organization.id, here.anna.id, id)).not.toBeNull();
  });

  test('only what was typed is worth keeping', () => {
    const keeps = (answers: PlainAnswers) => handler().keepsDraft(answers);
    expect(keeps({})).toBe(false);
    expect(keeps({ account: here.acme, kind: 'visit', date: '2026-11-23', contacts: [], note: '' })).toBe(false);
    expect(keeps({ account: here.acme, note: 'x' })).toBe(true);
  });
});

describe('a line typed in a hurry', () => {
  test('one customer: saved at once, and it says what was understood', async () => {
    const added = await setting.accounts.addByName(call(), 'Müller Werke', uuid());
    expect(added.added).toBe(true);
    const line = 'Müller Werke met Li, wants samples next: send the quote by Friday';
    const typed = call();
    const words = wordsOf(await say(setting, typed, 'log', line));
    expect(words).toBe(
      'Saved: Visit at Müller Werke\nDate: Mon 23 Nov\nNote: met Li, wants samples\nNext step: send the quote (you, due Fri 27 Nov)',
    );
    // The same command delivered again, also at once.
    const again = await Promise.all(Array.from({ length: 10 }, () => say(setting, typed, 'log', line)));
    expect(again.map(wordsOf)).toEqual(Array.from({ length: 10 }, () => words));
    expect(await setting.database.prisma.visit.count({ where: { organizationId: here.organization.id } })).toBe(1);
    // Another line on the same day is asked about, with everything in it.
    const second = askedOf(await say(setting, call(), 'log', 'Müller Werke met Ode'));
    expect(second.without).not.toContain('second');
    expect(second.initial).toMatchObject({ note: 'met Ode', account: added.added && added.id });
    const saved = await submit(setting, call(), { ...second.initial, second: true }, second);
    expect(wordsOf(saved)).toContain('met Ode');
  });

  test('in Chinese, without a space', async () => {
    await setting.accounts.addByName(call(), '华为技术有限公司', uuid());
    const reply = await say(
      setting,
      call({ locale: 'zh-CN' }),
      '记录',
      '华为技术有限公司见了王总，下一步：下周三前发报价',
    );
    expect(wordsOf(reply)).toBe(
      '已保存：华为技术有限公司 · 上门拜访\n日期：11月23日周一\n拜访情况：见了王总\n下一步：发报价（您，12月2日周三前）',
    );
  });

  test('several customers, none, no text, too much text: the form with all of it', async () => {
    await setting.accounts.addByName(call(), 'Delta Works North', uuid());
    await setting.accounts.addByName(call(), 'Delta Works South', uuid());
    const several = askedOf(await say(setting, call(), 'log', 'Delta Works met Li'));
    expect(several.initial).toMatchObject({ note: 'met Li' });
    expect(several.initial.account).toBeUndefined();
    expect(plain(several.intro ?? '')).toMatch(
      /Delta Works North.*Delta Works South|Delta Works South.*Delta Works North/u,
    );
    const none = askedOf(await say(setting, call(), 'log', 'Zzyzx met Li'));
    expect(none.initial.note).toBe('Zzyzx met Li');
    expect(plain(none.intro ?? '')).toContain('No customer matches');
    const empty = askedOf(await say(setting, call(), 'log', 'Delta Works South'));
    expect(empty.initial.account).toBeTruthy();
    expect(empty.initial.note).toBeUndefined();
    const long = askedOf(await say(setting, call(), 'log', `Delta Works South ${'x'.repeat(10_000)}`));
    expect(long.initial.note).toHaveLength(3000);
    expect(plain(long.intro ?? '')).toContain('3,000');
  });
});

test('a new customer becomes the rep’s own, once, also when it is there already', async () => {
  const id = uuid();
  const answers = { account: 'new:Gamma GmbH', note: 'first talk' };
  const replies = await Promise.all([1, 2, 3].map(() => submit(setting, call(), answers, { id })));
  for (const reply of replies) expect(wordsOf(reply)).toContain('Visit at Gamma GmbH');
  const accounts = await setting.database.prisma.account.findMany({
    where: { organizationId: here.organization.id, name: 'Gamma GmbH' },
  });
  expect(accounts).toMatchObject([{ ownerId: here.anna.id }]);
  const bens = await submit(setting, makeCall(here.organization, here.ben), { account: 'new:gamma gmbh' });
  expect(wordsOf(bens)).toContain('Visit at Gamma GmbH');
});
