import { expect } from 'vitest';
import type { Actor } from '../support/actor.ts';
import { askedOf, eventually, fill, onBoth, shownTo } from './both.ts';

const scenario = onBoth();

const quick = (actor: Actor, line: string) => shownTo(actor, () => actor.tell(`log ${line}`));

scenario('Edit, from the confirmation, which is drawn anew', async ({ who, rows }) => {
  const anna = who('U0BECKER');
  await quick(anna, 'Brandt Frist note next: Quote by Friday');
  await askedOf(anna, () => anna.press('Edit'));
  expect([anna.answer('What happened'), anna.answer('Next step'), anna.answer('Next step due')]).toEqual([
    ...['Frist note', 'Quote', '2026-11-27'],
  ]);
  expect(anna.questions).not.toContain('Why is it corrected?');
  await fill(anna, { 'What happened': 'First note', 'Next step due': '2026-11-30', Kind: 'Call' });
  const card = await shownTo(anna, () => anna.submit());
  expect(card.lines).toEqual([
    ...['Corrected: Call at Brandt Maschinenbau', 'Date: Mon 23 Nov', 'Note: First note'],
    ...['Next step: Quote (you, due Mon 30 Nov)', 'Corrected: Version 2'],
  ]);
  const { came } = await rows();
  expect(came.Visit).toMatchObject([{ version: 2, kind: 'call', note: 'First note' }]);
  expect(came.VisitVersion).toMatchObject([{ version: 1, reason: null, replacedById: 'Anna Becker' }]);
  expect(came.Action).toMatchObject([{ dueOn: '2026-11-30', remindAt: '2026-11-30T07 h' }]);
  return card;
});

scenario('Undo and Restore, in the place of the confirmation', async ({ who, rows }) => {
  const chen = who('U0CHENWEI');
  await quick(chen, '上海精密机床厂 试用 下一步：周五前报价');
  const messages = chen.read().length;
  const undone = await shownTo(chen, () => chen.press('撤销'));
  expect(undone.lines[0]).toBe('已撤销：11月23日周一 上海精密机床厂 · 上门拜访');
  expect(undone.buttons).toEqual(['恢复']);
  expect((await rows()).came).toMatchObject({
    Visit: [{ undoneById: '陈伟', nthThatDay: null }],
    Action: [{ state: 'dropped' }],
  });
  const restored = await shownTo(chen, () => chen.press('恢复'));
  expect(restored.buttons).toEqual(['修改', '撤销', '添加下一步', '登记反馈', '服务评分']);
  expect(chen.read()).toHaveLength(messages);
  expect((await rows()).came).toMatchObject({ Visit: [{ undoneAt: null }], Action: [{ state: 'open' }] });
  return [undone, restored];
});

scenario('Add next step, for a colleague, who is told', async ({ who, rows }) => {
  const anna = who('U0BECKER');
  await quick(anna, 'Kern they want a manual');
  await askedOf(anna, () => anna.press('Add next step'));
  await fill(anna, { 'Next step': 'Send the manual', Due: '2026-11-26', 'Who does it': 'Sofia Rossi' });
  const card = await shownTo(anna, () => anna.submit());
  expect(card.lines[0]).toBe('Next step added: Send the manual');
  const { came } = await rows();
  expect(came.Action).toMatchObject([
    { text: 'Send the manual', ownerId: 'Sofia Rossi', createdById: 'Anna Becker', dueOn: '2026-11-26' },
  ]);
  await eventually(() => expect(who('U0ROSSI').read().join()).toContain('Send the manual'));
  return [card, who('U0ROSSI').cards().at(-1)];
});

scenario('a colleague neither undoes nor edits what is not theirs', async ({ who, rows }) => {
  const [anna, tom] = [who('U0BECKER'), who('U0CARTER')];
  await quick(anna, 'Nordlicht to be kept');
  await shownTo(tom, () => tom.tell('visits Nordlicht'));
  const seen = await shownTo(tom, () => tom.press('Open'));
  expect(seen.facts.Note).toBe('to be kept');
  expect(seen.buttons).toEqual([]);
  expect((await rows()).came.Visit).toMatchObject([{ version: 1, undoneAt: null }]);
  return seen;
});

scenario(
  'after 24 hours the author corrects with a reason, and the earlier version stays',
  async ({ who, rows, later }) => {
    const anna = who('U0BECKER');
    await quick(anna, 'Alpina Frist note');
    await later({ hours: 25 });
    await askedOf(anna, () => anna.press('Edit'));
    expect(anna.questions[0]).toBe('Why is it corrected?');
    await anna.fill('What happened', 'First note');
    await anna.submit();
    await eventually(() => expect(anna.problems()).toHaveLength(1));
    await anna.fill('Why is it corrected?', 'a typing mistake');
    const card = await shownTo(anna, () => anna.submit());
    expect(card.lines[0]).toBe('Corrected: Visit at Alpina Feinwerktechnik');
    expect((await rows()).came.VisitVersion).toMatchObject([
      { version: 1, reason: 'a typing mistake', content: { note: 'Frist note' } },
    ]);
    await shownTo(anna, () => anna.tell('visits Alpina'));
    const shown = await shownTo(anna, () => anna.press('Open'));
    expect(shown.lines.join('\n')).toContain('Reason: a typing mistake · What happened: Frist note');
    return [card, readAsHours(shown.lines)];
  },
);

scenario('the manager corrects what is their team’s, with a reason', async ({ who, rows }) => {
  const [sofia, lin] = [who('U0ROSSI'), who('U0LINJING')];
  await quick(sofia, 'Olio Santini they ordrd');
  await shownTo(lin, () => lin.tell('拜访 Olio Santini'));
  await shownTo(lin, () => lin.press('查看'));
  await askedOf(lin, () => lin.press('修改'));
  await fill(lin, { '为什么要更正？': '和Sofia确认过', 拜访情况: 'they ordered' });
  const card = await shownTo(lin, () => lin.submit());
  expect(card.facts).toMatchObject({ 记录人: 'Sofia Rossi', 拜访情况: 'they ordered', 更正: '第 2 版' });
  const { came } = await rows();
  expect(came.Visit).toMatchObject([{ authorId: 'Sofia Rossi', note: 'they ordered', version: 2 }]);
  expect(came.VisitVersion).toMatchObject([{ replacedById: '林静', reason: '和Sofia确认过' }]);
  return card;
});

scenario('after 24 hours taking back asks why, too', async ({ who, rows, later }) => {
  const tom = who('U0CARTER');
  await quick(tom, 'Suomi Paper the wrong one');
  await later({ hours: 25 });
  await askedOf(tom, () => tom.press('Undo'));
  await tom.fill('Why is it taken back?', 'another customer');
  const card = await shownTo(tom, () => tom.submit());
  expect(card.lines[0]).toContain('Taken back: Visit at Suomi Paper');
  expect((await rows()).came).toMatchObject({
    Visit: [{ undoneById: 'Tom Carter' }],
    VisitVersion: [{ reason: 'another customer' }],
  });
  return card;
});

/** Moments are printed to the minute, and the two platforms are played one after the other. */
const readAsHours = (lines: readonly string[]) => lines.map((line) => line.replace(/(\d\d):\d\d/, '$1 h'));
