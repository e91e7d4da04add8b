import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCall, type Setting, submit, visitSetting, wordsOf } from './setting.ts';

let setting: Setting;
beforeAll(async () => {
  setting = await visitSetting();
});
afterAll(() => setting.close());

const count = (organizationId: string) =>
  setting.database.prisma.visit.count({ where: { organizationId, undoneAt: null } });

test('a second visit on the same day is asked about once, and nothing typed is lost', async () => {
  const { organization, anna, acme, ben } = await setting.organization();
  const call = makeCall(organization, anna);
  const first = uuid();
  await submit(setting, call, { account: acme, note: 'Morning' }, { id: first });
  const id = uuid();
  const typed = {
    account: acme,
    kind: 'visit',
    date: '2026-11-23',
    note: 'Evening',
    nextStep: 'Quote',
    due: '2026-11-27',
    colleagues: [ben.id],
  };
  const asked = await submit(setting, call, typed, { id, about: { link: 'https://example.com/1' }, expanded: true });
  if (asked.reply !== 'ask') throw new Error('not asked');
  expect(asked.asked).toMatchObject({ id, expanded: true, initial: typed });
  expect(asked.asked.about.link).toBe('https://example.com/1');
  expect(asked.asked.without).not.toContain('second');
  expect(await count(organization.id)).toBe(1);

  const { without } = asked.asked;
  const unticked = await submit(setting, call, typed, { id, without });
  expect(unticked).toMatchObject({ reply: 'fix', problems: { second: expect.stringContaining('tick') } });
  const saved = await submit(setting, call, { ...typed, second: true }, { id, without });
  expect(wordsOf(saved)).toContain('Evening');
  // A retry, of the first as of the second, is not asked again.
  expect(wordsOf(await submit(setting, call, { ...typed, second: true }, { id, without }))).toContain('Evening');
  expect(wordsOf(await submit(setting, call, typed, { id }))).toContain('Evening');
  expect(wordsOf(await submit(setting, call, { account: acme, note: 'Morning' }, { id: first }))).toContain('Morning');
  expect(await count(organization.id)).toBe(2);
});

test('two forms at the same moment: one is saved, the others are asked', async () => {
  const { organization, anna, acme } = await setting.organization();
  const call = makeCall(organization, anna);
  const replies = await Promise.all(Array.from({ length: 12 }, () => submit(setting, call, { account: acme })));
  expect(replies.filter((one) => one.reply === 'show')).toHaveLength(1);
  expect(replies.filter((one) => one.reply === 'ask')).toHaveLength(11);
  expect(await count(organization.id)).toBe(1);
});

test('two forms that both have looked before either is stored: still only one is saved', async () => {
  const { organization, anna, acme } = await setting.organization();
  const call = makeCall(organization, anna);
  const { pool } = setting.database;
  const holder = await pool.connect();
  try {
    // Whoever refers to the account has to wait now, after having looked for other visits of the day.
    await holder.query('BEGIN');
    await holder.query('SELECT FROM "Account" WHERE id = $1 FOR UPDATE', [acme]);
    const replies = Promise.all([1, 2].map(() => submit(setting, call, { account: acme })));
    const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await expect.poll(async () => (await holder.query(waiting)).rowCount).toBe(2);
    await holder.query('COMMIT');
    expect((await replies).map((one) => one.reply).sort()).toEqual(['ask', 'show']);
  } finally {
    holder.release();
  }
  expect(await count(organization.id)).toBe(1);
});

test('many further visits at the same moment are all saved', async () => {
  const { organization, anna, acme } = await setting.organization();
  const call = makeCall(organization, anna);
  const replies = await Promise.all(
    Array.from({ length: 8 }, () => submit(setting, call, { account: acme, second: true }, { without: [] })),
  );
  expect(replies.every((one) => one.reply === 'show')).toBe(true);
  expect(await count(organization.id)).toBe(8);
});

test('other people, other days and visits that were taken back are no first visit', async () => {
  const { organization, anna, ben, acme } = await setting.organization();
  const call = makeCall(organization, anna);
  const id = uuid();
  await submit(setting, call, { account: acme }, { id });
  expect((await submit(setting, call, { account: acme, date: '2026-11-22' })).reply).toBe('show');
  expect((await submit(setting, makeCall(organization, ben), { account: acme })).reply).toBe('show');
  const visit = await setting.database.prisma.visit.findFirstOrThrow({
    where: { organizationId: organization.id, requestKey: id },
  });
  const undo = setting.visits.slice.actions?.find((one) => one.name === 'visits.undo');
  expect((await undo?.run(makeCall(organization, anna), visit.id))?.reply).toBe('redraw');
  expect((await submit(setting, call, { account: acme })).reply).toBe('show');
});

test('a joint visit is the visit of that day for each who was there', async () => {
  const { organization, anna, ben, acme } = await setting.organization();
  await submit(setting, makeCall(organization, anna), { account: acme, colleagues: [ben.id] });
  const bens = await submit(setting, makeCall(organization, ben), { account: acme });
  expect(bens.reply).toBe('ask');
  const recent = await setting.visits.recentBy(organization.id, ben.id, 5);
  expect(recent.map((visit) => visit.author.name)).toEqual(['Anna Berg']);
  const call = makeCall(organization, ben);
  expect(await setting.visits.loggedOn(organization.id, ben.id, call.today)).toHaveLength(1);
});
