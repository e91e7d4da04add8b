import { Temporal } from 'temporal-polyfill';
import { expect } from 'vitest';
import { askedOf, type Company, eventually, fill, onBoth, shownTo } from '../contract/both.ts';
import type { Actor } from '../support/actor.ts';

/** Friday, 07:30 in Berlin and 13:30 in Shanghai. On Sunday the clocks of Europe go back by an hour. */
const scenario = onBoth({ now: '2026-10-23T05:30:00Z' });

/** Moves the clock, and lets all that follows happen: what one look has done may be due for another with the next. */
const clockOf =
  ({ world }: Company) =>
  async (moment: string) => {
    await world.clock.set(Temporal.Instant.from(moment));
    // The week's figures, which are posted on Friday too, wait for their picture, and nobody here waits for them.
    const others = { NOT: { key: { startsWith: 'digest' } } };
    const underWay = { state: { in: ['waiting' as const, 'sending' as const] }, ...others };
    for (const _ of ['now', 'with the next look'])
      await eventually(async () => {
        await world.bot.tick();
        const left = await world.bot.database.prisma.outbox.findMany({ where: underWay });
        expect(left.map(({ key, attempts, failure }) => [key, attempts, failure])).toEqual([]);
      });
  };

const all = (actor: Actor) => actor.cards().map(({ lines }) => lines.join('\n'));
const times = (actor: Actor, words: string) => all(actor).filter((card) => card.includes(words)).length;

async function answers(actor: Actor, button: string, given: Readonly<Record<string, string>>) {
  await askedOf(actor, () => actor.press(button));
  await fill(actor, given);
  return shownTo(actor, () => actor.submit());
}

/** The people of the story, and the clock that all of them look at. */
const castOf = (company: Company) => {
  const { who, posted } = company;
  return {
    at: clockOf(company),
    lin: who('U0LINJING'),
    anna: who('U0BECKER'),
    tom: who('U0CARTER'),
    sofia: who('U0ROSSI'),
    chen: who('U0CHENWEI'),
    wang: who('U0WANGFANG'),
    li: who('U0LIQIANG'),
    summaries: (channel: string, words: string) => posted(channel).filter((each) => each.includes(words)),
  };
};

scenario('two teams are set up, one of them with a Saturday that is worked', async (company) => {
  const { at, lin, anna, chen } = castOf(company);
  for (const team of ['Europe', '大中华区']) {
    await shownTo(lin, () => lin.tell(`会议 ${team}`));
    await shownTo(lin, () => lin.press('一键开启常用的三个'));
  }
  await shownTo(lin, () => lin.tell('日历 大中华区'));
  const day = { 日期: '2026-10-24', 这一天: '上班', 名称: '国庆调休' };
  const calendar = await answers(lin, '添加一天', day);
  expect(calendar.lines.join('\n')).toContain('国庆调休 · 上班');
  const removed = await shownTo(lin, () => lin.press('移除'));
  expect(removed.lines.join('\n')).toContain('已移除，10月24日周六现在不上班。');
  await answers(lin, '添加一天', day);
  await shownTo(anna, () => anna.tell('log Brandt they think about it next: call them by Saturday'));
  await shownTo(chen, () => chen.tell('记录 华为 谈了 下一步：明天发样品'));
  await at('2026-10-23T05:40:00Z');
  return [calendar, removed];
});

scenario('Friday is planned', async (company) => {
  const { at, anna, tom } = castOf(company);
  await at('2026-10-23T06:45:30Z');
  await eventually(() => expect(all(anna).at(-1)).toContain('Morning meeting · Fri 23 Oct'));
  const morning = await answers(anna, 'Answer', { 'What else?': 'Brandt – the frame contract' });
  await shownTo(tom, () => tom.press('Nothing today'));
  await at('2026-10-23T09:00:00Z');
  return [morning];
});

scenario('in China the Saturday is planned before it comes', async (company) => {
  const { at, chen, wang } = castOf(company);
  await at('2026-10-23T09:45:30Z');
  await eventually(() => expect(all(chen).at(-1)).toContain('晚会 · 10月23日周五'));
  await answers(chen, '回答', { 今天进展如何: '顺利' });
  await askedOf(chen, () => chen.tell('计划'));
  await fill(chen, { 还有别的安排吗: '华为 – 发样品' });
  const saturday = await shownTo(chen, () => chen.submit());
  expect(saturday.lines.join('\n')).toContain('10月24日周六');
  await shownTo(wang, () => wang.tell('请假 明天'));
  await at('2026-10-23T10:00:00Z');
  return [saturday];
});

scenario('on Friday evening what was not done is moved to Monday, and Monday is planned', async (company) => {
  const { at, anna, sofia } = castOf(company);
  await at('2026-10-23T15:45:30Z');
  await eventually(() => expect(all(anna).at(-1)).toContain('Evening meeting · Fri 23 Oct'));
  const evening = await shownTo(anna, () => anna.press('Moved'));
  expect(evening.lines.join('\n')).toContain('moved to Mon 26 Oct');
  await shownTo(anna, () => anna.tell('plan'));
  const plan = { 'What else?': 'Brandt – the frame contract\nExpenses' };
  const monday = await answers(anna, 'Plan the next working day', plan);
  expect(monday.lines.join('\n')).toContain('Mon 26 Oct');
  await shownTo(sofia, () => sofia.tell('away 26 October'));
  await at('2026-10-23T16:00:00Z');
  return [evening, monday];
});

scenario('the Saturday is worked in China and nowhere else; on Sunday the clocks of Europe change', async (company) => {
  const { at, summaries, anna, tom, sofia, chen, wang, li } = castOf(company);
  await at('2026-10-24T00:30:30Z');
  await eventually(() => expect(times(chen, '待办到期了')).toBe(1));
  await at('2026-10-24T00:45:30Z');
  await eventually(() => expect(all(li).at(-1)).toContain('早会 · 10月24日周六'));
  expect(times(chen, '早会 · 10月24日周六'), 'who planned it on Friday is not asked').toBe(1);
  expect(times(wang, '早会 · 10月24日周六')).toBe(0);
  await at('2026-10-24T03:45:30Z');
  await eventually(() => expect(summaries('C0CHINA', '10月24日周六')).toHaveLength(1));
  const summary = summaries('C0CHINA', '10月24日周六');
  expect(summary.join()).toContain('华为');

  const europeans = () => [anna, tom, sofia].map((each) => all(each).length);
  const before = europeans();
  // A quarter to nine is an hour later by UTC than it was on Friday.
  for (const moment of ['24T08:00:00', '25T00:30:00', '25T01:30:00', '26T06:45:30']) await at(`2026-10-${moment}Z`);
  expect(europeans()).toEqual(before);
  return summary;
});

scenario(
  'Monday by the new clock: asked once, counted without who is away, answered late and again',
  async (company) => {
    const { at, summaries, anna, tom, sofia } = castOf(company);
    const morning = 'Morning meeting · Mon 26 Oct';
    await at('2026-10-26T07:30:30Z');
    await eventually(() => expect(times(anna, 'next step is due')).toBe(1));
    await at('2026-10-26T07:45:30Z');
    await eventually(() => expect(all(tom).at(-1)).toContain(morning));
    expect(times(anna, morning), 'only the plan of Friday').toBe(1);
    expect(times(sofia, morning)).toBe(0);

    const news = () => summaries('C0EUROPE', morning);
    await at('2026-10-26T10:45:30Z');
    await eventually(() => expect(news().join()).toContain('1 of 2 asked answered, 1 on leave'));
    const first = news();
    const late = await answers(tom, 'Answer', { 'What else?': 'Hamburg Marine: price talk' });
    await eventually(() => expect(news().join()).toContain('2 of 2 asked answered, 1 on leave'));
    await shownTo(anna, () => anna.tell('plan'));
    const edited = await answers(anna, 'Edit', { 'What else?': 'Brandt – the frame contract\nExpenses of October' });
    await eventually(() => expect(news().join()).toContain('Expenses of October'));
    expect(news()).toHaveLength(1);
    return [first, late, edited, news()];
  },
);
