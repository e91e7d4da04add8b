import { expect, test } from 'vitest';
import { textIn } from '../text/text.ts';
import { plain } from '../text/words.ts';
import { linesOf } from './evaluation-facts.ts';
import { type Fact, type Figures, figureNames } from './figures.ts';

/** Feedback only: so much came in, was answered of so much, is open; and what there was the week before. */
const figures = (before: number | null): Pick<Figures, 'facts'> => {
  const values: Partial<Record<Fact['name'], number>> = { feedbackIn: 0, feedbackAnswered: 0, feedbackOpen: 3 };
  return {
    facts: figureNames.map((name) => {
      const value = values[name] ?? 0;
      return { name, group: 'quality', value, of: name === 'feedbackAnswered' ? 3 : null, before, mean: before };
    }),
  };
};

test.each([
  [null, 'Feedback: 0 in · 0 of 3 answered · 3 open', '客户反馈：收到0条 · 已答复0/3 · 待答复3条'],
  [1, 'Feedback: 0 in (−1) · 0 of 3 answered · 3 open (+2)', '客户反馈：收到0条（−1） · 已答复0/3 · 待答复3条（+2）'],
])('what customers said is one line, with %j the week before', (before, english, chinese) => {
  for (const [locale, mark, line] of [
    ['en', ': ', english],
    ['zh-CN', '：', chinese],
  ] as const) {
    const fact = linesOf(figures(before), 'quality', textIn(locale)).at(-1);
    expect(`${fact?.label}${mark}${plain(fact?.value ?? '')}`).toBe(line);
  }
});
