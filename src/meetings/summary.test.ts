import { Temporal } from 'temporal-polyfill';
import { describe, expect, it, test } from 'vitest';
import { plainWeek, type Workdays } from '../calendar/index.ts';
import type { PromptState } from './prompt-cards.ts';
import { blockersOf, type Contribution, tallyOf, unplanned, workdaysSince } from './summary.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const person = (name: string) => ({ id: name.toLowerCase(), name });

const said = (name: string, state: PromptState, given: Partial<Contribution> = {}): Contribution => ({
  person: person(name),
  state,
  expected: true,
  questions: [],
  answers: {},
  items: [],
  visited: [],
  blockers: [],
  ...given,
});

/** Names of everybody in a tally, and its counts. */
function counted(contributions: readonly Contribution[], given: { members?: string[]; away?: string[] } = {}) {
  const members = (given.members ?? contributions.map((one) => one.person.name)).map(person);
  const away = new Set((given.away ?? []).map((name) => person(name).id));
  const { asked, onLeave, ...lists } = tallyOf({ contributions, members, away });
  const names = Object.entries(lists).map(([list, all]) => [list, all.map((one) => one.person.name).join(' ')]);
  return { ...Object.fromEntries(names.filter(([, all]) => all !== '')), asked, onLeave };
}

describe('who is counted', () => {
  it('asks nine of whom eight answer, and one is on leave', () => {
    const eight = ['Anna', 'Ben', 'Cleo', 'Dan', 'Eva', 'Finn'].map((name) => said(name, 'answered'));
    const contributions = [...eight, said('Gil', 'nothing'), said('Hana', 'skipped'), said('Ida', 'closed')];
    const members = [...contributions.map((one) => one.person.name), 'Jo'];
    expect(counted(contributions, { members, away: ['Jo'] })).toEqual({
      answered: 'Anna Ben Cleo Dan Eva Finn',
      nothing: 'Gil',
      skipped: 'Hana',
      silent: 'Ida',
      asked: 9,
      onLeave: 1,
    });
  });

  test.each<[string, Contribution[], { members?: string[]; away?: string[] }, object]>([
    ['nobody', [], {}, { asked: 0, onLeave: 0 }],
    ['whoever still has time', [said('Anna', 'open')], {}, { silent: 'Anna', asked: 1, onLeave: 0 }],
    ['whom the bot could not ask', [said('Anna', 'missed')], {}, { missed: 'Anna', asked: 0, onLeave: 0 }],
    [
      'who answered although the bot was late',
      [said('Anna', 'answered'), said('Ben', 'missed')],
      {},
      { answered: 'Anna', missed: 'Ben', asked: 1, onLeave: 0 },
    ],
    [
      'who was asked before their leave was entered',
      [said('Anna', 'closed')],
      { away: ['Anna'] },
      { asked: 0, onLeave: 1 },
    ],
    ['whom the bot missed on their leave', [said('Anna', 'missed')], { away: ['Anna'] }, { asked: 0, onLeave: 1 }],
    [
      'who answers from a holiday',
      [said('Anna', 'answered')],
      { away: ['Anna'] },
      { answered: 'Anna', asked: 1, onLeave: 0 },
    ],
    [
      'nobody who observes or has left since',
      [said('Anna', 'closed', { expected: false }), said('Ben', 'missed', { expected: false })],
      { members: [] },
      { asked: 0, onLeave: 0 },
    ],
    [
      'who answered and left afterwards',
      [said('Anna', 'answered', { expected: false })],
      { members: [] },
      { answered: 'Anna', asked: 1, onLeave: 0 },
    ],
    [
      'once who was asked twice before their accounts were joined',
      [said('Anna', 'closed'), said('Anna', 'skipped'), said('Anna', 'answered'), said('Anna', 'nothing')],
      {},
      { answered: 'Anna', asked: 1, onLeave: 0 },
    ],
    [
      'in the order of names',
      [said('Cleo', 'answered'), said('Anna', 'answered'), said('Ben', 'answered')],
      {},
      { answered: 'Anna Ben Cleo', asked: 3, onLeave: 0 },
    ],
  ])('is %s', (_, contributions, given, expected) => {
    expect(counted(contributions, given)).toEqual(expected);
  });
});

test('what is in the way is said once, the oldest first, and not of who is away', () => {
  const blocker = (id: string, since: string) => ({ id, text: id, since: day(since) });
  const contributions = [
    said('Anna', 'answered', { blockers: [blocker('price', '2026-11-24'), blocker('sample', '2026-11-20')] }),
    said('Anna', 'closed', { blockers: [blocker('price', '2026-11-24')] }),
    said('Ben', 'closed', { blockers: [blocker('permit', '2026-11-23')] }),
    said('Cleo', 'closed', { blockers: [blocker('car', '2026-11-01')] }),
  ];
  const found = blockersOf({ contributions, away: new Set(['cleo']) });
  expect(found.map(({ text, owner }) => `${text} ${owner.name}`)).toEqual(['sample Anna', 'permit Ben', 'price Anna']);
});

test('a visit that was planned does not come by itself', () => {
  const item = { id: 'i', date: day('2026-11-24'), text: '', movedFromId: null, movedTo: null, visitId: null };
  const items = [{ ...item, state: 'done', account: { id: 'a', name: 'A' } } as const];
  const visited = [
    { id: 'a', name: 'A' },
    { id: 'b', name: 'B' },
  ];
  expect(unplanned({ items, visited })).toEqual([{ id: 'b', name: 'B' }]);
});

/** 24 November is a holiday, and the Saturday after it is worked instead. */
const swapped: Workdays = {
  ...plainWeek,
  days: new Map([
    ['2026-11-24', { works: false, name: null }],
    ['2026-11-28', { works: true, name: null }],
  ]),
};

test.each([
  ['on the day itself', plainWeek, '2026-11-23', '2026-11-23', 0],
  ['a day later', plainWeek, '2026-11-23', '2026-11-24', 1],
  ['three days later', plainWeek, '2026-11-23', '2026-11-26', 3],
  ['over a weekend', plainWeek, '2026-11-20', '2026-11-22', 0],
  ['after a weekend', plainWeek, '2026-11-20', '2026-11-24', 2],
  ['said on a Saturday', plainWeek, '2026-11-21', '2026-11-23', 1],
  ['over a holiday', swapped, '2026-11-23', '2026-11-25', 1],
  ['with a Saturday that is worked', swapped, '2026-11-27', '2026-11-28', 1],
  ['a day ahead', plainWeek, '2026-11-25', '2026-11-24', 0],
  ['after years', plainWeek, '2000-01-03', '2026-11-24', 714],
])('working days %s', (_, of, since, today, count) => {
  expect(workdaysSince(of, day(since), day(today))).toBe(count);
});
