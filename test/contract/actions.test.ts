import { expect } from 'vitest';
import type { Actor } from '../support/actor.ts';
import { askedOf, eventually, fill, onBoth, shownTo } from './both.ts';

const scenario = onBoth();

/** A customer of one's own with one next step, so that the buttons of its list are the step's. */
async function step(actor: Actor, customer: string, text: string): Promise<void> {
  await askedOf(actor, () => actor.tell(`account add ${customer}`));
  await shownTo(actor, () => actor.submit());
  await shownTo(actor, () => actor.tell(`log ${customer} talked next: ${text}`));
}

scenario('Done, and Undo, in the place of the list', async ({ who, rows }) => {
  const tom = who('U0CARTER');
  await step(tom, 'Alder Works', 'send the offer by Friday');
  const list = await shownTo(tom, () => tom.tell('actions Alder Works'));
  expect(list.lines).toEqual(['Next steps with Alder Works', 'send the offer', 'due Fri 27 Nov']);
  expect(list.buttons).toEqual(['Done', 'Later', 'Reassign', 'Log a visit', 'All my next steps']);
  const messages = tom.cards().length;
  const done = await shownTo(tom, () => tom.press('Done'));
  expect(done.lines).toContain('Done: send the offer');
  expect((await rows()).came.Action).toMatchObject([{ state: 'done', closedAt: '2026-11-23T09 h', remindAt: null }]);
  const open = await shownTo(tom, () => tom.press('Undo'));
  expect(open.lines).toContain('Open again: send the offer');
  expect(tom.cards()).toHaveLength(messages);
  expect((await rows()).came.Action).toMatchObject([{ state: 'open', closedAt: null, remindAt: '2026-11-27T07 h' }]);
  return [list, done, open];
});

scenario('Later, by one of three choices or by any day', async ({ who, rows }) => {
  const tom = who('U0CARTER');
  await step(tom, 'Birch Works', 'call them by Friday');
  await shownTo(tom, () => tom.tell('actions Birch Works'));
  await askedOf(tom, () => tom.press('Later'));
  expect(tom.answer('When')).toBe('Tomorrow (on a working day)');
  await tom.fill('When', 'In a week');
  const moved = await shownTo(tom, () => tom.submit());
  expect(moved.lines).toContain('Moved to Mon 30 Nov: call them');
  // The list that the form was opened from says so too.
  const stale = () =>
    tom.cards().filter(({ lines }) => lines.includes('due Fri 27 Nov') && lines.includes('call them'));
  await eventually(() => expect(stale()).toEqual([]));
  await askedOf(tom, () => tom.press('Later'));
  await tom.fill('Or another day', '2026-11-20');
  await tom.submit();
  await eventually(() => expect(tom.problems().join()).toContain('That day is over'));
  await tom.fill('Or another day', '2026-12-24');
  const later = await shownTo(tom, () => tom.submit());
  const { came } = await rows();
  expect(came.Action).toMatchObject([{ dueOn: '2026-12-24', remindAt: '2026-12-24T07 h' }]);
  expect(came.ActionChange?.map(({ changes }) => changes)).toEqual([
    { dueOn: ['2026-11-27', '2026-11-30'] },
    { dueOn: ['2026-11-30', '2026-12-24'] },
  ]);
  return [moved, later];
});

scenario('Reassign: the new owner is told, with buttons that work', async ({ who, rows }) => {
  const [tom, chen] = [who('U0CARTER'), who('U0CHENWEI')];
  await step(tom, 'Cedar Works', 'visit the plant by Friday');
  await shownTo(tom, () => tom.tell('actions Cedar Works'));
  await askedOf(tom, () => tom.press('Reassign'));
  await tom.fill('Who does it from now on', '陈伟');
  const handed = await shownTo(tom, () => tom.submit());
  expect(handed.lines).toContain('陈伟 has it now: visit the plant');
  expect((await rows()).came).toMatchObject({
    Action: [{ ownerId: '陈伟', remindAt: '2026-11-27T00 h' }],
    Outbox: expect.arrayContaining([expect.objectContaining({ key: 'action-handed' })]),
  });
  await eventually(() => expect(chen.read().join()).toContain('Tom Carter转给您一项待办'));
  const told = chen.cards().at(-1);
  const done = await shownTo(chen, () => chen.press('完成'));
  expect(done.lines).toContain('已完成：visit the plant');
  expect((await rows()).came.Action).toMatchObject([{ state: 'done' }]);
  return [handed, told, done];
});

scenario('an observer takes no next steps', async ({ who, rows }) => {
  const tom = who('U0CARTER');
  await step(tom, 'Douglas Works', 'ask them by Friday');
  await shownTo(tom, () => tom.tell('actions Douglas Works'));
  await askedOf(tom, () => tom.press('Reassign'));
  await tom.fill('Who does it from now on', 'Claire Dupont');
  await tom.submit();
  await eventually(() => expect(tom.problems().join()).toContain('They can’t take next steps here'));
  expect((await rows()).came.Action).toMatchObject([{ ownerId: 'Tom Carter' }]);
  await fill(tom, { 'Who does it from now on': 'Anna Becker' });
  return shownTo(tom, () => tom.submit());
});

scenario('several names fit: a press says which', async ({ who }) => {
  const lin = who('U0LINJING');
  await askedOf(lin, () => lin.tell('客户 新增 王芳'));
  await shownTo(lin, () => lin.submit());
  const choice = await shownTo(lin, () => lin.tell('待办 王芳'));
  expect(choice.lines).toEqual(['看谁的待办？', '有好几个“王芳”，您要看哪一个？']);
  expect(choice.buttons).toEqual(['王芳', '王芳']);
  const list = await shownTo(lin, () => lin.press('王芳'));
  expect(list.lines[0]).toBe('王芳的待办');
  const none = await shownTo(lin, () => lin.tell('待办 Qwxyz'));
  expect(none.lines.join()).toContain('没有找到叫“Qwxyz”的同事或客户');
  return [choice, list, none];
});

scenario('others see what they may, and change nothing of it', async ({ who, rows }) => {
  const [tom, anna, li] = [who('U0CARTER'), who('U0BECKER'), who('U0LIQIANG')];
  await step(tom, 'Elm Works', 'keep it secret by Friday');
  const colleague = await shownTo(anna, () => anna.tell('actions Elm Works'));
  expect(colleague.lines).toContain('keep it secret');
  expect(colleague.buttons).not.toContain('Done');
  const stranger = await shownTo(li, () => li.tell('待办 Elm Works'));
  expect(stranger.lines.join()).not.toContain('secret');
  expect((await rows()).came.Action).toMatchObject([{ state: 'open', ownerId: 'Tom Carter' }]);
  return [colleague, stranger];
});
