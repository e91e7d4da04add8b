import { Temporal } from 'temporal-polyfill';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  addAccount,
  askedOf,
  makeCall,
  monday,
  press,
  type Setting,
  submit,
  visitSetting,
  wordsOf,
} from './setting.ts';

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
const later = (hours: number) => call({ now: monday.add({ hours }) });

/** A visit with a note and a next step. */
async function logged(answers: Record<string, unknown> = {}): Promise<string> {
  const id = uuid();
  const typed = { account: here.acme, note: 'Frist note', nextStep: 'Quote', due: '2026-11-27', ...answers };
  await submit(setting, call(), typed, { id });
  const row = await setting.database.prisma.visit.findFirstOrThrow({ where: { requestKey: id } });
  return row.id;
}
const row = (id: string) =>
  setting.database.prisma.visit.findFirstOrThrow({
    where: { id },
    include: { versions: { orderBy: { version: 'asc' } }, actions: true, people: true, contacts: true },
  });

async function edit(id: string, by: ReturnType<typeof call>, change: Record<string, unknown>, formId?: string) {
  const asked = askedOf(await press(setting, by, 'visits.edit', id));
  const { without, about, initial } = asked;
  const shown = { form: 'visits.edit', id: formId ?? asked.id, without, about, expanded: true };
  return { asked, reply: await submit(setting, by, { ...initial, ...change }, shown), shown };
}

describe('correcting', () => {
  test('a slip within 24 hours needs no reason; the earlier version is kept', async () => {
    const id = await logged();
    const { asked, reply } = await edit(id, later(23), { note: 'First note', outcome: 'advance' });
    expect(asked.without).toContain('reason');
    expect(asked.initial).toMatchObject({
      note: 'Frist note',
      nextStep: 'Quote',
      due: '2026-11-27',
      owner: here.anna.id,
    });
    expect(reply.reply).toBe('redraw');
    expect(wordsOf(reply)).toContain('Corrected: Visit at Acme Tools');
    expect(wordsOf(reply)).toContain('Note: First note');
    const visit = await row(id);
    expect(visit).toMatchObject({ version: 2, note: 'First note', outcome: 'advance' });
    expect(visit.loggedAt.toISOString()).toBe('2026-11-23T09:00:00.000Z');
    expect(visit.versions).toMatchObject([
      { version: 1, reason: null, content: { note: 'Frist note', outcome: null } },
    ]);
    expect(visit.actions).toMatchObject([{ text: 'Quote', state: 'open' }]);
  });

  test('after 24 hours a reason is due, and it is shown with the history', async () => {
    const id = await logged();
    const { reply: refused } = await edit(id, later(25), { note: 'First note' });
    expect(refused).toMatchObject({ reply: 'fix', problems: { reason: expect.any(String) } });
    const { reply } = await edit(id, later(25), { note: 'First note', reason: 'a typing mistake' });
    expect(reply.reply).toBe('redraw');
    const shown = wordsOf(await press(setting, later(25), 'visits.show', id));
    expect(shown).toContain('Version 1, replaced by Anna Berg on Tue 24 Nov, 11:00 (Berlin)');
    expect(shown).toContain('Reason: a typing mistake · What happened: Frist note');
  });

  test('the 24 hours end while the form is open', async () => {
    const id = await logged();
    const { asked, shown } = await edit(id, later(23), {});
    const typed = { ...asked.initial, note: 'First note' };
    const again = askedOf(await submit(setting, later(30), typed, { ...shown, id: uuid() }));
    expect(again.without).not.toContain('reason');
    expect(again.initial.note).toBe('First note');
  });

  test('the manager corrects with a reason, a colleague not at all', async () => {
    const id = await logged();
    const team = await setting.make.team(here.organization, { manager: here.ben, members: [here.anna] });
    const manager = makeCall(here.organization, here.ben, { me: { manages: [team.id] } });
    const { asked } = await edit(id, manager, { reason: 'agreed with Anna', note: 'First note' });
    expect(asked.without).not.toContain('reason');
    expect((await row(id)).people.map((one) => one.personId)).toEqual([here.anna.id]);
    const colleague = makeCall(here.organization, here.ben, { me: { memberOf: [team.id] } });
    expect(wordsOf(await press(setting, colleague, 'visits.edit', id))).toContain('Your role doesn’t allow this');
    const stranger = makeCall(here.organization, here.ben);
    expect(wordsOf(await press(setting, stranger, 'visits.edit', id))).toContain('I can’t find that any more');
  });

  test('the same form twice, and twenty times at once, is one version', async () => {
    const id = await logged();
    const asked = askedOf(await press(setting, call(), 'visits.edit', id));
    const { without, about, initial } = asked;
    const replies = await Promise.all(
      Array.from({ length: 20 }, () =>
        submit(setting, call(), { ...initial, note: 'First' }, { form: 'visits.edit', id: asked.id, without, about }),
      ),
    );
    expect(new Set(replies.map(wordsOf)).size).toBe(1);
    expect((await row(id)).version).toBe(2);
  });

  test('somebody else was faster: what they changed is told, nothing typed is lost', async () => {
    const id = await logged();
    const mine = askedOf(await press(setting, call(), 'visits.edit', id));
    await edit(id, call(), { note: 'Theirs', kind: 'call' });
    const shown = { form: 'visits.edit', id: mine.id, without: mine.without, about: mine.about };
    const asked = askedOf(await submit(setting, call(), { ...mine.initial, note: 'Mine' }, shown));
    expect(asked.initial.note).toBe('Mine');
    expect(JSON.stringify(asked.intro)).toMatch(
      /Anna Berg.*What happened → Theirs.*Kind → Call|Kind → Call.*What happened → Theirs/u,
    );
    const again = { ...shown, without: asked.without, about: asked.about };
    expect(wordsOf(await submit(setting, call(), asked.initial, again))).toContain('Note: Mine');
    expect((await row(id)).versions.map((one) => one.version)).toEqual([1, 2]);
  });

  test('another account, other people, another next step', async () => {
    const id = await logged({ newContacts: 'Wang Wei' });
    const other = await addAccount(setting.database, here.organization, 'Beta Works', here.anna);
    const { reply } = await edit(id, call(), {
      account: other,
      contacts: [],
      newContacts: '李总',
      colleagues: [here.ben.id],
      nextStep: 'Call back',
      due: '2026-11-30',
      owner: here.ben.id,
    });
    expect(wordsOf(reply)).toContain('at Beta Works');
    expect(wordsOf(reply)).toContain('Met: 李总');
    expect(wordsOf(reply)).toContain('Next step: Call back (Ben Ode, due Mon 30 Nov)');
    const visit = await row(id);
    expect(visit.actions).toMatchObject([{ accountId: other, text: 'Call back', ownerId: here.ben.id, state: 'open' }]);
    const { reply: without } = await edit(id, call(), { nextStep: '', due: undefined, owner: undefined });
    expect(wordsOf(without)).not.toContain('Next step');
    expect((await row(id)).actions[0]?.state).toBe('dropped');
  });

  test('pointers of another organisation are refused', async () => {
    const id = await logged({ newContacts: 'Wang Wei' });
    const elsewhere = await setting.organization();
    for (const change of [{ account: elsewhere.acme }, { colleagues: [elsewhere.ben.id] }, { contacts: [uuid()] }]) {
      const { reply } = await edit(id, call(), change);
      expect(reply).toMatchObject({ reply: 'fix', problems: { account: expect.any(String) } });
    }
    expect((await row(id)).version).toBe(1);
  });
});

describe('taking back', () => {
  test('it is in no list, its next steps are dropped, and all comes back', async () => {
    const id = await logged();
    const undone = await press(setting, call(), 'visits.undo', id);
    expect(undone.reply).toBe('redraw');
    expect(wordsOf(undone)).toContain('Taken back: Visit at Acme Tools on Mon 23 Nov');
    expect((await row(id)).actions[0]?.state).toBe('dropped');
    expect(await setting.visits.recentBy(here.organization.id, here.anna.id, 5)).toEqual([]);
    expect((await setting.visits.lastVisits(here.organization.id, [here.acme])).size).toBe(0);
    // Pressed twice: still taken back.
    expect(wordsOf(await press(setting, call(), 'visits.undo', id))).toContain('Taken back');
    expect(wordsOf(await press(setting, call(), 'visits.edit', id))).toContain('Restore it first');
    const restored = await press(setting, call(), 'visits.restore', id);
    expect(wordsOf(restored)).toContain('Next step: Quote');
    expect(await setting.visits.recentBy(here.organization.id, here.anna.id, 5)).toHaveLength(1);
    expect(String((await setting.visits.lastVisits(here.organization.id, [here.acme])).get(here.acme))).toBe(
      '2026-11-23',
    );
    const history = wordsOf(await press(setting, call(), 'visits.show', id));
    expect(history).toMatch(/Version 1, taken back by Anna Berg[\s\S]*Version 2, restored by Anna Berg/u);
  });

  test('restored beside another visit of the same day', async () => {
    const id = await logged();
    await press(setting, call(), 'visits.undo', id);
    await logged({ note: 'Again' });
    expect((await press(setting, call(), 'visits.restore', id)).reply).toBe('redraw');
    expect(await setting.visits.recentBy(here.organization.id, here.anna.id, 5)).toHaveLength(2);
  });

  test('later a reason is asked for', async () => {
    const id = await logged();
    const asked = askedOf(await press(setting, later(25), 'visits.undo', id));
    const reply = await submit(setting, later(25), { reason: 'wrong customer' }, { ...asked, form: 'visits.undo' });
    expect(wordsOf(reply)).toContain('Taken back');
    expect((await row(id)).versions).toMatchObject([{ reason: 'wrong customer' }]);
  });

  test('twenty presses at once take it back once', async () => {
    const id = await logged();
    const replies = await Promise.all(Array.from({ length: 20 }, () => press(setting, call(), 'visits.undo', id)));
    expect(replies.every((one) => wordsOf(one).startsWith('Taken back'))).toBe(true);
    expect((await row(id)).version).toBe(2);
  });
});

test('a posted announcement is redrawn on correction, undo and restore, without the note', async () => {
  await setting.make.team(here.organization, {
    members: [here.anna],
    channelId: 'C9',
    announceVisits: true,
    locale: 'zh-CN',
  });
  const id = await logged();
  await edit(id, call(), { note: 'Corrected', kind: 'call' });
  await press(setting, call(), 'visits.undo', id);
  await press(setting, call(), 'visits.restore', id);
  const rows = await setting.database.prisma.outbox.findMany({
    where: { organizationId: here.organization.id },
    orderBy: { id: 'asc' },
  });
  expect(rows.map((one) => (one.message as { do: string }).do)).toEqual(['post', 'redraw', 'redraw', 'redraw']);
  const [post, corrected, undone, restored] = rows.map((one) => JSON.stringify(one.message));
  expect(post).toContain('上门拜访');
  expect(corrected).toContain('电话');
  expect(undone).toContain('已撤销');
  expect(restored).toContain('电话');
  expect(rows.map((one) => JSON.stringify(one.message)).join()).not.toMatch(/Frist|Corrected|Quote/u);
});

test('lateness is told, in days', async () => {
  const reply = await submit(setting, call(), { account: here.acme, date: '2026-11-20' });
  expect(wordsOf(reply)).toContain('Date: Fri 20 Nov (logged 3 days later)');
  expect(Temporal.PlainDate.from('2026-11-20').dayOfWeek).toBe(5);
});
