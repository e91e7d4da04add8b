import type { Temporal } from 'temporal-polyfill';
import { type Dimension, dimensionName } from '../feedback/index.ts';
import type { Text } from '../text/text.ts';
import type { Named } from './survey.ts';

/** Days from `from` to `to`, both included. */
export interface Span {
  from: Temporal.PlainDate;
  to: Temporal.PlainDate;
}

/** From fewer answers nobody can tell anything, and everybody could tell whose they are. */
export const fewestAnswers = 3;

/** Whose answers: the customers' by a link, or what we entered ourselves. */
export const sides = ['customers', 'us'] as const;
export type Side = (typeof sides)[number];

/** A mean, or a net recommendation; null under three answers. `change`: against the period before, where both are known. */
export interface Figure {
  value: number | null;
  answers: number;
  change: number | null;
}

/** Sums as the database gives them: for a dimension, or (`null`) for the recommendation, where `sum` is the net of it. */
export interface SumRow {
  dimensionId: string | null;
  side: Side;
  /** In the period that is asked for, not in the one before it. */
  now: boolean;
  answers: number;
  /** Of scores; or promoters (9, 10) less detractors (0 to 6). */
  sum: number;
}

/** Something that a customer said, as feedback keeps it. */
export interface Said {
  account: string;
  kind: string;
  dimensionId: string | null;
  words: string;
  saidOn: Temporal.PlainDate;
  state: 'open' | 'answered' | 'closed';
  answer: string | null;
  outcome: string | null;
}

/** A remark beside scores. */
export interface Remark {
  account: string;
  side: Side;
  words: string;
  scoredOn: Temporal.PlainDate;
}

/** How customers find us, in one period. */
export interface Report {
  /** Null: the whole company. */
  team: Named | null;
  period: Span;
  before: Span;
  dimensions: readonly { dimension: Dimension; figures: Readonly<Record<Side, Figure>> }[];
  /** Net recommendation, from −100 to 100. */
  recommend: Readonly<Record<Side, Figure>>;
  said: readonly Said[];
  remarks: readonly Remark[];
}

/** What is looked at when no period is named: the last three months. */
export const usualSpan = (today: Temporal.PlainDate): Span => ({
  from: today.subtract({ months: 3 }).add({ days: 1 }),
  to: today,
});

/** The period before: whole months before whole months, else as many days. */
export function spanBefore({ from, to }: Span): Span {
  const next = to.add({ days: 1 });
  const { months, days } = from.until(next, { largestUnit: 'month' });
  if (from.day === 1 && next.day === 1 && days === 0)
    return { from: from.subtract({ months }), to: from.subtract({ days: 1 }) };
  const length = from.until(next, { largestUnit: 'day' }).days;
  return { from: from.subtract({ days: length }), to: from.subtract({ days: 1 }) };
}

const nobody = { answers: 0, sum: 0 };
const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

function figureOf(rows: readonly SumRow[], dimensionId: string | null, side: Side): Figure {
  const of = (now: boolean) =>
    rows.find((row) => row.dimensionId === dimensionId && row.side === side && row.now === now) ?? nobody;
  const [now, before] = [of(true), of(false)];
  const [scale, digits] = dimensionId === null ? [100, 0] : [1, 1];
  const mean = ({ answers, sum }: typeof nobody) =>
    answers < fewestAnswers ? null : rounded((sum / answers) * scale, digits);
  const [value, earlier] = [mean(now), mean(before)];
  // What is shown must add up: the change is that of the rounded figures.
  const change = value === null || earlier === null ? null : rounded(value - earlier, digits);
  return { value, answers: now.answers, change };
}

const both = (rows: readonly SumRow[], dimensionId: string | null): Record<Side, Figure> => ({
  customers: figureOf(rows, dimensionId, 'customers'),
  us: figureOf(rows, dimensionId, 'us'),
});

/** The report from what was counted; what is no longer asked and was not judged is left out. */
export function reportFrom(given: {
  team: Named | null;
  period: Span;
  rows: readonly SumRow[];
  dimensions: readonly Dimension[];
  said: readonly Said[];
  remarks: readonly Remark[];
}): Report {
  const { team, period, rows, said, remarks } = given;
  const dimensions = given.dimensions
    .map((dimension) => ({ dimension, figures: both(rows, dimension.id) }))
    .filter(({ dimension, figures }) => !dimension.archived || sides.some((side) => figures[side].answers > 0));
  return { team, period, before: spanBefore(period), dimensions, recommend: both(rows, null), said, remarks };
}

/** What customers said by theme: in the organisation's order, what belongs to none last; empty themes left out. */
export function byTheme(
  { said, dimensions }: Pick<Report, 'said' | 'dimensions'>,
  text: Text,
): { theme: string; said: readonly Said[] }[] {
  const themes = dimensions.map(({ dimension }) => ({
    theme: dimensionName(dimension, text),
    said: said.filter((one) => one.dimensionId === dimension.id),
  }));
  const known = new Set(dimensions.map(({ dimension }) => dimension.id));
  const others = said.filter((one) => one.dimensionId === null || !known.has(one.dimensionId));
  return [...themes, { theme: text.plain('surveys.report.noTheme'), said: others }].filter(
    (one) => one.said.length > 0,
  );
}

/** A change with its sign; equal is said too. */
export function signed(change: number, text: Text): string {
  if (change === 0) return '±0';
  return `${change > 0 ? '+' : '−'}${text.number(Math.abs(change))}`;
}
