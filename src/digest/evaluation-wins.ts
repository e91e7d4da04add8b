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
