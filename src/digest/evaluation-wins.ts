import { z } from 'zod';

/** What went well, of the team and never of one person against another. */
export const winKinds = ['advances', 'praise', 'promises', 'coverage', 'answered'] as const;

export const win = z.object({
  kind: z.enum(winKinds),
  count: z.number(),
  /** Some of the customers that it was with. */
  customers: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Whether it was with others too. Of what was posted before this was known, there may have been. */
  more: z.boolean().default(true),
});
export type Win = z.infer<typeof win>;

/** A figure's number, and of how many. */
export interface FactTaken {
  value: number | null;
  of: number | null;
}

/** Fewer plans than these all kept are no feat. */
const fewestPromises = 3;

const alone = (count: number) => ({ count, customers: [], more: false });

/** What went well, from the figures and from what was counted beside them. */
export function winsOf(
  facts: readonly (FactTaken & { name: string })[],
  counted: readonly (Omit<Win, 'kind'> & { kind: 'advances' | 'praise' })[],
): Win[] {
  const number = (name: string) => facts.find((fact) => fact.name === name) ?? { value: null, of: null };
  const all = (name: string, least: number): Win['count'] => {
    const { value, of } = number(name);
    return of !== null && of >= least && value === of ? of : 0;
  };
  const answered = number('feedbackOpen').value === 0 ? (number('feedbackAnswered').value ?? 0) : 0;
  const found: Record<Win['kind'], Omit<Win, 'kind'>> = {
    advances: alone(0),
    praise: alone(0),
    promises: alone(all('promises', fewestPromises)),
    coverage: alone(all('coverageCore', 1)),
    answered: alone(answered),
  };
  for (const { kind, count, customers, more } of counted) found[kind] = { count, customers, more };
  return winKinds.filter((kind) => found[kind].count > 0).map((kind) => ({ kind, ...found[kind] }));
}
