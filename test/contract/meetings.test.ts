import { Temporal } from 'temporal-polyfill';
import { expect } from 'vitest';
import type { Actor } from '../support/actor.ts';
import { askedOf, type Company, eventually, fill, onBoth, shownTo } from './both.ts';

const scenario = onBoth();

/** Moves the clock, and lets what is due happen. */
const clockOf =
  ({ world }: Company) =>
  async (moment: string) => {
    await world.clock.set(Temporal.Instant.from(moment));
    await world.bot.tick();
  };
const newest = (actor: Actor) => actor.cards().at(-1);
/** Waits until somebody's newest card says this. */
async function told(actor: Actor, words: string) {
  await eventually(() => expect(newest(actor)?.lines.join('\n')).toContain(words));
  return newest(actor);
}

scenario('a day with its meetings: set up, planned, done, summed up in the channel', async (company) => {
  const { who, posted, rows } = company;
  const [lin, anna, tom, sofia] = [who('U0LINJING'), who('U0BECKER'), who('U0CARTER'), who('U0ROSSI')];
  const at = clockOf(company);
  await shownTo(lin, () => lin.tell('会议'));
  const started = await shownTo(lin, () => lin.press('一键开启常用的三个'));
  expect(started.lines[0]).toBe('Europe的会议已开启');

  await at('2026-11-24T07:45:30Z');
  const asked = await told(anna, 'Morning meeting · Tue 24 Nov');
  expect(asked?.lines).toContain('Customers waiting for a visit');
  await told(tom, 'Morning meeting');
  // Behind what is due: one message a second. Whom it had not reached would not count as asked.
  await told(sofia, 'Morning meeting');
  await askedOf(anna, () => anna.press('Answer'));
  await fill(anna, {
    'Which customers do you see today': ['Rheintal Chemie'],
    'What else?': 'Brandt – the frame contract\nExpenses',
    'What is in your way?': 'No demo machine <!channel> until Friday',
  });
  const answered = await shownTo(anna, () => anna.submit());
  expect(answered.lines).toEqual(expect.arrayContaining(['Answered, thank you.', 'Rheintal Chemie', 'Expenses']));
  const nothing = await shownTo(tom, () => tom.press('Nothing today'));

  const before = posted('C0EUROPE').length;
  const news = () => posted('C0EUROPE').slice(before);
  await at('2026-11-24T10:45:30Z');
  await eventually(() => expect(news()).toHaveLength(1));
  const summary = news();
  expect(summary.join()).toContain('2 of 3 asked answered');
  // Who did not answer is nobody's business.
  expect(summary.join()).not.toContain('Sofia');

  await askedOf(sofia, () => sofia.press('Answer'));
  await fill(sofia, { 'What else?': 'Athens Cement: price talk' });
  const late = await shownTo(sofia, () => sofia.submit());
  await eventually(() => expect(news().join()).toContain('3 of 3 asked answered'));
  expect(news()).toHaveLength(1);

  await at('2026-11-24T16:45:30Z');
  const evening = await told(anna, 'Evening meeting');
  await told(tom, 'Evening meeting');
  await told(sofia, 'Evening meeting');
  await shownTo(anna, () => anna.press('Done'));
  const moved = await shownTo(anna, () => anna.press('Moved'));
  expect(moved.lines).toContain('moved to Wed 25 Nov');
  await askedOf(anna, () => anna.press('Answer'));
  await fill(anna, { 'How did it go?': 'Rheintal wants a trial.' });
  const closed = await shownTo(anna, () => anna.submit());

  await at('2026-11-25T07:45:30Z');
  const nextDay = await told(anna, 'Morning meeting · Wed 25 Nov');
  // Its window closes in the next story.
  await told(tom, 'Morning meeting · Wed 25 Nov');
  await told(sofia, 'Morning meeting · Wed 25 Nov');
  expect(nextDay?.lines).toContain('Brandt Maschinenbau – the frame contract');
  const { came } = await rows();
  expect(came.PlanItem?.map(({ text, state }) => `${text} ${state}`).toSorted()).toEqual(
    expect.arrayContaining(['the frame contract moved', 'the frame contract planned', 'Expenses planned']),
  );
  return [started, asked, answered, nothing, summary, late, news(), evening, moved, closed, nextDay];
});

scenario('who is away is neither asked nor counted, and is told so', async (company) => {
  const { who, posted } = company;
  const [lin, chen, wang, li] = [who('U0LINJING'), who('U0CHENWEI'), who('U0WANGFANG'), who('U0LIQIANG')];
  const at = clockOf(company);
  await shownTo(lin, () => lin.tell('会议'));
  await shownTo(lin, () => lin.press('一键开启常用的三个'));
  const away = await shownTo(wang, () => wang.tell('请假 11-27 体检'));
  await at('2026-11-27T00:45:30Z');
  await told(chen, '早会');
  await told(li, '早会');
  expect(wang.cards().every(({ lines }) => !lines[0]?.startsWith('早会 · 11月27日'))).toBe(true);
  await askedOf(chen, () => chen.press('回答'));
  await fill(chen, { 还有别的安排吗: '华为：谈年度框架' });
  await shownTo(chen, () => chen.submit());
  const before = posted('C0CHINA').length;
  await at('2026-11-27T03:45:30Z');
  await eventually(() => expect(posted('C0CHINA').slice(before)).toHaveLength(1));
  return [away, posted('C0CHINA').slice(before)];
});

scenario('what will be asked is read beforehand', async ({ who }) => {
  const [lin, sofia] = [who('U0LINJING'), who('U0ROSSI')];
  const mine = await shownTo(sofia, () => sofia.tell('schedule'));
  const theirs = await shownTo(lin, () => lin.tell('安排 大中华区'));
  return [mine, theirs];
});

scenario('a meeting of one’s own making, paused, resumed and put away', async (company) => {
  const { who, rows } = company;
  const lin = who('U0LINJING');
  await shownTo(lin, () => lin.tell('会议 Europe'));
  await askedOf(lin, () => lin.press('新建会议'));
  await fill(lin, { 类型: '其他会议', 名称: '周五复盘', 时间: '16:00' });
  await lin.submit();
  const made = await told(lin, '周五复盘 · Europe');
  const paused = await shownTo(lin, () => lin.press('暂停'));
  const resumed = await shownTo(lin, () => lin.press('恢复'));
  await shownTo(lin, () => lin.press('归档'));
  const { came } = await rows();
  expect(came.Meeting?.find(({ name }) => name === '周五复盘')).toMatchObject({ nextAt: null });
  return [made, paused, resumed];
});
