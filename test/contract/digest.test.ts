import { Temporal } from 'temporal-polyfill';
import { expect, vi } from 'vitest';
import type { Actor } from '../support/actor.ts';
import { askedOf, type Company, eventually, fill, onBoth, shownTo } from './both.ts';

const scenario = onBoth();
vi.setConfig({ testTimeout: 60_000 });

/** Moves the clock, and lets what is due happen. */
const clockOf =
  ({ world }: Company) =>
  async (moment: string) => {
    await world.clock.set(Temporal.Instant.from(moment));
    await world.bot.tick();
  };
/** Waits until somebody's newest card says this. */
async function told(actor: Actor, words: string) {
  const newest = () => actor.cards().at(-1);
  await eventually(() => expect(newest()?.lines.join('\n')).toContain(words));
  return newest();
}

/** A post with a picture comes later than others: it is painted first, by a process of its own. */
const painted = (expected: () => unknown) => vi.waitFor(expected, { timeout: 30_000, interval: 50 });

scenario(
  'Friday: one’s own part with a remark, the team’s post, what is behind it, a proposal acted on',
  async (company) => {
    const { who, posted, rows } = company;
    const [lin, anna, tom] = [who('U0LINJING'), who('U0BECKER'), who('U0CARTER')];
    const at = clockOf(company);
    // The demo's teams are there since a moment ago; the bot finds them with its next look.
    await at('2026-11-23T09:31:00Z');
    await at('2026-11-27T13:30:30Z');
    const own = await told(anna, 'Your own week, before the team reads its evaluation');
    await told(tom, 'Your own week');
    await askedOf(anna, () => anna.press('Add a remark'));
    await fill(anna, { 'Which figure?': 'Visits and calls', 'Your remark': 'Two days at the fair <!channel>' });
    const remarked = await shownTo(anna, () => anna.submit());
    expect(remarked.lines).toContain('Visits and calls: Two days at the fair <!channel>');

    const before = posted('C0EUROPE').length;
    const news = () => posted('C0EUROPE').slice(before);
    await at('2026-11-27T15:30:30Z');
    await painted(() => expect(news()).toHaveLength(2));
    const [post] = news();
    expect(post).toContain('Europe: week Mon 23 Nov – Sun 29 Nov');
    expect(post).toContain('Anna Becker: Two days at the fair <!channel>');
    expect(anna.replies('C0EUROPE', 'Europe: week')).toHaveLength(1);
    await askedOf(anna, () => anna.press('Change'));
    await fill(anna, { 'Your remark': 'Three days at the fair' });
    await shownTo(anna, () => anna.submit());
    await painted(() => expect(news().join('\n')).toContain('Three days at the fair'));

    // Whoever leads the team acts on a proposal from the post itself.
    await askedOf(lin, () => lin.press('Plan them now'));
    const asked = lin.formLines.filter((line) => line.includes('从现在起'));
    await fill(lin, { 负责人: 'Tom Carter' });
    const planned = await shownTo(lin, () => lin.submit());
    const visits = await told(anna, '林静 planned visits with your customers');
    await eventually(() => expect(tom.read().join('\n')).toContain('林静 gave you an improvement to see to'));
    const { came } = await rows();
    expect(came.Improvement).toMatchObject([
      { rule: 'planSilent', ownerId: 'Tom Carter', createdById: '林静', figure: 'coveragePotential' },
    ]);
    const visitsPlanned = came.Action?.filter(({ text }) => text === 'Visit: nobody has been there for long');
    expect(visitsPlanned?.map(({ dueOn }) => dueOn)).toEqual(['2026-12-04', '2026-12-04', '2026-12-04']);
    const mine = await shownTo(tom, () => tom.tell('improvements'));
    const done = await shownTo(tom, () => tom.press('Done'));
    expect(done.lines.join()).toContain('In four weeks you are told what it did for');
    return [own, remarked, news().map(withoutPicture), asked, planned, visits, mine, done];
  },
);

/** In Slack the words of a picture stand behind it and in Teams below it. */
const withoutPicture = (words: string) =>
  words
    .split('\n')
    .filter((line) => !/^(?:Customers seen within their interval, by class$|Share of customers seen)/.test(line));

scenario('what is behind the figures, and the evaluation at any time', async (company) => {
  const { who } = company;
  await clockOf(company)('2026-11-27T15:45:00Z');
  const [lin, anna] = [who('U0LINJING'), who('U0BECKER')];
  const shown = await shownTo(lin, () => lin.tell('digest Europe'));
  expect(shown.lines[0]).toBe('Europe周报：11月23日周一至11月29日周日');
  const behind = await shownTo(lin, () => lin.press('看数据明细'));
  const more = await shownTo(anna, () => anna.tell('digest me'));
  return [behind, more.lines.filter((line) => withoutPicture(line).length > 0)];
});

scenario('when it is posted is changed, paused and resumed', async ({ who, rows }) => {
  const [lin, anna] = [who('U0LINJING'), who('U0BECKER')];
  const seen = await shownTo(anna, () => anna.tell('digest settings'));
  expect(seen.buttons).toEqual([]);
  const teams = await shownTo(lin, () => lin.tell('周报 设置'));
  const mine = await shownTo(lin, () => lin.tell('周报 设置 Europe'));
  await askedOf(lin, () => lin.press('修改'));
  await fill(lin, { 星期几: '周四', 时间: '下午5点' });
  const changed = await shownTo(lin, () => lin.submit());
  expect(changed.lines.join('\n')).toContain('每周四 17:00（德国时间）');
  const paused = await shownTo(lin, () => lin.press('暂停'));
  const resumed = await shownTo(lin, () => lin.press('恢复'));
  const { came } = await rows();
  expect(came.DigestSettings).toMatchObject([{ weekday: 4, at: '17:00', pausedAt: null, changedById: '林静' }]);
  return [seen, teams, mine, changed, paused, resumed];
});
