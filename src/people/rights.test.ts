import { describe, expect, test } from 'vitest';
import { may, type Right, type Role, reach, rights, roleOf, roles } from './rights.ts';
import { rightsTable } from './rights-table.ts';

const me = { id: 'me', manages: [] as string[], memberOf: ['joined'] };
const people: Record<Role, Parameters<typeof may>[0]> = {
  accountManager: { ...me, administrator: false, observer: false },
  salesManager: { ...me, administrator: false, observer: false, manages: ['managed'] },
  administrator: { ...me, administrator: true, observer: false },
  observer: { ...me, administrator: false, observer: true },
};
const records = {
  own: { personIds: ['me'], teamIds: [] },
  "managed team's": { personIds: ['colleague'], teamIds: ['managed'] },
  "joined team's": { personIds: ['colleague'], teamIds: ['joined'] },
  "others'": { personIds: ['stranger'], teamIds: ['elsewhere'] },
} as const;

// One line for each right, one column for each role; in it yes or no to a record that is one's own, of a team one
// manages, of a team one belongs to, and of others.
const table: readonly [Right, ...Record<Role, string>[Role][]][] = [
  //                     account manager  sales manager  administrator  observer
  ['account.read', /*        */ 'yyyy', /*   */ 'yyyy', /*   */ 'yyyy', /* */ 'yyyy'],
  ['account.add', /*         */ 'ynnn', /*   */ 'yynn', /*   */ 'yyyy', /* */ 'nnnn'],
  ['account.edit', /*        */ 'ynnn', /*   */ 'yynn', /*   */ 'yyyy', /* */ 'nnnn'],
  ['account.import', /*      */ 'nnnn', /*   */ 'nnnn', /*   */ 'yyyy', /* */ 'nnnn'],
  ['visit.read', /*          */ 'ynyn', /*   */ 'yyyn', /*   */ 'yyyy', /* */ 'ynyn'],
  ['visit.log', /*           */ 'ynnn', /*   */ 'ynnn', /*   */ 'ynnn', /* */ 'nnnn'],
  ['visit.correct', /*       */ 'ynnn', /*   */ 'yynn', /*   */ 'yyyy', /* */ 'nnnn'],
  ['action.read', /*         */ 'ynyn', /*   */ 'yyyn', /*   */ 'yyyy', /* */ 'ynyn'],
  ['action.change', /*       */ 'ynnn', /*   */ 'yynn', /*   */ 'yyyy', /* */ 'nnnn'],
  ['feedback.read', /*       */ 'ynyn', /*   */ 'yyyn', /*   */ 'yyyy', /* */ 'ynyn'],
  ['feedback.add', /*        */ 'ynnn', /*   */ 'ynnn', /*   */ 'ynnn', /* */ 'nnnn'],
  ['feedback.change', /*     */ 'ynnn', /*   */ 'yynn', /*   */ 'yyyy', /* */ 'nnnn'],
  ['survey.read', /*         */ 'ynyn', /*   */ 'yyyn', /*   */ 'yyyy', /* */ 'ynyn'],
  ['survey.add', /*          */ 'ynnn', /*   */ 'yynn', /*   */ 'yyyy', /* */ 'nnnn'],
  ['survey.ask', /*          */ 'ynnn', /*   */ 'yynn', /*   */ 'yyyy', /* */ 'nnnn'],
  ['listening.read', /*      */ 'ynyn', /*   */ 'yyyn', /*   */ 'yyyy', /* */ 'ynyn'],
  ['listening.change', /*    */ 'nnnn', /*   */ 'yynn', /*   */ 'yyyy', /* */ 'nnnn'],
  ['digest.read', /*         */ 'ynyn', /*   */ 'yyyn', /*   */ 'yyyy', /* */ 'ynyn'],
  ['improvement.change', /*  */ 'ynnn', /*   */ 'yynn', /*   */ 'yyyy', /* */ 'nnnn'],
  ['absence.change', /*      */ 'ynnn', /*   */ 'yynn', /*   */ 'yyyy', /* */ 'nnnn'],
  ['meeting.read', /*        */ 'ynyn', /*   */ 'yyyn', /*   */ 'yyyy', /* */ 'ynyn'],
  ['decision.change', /*     */ 'ynnn', /*   */ 'yynn', /*   */ 'yyyy', /* */ 'nnnn'],
  ['team.read', /*           */ 'ynyn', /*   */ 'yyyn', /*   */ 'yyyy', /* */ 'ynyn'],
  ['team.change', /*         */ 'nnnn', /*   */ 'yynn', /*   */ 'yyyy', /* */ 'nnnn'],
  ['people.change', /*       */ 'nnnn', /*   */ 'nnnn', /*   */ 'yyyy', /* */ 'nnnn'],
  ['organization.change', /* */ 'nnnn', /*   */ 'nnnn', /*   */ 'yyyy', /* */ 'nnnn'],
];

test('the table below names every right once', () => {
  expect(table.map(([right]) => right)).toEqual(Object.keys(rights));
});

describe.each(table)('%s', (right, ...columns) => {
  describe.each(roles.map((role, index) => [role, columns[index] ?? ''] as const))('as %s', (role, cells) => {
    test.each(Object.entries(records).map(([whose, record], index) => [whose, cells[index], record] as const))(
      'on a record that is %s: %s',
      (_, cell, record) => {
        expect(may(people[role], right, record)).toBe(cell === 'y');
      },
    );
  });
});

test.each([
  [{ administrator: true, observer: true, manages: ['team'] }, 'observer'],
  [{ administrator: true, observer: false, manages: ['team'] }, 'administrator'],
  [{ administrator: false, observer: false, manages: ['team'] }, 'salesManager'],
  [{ administrator: false, observer: false, manages: [] }, 'accountManager'],
] as const)('the role that decides for %j is %s', (person, role) => {
  expect(roleOf(person)).toBe(role);
  expect(reach(person, 'visit.read')).toBe(rights['visit.read'][role]);
});

test('the table for readers has a line for each right and a column for each role, in both languages', () => {
  for (const locale of ['en', 'zh-CN'] as const) {
    const lines = rightsTable(locale).split('\n');
    expect(lines).toHaveLength(2 + table.length);
    for (const line of lines) expect(line.split('|')).toHaveLength(roles.length + 3);
  }
  expect(rightsTable('en')).toContain('| Correct or undo visits | own | own and team’s | all | – |');
});
