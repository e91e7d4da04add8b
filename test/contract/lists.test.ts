import { expect } from 'vitest';
import { onBoth, shownTo } from './both.ts';

const scenario = onBoth();

scenario.each([
  ['U0BECKER', 'visits', 'Your visits'],
  ['U0BECKER', 'visits last week', 'Your visits'],
  ['U0BECKER', 'visits tom last month', 'Visits of Tom Carter'],
  ['U0BECKER', 'visits Brandt', 'Visits to Brandt Maschinenbau'],
  ['U0BECKER', 'visits Brandt since 1 Nov', 'Visits to Brandt Maschinenbau'],
  ['U0BECKER', 'visits Zzyzx', 'I know no colleague and no customer called “Zzyzx”.'],
  ['U0CHENWEI', '拜访 上个月', '您的拜访'],
  ['U0CHENWEI', '拜访 王芳 本月', '王芳 的拜访'],
  ['U0CHENWEI', '拜访 华为', '对 华为技术有限公司 的拜访'],
  ['U0BECKER', 'today', 'Today, Mon 23 Nov'],
  ['U0CHENWEI', '今天', '今天（11月23日周一）'],
  ['U0BECKER', 'actions', 'Your next steps'],
  ['U0LINJING', '待办 Anna', 'Anna Becker的待办'],
  ['U0BECKER', 'actions Falkenberg', 'Next steps with Falkenberg Automotive'],
])('%s: %s', ([key, words, title]) => async ({ who, rows }) => {
  const card = await shownTo(who(key), () => who(key).tell(words));
  expect(card.lines[0]).toBe(title);
  expect((await rows()).came).toEqual({});
  return card;
});

scenario('a list has more pages, and what is in it opens', async ({ who }) => {
  const anna = who('U0BECKER');
  const first = await shownTo(anna, () => anna.tell('visits since 1 Sep'));
  expect(first.lines).toContain('Showing 1 to 10');
  const second = await shownTo(anna, () => anna.press('Earlier ones'));
  expect(second.lines).toContain('Showing 11 to 20');
  const one = await shownTo(anna, () => anna.press('Open'));
  expect(Object.keys(one.facts)).toEqual(expect.arrayContaining(['Date', 'Purpose', 'Outcome', 'Note']));
  return [first, second, one];
});

scenario('of others’ visits only what one may see', async ({ who }) => {
  const chen = who('U0CHENWEI');
  const card = await shownTo(chen, () => chen.tell('拜访 Brandt Maschinenbau'));
  expect(card.lines).toEqual(['对 Brandt Maschinenbau 的拜访', '这段时间没有拜访记录。']);
  return card;
});
