import { afterAll, beforeAll, expect, test } from 'vitest';
import { inPlainText } from '../../src/chat/card.ts';
import { newPlatformId, profileOf } from '../support/seed.ts';
import { type Acting, buttonsOf, cardIn, expectButtonsToLead, startActing } from './acting.ts';

let acting: Acting;
beforeAll(async () => {
  acting = await startActing();
});
afterAll(() => acting.close());

async function company() {
  const { build } = acting;
  const organization = await build.organization();
  const admin = await build.person(organization, { name: 'Ada', administrator: true });
  const manager = await build.person(organization, { name: 'Max' });
  const rep = await build.person(organization, { name: '王伟' });
  const north = await build.team(organization, { name: 'North', manager, members: [rep] });
  const south = await build.team(organization, { name: 'South' });
  return { organization, admin, manager, rep, north, south };
}

const labels = (card: ReturnType<typeof cardIn>) => buttonsOf(card).map(({ label }) => label);

test('people see their own teams, administrators all, with what each may do', async () => {
  const { as, say, registry, build } = acting;
  const { organization, admin, manager, rep } = await company();
  const all = cardIn(await say(await as(organization, admin), 'team'));
  expect(inPlainText(all)).toContain('North – Manager: Max · 1 member: 王伟');
  expect(inPlainText(all)).toContain('South – No manager yet · no members yet');
  expect(labels(all)).toEqual(['Edit', 'Archive', 'Edit', 'Archive', 'New team']);
  expectButtonsToLead(all, registry);
  const managed = cardIn(await say(await as(organization, manager), 'team'));
  expect(inPlainText(managed)).not.toContain('South');
  expect(labels(managed)).toEqual(['Edit', 'Archive']);
  expect(labels(cardIn(await say(await as(organization, rep), '团队')))).toEqual([]);
  const nobody = await build.person(organization);
  expect(inPlainText(cardIn(await say(await as(organization, nobody), 'team')))).toContain('Ada');
  expect(inPlainText(cardIn(await say(await as(organization, admin), 'team', 'sou')))).not.toContain('North');
  expect(inPlainText(cardIn(await say(await as(organization, admin), 'team', 'west')))).toContain('“west”');
});

test('a manager changes their team, and the change counts for everybody at once', async () => {
  const { as, open, send, people, build } = acting;
  const { organization, manager, rep, north } = await company();
  const anna = await build.person(organization, { name: 'Anna' });
  expect((await as(organization, anna)).me.memberOf).toEqual([]);
  expect((await as(organization, rep)).me.memberOf).toEqual([north.id]);
  const call = await as(organization, manager);
  const asked = await open(call, 'people.team', north.id);
  expect(asked.initial).toMatchObject({ name: 'North', manager: manager.id, members: [rep.id], announce: false });
  const reply = await send(call, asked, { name: 'North-East', members: [anna.id], manager: anna.id });
  expect(inPlainText(cardIn(reply))).toContain('North-East is saved.');
  expect((await as(organization, anna)).me).toMatchObject({ manages: [north.id], memberOf: [north.id] });
  expect((await as(organization, rep)).me.memberOf).toEqual([]);
  expect((await as(organization, manager)).me.manages).toEqual([]);
  expect(await people.team(organization.id, north.id)).toMatchObject({ managerId: anna.id, memberIds: [anna.id] });
});

test('whoever may not see a team does not learn that it exists', async () => {
  const { as, open, send, press, people, build } = acting;
  const { organization, admin, manager, north, south } = await company();
  const other = await build.organization();
  const stranger = await build.person(other, { administrator: true });
  const asked = await open(await as(organization, admin), 'people.team', north.id);
  const [own, foreign] = [await as(organization, manager), await as(other, stranger)];
  for (const [call, id] of [
    [own, south.id],
    [foreign, north.id],
    [own, 'no id'],
    [own, undefined],
  ] as const) {
    await expect(open(call, 'people.team', id)).rejects.toThrow('find that any more');
    expect(inPlainText(cardIn(await press(call, 'people.archiveTeam', id)))).toContain('find that any more');
  }
  const reply = await send(foreign, asked, { name: 'Stolen' });
  expect(reply).toMatchObject({ reply: 'fix', notice: expect.stringContaining('find that any more') });
  await expect(open(own, 'people.newTeam')).rejects.toThrow('role');
  const asNew = await send(own, { ...asked, about: {} }, { name: 'More' });
  expect(asNew).toMatchObject({ reply: 'fix', notice: expect.stringContaining('role') });
  expect((await people.teams(organization.id, 'all')).map(({ name }) => name)).toEqual(['North', 'South']);
});

test('whoever belongs to a team and does not lead it any more is told so, and nothing typed is lost', async () => {
  const { as, open, send, press, people } = acting;
  const { organization, admin, manager, rep, north } = await company();
  const asked = await open(await as(organization, manager), 'people.team', north.id);
  const other = await open(await as(organization, admin), 'people.team', north.id);
  await send(await as(organization, admin), other, { manager: rep.id, members: [manager.id] });
  const former = await as(organization, manager);
  const reply = await send(former, asked, { name: 'Mine' });
  expect(reply).toMatchObject({ reply: 'fix', problems: {}, notice: expect.stringContaining('Your role') });
  await expect(open(former, 'people.team', north.id)).rejects.toThrow('Your role');
  expect(inPlainText(cardIn(await press(former, 'people.archiveTeam', north.id)))).toContain('Your role');
  expect(await people.team(organization.id, north.id)).toMatchObject({ name: 'North' });
});

test('members of another organisation cannot be put into a team', async () => {
  const { as, open, send, people, build } = acting;
  const { organization, admin } = await company();
  const stranger = await build.person(await build.organization());
  const call = await as(organization, admin);
  const asked = await open(call, 'people.newTeam');
  await send(call, asked, { name: 'West', members: [stranger.id] });
  const west = (await people.teams(organization.id, 'all')).find(({ name }) => name === 'West');
  expect(west?.memberIds).toEqual([]);
  await expect(send(call, await open(call, 'people.newTeam'), { name: 'X', manager: stranger.id })).rejects.toThrow();
});

test('announcing needs a channel', async () => {
  const { as, open, send, people } = acting;
  const { organization, admin, north } = await company();
  const call = await as(organization, admin);
  const asked = await open(call, 'people.team', north.id);
  expect(await send(call, asked, { announce: true })).toMatchObject({
    reply: 'fix',
    problems: { channel: expect.any(String) },
  });
  await send(call, asked, { announce: true, channel: 'C9' });
  expect(await people.team(organization.id, north.id)).toMatchObject({ announceVisits: true, channelId: 'C9' });
});

/** A team whose manager, one of whose members and whose channel are of another workspace. */
async function companyOfTwo() {
  const { build, database } = acting;
  const { organization, admin, rep, north } = await company();
  const second = { ...organization, workspaceId: '', workspace: newPlatformId('T') };
  const { id } = await database.prisma.workspace.create({
    data: { organizationId: organization.id, platform: 'teams', externalId: second.workspace, name: 'Second' },
  });
  const there = await build.person({ ...second, platform: 'teams', workspaceId: id }, { name: 'Elsewhere' });
  const where = { organizationId_id: { organizationId: organization.id, id: north.id } };
  const channel = { channelId: 'C-THERE', channelWorkspaceId: id, announceVisits: true };
  await database.prisma.team.update({ where, data: { managerId: there.id, ...channel } });
  await database.prisma.membership.create({
    data: { organizationId: organization.id, teamId: north.id, personId: there.id },
  });
  return { organization, admin, rep, north, there, channel };
}

test('people and channels of another workspace survive a change made here; those who left do not', async () => {
  const { as, open, send, people } = acting;
  const { organization, admin, rep, north, there, channel } = await companyOfTwo();
  const call = await as(organization, admin);
  const asked = await open(call, 'people.team', north.id);
  expect(asked.initial.channel).toBeUndefined();
  // The platform knows only its own users, so the form comes back without the others.
  await send(call, asked, { manager: undefined, members: [rep.id] });
  const kept = await people.team(organization.id, north.id);
  expect(kept).toMatchObject({ managerId: there.id, ...channel });
  expect(kept?.memberIds.toSorted()).toEqual([rep.id, there.id].toSorted());
  await people.directory.profileChanged(there.from, there.from.user, profileOf({ deactivated: true }));
  await send(call, await open(call, 'people.team', north.id), { manager: undefined, members: [rep.id] });
  expect(await people.team(organization.id, north.id)).toMatchObject({ managerId: null, memberIds: [rep.id] });
});

test('where a form shows everybody, who is taken out is out', async () => {
  const { as, open, send, people } = acting;
  const { organization, admin, rep, north } = await companyOfTwo();
  const call = { ...(await as(organization, admin)), colleagues: 'people' } as const;
  await send(call, await open(call, 'people.team', north.id), { manager: undefined, members: [rep.id] });
  expect(await people.team(organization.id, north.id)).toMatchObject({ managerId: null, memberIds: [rep.id] });
});

test('an archived team is gone from the lists and from everybody’s rights', async () => {
  const { as, press, people } = acting;
  const { organization, admin, manager, rep, north } = await company();
  expect((await as(organization, manager)).me.manages).toEqual([north.id]);
  const reply = await press(await as(organization, admin), 'people.archiveTeam', north.id);
  expect(inPlainText(cardIn(reply))).not.toContain('North');
  expect((await as(organization, manager)).me.manages).toEqual([]);
  expect((await people.teamsOf(organization.id, [rep.id])).get(rep.id)).toEqual([]);
  const again = await press(await as(organization, admin), 'people.archiveTeam', north.id);
  expect(inPlainText(cardIn(again))).toContain('find that any more');
});

test('a long list of teams and members says how many more there are', async () => {
  const { as, say, build } = acting;
  const organization = await build.organization();
  const admin = await build.person(organization, { administrator: true });
  const members = [];
  for (let index = 0; index < 12; index += 1) members.push(await build.person(organization, { name: `Rep ${index}` }));
  for (let index = 0; index < 18; index += 1) await build.team(organization, { name: `Team ${index}`, members });
  const shown = inPlainText(cardIn(await say(await as(organization, admin), 'team')));
  expect(shown).toContain('12 members: ');
  expect(shown).toContain('and 4 more');
  expect(shown).toContain('… and 3 more');
});
