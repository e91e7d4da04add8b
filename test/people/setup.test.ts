import { afterAll, beforeAll, expect, test } from 'vitest';
import { inPlainText } from '../../src/chat/card.ts';
import { profileOf } from '../support/seed.ts';
import { type Acting, askedIn, buttonsOf, cardIn, expectButtonsToLead, startActing } from './acting.ts';

let acting: Acting;
beforeAll(async () => {
  acting = await startActing();
});
afterAll(() => acting.close());

const settings = { language: 'zh-CN', timeZone: 'Asia/Shanghai', currency: 'CNY' };

test('an owner of the workspace is led through three steps and is administrator', async () => {
  const { build, as, say, send, press, people, registry } = acting;
  const organization = await build.organization({ isSetUp: false });
  const owner = await build.person(organization, {
    name: 'Olga',
    mayAdminister: true,
    locale: 'en',
    timeZone: 'Asia/Shanghai',
  });
  const rep = await build.person(organization, { name: '王伟' });

  const first = askedIn(await say(await as(organization, owner), 'setup'));
  expect(first).toMatchObject({
    form: { name: 'people.settings' },
    initial: { language: 'en', timeZone: 'Asia/Shanghai', currency: 'CNY' },
    intro: expect.stringContaining('Step 1 of 3'),
  });
  const second = askedIn(await send(await as(organization, owner), first, settings));
  expect(second).toMatchObject({ form: { name: 'people.team' }, initial: { manager: owner.id } });
  expect(second.intro).toContain('Step 2 of 3');
  const call = await as(organization, owner);
  expect(call).toMatchObject({
    me: { administrator: true },
    organization: { isSetUp: true, timeZone: 'Asia/Shanghai', currency: 'CNY' },
  });

  const answers = { name: ' 华东 ', members: [rep.id], channel: 'C1', announce: true };
  const third = cardIn(await send(call, second, answers));
  expect(inPlainText(third)).toContain('Step 3 of 3');
  expect(buttonsOf(third).map((button) => ('opens' in button ? button.opens : ''))).toEqual(
    expect.arrayContaining(['accounts.import', 'accounts.add']),
  );
  expectButtonsToLead(third, registry);
  const [team] = await people.teams(organization.id, 'all');
  expect(team).toMatchObject({
    name: '华东',
    managerId: owner.id,
    memberIds: [rep.id],
    channelId: 'C1',
    channelWorkspaceId: organization.workspaceId,
    announceVisits: true,
    locale: 'zh-CN',
    timeZone: 'Asia/Shanghai',
  });
  expect((await as(organization, owner)).me.manages).toEqual([team?.id]);
  expect((await as(organization, rep)).me.memberOf).toEqual([team?.id]);
  expect(inPlainText(cardIn(await press(call, 'people.setUpLater')))).toContain('KAM is ready');

  // The same form again, delivered twice, makes no second team.
  await send(await as(organization, owner), second, answers);
  expect(await people.teams(organization.id, 'all')).toHaveLength(1);
});

test('whoever stops in the middle goes on where they were', async () => {
  const { build, as, say, send } = acting;
  const organization = await build.organization({ isSetUp: false });
  const owner = await build.person(organization, { mayAdminister: true, locale: 'en' });
  const start = async () => say(await as(organization, owner), '设置');
  expect(askedIn(await start()).form.name).toBe('people.settings');
  const first = askedIn(await start());
  await send(await as(organization, owner), first, settings);
  const second = askedIn(await start());
  expect(second.form.name).toBe('people.team');
  await send(await as(organization, owner), second, { name: 'North' });
  expect(inPlainText(cardIn(await start()))).toContain('Step 3 of 3');
});

test('others read who should run it, and change nothing', async () => {
  const { build, as, say, open, people } = acting;
  const organization = await build.organization({ isSetUp: false });
  const rep = await build.person(organization);
  const call = await as(organization, rep);
  expect(inPlainText(cardIn(await say(call, 'setup')))).toContain('owner or admin');
  await expect(open(call, 'people.settings')).rejects.toThrow('role');
  expect(await people.administrators(organization.id)).toEqual([]);

  const running = await build.organization();
  await build.person(running, { name: 'Olga', administrator: true });
  const owner = await build.person(running, { mayAdminister: true });
  const refused = inPlainText(cardIn(await say(await as(running, owner), 'setup')));
  expect(refused).toContain('Only an administrator');
  expect(refused).toContain('Olga');
});

test('two owners at once both become administrators and both finish', async () => {
  const { build, as, say, send, people } = acting;
  const organization = await build.organization({ isSetUp: false });
  const owners = [
    await build.person(organization, { name: 'A', mayAdminister: true }),
    await build.person(organization, { name: 'B', mayAdminister: true }),
  ];
  const forms = await Promise.all(
    owners.map(async (owner) => askedIn(await say(await as(organization, owner), 'setup'))),
  );
  const replies = await Promise.all(
    owners.map(async (owner, index) =>
      send(await as(organization, owner), forms[index] ?? askedIn(undefined), settings),
    ),
  );
  expect(replies.map((reply) => reply.reply)).toEqual(['ask', 'ask']);
  expect((await people.administrators(organization.id)).map(({ name }) => name)).toEqual(['A', 'B']);
});

test('a form that another process opened is accepted from whoever has just become administrator', async () => {
  const { build, as, send, say, anotherProcess, database } = acting;
  const organization = await build.organization({ isSetUp: false });
  const owner = await build.person(organization, { mayAdminister: true });
  const stale = await as(organization, owner);
  expect(stale.me.administrator).toBe(false);
  const elsewhere = anotherProcess();
  const command = elsewhere.slice.commands?.find(({ words }) => words[0] === 'setup');
  const asked = askedIn(await command?.run(stale, ''));
  expect((await send(stale, asked, settings)).reply).toBe('ask');
  const stored = await database.prisma.organization.findUniqueOrThrow({ where: { id: organization.id } });
  expect(stored).toMatchObject({ locale: 'zh-CN', setUpAt: expect.any(Date) });
  expect((await say(stale, 'setup')).reply).toBe('ask');
});

test('when the last administrator has left, another owner may run it', async () => {
  const { build, as, say, people } = acting;
  const organization = await build.organization();
  const gone = await build.person(organization, { administrator: true });
  await build.team(organization);
  const owner = await build.person(organization, { name: 'Next', mayAdminister: true });
  await people.directory.profileChanged(gone.from, gone.from.user, profileOf({ deactivated: true }));
  expect(inPlainText(cardIn(await say(await as(organization, owner), 'setup')))).toContain('Step 3 of 3');
  expect((await people.administrators(organization.id)).map(({ name }) => name)).toEqual(['Next']);
});

test('answers from outside the lists are refused by their fields', async () => {
  const { build, as, open, send, press } = acting;
  const organization = await build.organization();
  const owner = await build.person(organization, { administrator: true });
  const call = await as(organization, owner);
  const asked = await open(call, 'people.settings');
  const reply = await send(call, asked, { timeZone: 'Mars/Olympus', currency: 'XAU' });
  expect(reply).toMatchObject({
    reply: 'fix',
    problems: { timeZone: expect.any(String), currency: expect.any(String) },
  });
  expect(inPlainText(cardIn(await send(call, asked, {})))).toContain('Saved');
  expect(cardIn(await press(call, 'people.teams')).title).toBe('Teams');
});

test('zones and currencies are found while typing', async () => {
  const { build, as, registry } = acting;
  const organization = await build.organization();
  const call = await as(organization, await build.person(organization, { timeZone: 'Europe/Vienna' }));
  expect((await registry.lookUps.get('timeZones')?.find(call, ''))?.[0]?.value).toBe('Europe/Vienna');
  expect((await registry.lookUps.get('currencies')?.find(call, 'yuan'))?.[0]?.value).toBe('CNY');
});
