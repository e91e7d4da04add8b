import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that take longest, the slowest first. */
const slowest = [
  'faults/kill',
  'sandbox/page',
  'faults/stop',
  'database/embedded',
  'faults/database',
  'database/write-migration',
  'teams/draw',
].map((name) => `/test/${name}.test.ts`);

/**
 * Starts the longest files first, so that none of them runs alone at the end. Vitest does so by itself with the
 * durations of the run before; in a fresh clone there are none, and it goes by the sizes of the files.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = slowest.findIndex((name) => moduleId.endsWith(name));
      return found === -1 ? slowest.length : found;
    };
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b));
  }
}
