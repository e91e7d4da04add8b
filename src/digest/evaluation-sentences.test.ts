import { expect, test } from 'vitest';
import { textIn } from '../text/text.ts';
import { plain } from '../text/words.ts';
import { sentenceWords } from './evaluation-said.ts';
import { sentencesOf } from './evaluation-sentences.ts';
import { type Fact, type FigureName, type Figures, figureGroup, figureNames } from './figures.ts';

type Numbers = Partial<Pick<Fact, 'value' | 'of' | 'before' | 'mean'>>;

function week(facts: Partial<Record<FigureName, Numbers>>, given: Partial<Figures> = {}): Figures {
  return {
    version: 1,
    teamId: 't',
    personId: null,
    kind: 'week',
    from: '2026-11-23',
    to: '2026-11-29',
    until: '2026-11-29',
    asOf: '2026-11-27T15:30:00Z',
    timeZone: 'Europe/Berlin',
    people: 5,
    customers: 40,
    leftOut: { away: [], customersOfAway: 0, holidays: [], promptsMissed: 0 },
    first: false,
    facts: figureNames.map((name) => ({
      name,
      group: figureGroup[name],
      value: 0,
      of: null,
      before: 0,
      mean: 0,
      ...facts[name],
    })),
    visitsByClass: [],
    coverage: { ends: [], classes: [] },
    proposals: [],
    wins: [],
    ranking: null,
    attention: { customers: [], total: 0 },
    ...given,
  };
}

const away = (count: number) => ({
  leftOut: {
    away: Array.from({ length: count }, (_, index) => ({ id: `${index}`, name: `P${index}` })),
    customersOfAway: 9,
    holidays: [],
    promptsMissed: 0,
  },
});
const needy = {
  attention: { customers: [{ id: 'a', name: 'Acme', class: 'core' as const, owner: null, reasons: [] }], total: 3 },
};
const usual = { visits: { value: 12, of: 15, before: 9, mean: 10 } };

const said = (figures: Figures, locale: 'en' | 'zh-CN' = 'en') =>
  sentencesOf(figures)
    .map((one) => plain(sentenceWords(one, figures, textIn(locale))))
    .join(' ');

test.each<[string, Figures, string]>([
  ['a team without members', week({}, { people: 0 }), 'Nobody is in this team yet, so there is nothing to tell.'],
  ['an empty week', week({}), 'Nothing was logged in this week. No customer is waiting for anybody.'],
  [
    'an empty week of holidays',
    week({}, { leftOut: { ...week({}).leftOut, holidays: ['2026-11-26', '2026-11-27'] } }),
    '2 of its working days were holidays',
  ],
  [
    'everybody on leave',
    week({}, { ...away(5), ...needy }),
    'All 5 people of this team were on leave all the time, so nothing was asked. 3 customers need somebody next, Acme first.',
  ],
  ['one person on leave', week({}, { ...away(1), people: 1 }), 'The one person of this team was on leave all the time'],
  [
    'one’s own leave',
    week({}, { ...away(1), people: 1, personId: 'p' }),
    'On leave all the time, so nothing was asked.',
  ],
  [
    'the first week',
    week({ visits: { value: 7, of: 0 }, coverageCore: { value: 3, of: 4 } }, { first: true }),
    'This is the first week with figures: 7 visits and calls. What changes is told from the next one on. 3 of 4 core customers were seen within their interval.',
  ],
  [
    'nothing that is worth a sentence',
    week({ ...usual, promises: { value: 101, of: 120, before: 100 } }),
    '12 visits and calls were made, where the customers’ classes ask for 15: 3 more than in the week before (mean of four: 10). Everything else is as it was in the week before. No customer is waiting for anybody.',
  ],
  [
    'a figure over zero',
    week({ visits: { value: 2, of: 0, before: 2, mean: 2 } }),
    '2 visits and calls were made: as many as in the week before (mean of four: 2).',
  ],
  [
    'the largest change, and the largest against it',
    week({
      ...usual,
      coverageCore: { value: 20, of: 30, before: 10 },
      promises: { value: 9, of: 20, before: 14 },
      overdue: { value: 3, of: 20, before: 2 },
    }),
    '20 of 30 core customers were seen in time, 10 more than before. 9 of 20 plans were carried out, 5 fewer than before.',
  ],
  [
    'what became worse alone, and who waits',
    week({ ...usual, overdue: { value: 9, of: 20, before: 4 } }, needy),
    '9 next steps are overdue, 5 more than before. 3 customers need somebody next, Acme first.',
  ],
  [
    'more feedback, which is neither good nor bad, and against it what became worse',
    week({ ...usual, feedbackIn: { value: 16, before: 4 }, feedbackOpen: { value: 6, before: 2 } }),
    '16 pieces of feedback came in, 12 more than before. 6 pieces of feedback wait for an answer, 4 more than before.',
  ],
  [
    'a score by its tenths',
    week({ ...usual, score: { value: 3.96, of: 12, before: 3.5 } }),
    'The service score is 4, 0.5 higher than before.',
  ],
])('%s', (_, figures, expected) => {
  expect(said(figures)).toContain(expected);
  // The same figures say the same, and never more than three sentences.
  expect(sentencesOf(figures)).toEqual(sentencesOf(structuredClone(figures)));
  expect(sentencesOf(figures).length).toBeLessThanOrEqual(3);
});

test('they are said in Chinese too', () => {
  const facts = { ...usual, coverageCore: { value: 20, of: 30, before: 10 }, overdue: { value: 9, of: 20, before: 4 } };
  expect(said(week(facts), 'zh-CN')).toBe(
    '拜访和电话共12次（按客户级别应有15次），比上周多3次（前四周平均10次）。 30家核心顾客中20家按时拜访过，比之前多10家。 有9项待办逾期，比之前多5项。',
  );
});
