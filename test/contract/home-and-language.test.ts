import { expect } from 'vitest';
import { readLines } from '../support/actor.ts';
import { askedOf, eventually, onBoth, shownTo } from './both.ts';

const scenario = onBoth();

scenario.each([['U0BECKER'], ['U0CHENWEI'], ['U0LINJING'], ['U0DUPONT']])(
  'the page of %s',
  ([key]) =>
    async ({ who, rows }) => {
      const lines = readLines([await who(key).home()]);
      expect(lines[0]).toMatch(/^Hello |，您好$/);
      expect((await rows()).came).toEqual({});
      return lines;
    },
);

scenario('Done and Undo on the page, which is drawn anew', async ({ who, rows }) => {
  const anna = who('U0BECKER');
  expect(await anna.home()).toContain('Send the one-page cost comparison');
  await anna.press('Done');
  await eventually(async () =>
    expect((await rows()).came.Action).toMatchObject([{ text: 'Send the one-page cost comparison', state: 'done' }]),
  );
  await anna.press('Undo');
  await eventually(async () => expect((await rows()).came.Action).toBeUndefined());
  return readLines([await anna.home()]);
});

scenario('who leads teams sees on the page what is open in them, and opens the whole', async ({ who, rows }) => {
  const [lin, anna] = [who('U0LINJING'), who('U0BECKER')];
  await shownTo(anna, () => anna.tell('feedback Rheintal Chemie the pumps came late'));
  const page = await lin.home();
  expect(page).toContain('团队客户待处理的反馈');
  const inbox = await shownTo(lin, () => lin.press('打开团队收件箱'));
  expect(inbox.lines[0]).toBe('团队的客户反馈');
  expect(Object.keys((await rows()).came)).toContain('Feedback');
  return [readLines([page]), inbox];
});

scenario('Log a visit on the page, to the customer who waits for one', async ({ who, rows }) => {
  const anna = who('U0BECKER');
  expect(await anna.home()).toContain('Rheintal Chemie');
  await askedOf(anna, () => anna.press('Log a visit'));
  expect(anna.answer('Customer')).toBeUndefined();
  await anna.fill('Customer', 'Rheintal Chemie');
  const card = await shownTo(anna, () => anna.submit());
  expect((await rows()).came.Visit).toMatchObject([{ accountId: 'Rheintal Chemie' }]);
  // The page that it was logged from shows it, without being looked at again.
  const place = () => anna.page().indexOf('Rheintal Chemie');
  await eventually(() => expect(place()).toBeGreaterThan(anna.page().indexOf('My last visits')));
  return [card, anna.page()];
});

scenario('the day, with Done in its place', async ({ who, rows }) => {
  const sofia = who('U0ROSSI');
  await shownTo(sofia, () => sofia.tell('log Olio Santini talked next: call them today'));
  const before = await shownTo(sofia, () => sofia.tell('today'));
  expect(before.lines).toContain('call them');
  const done = await shownTo(sofia, () => sofia.press('Done'));
  expect(done.lines[0]).toBe('Today, Mon 23 Nov');
  expect(done.lines.some((line) => line.startsWith('Done: '))).toBe(true);
  expect((await rows()).came.Action?.map(({ state }) => state)).toContain('done');
  return [before, done];
});

scenario('another language, chosen with a press, with words, and back to the client’s own', async ({ who, rows }) => {
  const tom = who('U0CARTER');
  const asked = await shownTo(tom, () => tom.tell('language'));
  expect(asked.buttons).toEqual(['English', '中文', 'Like my chat app']);
  const chinese = await shownTo(tom, () => tom.press('中文'));
  expect(chinese.lines.join()).toContain('好的，以后 KAM 跟您说中文。');
  expect((await rows()).came.Person).toMatchObject([{ name: 'Tom Carter', chosenLocale: 'zh-CN' }]);
  const saved = await shownTo(tom, () => tom.tell('log Northgate 谈了合同'));
  expect(saved.lines[0]).toBe('已保存：Northgate Rail · 上门拜访');
  const english = await shownTo(tom, () => tom.tell('语言 en'));
  expect(english.lines.join()).toContain('From now on KAM speaks English with you.');
  const unknown = await shownTo(tom, () => tom.tell('language klingon'));
  expect(unknown.lines.join()).toContain('I don’t speak “klingon” yet');
  const own = await shownTo(tom, () => tom.press('Like my chat app'));
  expect((await rows()).came.Person).toBeUndefined();
  return [asked, chinese, saved, english, unknown, own];
});

scenario.each([
  ['U0BECKER', 'help', 'What KAM can do'],
  ['U0CHENWEI', '帮助', 'KAM 能帮您做什么'],
  ['U0BECKER', 'xyzzy <b>', 'What KAM can do'],
])('%s: %s', ([key, words, title]) => async ({ who }) => {
  const card = await shownTo(who(key), () => who(key).tell(words));
  expect(card.lines[0]).toBe(title);
  return card;
});

scenario('the plan on the page: made, closed and opened again there', async (company) => {
  const { who, rows } = company;
  const [lin, anna] = [who('U0LINJING'), who('U0BECKER')];
  await shownTo(lin, () => lin.tell('会议'));
  await shownTo(lin, () => lin.press('一键开启常用的三个'));
  const none = await anna.home();
  expect(none).toContain('Nothing is planned for today yet.');
  expect(none).toContain('Since Monday:');
  await company.later({ hours: 23 });
  await askedOf(anna, () => anna.press('Plan my day'));
  await anna.fill('What else?', 'Brandt – the frame contract\nExpenses');
  const saved = await shownTo(anna, () => anna.submit());
  const planned = await anna.home();
  expect(planned).toContain('the frame contract');
  await anna.press('Moved');
  await eventually(() => expect(anna.page().join()).toContain('moved to'));
  await anna.press('Undo');
  await eventually(() => expect(anna.page().join()).not.toContain('moved to'));
  await anna.press('Dropped');
  await eventually(async () =>
    expect((await rows()).came.PlanItem?.map(({ text, state }) => `${text} ${state}`)).toContain(
      'the frame contract dropped',
    ),
  );
  return [readLines([none]), saved, readLines([planned]), readLines([await anna.home()])];
});
