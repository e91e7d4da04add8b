import { accountClasses } from '../accounts/index.ts';
import type { Attention, AttentionReason } from './attention.ts';
import { type FactTaken, winsOf } from './evaluation-wins.ts';
import {
  type Fact,
  type FigureName,
  type Figures,
  fewestAnswers,
  figureGroup,
  figureNames,
  periodsOfMean,
  periodsOfPicture,
} from './figures.ts';
import type { AttentionRow, CoverageRow, FactRow, WinRow } from './figures-store.ts';
import { proposalsFrom } from './proposal.ts';

/** The rows of one subject, and what its intervals ask for. */
export interface Taken {
  facts: readonly FactRow[];
  coverage: readonly CoverageRow[];
  attention: readonly AttentionRow[];
  wins: readonly WinRow[];
  visitsByClass: Figures['visitsByClass'];
}

/** Of these the whole is said, not only the part; what is not named is of nothing in particular. */
const hasWhole: readonly FigureName[] = [
  'visits',
  'prompts',
  'coverageCore',
  'coveragePotential',
  'promises',
  'overdue',
  'feedbackAnswered',
  'advances',
  'score',
];

/** Where any of these is not nothing, the period is one of which something is known. */
const signsOfLife: readonly string[] = ['visits', 'prompts', 'promises', 'feedbackIn', 'score'];

/** The part of the figures that is made of rows; `ends` are the periods' last days, the latest first. */
export function assemble(
  taken: Taken,
  ends: readonly string[],
): Pick<Figures, 'first' | 'facts' | 'visitsByClass' | 'coverage' | 'attention' | 'proposals' | 'wins'> {
  // On a Monday morning nothing was done yet in any of the weeks; that customers had been seen is known all the same.
  const alive = Math.max(
    0,
    ...taken.facts.filter((row) => signsOfLife.includes(row.figure)).map(({ k }) => k),
    ...taken.coverage.filter(({ value }) => value > 0).map(({ k }) => k),
  );
  const facts = figureNames.map((name) => factFrom(name, taken, alive));
  const attention = attentionFrom(taken.attention);
  const [first] = taken.attention;
  const idsOf = (which: 'silent' | 'problem' | 'low') =>
    taken.attention.filter((row) => row[which]).map(({ id }) => id);
  return {
    first: alive === 0,
    facts,
    attention,
    visitsByClass: taken.visitsByClass,
    coverage: coverageFrom(taken, ends, alive),
    proposals: proposalsFrom(facts, {
      silent: { ids: idsOf('silent'), count: first?.silentTotal ?? 0, figure: silentFigure(taken.attention) },
      problem: { ids: idsOf('problem'), count: first?.problemTotal ?? 0 },
      low: { ids: idsOf('low'), count: first?.lowTotal ?? 0 },
    }),
    wins: winsOf(facts, taken.wins),
  };
}

/** Planning core potential customers does not move the figure of core ones. */
function silentFigure(attention: readonly AttentionRow[]): FigureName {
  const silent = attention.filter((row) => row.silent);
  const potential = silent.filter((row) => row.class === 'corePotential');
  return potential.length * 2 > silent.length ? 'coveragePotential' : 'coverageCore';
}

function factFrom(name: FigureName, taken: Taken, alive: number): Fact {
  const counted = (k: number): FactTaken => countedIn(name, taken, k);
  const earlier = Array.from({ length: Math.min(periodsOfMean, alive) }, (_, k) => counted(k + 1).value);
  const known = earlier.filter((value) => value !== null);
  const now = counted(0);
  const asked = taken.visitsByClass.reduce((sum, { of }) => sum + of, 0);
  return {
    name,
    group: figureGroup[name],
    value: now.value,
    of: name === 'visits' ? asked : hasWhole.includes(name) ? now.of : null,
    before: earlier[0] ?? null,
    mean: known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length,
  };
}

function countedIn(name: FigureName, { facts, coverage }: Taken, k: number): FactTaken {
  if (name === 'coverageCore' || name === 'coveragePotential') {
    const of = name === 'coverageCore' ? 'core' : 'corePotential';
    return coverage.find((row) => row.k === k && row.class === of) ?? { value: 0, of: 0 };
  }
  const row = facts.find((one) => one.k === k && one.figure === name) ?? { value: 0, of: 0 };
  return name === 'score' && row.of < fewestAnswers ? { value: null, of: row.of } : row;
}

/** Periods of which nothing is known are left out of the picture, as long as there are more than one. */
function coverageFrom({ coverage }: Taken, ends: readonly string[], alive: number): Figures['coverage'] {
  const shown = alive < periodsOfMean ? alive + 1 : periodsOfPicture;
  const ks = Array.from({ length: Math.min(shown, ends.length) }, (_, index) => index).reverse();
  return {
    ends: ks.map((k) => ends[k] ?? ''),
    classes: accountClasses
      .map((name) => ({
        class: name,
        points: ks.map((k) => {
          const row = coverage.find((one) => one.k === k && one.class === name);
          return { value: row?.value ?? 0, of: row?.of ?? 0 };
        }),
      }))
      .filter(({ points }) => points.some(({ of }) => of > 0)),
  };
}

function attentionFrom(rows: readonly AttentionRow[]): Attention {
  return {
    total: rows[0]?.total ?? 0,
    customers: rows
      .filter((row) => row.named)
      .map((row) => ({
        id: row.id,
        name: row.name,
        class: row.class,
        owner: row.owner,
        reasons: row.reasons.map((one) => reasonFrom(one, row.lastSeen)),
      })),
  };
}

function reasonFrom(
  { why, days, count, score }: AttentionRow['reasons'][number],
  lastSeen: number | null,
): AttentionReason {
  if (why === 'overdue') return { why, days: lastSeen };
  if (why === 'score') return { why, score: score ?? 0 };
  return { why, days: days ?? 0, count };
}
