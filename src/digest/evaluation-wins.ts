import { z } from 'zod';

/** What went well, of the team and never of one person against another. */
export const winKinds = ['advances', 'praise', 'promises', 'coverage', 'answered'] as const;

export const win = z.object({
  kind: z.enum(winKinds),
  count: z.number(),
  /** Some of the customers that it was with. */
  customers: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type Win = z.infer<typeof win>;

/** A figure's number, and of how many. */
export interface FactTaken {
  value: number | null;
  of: number | null;
}

/** Fewer plans than these all kept are no feat. */
const fewestPromises = 3;

/** What went well, from the figures and from what was counted beside them. */
export function winsOf(
  facts: readonly (FactTaken & { name: string })[],
  counted: readonly { kind: 'advances' | 'praise'; count: number; customers: Win['customers'] }[],
): Win[] {
  const number = (name: string) => facts.find((fact) => fact.name === name) ?? { value: null, of: null };
  const all = (name: string, least: number): Win['count'] => {
    const { value, of } = number(name);
    return of !== null && of >= least && value === of ? of : 0;
  };
  const answered = number('feedbackOpen').value === 0 ? (number('feedbackAnswered').value ?? 0) : 0;
  const found: Record<Win['kind'], Omit<Win, 'kind'>> = {
    advances: { count: 0, customers: [] },
    praise: { count: 0, customers: [] },
    promises: { count: all('promises', fewestPromises), customers: [] },
    coverage: { count: all('coverageCore', 1), customers: [] },
    answered: { count: answered, customers: [] },
  };
  for (const { kind, count, customers } of counted) found[kind] = { count, customers };
  return winKinds.filter((kind) => found[kind].count > 0).map((kind) => ({ kind, ...found[kind] }));
}
