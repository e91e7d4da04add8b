import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { Reply } from '../../src/chat/reply.ts';
import { createFigures } from '../../src/digest/figures-taking.ts';
import { postJob } from '../../src/digest/posting.ts';
import { postingStore } from '../../src/digest/posting-store.ts';
import { remarkStore } from '../../src/digest/remark-store.ts';
import { createLog } from '../../src/log.ts';
import { type Crew, friday, postingWorld, preview, wordsOf } from './posting-world.ts';

const world = postingWorld();
const date = (text: string) => Temporal.PlainDate.from(text);

const own = async (organization: { id: string }) =>
  (await world.said(organization)).filter(({ key }) => key.startsWith('digest-own:'));
const digestOf = async ({ organization }: Crew) => {
  const [digest] = await world.digests(organization);
  if (digest === undefined) throw new Error('nothing is planned');
  return digest;
};
const posts = async (crew: Crew) => {
  const { id } = await digestOf(crew);
  return (await world.said(crew.organization)).filter(({ key }) => key.startsWith(`digest:${id}`));
};
const remarks = ({ organization }: Crew) =>
  world.database.prisma.digestRemark.findMany({
    // One that was taken back has no words any more.
    where: { organizationId: organization.id, words: { not: '' } },
    orderBy: { id: 'asc' },
  });
/** A button of a card, as it is pressed. */
function press(reply: Reply, action: string): [string, string | undefined] {
  const parts = 'card' in reply ? reply.card.body : [];
  const buttons = parts.flatMap((part) =>
    part.kind === 'list' ? part.items.flatMap((item) => item.buttons ?? []) : [],
  );
  const button = buttons.find((one) => 'does' in one && one.does === action);
  if (button === undefined || !('does' in button)) throw new Error(`no button does ${action}`);
  return [action, button.about];
}
const about = (reply: Reply) => (reply.reply === 'ask' ? reply.asked.options.figure?.map(({ value }) => value) : []);

describe('one’s own part', () => {
  it('comes two hours before, privately, once, with the same figures of one’s own', async () => {
    const { organization, anna, ben } = await world.crew();
    await world.visit(anna, await world.account(anna, 'Example Steel'), '2026-11-25');
    await world.at(preview.subtract({ seconds: 1 }));
    expect(await own(organization)).toEqual([]);
    await world.at(preview);
    await world.at(preview.add({ minutes: 1 }));
    const said = await own(organization);
    expect(said.map(({ message }) => message.to)).toEqual([{ personId: anna.id }, { personId: ben.id }]);
    expect(said[0]?.words).toMatch(/North is evaluated on Fri 27 Nov, 16:30 \(Berlin\)/);
    expect(said[0]?.words).not.toBe(said[1]?.words);
    expect(said[0]?.message).toMatchObject({ as: { thing: 'digest', card: `own:${anna.id}` } });
  });

  it('is in the person’s own language', async () => {
    const { organization, anna } = await world.crew({ locale: 'en' });
    const { prisma } = world.database;
    await prisma.person.updateMany({ where: { id: anna.id }, data: { chosenLocale: 'zh-CN' } });
    await world.at(preview);
    expect((await own(organization))[0]?.words).toContain('先看看您自己的这一周');
  });

  it.each<[string, (crew: Crew) => Promise<unknown>]>([
    [
      'is on leave that day',
      ({ ben }) => world.days.away(ben.id, { from: date('2026-11-26'), to: date('2026-11-27') }),
    ],
    [
      'has left',
      ({ ben }) =>
        world.database.prisma.person.updateMany({ where: { id: ben.id }, data: { deactivatedAt: new Date() } }),
    ],
    [
      'observes',
      ({ ben }) => world.database.prisma.person.updateMany({ where: { id: ben.id }, data: { observer: true } }),
    ],
  ])('does not come to who %s', async (_, given) => {
    const crew = await world.crew();
    await given(crew);
    await world.at(preview);
    expect((await own(crew.organization)).map(({ message }) => message.to)).toEqual([{ personId: crew.anna.id }]);
  });

  it('comes to who is away for half of the day only', async () => {
    const { organization, ben } = await world.crew();
    await world.days.away(ben.id, { from: date('2026-11-27'), to: date('2026-11-27'), half: 'morning' });
    await world.at(preview);
    expect(await own(organization)).toHaveLength(2);
  });

  it('comes once, though the days of the team change afterwards', async () => {
    const { organization, team } = await world.crew();
    await world.at(preview);
    await world.digest.lookAgain(organization.id, { teamIds: [team.id] });
    await world.at(preview.add({ minutes: 5 }));
    expect(await own(organization)).toHaveLength(2);
    await world.at(friday);
    expect((await world.digests(organization))[0]).toMatchObject({ asOf: friday.toString() });
  });

  it('comes once, however many processes look', async () => {
    const { organization } = await world.crew();
    await Promise.all([world.process(), world.process(), world.process()].map((process) => process.run(preview)));
    expect(await own(organization)).toHaveLength(2);
  });
});

describe('a remark', () => {
  it('goes with the figure into the post', async () => {
    const crew = await world.crew();
    const { anna } = crew;
    await world.at(preview);
    const call = crew.call(anna, { now: preview });
    const { id } = await digestOf(crew);
    const asked = await world.open(call, 'digest.remark', id);
    expect(about(asked)).toContain('visits');
    const saved = await world.submit(call, asked, { figure: 'visits', words: 'Two days at <!channel> the fair' });
    expect(wordsOf(saved)).toContain('Your remark goes with the figure.');
    expect(wordsOf(saved)).toContain('Visits and calls: Two days at <!channel> the fair');
    await world.at(friday);
    expect(
      (await posts(crew)).map(({ words }) => words.includes('Anna Berg: Two days at <!channel> the fair')),
    ).toEqual([true]);
  });

  it('is changed and taken back until it is posted', async () => {
    const crew = await world.crew();
    const call = crew.call(crew.anna, { now: preview });
    const { id } = await digestOf(crew);
    await world.submit(call, await world.open(call, 'digest.remark', id), { figure: 'visits', words: 'First' });
    const again = await world.open(call, 'digest.remark', `${id} visits`);
    expect(again).toMatchObject({ asked: { initial: { figure: 'visits', words: 'First' } } });
    await world.submit(call, again, { words: 'Second' });
    expect(await remarks(crew)).toMatchObject([{ figure: 'visits', words: 'Second', version: 2 }]);
    const seen = await world.press(call, 'digest.unremark', `${id} visits`);
    expect(wordsOf(seen)).toContain('Visits and calls: Second');
    const removed = await world.press(call, ...press(seen, 'digest.unremark'));
    expect(wordsOf(removed)).toContain('Your remark is taken back.');
    expect(await remarks(crew)).toEqual([]);
    // Before the post there is nothing to draw anew.
    expect(await posts(crew)).toEqual([]);
  });

  it('that comes after the post changes the post, and nothing of its figures', async () => {
    const crew = await world.crew();
    const { anna } = crew;
    await world.at(friday);
    const { id } = await digestOf(crew);
    await world.visit(anna, await world.account(anna, 'Example Late'), '2026-11-27');
    const call = crew.call(anna, { now: friday.add({ hours: 1 }) });
    const asked = await world.open(call, 'digest.remark', id);
    await world.submit(call, asked, { figure: 'promises', words: 'All of it is done' });
    const [post, redrawn, ...others] = await posts(crew);
    expect(others).toEqual([]);
    expect(redrawn?.message).toMatchObject({
      do: 'redraw',
      to: { whereItStands: true },
      of: { thing: 'digest', id, card: 'post' },
    });
    expect(redrawn?.words).toContain('Anna Berg: All of it is done');
    const withoutRemarks = redrawn?.words.split('\n').filter((line) => !/own words|All of it/.test(line));
    expect(withoutRemarks).toEqual(post?.words.split('\n'));
  });

  it.each([
    ['a channel', 'names no owner there, though the channel is none of the team’s any more', 'C1', null],
    ['its manager alone', 'still says so, though the team has a channel by now', null, 'C1'],
  ])('on what was posted to %s %s', async (_, __, before, after) => {
    const crew = await world.crew({ channelId: before });
    const { anna, call, organization, team } = crew;
    const { prisma } = world.database;
    const customer = await world.account(anna, 'Example Steel', 'core');
    await prisma.account.updateMany({ where: { id: customer }, data: { createdAt: new Date('2026-01-05T09:00:00Z') } });
    await world.at(friday);
    await prisma.team.updateMany({
      where: { id: team.id },
      data: { channelId: after, channelWorkspaceId: after === null ? null : organization.workspaceId },
    });
    const { id } = await digestOf(crew);
    const now = friday.add({ minutes: 5 });
    const asked = await world.open(call(anna, { now }), 'digest.remark', id);
    await world.submit(call(anna, { now }), asked, { figure: 'visits', words: 'At the trade fair.' });
    const [post, redrawn] = await posts(crew);
    expect(redrawn?.words).toContain('At the trade fair.');
    for (const words of [post?.words, redrawn?.words]) {
      expect(words).toContain('Example Steel');
      if (before === null) expect(words).toMatch(/You alone get this.*Example Steel[^\n]*Anna Berg/su);
      else expect(words).not.toMatch(/You alone get this|Example Steel[^\n]*Anna Berg/u);
    }
  });

  it('that is delivered twice is one, and changes the post once', async () => {
    const crew = await world.crew();
    await world.at(friday);
    const call = crew.call(crew.anna, { now: friday });
    const asked = await world.open(call, 'digest.remark', (await digestOf(crew)).id);
    const answers = { figure: 'visits', words: 'Twice' };
    await Promise.all([world.submit(call, asked, answers), world.submit(call, asked, answers)]);
    expect(await remarks(crew)).toMatchObject([{ words: 'Twice', version: 1 }]);
    expect(await posts(crew)).toHaveLength(2);
  });

  it('that comes once more after a later one, or after it was taken back, asks before it is in its place', async () => {
    const crew = await world.crew();
    const call = crew.call(crew.anna, { now: preview });
    const { id } = await digestOf(crew);
    const kept = async () => (await remarks(crew)).map(({ words }) => words);
    const first = await world.open(call, 'digest.remark', id);
    const send = () => world.submit(call, first, { figure: 'visits', words: 'First' });
    const once = await send();
    expect(await send()).toEqual(once);
    const edited = await world.submit(call, await world.open(call, 'digest.remark', `${id} visits`), {
      words: 'Second',
    });
    const late = await send();
    expect(late).toMatchObject({ reply: 'ask', asked: { initial: { figure: 'visits', words: 'First' } } });
    expect(wordsOf(late)).toContain('Second');
    expect(await kept()).toEqual(['Second']);
    const takeBack = press(edited, 'digest.unremark');
    expect(wordsOf(await world.press(call, ...takeBack))).toContain('Your remark is taken back.');
    expect(wordsOf(await send())).toContain('you have taken back');
    expect(await kept()).toEqual([]);
    const third = await world.submit(call, await send(), { words: 'Third' });
    expect(wordsOf(third)).toContain('Visits and calls: Third');
    // The press that took back an earlier one takes back nothing else.
    expect(wordsOf(await world.press(call, ...takeBack))).toContain('Visits and calls: Third');
    expect(await kept()).toEqual(['Third']);
  });

  it('of two forms that were open at once asks before it replaces the other, and on another figure does not', async () => {
    const crew = await world.crew();
    const call = crew.call(crew.anna, { now: preview, locale: 'zh-CN' });
    const { id } = await digestOf(crew);
    const open = () => world.open(call, 'digest.remark', id);
    const [phone, desk, tablet] = [await open(), await open(), await open()];
    await world.submit(call, phone, { figure: 'visits', words: '在参加展会' });
    expect((await world.submit(call, tablet, { figure: 'promises', words: '都兑现了' })).reply).toBe('redraw');
    const asked = await world.submit(call, desk, { figure: 'visits', words: '两天都在展会' });
    expect(wordsOf(asked)).toContain('您已经写了：在参加展会');
    expect((await remarks(crew)).map(({ words }) => words)).toEqual(['在参加展会', '都兑现了']);
    await world.submit(call, asked, {});
    expect((await remarks(crew)).map(({ words }) => words)).toEqual(['两天都在展会', '都兑现了']);
  });

  it('that is made while it is posted is in the post, or changes it', async () => {
    const crews: Crew[] = [];
    for (let count = 0; count < 6; count += 1) crews.push(await world.crew());
    await Promise.all([
      world.process().run(friday),
      ...crews.map(async (crew) => {
        const call = crew.call(crew.anna, { now: friday });
        const asked = await world.open(call, 'digest.remark', (await digestOf(crew)).id);
        await world.submit(call, asked, { figure: 'visits', words: 'Just in time' });
      }),
    ]);
    for (const crew of crews) expect((await posts(crew)).at(-1)?.words).toContain('Just in time');
  });

  it('that comes after the post has read them all, and before it is stored, changes the post', async () => {
    const crew = await world.crew();
    const { database, days } = world;
    const call = crew.call(crew.anna, { now: friday });
    const asked = await world.open(call, 'digest.remark', (await digestOf(crew)).id);
    const all = remarkStore(database);
    const waits = () =>
      expect
        .poll(async () => {
          const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
          return (await database.pool.query(waiting)).rowCount;
        })
        .toBe(1);
    let saved: Promise<unknown> | undefined;
    const inTheMiddle = async (...of: Parameters<typeof all.of>) => {
      const before = await all.of(...of);
      saved = world.submit(call, asked, { figure: 'visits', words: 'In the middle' });
      await Promise.race([saved, waits()]);
      return before;
    };
    const { calendar } = days;
    const log = createLog('silent');
    const job = postJob({
      store: postingStore(database),
      calendar,
      figures: createFigures({ database, calendar }),
      log,
      remarks: { of: inTheMiddle },
      earlier: async () => [],
      nudge: () => undefined,
    });
    await job.run(friday);
    await saved;
    expect((await posts(crew)).at(-1)?.words).toContain('In the middle');
  });

  it('of somebody of another team is not stored by a form that they never saw', async () => {
    const [crew, other] = [await world.crew(), await world.crew()];
    const asked = await world.open(crew.call(crew.anna), 'digest.remark', (await digestOf(crew)).id);
    // Also where they were in the team until a moment ago: the form stays open, and nothing that was typed is lost.
    const refused = { reply: 'fix', problems: {}, notice: expect.stringMatching(/^I can’t find/) };
    for (const call of [crew.call(crew.mia), other.call(other.anna)])
      expect(await world.submit(call, asked, { figure: 'visits', words: 'x' })).toEqual(refused);
    expect(await remarks(crew)).toEqual([]);
  });

  it.each<[string, (crew: Crew) => Promise<[Crew['anna'], string]>]>([
    ['of somebody of another team', async (crew) => [crew.mia, (await digestOf(crew)).id]],
    ['on what is no figure', async (crew) => [crew.anna, `${(await digestOf(crew)).id} __proto__`]],
    ['on no pointer', async ({ anna }) => [anna, "'; DROP"]],
    ['on another organisation’s week', async ({ anna }) => [anna, (await digestOf(await world.crew())).id]],
  ])('%s finds nothing', async (_, given) => {
    const crew = await world.crew();
    const [person, pointer] = await given(crew);
    const call = crew.call(person, { now: preview });
    expect(wordsOf(await world.open(call, 'digest.remark', pointer))).toMatch(/^I can’t find that any more/);
    expect(wordsOf(await world.press(call, 'digest.unremark', `${pointer} visits`))).toMatch(/^I can’t find that/);
  });

  it('on a figure that is none is refused in the form', async () => {
    const crew = await world.crew();
    const call = crew.call(crew.anna, { now: preview });
    const asked = await world.open(call, 'digest.remark', (await digestOf(crew)).id);
    expect(await world.submit(call, asked, { figure: 'salary', words: 'x' })).toMatchObject({ reply: 'fix' });
    expect(await world.submit(call, asked, { figure: 'visits', words: 'x'.repeat(301) })).toMatchObject({
      reply: 'fix',
    });
    expect(await remarks(crew)).toEqual([]);
  });
});
