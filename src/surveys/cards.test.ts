import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { inPlainText } from '../chat/card.ts';
import type { Locale } from '../text/locale.ts';
import { textIn } from '../text/text.ts';
import { surveyCard } from './cards.ts';
import type { OldAnswers, Survey } from './survey.ts';

const survey: Survey = {
  organizationId: 'o',
  id: 's',
  account: { id: 'a', name: 'Rhein' },
  contact: { id: 'c', name: 'Sabine Roth' },
  visitId: null,
  source: 'customer',
  state: 'answered',
  author: { id: 'anna', name: 'Anna Berg' },
  scoredOn: Temporal.PlainDate.from('2026-11-24'),
  locale: 'en',
  expiresAt: null,
  linkVersion: 1,
  openedAt: null,
  answeredAt: Temporal.Instant.from('2026-11-24T10:00:00Z'),
  version: 2,
  scores: new Map(),
  recommend: 9,
  remark: null,
};

test.each<[Locale, OldAnswers['by'], string]>([
  ['en', null, 'Version 1, replaced by the customer on Tue 24 Nov, 11:00 (Berlin)'],
  ['en', { id: 'anna', name: 'Anna Berg' }, 'Version 1, replaced by Anna Berg on Tue 24 Nov, 11:00 (Berlin)'],
  ['zh-CN', null, '第 1 版，11月24日周二 11:00（德国时间）由客户替换'],
  ['zh-CN', { id: 'anna', name: 'Anna Berg' }, '第 1 版，11月24日周二 11:00（德国时间）由Anna Berg替换'],
])('in %s, answers that %j replaced', (locale, by, said) => {
  const reader = { text: textIn(locale), today: survey.scoredOn, timeZone: 'Europe/Berlin' };
  const replacedAt = Temporal.Instant.from('2026-11-24T10:00:00Z');
  const versions = [{ ...survey, version: 1, recommend: 3, replacedAt, by }];
  const card = surveyCard(survey, reader, { dimensions: [], versions, mayChange: false, mayAsk: false });
  expect(inPlainText(card)).toContain(said);
  expect(inPlainText(card)).toContain(
    locale === 'en' ? ' – Would recommend us: 3 of 10' : ' – 推荐意愿：3 分（满分 10 分）',
  );
});
