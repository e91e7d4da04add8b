import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCall, type Setting, submit, visitSetting, wordsOf } from './setting.ts';

let setting: Setting;
beforeAll(async () => {
  setting = await visitSetting();
});
afterAll(() => setting.close());

test('only the account is required; the card says what was saved', async () => {
  const { organization, anna, acme } = await setting.organization();
  const reply = await submit(setting, makeCall(organization, anna), { account: acme });
  expect(wordsOf(reply)).toBe('Saved: Visit at Acme Tools\nDate: Mon 23 Nov');
});

test('everything that was typed is stored and shown', async () => {
  const { organization, anna, ben, acme } = await setting.organization();
  const { prisma } = setting.database;
  const wang = await prisma.contact.create({
    data: { organizationId: organization.id, accountId: acme, name: 'Wang Wei' },
  });
  const open = await prisma.action.create({
    data: {
      organizationId: organization.id,
      accountId: acme,
      text: 'Send samples',
      ownerId: anna.id,
      createdById: anna.id,
      createdAt: new Date(),
      requestKey: uuid(),
    },
  });
  const team = await setting.make.team(organization, { members: [anna], channelId: 'C1', announceVisits: true });
  const nudges = setting.nudges();
  const id = uuid();
  const reply = await submit(
    setting,
    makeCall(organization, anna),
    {
      account: acme,
      kind: 'call',
      date: '2026-11-20',
      note: 'They want *more*',
      nextStep: 'Quote',
      due: '2026-11-27',
      contacts: [wang.id],
      newContacts: '李总、Ms Ode',
      colleagues: [ben.id],
      purpose: 'Renewal',
      outcome: 'advance',
      owner: ben.id,
      fulfils: open.id,
    },
    { id, about: { link: 'https://example.slack.com/archives/C1/p1' } },
  );
  expect(wordsOf(reply)).toMatchInlineSnapshot(`
    "Saved: Call at Acme Tools
    Date: Fri 20 Nov (logged 3 days later)
    Together with: Ben Ode
    Met: Ms Ode, Wang Wei, and 李总
    Purpose: Renewal
    Outcome: Advance
    Note: They want *more*
    Next step: Quote (Ben Ode, due Fri 27 Nov)
    Done with it: Send samples
    From this message: Open"
  `);
  expect(setting.nudges()).toBe(nudges + 1);
  const visit = await prisma.visit.findFirstOrThrow({
    where: { organizationId: organization.id, requestKey: id },
    include: { people: true, contacts: true, actions: true, fulfils: true },
  });
  expect(visit.people.map((one) => one.personId).sort()).toEqual([anna.id, ben.id].sort());
  expect(visit.contacts).toHaveLength(3);
  expect(visit.actions[0]).toMatchObject({ text: 'Quote', ownerId: ben.id, createdById: anna.id, requestKey: id });
  expect(visit.fulfils[0]).toMatchObject({ id: open.id, state: 'done' });
  const announced = await prisma.outbox.findFirstOrThrow({
    where: { organizationId: organization.id, key: `visit-announced:${visit.id}` },
  });
  expect(announced.lane).toBe(`${organization.id}:${organization.workspaceId}:C1`);
  expect(announced.message).toMatchObject({
    do: 'post',
    to: { workspaceId: organization.workspaceId, conversation: 'C1' },
    as: { thing: 'visit', id: visit.id, card: 'announcement' },
  });
  expect(JSON.stringify(announced.message)).toContain('"Acme Tools"');
  expect(JSON.stringify(announced.message)).not.toMatch(/Quote|more|account-/u);
  expect(team.id).toBeTruthy();
});

test('twenty times the same form is one visit and one answer', async () => {
  const { organization, anna, acme } = await setting.organization();
  const id = uuid();
  const replies = await Promise.all(
    Array.from({ length: 20 }, () =>
      submit(setting, makeCall(organization, anna), { account: acme, note: 'Once', nextStep: 'Quote' }, { id }),
    ),
  );
  expect(new Set(replies.map(wordsOf)).size).toBe(1);
  const where = { organizationId: organization.id };
  expect(await setting.database.prisma.visit.count({ where })).toBe(1);
  expect(await setting.database.prisma.action.count({ where })).toBe(1);
});
