import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { inPlainText } from '../chat/card.ts';
import { textIn } from '../text/text.ts';
import type { FeedbackItem } from './feedback.ts';
import { waitingCard } from './reminder-cards.ts';

const today = Temporal.PlainDate.from('2026-11-27');
const anna = { id: 'anna', name: 'Anna Berg', timeZone: 'Europe/Berlin' };
const item = (id: string, account: string): FeedbackItem => ({
  organizationId: 'o',
  id,
  account: { id: account, name: account },
  accountOwnerId: anna.id,
  accountClass: 'core',
  contact: null,
  kind: 'problem',
  dimension: null,
  severity: 'medium',
  words: id,
  sourceLink: null,
  saidOn: today,
  author: anna,
  owner: anna,
  dueOn: today,
  state: 'open',
  atThatTime: { accountClass: 'core', openActions: 0, lastVisitOn: null },
  answer: null,
  outcome: null,
  visitId: null,
  undone: false,
  version: 1,
  createdAt: Temporal.Instant.from('2026-11-27T08:00:00Z'),
  belongs: { personIds: [anna.id], teamIds: [] },
});

test.each([
  ['due', ['Rhein', 'Rhein'], 'A customer waits for your answer', '有 1 个客户在等您答复'],
  ['due', ['Rhein', 'Elbe', 'Rhein'], '2 customers wait for your answer', '有 2 个客户在等您答复'],
  ['pastDue', ['Rhein', 'Rhein'], 'A customer was not answered in time', '有 1 个客户没有按时得到答复'],
] as const)('%s: what %j said is of so many customers', (what, accounts, english, chinese) => {
  const items = accounts.map((account, index) => item(`words ${index}`, account));
  const title = (locale: 'en' | 'zh-CN') =>
    inPlainText(waitingCard(what, items, { text: textIn(locale), today, me: anna })).split('\n')[0];
  expect([title('en'), title('zh-CN')]).toEqual([english, chinese]);
});
