import { Temporal } from 'temporal-polyfill';
import { expect } from 'vitest';
import { askedOf, eventually, fill, onBoth, shownTo } from './both.ts';

const scenario = onBoth();

scenario(
  'the team’s channel reads of a visit, without the note, and of what becomes of it',
  async ({ who, rows, posted }) => {
    const anna = who('U0BECKER');
    const before = posted('C0EUROPE').length;
    const news = () => posted('C0EUROPE').slice(before);
    await shownTo(anna, () => anna.tell('log Brandt the CFO likes it & all next: a secret price by Friday'));
    await eventually(() => expect(news()).toHaveLength(1));
    const first = news();
    expect(first.join()).toContain('Anna Becker – Visit at Brandt Maschinenbau');
    expect(first.join()).not.toMatch(/CFO|secret/);
    await askedOf(anna, () => anna.press('Edit'));
    await fill(anna, { Kind: 'Call', 'What happened': 'the CEO' });
    await shownTo(anna, () => anna.submit());
    await eventually(() => expect(news().join()).toContain('Anna Becker – Call at Brandt Maschinenbau'));
    const corrected = news();
    await shownTo(anna, () => anna.press('Undo'));
    await eventually(() => expect(news().join()).toContain('has been taken back'));
    const undone = news();
    await shownTo(anna, () => anna.press('Restore'));
    await eventually(() => expect(news().join()).toContain('Call at Brandt Maschinenbau'));
    expect(news()).toHaveLength(1);
    expect((await rows()).came.Outbox?.map(({ key }) => key)).toContain('visit-announced');
    return [first, corrected, undone, news()];
  },
);

scenario('a channel is chosen with the team’s form', async ({ who, rows, posted }) => {
  const [lin, chen] = [who('U0LINJING'), who('U0CHENWEI')];
  const before = posted('C0SUPPORT').length;
  await shownTo(lin, () => lin.tell('团队 大中华区'));
  await askedOf(lin, () => lin.press('编辑'));
  await fill(lin, { 频道: 'customer-support', 新拜访: true });
  await shownTo(lin, () => lin.submit());
  expect((await rows()).came.Team).toMatchObject([{ name: '大中华区', announceVisits: true }]);
  await shownTo(chen, () => chen.tell('记录 华为 很满意'));
  await eventually(() => expect(posted('C0SUPPORT').slice(before)).toHaveLength(1));
  return posted('C0SUPPORT').slice(before);
});

scenario('at 08:30 where its owner is, once, with what can be done about it', async ({ who, rows, world }) => {
  const [sofia, wang] = [who('U0ROSSI'), who('U0WANGFANG')];
  await shownTo(sofia, () => sofia.tell('log Athens Cement talked next: call them back by Wednesday'));
  await shownTo(wang, () => wang.tell('记录 惠州恒通线缆 谈了 下一步：周三前发样品'));
  const told = (key: string, step: string) =>
    who(key)
      .cards()
      .filter(({ lines }) => lines.includes(step) && /due$|到期了$/.test(lines[0] ?? ''));
  const at = async (moment: string) => {
    await world.clock.set(Temporal.Instant.from(moment));
    await world.bot.tick();
  };
  // What was due before is told on its own day; else all of it would come in one message.
  await at('2026-11-24T07:30:30Z');
  await at('2026-11-25T00:29:30Z');
  expect(told('U0WANGFANG', '发样品')).toEqual([]);
  await at('2026-11-25T00:30:30Z');
  await eventually(() => expect(told('U0WANGFANG', '发样品')).toHaveLength(1));
  expect(told('U0ROSSI', 'call them back')).toEqual([]);
  await at('2026-11-25T07:30:30Z');
  await eventually(() => expect(told('U0ROSSI', 'call them back')).toHaveLength(1));
  const [card] = told('U0ROSSI', 'call them back');
  expect(card?.lines).toContain('Athens Cement · due today');
  const done = await shownTo(sofia, () => sofia.press('Done'));
  expect(done.lines).toContain('Done: call them back');
  expect((await rows()).came.Action?.find(({ text }) => text === 'call them back')).toMatchObject({ state: 'done' });
  return [card, told('U0WANGFANG', '发样品'), done];
});
