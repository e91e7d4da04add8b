import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { inPlainText } from '../chat/card.ts';
import { textIn } from '../text/text.ts';
import type { Improvement } from './improvement.ts';
import { earlierParts, improvementsCard } from './improvement-cards.ts';

const improvement: Improvement = {
  organizationId: 'o',
  id: 'i',
  team: { id: 't', name: 'North', timeZone: 'Europe/Berlin', managerId: null },
  rule: null,
  text: 'Call before an order slips',
  accountIds: [],
  owner: { id: 'anna', name: 'Anna Berg' },
  createdById: 'anna',
  dueOn: null,
  state: 'open',
  closedAt: null,
  figure: null,
  before: null,
  after: null,
  measureAt: null,
  version: 1,
};
const done: Improvement = { ...improvement, state: 'done', closedAt: Temporal.Instant.from('2026-10-26T10:00:00Z') };

test.each<[string, Improvement[], string[]]>([
  ['nothing', [], []],
  ['only open ones', [improvement, improvement], ['Improvements', '2 open']],
  [
    'a closed one and an open one',
    [done, improvement],
    ['What became of earlier ones', '• Call before an order slips – Anna Berg · North · done on Mon 26 Oct', '1 open'],
  ],
])('of %s an evaluation says what there is, under what it is', (_, earlier, said) => {
  const lines = inPlainText({ body: earlierParts(earlier, textIn('en')) }).split('\n');
  expect(lines.filter((line) => line !== '')).toEqual(said);
});

test.each([true, false])('an empty list offers an own one to who may add one: %s', (mayAdd) => {
  const me = {
    organizationId: 'o',
    id: 'anna',
    name: 'Anna Berg',
    timeZone: 'Europe/Berlin',
    workspaceId: 'w',
    administrator: false,
    observer: !mayAdd,
    manages: [],
    memberOf: [],
    mayAdminister: false,
  };
  const reading = { text: textIn('en'), me, now: Temporal.Instant.from('2026-11-27T10:00:00Z') };
  const lines = inPlainText(improvementsCard({ open: [], closed: [], mayAdd }, reading));
  expect(lines).toContain('Nothing is open.');
  expect(lines.includes('begin with one of your own')).toBe(mayAdd);
});
