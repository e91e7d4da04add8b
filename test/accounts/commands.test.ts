import { Temporal } from 'temporal-polyfill';
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { inPlainText } from '../../src/chat/card.ts';
import { judge } from '../../src/chat/form.ts';
import type { Reply } from '../../src/chat/reply.ts';
import type { Call } from '../../src/chat/slice.ts';
import { makeCall } from '../support/call.ts';
import type { SeededOrganization, SeededPerson } from '../support/seed.ts';
import { accountsWorld } from './world.ts';

const world = accountsWorld();
let organization: SeededOrganization;
let anna: SeededPerson;
let ben: SeededPerson;
let lead: SeededPerson;
let admin: SeededPerson;
let team: { id: string };

beforeAll(async () => {
  organization = await world.build.organization();
  anna = await world.build.person(organization);
  ben = await world.build.person(organization, { name: 'Ben Frei' });
  lead = await world.build.person(organization, { name: 'Lea Lead' });
  admin = await world.build.person(organization, { name: 'Ada Admin', administrator: true });
  team = await world.build.team(organization, { manager: lead, members: [anna] });
});

const callOf = (person: SeededPerson, given: Parameters<typeof makeCall>[2] = {}) =>
  makeCall(organization, person, { ...given, me: person === lead ? { manages: [team.id] } : {} });
const say = async (call: Call, words: string): Promise<Reply> => {
  const [command] = world.accounts.slice.commands ?? [];
  if (!command) throw new Error('no command');
  return command.run(call, words);
};
const open = async (call: Call, name: string, about?: string): Promise<Reply> => {
  const opener = world.accounts.slice.openers?.find((one) => one.name === name);
  if (!opener) throw new Error(`no opener ${name}`);
  return opener.run(call, about);
};
const press = async (call: Call, name: string, about?: string): Promise<Reply> => {
  const action = world.accounts.slice.actions?.find((one) => one.name === name);
  if (!action) throw new Error(`no action ${name}`);
  return action.run(call, about);
};
const submit = async (
  call: Call,
  name: string,
  answers: Record<string, unknown>,
  about: Record<string, string> = {},
  id = uuid(),
): Promise<Reply> => {
  const handler = world.accounts.slice.forms?.find(({ form }) => form.name === name);
  if (!handler) throw new Error(`no form ${name}`);
  const judged = judge(handler.form, answers, { today: call.today, text: call.text });
  if (!judged.ok) return { reply: 'fix', problems: judged.problems };
  return handler.submit(call, judged.answers, { id, about, without: [], expanded: false });
};
const words = (reply: Reply) => {
  if (reply.reply !== 'show' && reply.reply !== 'redraw') throw new Error(`answered ${JSON.stringify(reply)}`);
  return inPlainText(reply.card);
};
const buttons = (reply: Reply) => {
  if (reply.reply !== 'show' && reply.reply !== 'redraw') throw new Error(`answered ${JSON.stringify(reply)}`);
  return reply.card.body.flatMap((part) => (part.kind === 'buttons' ? part.buttons.map(({ label }) => label) : []));
};
const changesOf = async (accountId: string) =>
  world.database.prisma.accountChange.findMany({
    where: { organizationId: organization.id, accountId },
    orderBy: { id: 'asc' },
  });
const idOf = async (name: string) => {
  const found = await world.accounts.search(callOf(anna), name);
  return found.find((account) => account.name === name)?.id ?? '';
};

describe('the account card', () => {
  it('says everything at a glance', async () => {
    const id = await world.account(anna, { name: 'Glance AG', class: 'core', city: 'Zürich', code: 'G-1' });
    await world.accounts.ensureContacts(organization.id, id, ['Li Wei']);
    const step = { id: uuid(), text: 'Send the offer', ownerId: ben.id, dueOn: Temporal.PlainDate.from('2026-11-27') };
    world.happened.set(id, {
      lastVisitOn: Temporal.PlainDate.from('2026-11-01'),
      openActions: [step, { ...step, id: uuid(), text: 'Call back', dueOn: null }],
      openActionCount: 2,
    });
    const card = await say(callOf(anna), 'glance');
    expect(words(card)).toBe(
      [
        'Glance AG',
        'Class: Core',
        'Owner: Anna Berg',
        'Last visit: Sun 1 Nov',
        'Visit rhythm: Every 2 weeks · 8 days overdue',
        'Next step: Send the offer · Ben Frei, by Fri 27 Nov',
        'City: Zürich',
        'Code: G-1',
        'Open actions (2)',
        '• Call back · Ben Frei',
        'Contacts (1)',
        '• Li Wei',
      ].join('\n'),
    );
    expect(buttons(card)).toEqual(['Log a visit', 'Edit', 'Add contact', 'All visits', 'Feedback']);
    expect(buttons(await say(callOf(ben), 'glance'))).toEqual(['Log a visit', 'All visits', 'Feedback']);
    expect(buttons(await say(callOf(lead), 'glance'))).toContain('Archive');
  });

  it('speaks Chinese', async () => {
    await world.account(anna, { name: '华信电子', class: 'balanced' });
    expect(words(await say(callOf(anna, { locale: 'zh-CN' }), '华信'))).toContain(
      '拜访频率：每 4 周一次 · 该安排首次拜访了',
    );
  });

  it('asks which one when several fit, and offers to add when none does', async () => {
    await world.account(anna, { name: 'Twin One' });
    await world.account(anna, { name: 'Twin Two' });
    expect(words(await say(callOf(anna), 'twin'))).toContain('2 customers fit “twin”');
    const none = await say(callOf(anna), 'Qwxyz');
    expect(words(none)).toContain('“Qwxyz”');
    expect(buttons(none)).toEqual(['Add “Qwxyz”']);
  });

  it('is shown for the exact name although others begin with it', async () => {
    await world.account(ben, { name: 'Solo' });
    await world.account(ben, { name: 'Solo Industries' });
    expect(words(await say(callOf(anna), 'SOLO'))).toMatch(/^Solo\n/);
  });

  it('is not found by an id of another organisation, in any action and opener', async () => {
    const other = await world.build.organization();
    const stranger = await world.build.person(other, { administrator: true });
    const id = await world.account(anna, { name: 'Private Ltd' });
    const [contact = ''] = await world.accounts.ensureContacts(organization.id, id, ['Secret Person']);
    const call = makeCall(other, stranger);
    const replies = [
      await press(call, 'accounts.open', id),
      await press(call, 'accounts.archive', id),
      await open(call, 'accounts.edit', id),
      await open(call, 'accounts.addContact', id),
      await open(call, 'accounts.editContact', contact),
      await press(call, 'accounts.open', 'not-an-id'),
      await press(call, 'accounts.open', undefined),
    ];
    for (const reply of replies) expect(words(reply)).toBe(call.text.plain('chat.notFound'));
    const notice = { reply: 'fix', problems: {}, notice: call.text.plain('chat.notFound') };
    expect(await submit(call, 'accounts.edit', { name: 'X1' }, { account: id })).toEqual(notice);
    expect(await submit(call, 'accounts.addContact', { name: 'X' }, { account: id })).toEqual(notice);
    expect(await submit(call, 'accounts.editContact', { name: 'X' }, { contact })).toEqual(notice);
  });
});

describe('adding', () => {
  it('opens the form with the name', async () => {
    const reply = await say(callOf(anna), 'add  Neu & Co');
    expect(reply.reply === 'ask' && reply.asked.initial).toEqual({
      class: 'general',
      owner: anna.id,
      name: 'Neu & Co',
    });
    const chinese = await say(callOf(anna), '新增华为');
    expect(chinese.reply === 'ask' && chinese.asked.initial.name).toBe('华为');
    // What the field cannot hold is cut where the person sees it, and no character in its middle.
    const long = await say(callOf(anna), `add ${'x'.repeat(118)}👩‍👩‍👧‍👦 & Co`);
    expect(long.reply === 'ask' && long.asked.initial.name).toBe(`${'x'.repeat(118)}…`);
  });

  it('stores all answers and the first line of the history, once', async () => {
    const id = uuid();
    const answers = {
      name: ' Fresh\u200b  Foods ',
      class: 'corePotential',
      owner: anna.id,
      members: [ben.id],
      otherNames: 'FF; 鲜食；FF',
      code: 'F-7',
      city: 'Shanghai',
      timeZone: 'shanghai',
    };
    const card = await submit(callOf(anna), 'accounts.add', answers, {}, id);
    expect(words(card)).toContain('Fresh Foods\nClass: Core potential\nOwner: Anna Berg\nAccount team: Ben Frei');
    expect(words(card)).toContain('City: Shanghai · Asia/Shanghai\nCode: F-7\nAlso known as: FF · 鲜食');
    expect(words(await submit(callOf(anna), 'accounts.add', answers, {}, id))).toBe(words(card));
    const history = await changesOf(await idOf('Fresh Foods'));
    expect(history.map(({ changedById }) => changedById)).toEqual([anna.id, anna.id]);
    expect(history[0]?.changes).toMatchObject({ name: [null, 'Fresh Foods'], class: [null, 'corePotential'] });
    expect(await world.accounts.search(callOf(ben), '鲜食')).toMatchObject([{ name: 'Fresh Foods', mine: true }]);
  });

  it.each(['ＤＯＵＢＬＥ  Trading', 'double-trading', 'Double\u200bTrading'])(
    'refuses the same name again: %s',
    async (name) => {
      await submit(callOf(anna), 'accounts.add', { name: 'Double Trading', code: 'D-1' });
      const reply = await submit(callOf(ben), 'accounts.add', { name });
      expect(reply).toMatchObject({ reply: 'fix', problems: { name: expect.stringContaining('“Double Trading”') } });
      const code = await submit(callOf(ben), 'accounts.add', { name: `Other ${name.length}`, code: 'D-1' });
      expect(code).toMatchObject({ reply: 'fix', problems: { code: expect.stringContaining('“Double Trading”') } });
    },
  );

  it('by twenty at once makes one', async () => {
    const replies = await Promise.all(
      Array.from({ length: 20 }, () => submit(callOf(anna), 'accounts.add', { name: 'Race GmbH' })),
    );
    expect(replies.filter(({ reply }) => reply === 'show')).toHaveLength(1);
    expect(replies.filter(({ reply }) => reply === 'fix')).toHaveLength(19);
  });

  it('keeps to the rights', async () => {
    const other = await submit(callOf(anna), 'accounts.add', { name: 'For Ben', owner: ben.id });
    expect(other).toMatchObject({ problems: { owner: expect.any(String) } });
    expect(words(await submit(callOf(lead), 'accounts.add', { name: 'For Anna', owner: anna.id }))).toContain(
      'Anna Berg',
    );
    const observer = await world.build.person(organization, { observer: true });
    expect(words(await say(callOf(observer), 'add X1'))).toBe(callOf(observer).text.plain('chat.notAllowed'));
    expect(await submit(callOf(observer), 'accounts.add', { name: 'Obs' })).toMatchObject({
      reply: 'fix',
      problems: {},
    });
  });

  it.each([
    ['name', { name: '\u200b\u200b' }],
    ['timeZone', { name: 'Zone', timeZone: 'Mars' }],
    ['otherNames', { name: 'Zone', otherNames: 'x'.repeat(121) }],
    ['name', { name: 'x'.repeat(121) }],
  ])('marks what does not fit: %s', async (field, answers) => {
    expect(await submit(callOf(anna), 'accounts.add', answers)).toMatchObject({
      problems: { [field]: expect.any(String) },
    });
  });

  it('by name alone, from a visit, finds the first one again', async () => {
    const key = uuid();
    const first = await world.accounts.addByName(callOf(anna), 'Quick Ltd', key);
    expect(await world.accounts.addByName(callOf(anna), 'Quick Ltd', key)).toEqual(first);
    expect(await world.accounts.addByName(callOf(ben), 'quick ltd', uuid())).toMatchObject({
      added: false,
      taken: 'name',
    });
  });
});

describe('editing', () => {
  it('shows what is known, stores what differs, and remembers it', async () => {
    const id = await world.account(anna, { name: 'Old Name', otherNames: ['ON'], class: 'general' });
    const asked = await open(callOf(anna), 'accounts.edit', id);
    expect(asked.reply === 'ask' && asked.asked.initial).toEqual({
      name: 'Old Name',
      class: 'general',
      owner: anna.id,
      members: [],
      otherNames: 'ON',
    });
    const answers = { name: 'New Name', class: 'core', owner: ben.id, members: [anna.id], otherNames: 'ON' };
    expect(words(await submit(callOf(anna), 'accounts.edit', answers, { account: id }))).toContain('New Name');
    const history = await changesOf(id);
    expect(history).toHaveLength(2);
    expect(history[1]).toMatchObject({ changedById: anna.id });
    expect(history[1]?.changes).toEqual({
      name: ['Old Name', 'New Name'],
      class: ['general', 'core'],
      ownerId: [anna.id, ben.id],
      memberIds: [[], [anna.id]],
    });
    expect(await idOf('Old Name')).toBe('');
    expect(await idOf('New Name')).toBe(id);
    await submit(callOf(anna), 'accounts.edit', answers, { account: id });
    expect(await changesOf(id)).toHaveLength(2);
  });

  it('is refused to others, allowed to the account team, the manager and the administrator', async () => {
    const id = await world.account(anna, { name: 'Rights Inc' });
    expect((await open(callOf(ben), 'accounts.edit', id)).reply).toBe('show');
    expect(await submit(callOf(ben), 'accounts.edit', { name: 'Mine' }, { account: id })).toMatchObject({
      problems: {},
    });
    for (const person of [anna, lead, admin])
      expect((await open(callOf(person), 'accounts.edit', id)).reply).toBe('ask');
  });

  it('names who has the name already', async () => {
    await world.account(anna, { name: 'First There', code: 'FT' });
    const id = await world.account(anna, { name: 'Second There' });
    const reply = await submit(callOf(anna), 'accounts.edit', { name: 'first there' }, { account: id });
    expect(reply).toMatchObject({ problems: { name: expect.stringContaining('“First There”') } });
    const code = await submit(callOf(anna), 'accounts.edit', { name: 'Second There', code: 'FT' }, { account: id });
    expect(code).toMatchObject({ problems: { code: expect.stringContaining('“First There”') } });
  });

  it('archives for managers only, out of the search and back', async () => {
    const id = await world.account(anna, { name: 'Shelf Co' });
    expect(words(await press(callOf(anna), 'accounts.archive', id))).toBe(callOf(anna).text.plain('chat.notAllowed'));
    const archived = await press(callOf(lead), 'accounts.archive', id);
    expect(words(archived)).toContain('archived');
    expect(buttons(archived)).toEqual(['Take back', 'All visits']);
    expect(await world.accounts.search(callOf(anna), 'shelf')).toEqual([]);
    expect(await world.accounts.leading(callOf(anna), 'shelf co call')).toEqual([]);
    await press(callOf(lead), 'accounts.restore', id);
    expect(await idOf('Shelf Co')).toBe(id);
  });
});

describe('contacts', () => {
  it('are added once, changed, taken off and back on', async () => {
    const id = await world.account(anna, { name: 'People Ltd' });
    const form = uuid();
    const answers = { name: '王总', title: 'CEO', role: 'decisionMaker', attitude: 'positive' };
    const card = await submit(callOf(anna), 'accounts.addContact', answers, { account: id }, form);
    expect(words(card)).toContain('• 王总 · CEO – Decision maker · For us');
    await submit(callOf(anna), 'accounts.addContact', answers, { account: id }, form);
    expect(await world.accounts.contacts(organization.id, id)).toHaveLength(1);
    const again = await submit(callOf(anna), 'accounts.addContact', { name: '王总' }, { account: id });
    expect(again).toMatchObject({ problems: { name: '王总 is already a contact here.' } });
    const asked = await open(callOf(anna), 'accounts.editContact', form);
    expect(asked.reply === 'ask' && asked.asked.initial).toEqual(answers);
    await submit(callOf(anna), 'accounts.editContact', { ...answers, gone: true }, { contact: form });
    expect(await world.accounts.contacts(organization.id, id)).toEqual([]);
    await submit(callOf(anna), 'accounts.addContact', { name: '王总' }, { account: id });
    expect(await world.accounts.contacts(organization.id, id)).toMatchObject([{ id: form, title: null }]);
    expect(await changesOf(id)).toHaveLength(4);
  });

  it('met in a visit are found or added, in order', async () => {
    const id = await world.account(anna, { name: 'Met Ltd' });
    const first = await world.accounts.ensureContacts(organization.id, id, ['A', 'B']);
    const second = await world.accounts.ensureContacts(organization.id, id, ['C', 'B', 'A']);
    expect(second.slice(1)).toEqual([...first].reverse());
  });
});

describe('what is due', () => {
  it('is the person’s own, the most overdue first', async () => {
    const carla = await world.build.person(organization, { name: 'Carla' });
    const late = await world.account(carla, { name: 'Late', class: 'core' });
    const later = await world.account(carla, { name: 'Later', class: 'general' });
    await world.account(carla, { name: 'Never', class: 'balanced' });
    const fine = await world.account(carla, { name: 'Fine', class: 'general' });
    const on = (day: string) => ({ lastVisitOn: Temporal.PlainDate.from(day), openActions: [], openActionCount: 0 });
    world.happened.set(late, on('2026-11-05'));
    world.happened.set(later, on('2026-09-01'));
    world.happened.set(fine, on('2026-11-01'));
    const due = await world.accounts.dueFor(callOf(carla));
    expect(due.map(({ account, due: { overdue } }) => [account.name, overdue])).toEqual([
      ['Later', 27],
      ['Late', 4],
      ['Never', 0],
    ]);
  });
});
