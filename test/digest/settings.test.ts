import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../src/chat/reply.ts';
import { settingsStore } from '../../src/digest/settings-store.ts';
import { makeCall } from '../support/call.ts';
import { type Crew, friday, monday, postingWorld, wordsOf } from './posting-world.ts';

const world = postingWorld();

/** The settings' card of the crew's team, as its manager sees it. */
const card = (crew: Crew, given: Parameters<Crew['call']>[1] = {}) =>
  world.press(crew.call(crew.mia, given), 'digest.settings', crew.team.id);
const labels = (reply: Reply) =>
  reply.reply === 'redraw'
    ? reply.card.body.flatMap((part) => (part.kind === 'buttons' ? part.buttons.map(({ label }) => label) : []))
    : [];
const change = async (crew: Crew, answers: Record<string, string>, given: Parameters<Crew['call']>[1] = {}) => {
  const call = crew.call(crew.mia, given);
  return world.submit(call, await world.open(call, 'digest.change', crew.team.id), answers);
};

describe('the settings', () => {
  it('are the usual ones of who has said nothing, with the next three', async () => {
    const words = wordsOf(await card(await world.crew()));
    expect(words).toContain(
      'Weekly evaluation · North\nPosted: Friday at 16:30 (Berlin)\nWhere: In the team’s channel',
    );
    expect(words).toContain(
      'The next three\n• Fri 27 Nov, 16:30 (Berlin)\n• Fri 4 Dec, 16:30 (Berlin)\n• Fri 11 Dec, 16:30 (Berlin)',
    );
  });

  it('are read in Chinese', async () => {
    expect(wordsOf(await card(await world.crew(), { locale: 'zh-CN' }))).toContain(
      '周报 · North\n发布时间：每周五 16:30（德国时间）',
    );
  });

  it('say when a holiday moves it, and when the team has no channel', async () => {
    const crew = await world.crew({ channelId: null });
    await world.days.set(crew.team.id, { days: new Map([['2026-12-04', { works: false, name: 'Day off' }]]) });
    const words = wordsOf(await card(crew));
    expect(words).toContain('Thu 3 Dec, 16:30 (Berlin) – the chosen weekday is a day off');
    expect(words).toContain('its manager gets the evaluation privately');
  });

  it('say that nothing comes where nobody ever works', async () => {
    const crew = await world.crew();
    await world.days.set(crew.team.id, { weekdays: [] });
    expect(wordsOf(await card(crew))).toContain('No working day is to come');
  });

  it('are changed, and what is not posted yet is planned anew', async () => {
    const crew = await world.crew();
    const saved = await change(crew, { weekday: '4', at: '5 pm', channel: 'C9' });
    expect(wordsOf(saved)).toContain('Saved.\nPosted: Thursday at 17:00 (Berlin)\nWhere: In a channel of its own');
    const thursday = '2026-11-26T16:00:00Z';
    expect(await world.digests(crew.organization)).toMatchObject([
      { from: '2026-11-23', postAt: thursday, previewAt: '2026-11-26T14:00:00Z' },
    ]);
    await world.at(friday);
    const post = (await world.said(crew.organization)).find(({ key }) => key.startsWith('digest:'));
    expect(post?.message.to).toMatchObject({ conversation: 'C9' });
  });

  it('that are moved into the past post nothing this week', async () => {
    const crew = await world.crew();
    await change(crew, { weekday: '2' }, { now: friday.subtract({ hours: 3 }) });
    await world.at(friday);
    expect(await world.digests(crew.organization)).toMatchObject([
      { from: '2026-11-23', asOf: null, postAt: null },
      { from: '2026-11-30', postAt: '2026-12-01T15:30:00Z' },
    ]);
  });

  it('that are changed after the post begin next week', async () => {
    const crew = await world.crew();
    await world.at(friday);
    await change(crew, { weekday: '6', at: '10:00' }, { now: friday.add({ minutes: 5 }) });
    expect(await world.digests(crew.organization)).toMatchObject([
      { asOf: friday.toString() },
      // Saturday is no working day: the last one is Friday.
      { from: '2026-11-30', postAt: '2026-12-04T09:00:00Z' },
    ]);
  });

  it.each(['half past', '25:00', '1630 pm'])('refuse the time “%s”, saying what to type', async (at) => {
    expect(await change(await world.crew(), { at })).toMatchObject({
      reply: 'fix',
      problems: { at: expect.any(String) },
    });
  });

  it('tell the second of two who change them at once, with who was first, and lose nothing', async () => {
    const crew = await world.crew();
    const admin = await world.build.person(crew.organization, { name: 'Ada Min', administrator: true });
    const [first, second] = [makeCall(crew.organization, admin), crew.call(crew.mia)];
    const forms = [
      await world.open(first, 'digest.change', crew.team.id),
      await world.open(second, 'digest.change', crew.team.id),
    ] as const;
    await world.submit(first, forms[0], { weekday: '3' });
    const told = await world.submit(second, forms[1], { weekday: '4', at: '15:00' });
    expect(told).toMatchObject({ reply: 'ask', asked: { initial: { weekday: '4', at: '15:00' } } });
    expect(JSON.stringify(told)).toContain('Ada Min');
    expect(JSON.stringify(told)).toContain('Wednesday at 16:30');
    const [settings] = await world.database.prisma.digestSettings.findMany({ where: { teamId: crew.team.id } });
    expect(settings).toMatchObject({ weekday: 3, version: 1, changedById: admin.id });
    // Saved again, knowing it: theirs it is.
    expect(wordsOf(await world.submit(second, told, {}))).toContain('Thursday at 15:00');
  });

  it('are stored once of two at one moment', async () => {
    const crew = await world.crew();
    const call = crew.call(crew.mia);
    const forms = [
      await world.open(call, 'digest.change', crew.team.id),
      await world.open(call, 'digest.change', crew.team.id),
    ];
    const replies = await Promise.all(
      forms.map((form, index) => world.submit(call, form, { weekday: String(index + 2) })),
    );
    expect(replies.map(({ reply }) => reply).toSorted()).toEqual(['ask', 'redraw']);
    const [before] = await world.database.prisma.digestSettings.findMany({ where: { teamId: crew.team.id } });
    const key = { organizationId: crew.organization.id, teamId: crew.team.id };
    const store = settingsStore(world.database);
    const to = { weekday: 5, at: Temporal.PlainTime.from('09:00'), channel: null, pausedAt: null };
    const by = { personId: crew.mia.id, at: monday };
    const version = before?.version ?? 0;
    const again = [1, 2].map((weekday) => store.change({ ...key, version }, { ...to, weekday }, by, null));
    expect((await Promise.all(again)).toSorted()).toEqual([false, true]);
  });

  it('are paused and resumed, and a week that was paused for an hour is posted', async () => {
    const crew = await world.crew();
    const call = crew.call(crew.mia);
    const paused = wordsOf(await world.press(call, 'digest.pause', crew.team.id));
    expect(paused.match(/nothing is posted/giu), paused).toHaveLength(1);
    await world.press(call, 'digest.pause', crew.team.id);
    expect(await world.digests(crew.organization)).toMatchObject([{ postAt: null, previewAt: null }]);
    await world.at(monday.add({ minutes: 30 }));
    expect(await world.digests(crew.organization)).toMatchObject([{ postAt: null }]);
    expect(labels(await card(crew))).toContain('Resume');
    await world.press(call, 'digest.resume', crew.team.id);
    expect(await world.digests(crew.organization)).toMatchObject([{ postAt: friday.toString() }]);
  });

  it('of a team that is paused on Friday leave that week out', async () => {
    const crew = await world.crew();
    await world.press(crew.call(crew.mia), 'digest.pause', crew.team.id);
    await world.at(friday.add({ hours: 1 }));
    await world.press(crew.call(crew.mia, { now: friday.add({ hours: 1 }) }), 'digest.resume', crew.team.id);
    expect(await world.digests(crew.organization)).toMatchObject([
      { from: '2026-11-23', asOf: null, postAt: null },
      { from: '2026-11-30', postAt: '2026-12-04T15:30:00Z' },
    ]);
  });
});

describe('who may', () => {
  it('members read them and change nothing', async () => {
    const crew = await world.crew();
    const call = crew.call(crew.anna);
    const seen = await world.press(call, 'digest.settings', crew.team.id);
    expect(wordsOf(seen)).toContain('Friday at 16:30');
    expect(labels(seen)).toEqual([]);
    for (const name of ['digest.pause', 'digest.resume', 'digest.rankingOn'])
      expect(wordsOf(await world.press(call, name, crew.team.id))).toMatch(/^Your role doesn’t allow this/);
    expect(wordsOf(await world.open(call, 'digest.change', crew.team.id))).toMatch(/^Your role doesn’t allow this/);
    expect(await world.database.prisma.digestSettings.count({ where: { teamId: crew.team.id } })).toBe(0);
  });

  it('strangers find nothing', async () => {
    const [crew, other] = [await world.crew(), await world.crew()];
    for (const about of [other.team.id, 'x', undefined]) {
      const call = crew.call(crew.mia);
      for (const name of ['digest.settings', 'digest.pause', 'digest.rankingOn'])
        expect(wordsOf(await world.press(call, name, about))).toMatch(/^I can’t find that any more/);
      expect(wordsOf(await world.open(call, 'digest.change', about))).toMatch(/^I can’t find that any more/);
    }
  });

  it('only an administrator turns the ranking of people on, for everybody', async () => {
    const crew = await world.crew();
    const admin = await world.build.person(crew.organization, { name: 'Ada Min', administrator: true });
    const call = makeCall(crew.organization, admin);
    expect(labels(await card(crew))).not.toContain('Turn ranking on');
    expect(labels(await world.press(call, 'digest.settings', crew.team.id))).toContain('Turn ranking on');
    const on = await world.press(call, 'digest.rankingOn', crew.team.id);
    expect(wordsOf(on)).toContain('Ranking of people: On, for the whole organisation');
    const ranks = () => world.database.prisma.organization.findFirstOrThrow({ where: { id: crew.organization.id } });
    expect(await ranks()).toMatchObject({ ranksPeople: true });
    await world.press(call, 'digest.rankingOff', crew.team.id);
    expect(await ranks()).toMatchObject({ ranksPeople: false });
  });
});
