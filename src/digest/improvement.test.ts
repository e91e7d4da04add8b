import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { textIn } from '../text/text.ts';
import type { FigureName } from './figures.ts';
import { measuredAt, type Verdict, verdictOf } from './improvement.ts';
import { measureInWords } from './improvement-value.ts';
import { proposalPointer, readProposalPointer } from './proposal-pointer.ts';

describe('what a second measure says', () => {
  it.each<[FigureName | null, number | null, number | null, Verdict]>([
    ['coverageCore', 0.4, 0.65, 'better'],
    ['coverageCore', 0.65, 0.4, 'worse'],
    ['coverageCore', 0.4, 0.405, 'same'],
    ['overdue', 12, 4, 'better'],
    ['overdue', 4, 12, 'worse'],
    ['feedbackOpen', 3, 3, 'same'],
    ['score', 2.8, 3.4, 'better'],
    ['coverageCore', null, 0.4, 'unknown'],
    ['coverageCore', 0.4, null, 'unknown'],
    [null, 1, 2, 'unknown'],
  ])('%s: %s, then %s is %s', (figure, before, after, verdict) => {
    expect(verdictOf({ figure, before, after })).toBe(verdict);
  });
});

it.each<[FigureName, number | null, string, string]>([
  ['coverageCore', 0.4, '40 %', '40%'],
  ['visits', 1.254, '125 %', '125%'],
  ['overdue', 1234, '1,234', '1,234'],
  ['score', 3.44, '3.4', '3.4'],
  ['promises', null, 'unknown', '暂无数据'],
])('%s of %s is read as %s and %s', (figure, measure, english, chinese) => {
  expect([measureInWords(figure, measure, textIn('en')), measureInWords(figure, measure, textIn('zh-CN'))]).toEqual([
    ...[english, chinese],
  ]);
});

it.each([
  ['2026-03-02T22:30:00Z', 'Europe/Berlin', '2026-03-30T07:00:00Z'],
  ['2026-11-27T15:30:00Z', 'Asia/Shanghai', '2026-12-25T01:00:00Z'],
  ['2026-11-27T16:30:00Z', 'Asia/Shanghai', '2026-12-26T01:00:00Z'],
])('closed at %s in %s it is measured at %s', (closed, zone, at) => {
  expect(measuredAt(Temporal.Instant.from(closed), zone).toString()).toBe(at);
});

describe('a proposal’s pointer', () => {
  const teamId = '01a1ee00-0000-7000-8000-000000000001';
  it('is read back', () => {
    const figures = { teamId, kind: 'month', from: '2026-11-01' } as const;
    expect(readProposalPointer(proposalPointer(figures, 'listen'))).toEqual({
      teamId,
      kind: 'month',
      rule: 'listen',
      from: Temporal.PlainDate.from('2026-11-01'),
    });
  });
  it.each([
    undefined,
    '',
    'x week 2026-11-23 listen',
    `${teamId} year 2026-11-23 listen`,
    `${teamId} week 2026-02-30 listen`,
    `${teamId} week +002026-11-23 listen`,
    `${teamId} week 2026-11-23 __proto__`,
    `${teamId} week 2026-11-23`,
  ])('that is none of ours is nothing: %s', (about) => expect(readProposalPointer(about)).toBeNull());
});
