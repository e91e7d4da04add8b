/** One figure, as `npm run bench` prints it. */
export interface Result {
  bench: string;
  value: number;
  unit: string;
  goal: string;
  met: boolean;
  comparedWith: string;
  /** What else is worth knowing: the two sides' own figures. */
  details?: Record<string, number | string>;
}

/** The middle of some numbers; not a number of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low, high] = [sorted[middle - 1], sorted[middle]];
  if (high === undefined) return Number.NaN;
  return sorted.length % 2 === 1 || low === undefined ? high : (low + high) / 2;
}

/** The value below which a share of the numbers lies; share from 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const round = (value: number, digits = 2): number => Number(value.toFixed(digits));
