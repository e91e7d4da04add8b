import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { type Account, belongs } from '../accounts/index.ts';
import type { Me } from '../chat/slice.ts';
import {
  isLow,
  isOpen,
  mayAsk,
  mayChange,
  mayRead,
  mayScore,
  type SurveyContent,
  sameContent,
  saysSomething,
  sourceOf,
} from './survey.ts';

const account: Account = {
  organizationId: 'o',
  id: 'a',
  name: 'Acme',
  otherNames: [],
  code: null,
  class: 'core',
  ownerId: 'owner',
  teamId: null,
  memberIds: ['member'],
  teamIds: ['team'],
  city: null,
  timeZone: null,
  archivedAt: null,
};
const me = (given: Partial<Me>): Me => ({
  organizationId: 'o',
  id: 'me',
  name: 'Me',
  timeZone: 'UTC',
  workspaceId: 'w',
  administrator: false,
  observer: false,
  manages: [],
  memberOf: [],
  mayAdminister: false,
  ...given,
});
const people = {
  owner: me({ id: 'owner', memberOf: ['team'] }),
  member: me({ id: 'member' }),
  colleague: me({ id: 'colleague', memberOf: ['team'] }),
  manager: me({ id: 'manager', manages: ['team'] }),
  'manager elsewhere': me({ id: 'other', manages: ['elsewhere'] }),
  administrator: me({ administrator: true }),
  observer: me({ observer: true, memberOf: ['team'] }),
  stranger: me({ memberOf: ['elsewhere'] }),
};
type Who = keyof typeof people;

//                                       read   score  ask    change the owner's
const table: readonly [Who, boolean, boolean, boolean, boolean][] = [
  ['owner', true, true, true, true],
  ['member', true, true, true, false],
  ['colleague', true, false, false, false],
  ['manager', true, true, true, true],
  ['manager elsewhere', false, false, false, false],
  ['administrator', true, true, true, true],
  ['observer', true, false, false, false],
  ['stranger', false, false, false, false],
];

describe.each(table)('%s', (who, read, score, ask, change) => {
  const person = people[who];
  const survey = { source: 'accountManager', author: { id: 'owner', name: 'Owner' } } as const;
  test('may what they may', () => {
    expect(mayRead(belongs(account), survey, person)).toBe(read);
    expect(mayScore(account, person)).toBe(score);
    expect(mayAsk(account, person)).toBe(ask);
    expect(mayChange(survey, account, person)).toBe(change);
    // What a customer has answered only they change.
    expect(mayChange({ ...survey, source: 'customer' }, account, person)).toBe(false);
  });
});

test('whoever was there may score, whosever the customer is; an observer never', () => {
  expect(mayScore(account, people.stranger, ['me'])).toBe(true);
  expect(mayScore(account, people.observer, ['me'])).toBe(false);
});

test.each<[Who, string[], string]>([
  ['owner', [], 'accountManager'],
  ['member', [], 'accountManager'],
  ['manager', [], 'salesManager'],
  ['manager', ['manager'], 'accountManager'],
  ['administrator', [], 'salesManager'],
  ['stranger', ['me'], 'accountManager'],
])('%s, with %j on the visit, scores as %s', (who, visitors, source) => {
  expect(sourceOf(account, people[who], visitors)).toBe(source);
});

const content = (scores: [string, number][], recommend: number | null = null, remark: string | null = null) =>
  ({ scores: new Map(scores), recommend, remark }) satisfies SurveyContent;

test.each<[SurveyContent, boolean, boolean]>([
  [content([]), false, false],
  [content([['a', 5]]), true, false],
  [
    content([
      ['a', 5],
      ['b', 2],
    ]),
    true,
    true,
  ],
  [content([['a', 3]]), true, false],
  [content([], 6), true, true],
  [content([], 7), true, false],
  [content([], 0), true, true],
  [content([], null, 'Thanks'), true, false],
])('%j says something: %s, is low: %s', (one, says, low) => {
  expect(saysSomething(one)).toBe(says);
  expect(isLow(one)).toBe(low);
});

test('the same answers are the same, in whatever order', () => {
  const one = content(
    [
      ['a', 1],
      ['b', 2],
    ],
    3,
    'x',
  );
  expect(
    sameContent(
      one,
      content(
        [
          ['b', 2],
          ['a', 1],
        ],
        3,
        'x',
      ),
    ),
  ).toBe(true);
  const others = [
    content([['a', 1]], 3, 'x'),
    { ...one, recommend: 4 },
    { ...one, recommend: null },
    { ...one, remark: 'y' },
  ];
  for (const other of others) expect(sameContent(one, other)).toBe(false);
  expect(sameContent(content([['a', 1]]), content([['b', 1]]))).toBe(false);
  expect(sameContent(content([]), content([['a', 1]]))).toBe(false);
  expect(sameContent(content([['a', 1]]), content([]))).toBe(false);
});

test.each([
  ['customer', 'asked', '2026-11-24T00:00:00Z', true],
  ['customer', 'answered', '2026-11-24T00:00:00Z', true],
  ['customer', 'revoked', '2026-11-24T00:00:00Z', false],
  ['customer', 'declined', '2026-11-24T00:00:00Z', false],
  ['customer', 'asked', '2026-11-23T00:00:00Z', false],
  ['accountManager', 'answered', '2026-11-24T00:00:00Z', false],
] as const)('a survey of the %s that is %s until %s opens a page: %s', (source, state, until, open) => {
  const now = Temporal.Instant.from('2026-11-23T00:00:00Z');
  expect(isOpen({ source, state, expiresAt: Temporal.Instant.from(until) }, now)).toBe(open);
});
