import { measure, threeYears } from './digest.ts';
import type { Result } from './support/result.ts';

/** The digest in ten times the history: ten million visits, which take ten minutes and 10 GB to write. */
export const run = (): Promise<Result[]> => measure({ ...threeYears, visits: 10_000_000, days: 11_000 });
