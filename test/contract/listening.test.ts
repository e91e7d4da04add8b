import { expect } from 'vitest';
import type { Actor, ShownCard } from '../support/actor.ts';
import { askedOf, eventually, fill, onBoth, shownTo } from './both.ts';

const scenario = onBoth();

/** Lin plans a visit to one of Anna's customers. */
async function plan(lin: Actor, customer: string, day: string): Promise<ShownCard> {
  await askedOf(lin, () => lin.tell(`走访 ${customer} 交货为什么总是晚`));
  await fill(lin, { 日期: day });
  return shownTo(lin, () => lin.submit());
}

scenario('planned, remembered, recorded: beside what the account manager says', async ({ who, rows, later }) => {
  const [lin, anna] = [who('U0LINJING'), who('U0BECKER')];
  await askedOf(anna, () => anna.tell('score Havel Pumpen'));
  await fill(anna, { Delivery: '4 – good', Price: '4 – good', 'Would they recommend us?': '9' });
  await shownTo(anna, () => anna.submit());
  const planned = await plan(lin, 'Havel Pumpen', '2026-11-24');
  expect(planned.lines[0]).toBe('经理走访Havel Pumpen（已安排）');
  expect(planned.facts).toMatchObject({ 目的: '交货为什么总是晚', 交付: '客户经理 4 分' });
  expect(planned.buttons).toEqual(['记录', '改期', '取消走访']);
  await eventually(() => expect(anna.read().join('\n')).toContain('林静 plans to visit Havel Pumpen on Tue 24 Nov'));
  await later({ days: 1 });
  await eventually(() => expect(lin.read().join('\n')).toContain('今天要走访'));
  const reminded = lin.cards().at(-1);
  expect(reminded?.lines.join('\n')).toContain('Havel Pumpen');
  await shownTo(lin, () => lin.tell('走访 Havel Pumpen'));
  await askedOf(lin, () => lin.press('记录'));
  expect(lin.answer('哪天去的？')).toBe('2026-11-24');
  await lin.submit();
  await eventually(() => expect(lin.problems()).toHaveLength(1));
  await fill(lin, { 听到了什么: '三次交货都晚了 <!channel>', 需要改进什么: '每周通报交期' });
  await fill(lin, { 交付: '2 – 较差', 价格: '3 – 一般', '客户会推荐我们吗？': '6' });
  const recorded = await shownTo(lin, () => lin.submit());
  expect(recorded.facts).toMatchObject({
    听到了什么: '三次交货都晚了 <!channel>',
    需要改进: '每周通报交期',
    交付: '经理 2 分 · 客户经理 4 分 · 经理的看法低 2 分',
    价格: '经理 3 分 · 客户经理 4 分',
    '推荐意愿（0–10 分）': '经理 6 分 · 客户经理 9 分 · 经理的看法低 3 分',
  });
  expect(recorded.lines.join('\n')).toContain('经理：林静，11月24日周二 · 客户经理：Anna Becker，11月23日周一');
  expect(recorded.buttons).toEqual(['添加下一步', '记为客户反馈', '修改']);
  await eventually(() => expect(anna.read().join('\n')).toContain('林静 has visited Havel Pumpen and recorded'));
  const hers = await shownTo(anna, () => anna.press('Show'));
  expect(hers.facts.Delivery).toBe('manager 2 · account manager 4 · the manager sees it 2 points lower');
  expect(hers.buttons).toEqual(['Add next step', 'Save as feedback']);
  const account = await shownTo(anna, () => anna.tell('account Havel Pumpen'));
  expect(account.facts['Manager’s visit']).toBe('Tue 24 Nov');
  const { came } = await rows();
  expect(came.Listening).toMatchObject([
    {
      accountId: 'Havel Pumpen',
      managerId: '林静',
      state: 'done',
      plannedOn: '2026-11-24',
      remindAt: null,
      heard: '三次交货都晚了 <!channel>',
      improve: '每周通报交期',
    },
  ]);
  expect(came.Visit).toMatchObject([{ authorId: '林静', date: '2026-11-24', purpose: '交货为什么总是晚' }]);
  expect(came.Survey).toMatchObject([{ source: 'accountManager' }, { source: 'salesManager', recommend: 6 }]);
  return [planned, reminded, recorded, hers];
});

scenario('moved and dropped, of which the owner hears', async ({ who, rows }) => {
  const [lin, anna] = [who('U0LINJING'), who('U0BECKER')];
  await plan(lin, 'Seeblick Optik', '2026-12-01');
  await askedOf(lin, () => lin.press('改期'));
  await fill(lin, { 日期: '2026-11-20' });
  await lin.submit();
  await eventually(() => expect(lin.problems().join()).toContain('这一天已经过去了'));
  await fill(lin, { 日期: '2026-12-03' });
  const moved = await shownTo(lin, () => lin.submit());
  expect(moved.facts.计划日期).toContain('12月3日');
  const told = () => anna.read().join('\n');
  await eventually(() => expect(told()).toContain('visit to Seeblick Optik is planned for Thu 3 Dec now'));
  const dropped = await shownTo(lin, () => lin.press('取消走访'));
  expect(dropped.buttons).toEqual([]);
  await eventually(() => expect(told()).toContain('visit to Seeblick Optik on Thu 3 Dec was dropped'));
  expect((await rows()).came.Listening).toMatchObject([{ state: 'dropped', remindAt: null, version: 3 }]);
  return [moved, dropped];
});

scenario(
  'corrected, with what was scored before kept; said on as feedback and as a next step',
  async ({ who, rows }) => {
    const lin = who('U0LINJING');
    await plan(lin, 'Nordlicht Energie', '2026-11-25');
    await askedOf(lin, () => lin.press('记录'));
    await fill(lin, { 听到了什么: '服务很好', 人员: '5 – 很好' });
    await shownTo(lin, () => lin.submit());
    await askedOf(lin, () => lin.press('修改'));
    expect(lin.questions).not.toContain('哪天去的？');
    expect(lin.answer('人员')).toBe('5 – 很好');
    await fill(lin, { 人员: '4 – 较好', 需要改进什么: '保持' });
    const corrected = await shownTo(lin, () => lin.submit());
    expect(corrected.facts).toMatchObject({ 需要改进: '保持', 人员: expect.stringContaining('经理 4 分') });
    await askedOf(lin, () => lin.press('记为客户反馈'));
    await lin.leave();
    await askedOf(lin, () => lin.press('添加下一步'));
    await lin.leave();
    const { came } = await rows();
    expect(came.SurveyVersion).toHaveLength(1);
    expect(came.Listening).toMatchObject([{ state: 'done', version: 3 }]);
    return corrected;
  },
);

scenario('begun and closed after an error, it is offered once and gone on with', async (company) => {
  const { who, world, rows, expectTrouble } = company;
  expectTrouble();
  const { pool } = world.bot.database;
  const lin = who('U0LINJING');
  await plan(lin, 'Spree Elektronik', '2026-11-26');
  await askedOf(lin, () => lin.press('记录'));
  await fill(lin, { 听到了什么: '说来话长', 人员: '2 – 较差' });
  await pool.query(`ALTER TABLE "Listening" ADD CONSTRAINT refused CHECK (heard IS DISTINCT FROM '说来话长')`);
  await lin.submit();
  await eventually(() => expect(lin.problems()).toHaveLength(1));
  await pool.query(`ALTER TABLE "Listening" DROP CONSTRAINT refused`);
  await lin.leave();
  expect((await rows()).came).toMatchObject({ Draft: [{ personId: '林静', form: 'listening.record' }] });
  await shownTo(lin, () => lin.tell('走访 Spree Elektronik'));
  await askedOf(lin, () => lin.press('记录'));
  expect(lin.formLines.join()).toContain('您走访 Spree Elektronik 的记录还没保存');
  expect(lin.answer('听到了什么')).toBeUndefined();
  await lin.press('继续填写');
  await eventually(() => expect(lin.answer('听到了什么')).toBe('说来话长'));
  expect(lin.answer('人员')).toBe('2 – 较差');
  const recorded = await shownTo(lin, () => lin.submit());
  expect(recorded.facts).toMatchObject({ 听到了什么: '说来话长' });
  const { came } = await rows();
  expect(came.Draft).toBeUndefined();
  expect(came.Listening).toMatchObject([{ state: 'done', heard: '说来话长' }]);
  expect(came.Visit).toHaveLength(1);
  return recorded;
});

scenario('the list; whoever leads no team plans nothing, and an observer neither', async ({ who, rows }) => {
  const [anna, claire] = [who('U0BECKER'), who('U0DUPONT')];
  const list = await shownTo(anna, () => anna.tell('listen'));
  expect(list.lines[0]).toBe('Managers’ visits');
  expect(list.buttons).not.toContain('Plan a visit');
  const refused = await shownTo(claire, () => claire.tell('listen Aurora Textiles'));
  expect(claire.hasForm || anna.hasForm).toBe(false);
  expect((await rows()).came.Listening).toBeUndefined();
  return [list, refused];
});
