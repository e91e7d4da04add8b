import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { inPlainText } from '../chat/card.ts';
import { textIn } from '../text/text.ts';
import { reminderCard } from './cards.ts';
import type { Listening } from './listening.ts';

const today = Temporal.PlainDate.from('2026-11-27');
const planned = (day: string): Listening => ({
  organizationId: 'o',
  id: day,
  account: { id: 'a', name: 'Rhein' },
  accountOwnerId: null,
  accountBelongs: { personIds: [], teamIds: [] },
  manager: { id: 'lea', name: 'Lea Sun', timeZone: 'Europe/Berlin' },
  state: 'planned',
  plannedOn: Temporal.PlainDate.from(day),
  purpose: null,
  heard: null,
  improve: null,
  visitId: null,
  surveyId: null,
  heldOn: null,
  visitUndone: false,
  recordKey: null,
  version: 1,
  belongs: { personIds: [], teamIds: [] },
});

test.each([
  [['2026-11-27'], 'Today you want to hear a customer', '今天要走访 1 家客户，听取意见'],
  [['2026-11-27', '2026-11-27'], 'Today you want to hear 2 customers', '今天要走访 2 家客户，听取意见'],
  // Whoever was away on the day reads of it later.
  [['2026-11-25'], 'A customer whom you want to hear', '有 1 家客户等您走访，听取意见'],
  [['2026-11-25', '2026-11-27'], '2 customers whom you want to hear', '有 2 家客户等您走访，听取意见'],
])('planned for %j it reads so', (days, english, chinese) => {
  const title = (locale: 'en' | 'zh-CN') =>
    inPlainText(reminderCard(days.map(planned), { text: textIn(locale), today })).split('\n')[0];
  expect([title('en'), title('zh-CN')]).toEqual([english, chinese]);
});
