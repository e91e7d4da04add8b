import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addAccount, askedOf, makeCall, press, type Setting, submit, visitSetting, wordsOf } from './setting.ts';

let setting: Setting;
beforeAll(async () => {
  setting = await visitSetting();
});
afterAll(() => setting.close());

const feedbackOf = (organizationId: string) => setting.database.prisma.feedback.findMany({ where: { organizationId } });

test('what was said is one row with its visit, however often the form arrives', async () => {
  const { organization, anna, ben, acme } = await setting.organization();
  const call = makeCall(organization, ben);
  const id = uuid();
  const answers = { account: acme, heard: 'Delivery is slow', newContacts: 'Ms Braun', nextStep: 'call back' };
  const replies = await Promise.all([1, 2, 3].map(() => submit(setting, call, answers, { id })));
  for (const reply of replies) expect(wordsOf(reply)).toContain('Delivery is slow');
  const [visit] = await setting.database.prisma.visit.findMany({ where: { organizationId: organization.id } });
  const [contact] = await setting.database.prisma.contact.findMany({ where: { organizationId: organization.id } });
  expect(await feedbackOf(organization.id)).toMatchObject([
    {
      visitId: visit?.id,
      accountId: acme,
      words: 'Delivery is slow',
      kind: 'problem',
      state: 'open',
      // Whoever looks after the customer answers; the one person that they met said it. The visit's own step is none yet.
      ownerId: anna.id,
      authorId: ben.id,
      contactId: contact?.id,
      openActions: 0,
      lastVisitOn: null,
    },
  ]);
  const keys = await setting.database.prisma.outbox.findMany({ where: { organizationId: organization.id } });
  expect(keys.filter(({ key }) => key.startsWith('feedback-added')).map(({ key }) => key.split(':')[2])).toEqual([
    anna.id,
  ]);
});

test('a visit that is not stored leaves nothing of what was said', async () => {
  const { organization, anna, acme } = await setting.organization();
  const call = makeCall(organization, anna);
  await submit(setting, call, { account: acme });
  const asked = await submit(setting, call, { account: acme, heard: 'Too late' });
  expect(askedOf(asked).initial.heard).toBe('Too late');
  expect(await feedbackOf(organization.id)).toEqual([]);
});

test('a visit that was to somebody else moves what was said in it, without who said it', async () => {
  const { organization, anna, acme } = await setting.organization();
  const call = makeCall(organization, anna);
  await submit(setting, call, { account: acme, heard: 'Too late', newContacts: 'Ms Braun' });
  const [visit] = await setting.database.prisma.visit.findMany({ where: { organizationId: organization.id } });
  const other = await addAccount(setting.database, organization, 'Other Works', anna);
  const form = askedOf(await press(setting, call, 'visits.edit', visit?.id));
  const { contacts: _, ...initial } = form.initial;
  await submit(setting, call, { ...initial, account: other }, form);
  expect(await feedbackOf(organization.id)).toMatchObject([{ accountId: other, contactId: null, version: 2 }]);
});

test('a visit answers only what its own customer said, and only what its author may see', async () => {
  const { organization, anna, ben, acme } = await setting.organization();
  const call = makeCall(organization, anna);
  await submit(setting, call, { account: acme, heard: 'Too late' });
  const [feedback] = await feedbackOf(organization.id);
  const about = { feedback: feedback?.id ?? '' };
  const other = await addAccount(setting.database, organization, 'Other Works', anna);
  await submit(setting, call, { account: other }, { about });
  await submit(setting, makeCall(organization, ben), { account: acme }, { about });
  const results = () => setting.database.prisma.feedbackResult.findMany({ where: { organizationId: organization.id } });
  expect(await results()).toEqual([]);
  await submit(setting, call, { account: acme, second: true }, { about, without: [] });
  expect(await results()).toMatchObject([{ feedbackId: feedback?.id, createdById: anna.id }]);
});
