import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { inPlainText } from '../chat/card.ts';
import { textIn } from '../text/text.ts';
import { emptyDay } from './day.ts';
import type { PlanItem } from './plan-item.ts';
import { promptCard } from './prompt-cards.ts';
import { standardOf } from './question.ts';

const today = Temporal.PlainDate.from('2026-11-23');
const waits = (name: string) => ({ id: name, name, class: 'core', lastVisitOn: null }) as const;
const item = (account: string): PlanItem => ({
  ...{ id: 'i', text: 'prices', account: { id: account, name: account }, state: 'planned', date: today },
  ...{ visitId: null, movedFromId: null, movedTo: null },
});

test('a customer who is in the plan already is not said to wait for a visit as well', () => {
  const at = (time: string) => Temporal.Instant.from(`2026-11-23T${time}:00Z`);
  const card = promptCard(
    {
      prompt: { id: 'p', kind: 'morning', date: today, state: 'open', closesAt: at('10:45'), answeredAt: null },
      meetingName: null,
      questions: standardOf.morning,
      answers: {},
      day: {
        ...emptyDay,
        items: { shown: [item('Steel')], total: 1 },
        overdue: { shown: [waits('Steel'), waits('Bakery')], total: 3 },
      },
      timeZone: 'Europe/Berlin',
    },
    { text: textIn('en'), today, me: 'anna' },
  );
  expect(inPlainText(card).split('\n').slice(3, -1)).toEqual([
    ...['Your plan', '• Steel – prices'],
    ...['Customers waiting for a visit', '• Bakery – no visit yet', '… and 1 more'],
  ]);
});
