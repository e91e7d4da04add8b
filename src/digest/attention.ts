import { z } from 'zod';
import { accountClasses } from '../accounts/index.ts';

/** How many customers are named; the rest is counted. */
export const mostAttention = 5;
/** A service score below this, of the last three months, needs somebody. */
export const lowScore = 3;
export const lowScoreDays = 91;

const reason = z.discriminatedUnion('why', [
  /** Nobody was there for twice the interval of its class; null: never. */
  z.object({ why: z.literal('overdue'), days: z.number().nullable() }),
  /** Next steps that were promised and are past due, the oldest by so many days. */
  z.object({ why: z.literal('promise'), days: z.number(), count: z.number() }),
  /** Problems that nobody has answered, the oldest for so many days. */
  z.object({ why: z.literal('problem'), days: z.number(), count: z.number() }),
  /** The mean of the last scores. */
  z.object({ why: z.literal('score'), score: z.number() }),
]);
export type AttentionReason = z.infer<typeof reason>;

const customer = z.object({
  id: z.string(),
  name: z.string(),
  class: z.enum(accountClasses),
  owner: z.object({ id: z.string(), name: z.string() }).nullable(),
  reasons: z.array(reason),
});

/** Customers that need someone next: the highest class first, then those with the most reasons. */
export const attention = z.object({
  customers: z.array(customer),
  /** How many there are in all. */
  total: z.number(),
});
export type Attention = z.infer<typeof attention>;
