import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { readFigures } from '../../src/digest/figures.ts';
import { friday, monday, nextMonday, postingWorld, preview } from './posting-world.ts';

const world = postingWorld();
const date = (text: string) => Temporal.PlainDate.from(text);
const keys = async (organization: { id: string }) => (await world.said(organization)).map(({ key }) => key);
const holiday = { works: false, name: 'Holiday' };

describe('a team’s week', () => {
  it('is planned ahead, without a word by anybody', async () => {
    const { organization } = await world.crew();
    expect(await world.digests(organization)).toMatchObject([
      { from: '2026-11-23', previewAt: preview.toString(), postAt: friday.toString(), asOf: null, figures: null },
    ]);
  });

  it('is posted on Friday at half past four to the team’s channel, and the next one is planned', async () => {
    const { organization, team, anna } = await world.crew();
    await world.visit(anna, await world.account(anna, 'Example Steel'), '2026-11-25');
    await world.at(friday.subtract({ seconds: 1 }));
    expect((await keys(organization)).filter((key) => !key.startsWith('digest-own:'))).toEqual([]);
    await world.at(friday);
    await world.at(friday.add({ minutes: 1 }));
    const [posted, planned] = await world.digests(organization);
    expect(posted).toMatchObject({ postAt: null, previewAt: null, asOf: friday.toString() });
    expect(planned).toMatchObject({ from: '2026-11-30', postAt: '2026-12-04T15:30:00Z', asOf: null });
    const posts = (await world.said(organization)).filter(({ key }) => key === `digest:${posted?.id}`);
    expect(posts).toHaveLength(1);
    expect(posts[0]?.message).toMatchObject({
      do: 'post',
      to: { workspaceId: organization.workspaceId, conversation: 'C1' },
      as: { thing: 'digest', id: posted?.id, card: 'post' },
    });
    const figures = readFigures(posted?.figures);
    expect(figures).toMatchObject({ teamId: team.id, from: '2026-11-23', asOf: friday.toString(), people: 2 });
    expect(figures?.facts.find(({ name }) => name === 'visits')).toMatchObject({ value: 1 });
  });

  it('has the rest in the thread of the post', async () => {
    const { organization } = await world.crew();
    await world.at(friday);
    const [digest] = await world.digests(organization);
    const as = { thing: 'digest', id: digest?.id, card: 'post' };
    const more = (await world.said(organization)).find(({ key }) => key === `digest-more:${digest?.id}`);
    expect(more?.message.to).toMatchObject({ conversation: 'C1', under: as });
  });

  it('in which nothing was logged is posted too', async () => {
    const { organization } = await world.crew();
    await world.at(friday);
    expect((await world.digests(organization))[0]).toMatchObject({ asOf: friday.toString() });
  });

  it('in which everybody is on leave is posted, and nobody is shown their own part', async () => {
    const { organization, members } = await world.crew();
    for (const { id } of members) await world.days.away(id, { from: date('2026-11-23'), to: date('2026-11-27') });
    await world.at(preview);
    expect(await keys(organization)).toEqual([]);
    await world.at(friday);
    const [digest] = await world.digests(organization);
    expect(readFigures(digest?.figures)?.leftOut.away).toHaveLength(2);
    expect(await keys(organization)).toContain(`digest:${digest?.id}`);
  });

  it('in which nobody works is left out', async () => {
    const { organization, team } = await world.crew();
    const days = new Map([23, 24, 25, 26, 27].map((day) => [`2026-11-${day}`, holiday]));
    await world.days.set(team.id, { days });
    await world.digest.lookAgain(organization.id, { teamIds: [team.id] });
    await world.at(monday.add({ minutes: 1 }));
    expect(await world.digests(organization)).toMatchObject([
      { from: '2026-11-23', postAt: null, previewAt: null, asOf: null },
      { from: '2026-11-30', postAt: '2026-12-04T15:30:00Z' },
    ]);
  });

  it('is posted on Thursday where Friday is a holiday, also one that was entered later', async () => {
    const { organization, team } = await world.crew();
    await world.days.set(team.id, { days: new Map([['2026-11-27', holiday]]) });
    await world.digest.lookAgain(organization.id, { teamIds: [team.id] });
    await world.at(monday.add({ minutes: 1 }));
    // Nobody is shown on Monday what Monday is worth.
    expect(await keys(organization)).toEqual([]);
    const thursday = friday.subtract({ hours: 24 });
    expect(await world.digests(organization)).toMatchObject([{ postAt: thursday.toString() }]);
    await world.at(thursday);
    expect(await world.digests(organization)).toMatchObject([{ asOf: thursday.toString() }, { from: '2026-11-30' }]);
  });

  it('is posted on the team’s clock, also where that was changed', async () => {
    const { organization, team, mia } = await world.crew({ timeZone: 'Asia/Shanghai' });
    expect(await world.digests(organization)).toMatchObject([{ postAt: '2026-11-27T08:30:00Z' }]);
    await world.database.prisma.team.updateMany({ where: { id: team.id }, data: { timeZone: 'America/New_York' } });
    await world.at(Temporal.Instant.from('2026-11-27T08:30:00Z'));
    expect(await keys(organization)).toEqual([]);
    expect(await world.digests(organization)).toMatchObject([
      { postAt: '2026-11-27T21:30:00Z', previewAt: '2026-11-27T19:30:00Z', asOf: null },
    ]);
    expect(mia.name).toBe('Mia Voss');
  });

  it('of a new team is planned as soon as somebody says so, and with the next look anyhow', async () => {
    const { organization, anna } = await world.crew();
    const east = await world.build.team(organization, { name: 'East', members: [anna] });
    await world.digest.lookAgain(organization.id, { personIds: [anna.id] });
    const west = await world.build.team(organization, { name: 'West', members: [anna] });
    const planned = async () =>
      (await world.database.prisma.digest.findMany({ where: { organizationId: organization.id } })).map(
        ({ teamId }) => teamId,
      );
    expect(await planned()).toContain(east.id);
    expect(await planned()).not.toContain(west.id);
    await world.at(monday.add({ minutes: 1 }));
    expect(await planned()).toContain(west.id);
  });

  it('of a team that nobody is in is not posted', async () => {
    const { organization } = await world.crew({ members: 0 });
    await world.at(friday);
    expect(await keys(organization)).toEqual([]);
    expect(await world.digests(organization)).toMatchObject([{ asOf: null, postAt: null }, { from: '2026-11-30' }]);
  });

  it('of a team that was put away is not posted, nor is another one planned', async () => {
    const { organization, team } = await world.crew();
    await world.database.prisma.team.updateMany({ where: { id: team.id }, data: { archivedAt: new Date() } });
    await world.at(friday);
    expect(await keys(organization)).toEqual([]);
    expect(await world.digests(organization)).toMatchObject([{ asOf: null, postAt: null }]);
  });
});

describe('where it goes', () => {
  it('is the manager, privately and saying so, where the team has no channel', async () => {
    const { organization, mia } = await world.crew({ channelId: null });
    await world.at(friday);
    const [digest] = await world.digests(organization);
    const said = (await world.said(organization)).filter(({ key }) => key.endsWith(`:${digest?.id}`));
    expect(said.map(({ message }) => message.to)).toEqual(said.map(() => ({ personId: mia.id })));
    expect(said[0]?.words).toContain('You alone get this, because North has no channel.');
  });

  it('speaks the language of the manager where nobody else reads it, and of the team in a channel', async () => {
    const [alone, channel] = [await world.crew({ channelId: null }), await world.crew()];
    for (const { mia } of [alone, channel])
      await world.database.prisma.person.updateMany({ where: { id: mia.id }, data: { chosenLocale: 'zh-CN' } });
    await world.at(friday);
    const titles = async ({ organization }: typeof alone) =>
      (await world.said(organization)).filter(({ key }) => /^digest(-more)?:/.test(key)).map(({ card }) => card.title);
    const inChinese = (title: unknown) => /周报/.test(JSON.stringify(title));
    expect((await titles(alone)).map(inChinese)).toEqual([true, true]);
    expect((await titles(channel)).map(inChinese)).toEqual([false, false]);
  });

  it('is nowhere without channel and manager, and still kept', async () => {
    const { organization } = await world.crew({ channelId: null, manager: false });
    await world.at(friday);
    expect((await keys(organization)).filter((key) => !key.startsWith('digest-own:'))).toEqual([]);
    expect((await world.digests(organization))[0]).toMatchObject({ asOf: friday.toString() });
  });

  it('is the channel of its own that was chosen', async () => {
    const { organization, team } = await world.crew();
    await world.database.prisma.digestSettings.create({
      data: {
        organizationId: organization.id,
        teamId: team.id,
        channelWorkspaceId: organization.workspaceId,
        channelId: 'C2',
      },
    });
    await world.at(friday);
    const post = (await world.said(organization)).find(({ key }) => key.startsWith('digest:'));
    expect(post?.message.to).toMatchObject({ conversation: 'C2' });
  });

  it('speaks the channel’s language', async () => {
    const { organization } = await world.crew({ locale: 'zh-CN' });
    await world.at(friday);
    const post = (await world.said(organization)).find(({ key }) => key.startsWith('digest:'));
    expect(post?.words).toMatch(/拜访/);
  });
});

describe('several processes and outages', () => {
  it('posts each of many teams once, however many processes look at half past four', async () => {
    const crews = [];
    for (let count = 0; count < 12; count += 1) crews.push(await world.crew());
    const processes = [world.process(), world.process(), world.process()];
    await Promise.all(processes.map((process) => process.run(friday)));
    for (const { organization } of crews) {
      const digests = await world.digests(organization);
      expect(digests).toMatchObject([{ asOf: friday.toString() }, { postAt: '2026-12-04T15:30:00Z' }]);
      expect((await keys(organization)).filter((key) => key === `digest:${digests[0]?.id}`)).toHaveLength(1);
    }
  });

  it.each([
    ['on Saturday', friday.add({ hours: 20 })],
    ['on Monday morning', nextMonday],
  ])('posts %s what an outage kept from being posted', async (_, now) => {
    const { organization } = await world.crew();
    await world.at(now);
    const [digest, planned] = await world.digests(organization);
    expect(digest).toMatchObject({ from: '2026-11-23', asOf: now.toString() });
    expect(readFigures(digest?.figures)).toMatchObject({ from: '2026-11-23', to: '2026-11-29' });
    expect(planned).toMatchObject({ from: '2026-11-30', postAt: '2026-12-04T15:30:00Z' });
    // Nobody sees their own part after the team's.
    expect((await keys(organization)).filter((key) => key.startsWith('digest-own:'))).toEqual([]);
  });

  it('records as not posted what is older, and posts the week that it is', async () => {
    const { organization } = await world.crew();
    await world.at(Temporal.Instant.from('2026-12-11T16:00:00Z'));
    expect(await world.digests(organization)).toMatchObject([
      { from: '2026-11-23', asOf: null, postAt: null },
      { from: '2026-11-30', asOf: null, postAt: null },
      { from: '2026-12-07', asOf: '2026-12-11T16:00:00Z' },
      { from: '2026-12-14', asOf: null, postAt: '2026-12-18T15:30:00Z' },
    ]);
    expect((await keys(organization)).filter((key) => key.startsWith('digest:'))).toHaveLength(1);
  });

  it('ends at noon of Monday', async () => {
    const { organization } = await world.crew();
    await world.at(Temporal.Instant.from('2026-11-30T11:00:00Z'));
    expect((await world.digests(organization))[0]).toMatchObject({ asOf: null, postAt: null });
  });

  it('does not let one team hold up the others', async () => {
    const [broken, whole] = [await world.crew(), await world.crew()];
    await world.database.prisma.digestSettings.create({
      data: { organizationId: broken.organization.id, teamId: broken.team.id, at: 'half past four' },
    });
    const before = world.logged.length;
    await expect(world.at(friday)).resolves.toBeUndefined();
    expect((await world.digests(whole.organization))[0]).toMatchObject({ asOf: friday.toString() });
    expect((await world.digests(broken.organization))[0]).toMatchObject({ asOf: null, postAt: friday.toString() });
    expect(world.logged.slice(before).join()).toContain('an evaluation waits for the next tick');
    await world.database.prisma.digestSettings.deleteMany({ where: { teamId: broken.team.id } });
    await world.at(friday.add({ minutes: 1 }));
    expect((await world.digests(broken.organization))[0]).toMatchObject({ asOf: expect.any(String) });
  });

  it('does not let one that cannot be stored hold up the others', async () => {
    const [broken, whole] = [await world.crew(), await world.crew()];
    const run = (sql: string) => world.database.pool.query(sql);
    await run(`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'refused'; END $$`);
    await run(`CREATE TRIGGER refuse BEFORE UPDATE ON "Digest" FOR EACH ROW
      WHEN (NEW."teamId" = '${broken.team.id}') EXECUTE FUNCTION refuse()`);
    const before = world.logged.length;
    try {
      await expect(world.at(friday)).resolves.toBeUndefined();
    } finally {
      await run('DROP TRIGGER refuse ON "Digest"');
      await run('DROP FUNCTION refuse');
    }
    expect((await world.digests(whole.organization))[0]).toMatchObject({ asOf: friday.toString() });
    expect((await world.digests(broken.organization))[0]).toMatchObject({ asOf: null, postAt: friday.toString() });
    expect(world.logged.slice(before).join()).toContain('an evaluation waits for the next tick');
  });
});
