import { changeOf, type Fact, type FigureName, type Figures, factOf, fewerIsBetter, isEmptyPeriod } from './figures.ts';

/** One sentence, as data: `say` names the message, the values fill it. */
export type Sentence =
  | { say: 'noMembers' | 'ownAway' | 'noAttention' | 'steady' | 'empty' }
  | { say: 'allAway'; people: number }
  | { say: 'first'; value: number }
  | { say: 'visits'; value: number; of: number; change: number; mean: number }
  | { say: 'holidays'; days: number }
  | { say: 'coverage'; value: number; of: number }
  | { say: 'changed'; figure: FigureName; value: number; of: number; change: number }
  | { say: 'attention'; total: number; customer: string };

/** A change weighs by the root of what it changes: two of four as much as ten of a hundred. The score's tenths weigh one each. */
const noticeable = 0.6;
const leastChange = 2;
/** In a small team one is much. */
const smallNumber = 6;
const leastScore = 0.2;

/** How much a change weighs; 0: it is not worth a sentence. */
function weightOf(fact: Fact): number {
  const change = Math.abs(changeOf(fact) ?? 0);
  if (fact.name === 'score') return change < leastScore ? 0 : change * 10;
  const size = Math.max(fact.before ?? 0, fact.value ?? 0);
  if (change < (size <= smallNumber ? 1 : leastChange)) return 0;
  const weight = change / Math.sqrt(Math.max(size, 1));
  return weight < noticeable ? 0 : weight;
}

/** 1: for the better, -1: for the worse, 0: neither, as when customers say more. */
function directionOf(fact: Fact): -1 | 0 | 1 {
  const change = changeOf(fact) ?? 0;
  if (change === 0 || fact.name === 'feedbackIn') return 0;
  return change > 0 === fewerIsBetter.includes(fact.name) ? -1 : 1;
}

const changed = ({ name, value, of, ...fact }: Fact): Sentence => ({
  say: 'changed',
  figure: name,
  value: value ?? 0,
  of: of ?? 0,
  change: changeOf({ value, ...fact }) ?? 0,
});

/**
 * Up to three sentences on what changed, the same for the same figures: what was done, then the change that weighs most,
 * then the one that weighs most against it, or who needs somebody. They speak of customers and work and never of a person.
 */
export function sentencesOf(figures: Figures): readonly Sentence[] {
  const { people, leftOut, first, attention } = figures;
  if (people === 0) return [{ say: 'noMembers' }];
  const [next] = attention.customers;
  const needs: Sentence =
    next === undefined ? { say: 'noAttention' } : { say: 'attention', total: attention.total, customer: next.name };
  const visits = factOf(figures, 'visits');
  const [value, of] = [visits.value ?? 0, visits.of ?? 0];
  if (leftOut.away.length === people) {
    return [figures.personId === null ? { say: 'allAway', people } : { say: 'ownAway' }, needs];
  }
  const off: Sentence[] = leftOut.holidays.length === 0 ? [] : [{ say: 'holidays', days: leftOut.holidays.length }];
  if (isEmptyPeriod(figures)) return [{ say: 'empty' }, ...off, needs];
  const core = factOf(figures, 'coverageCore');
  const covered: Sentence[] = (core.of ?? 0) > 0 ? [{ say: 'coverage', value: core.value ?? 0, of: core.of ?? 0 }] : [];
  if (first) return [{ say: 'first', value }, ...covered, needs];
  const done: Sentence = { say: 'visits', value, of, change: changeOf(visits) ?? 0, mean: visits.mean ?? 0 };
  const changes = figures.facts
    .filter((fact) => fact.name !== 'visits' && weightOf(fact) > 0)
    // Sorting keeps the order of those that weigh the same.
    .toSorted((a, b) => weightOf(b) - weightOf(a));
  const [most] = changes;
  if (most === undefined) return [done, { say: 'steady' }, needs];
  const other = -directionOf(most) || -1;
  const against = changes.find((fact) => directionOf(fact) === other);
  return [done, changed(most), against === undefined ? needs : changed(against)];
}
