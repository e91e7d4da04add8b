import { z } from 'zod';

/** The rules that propose an improvement, in the order in which they are looked at. */
export const proposalRules = [
  /** Core or core potential customers whom nobody saw for twice their interval. */
  'planSilent',
  /** Problems of customers that nobody has answered. */
  'answerProblems',
  /** Customers with a low service score: a manager goes and listens. */
  'listen',
  /** Next steps past due. */
  'clearOverdue',
  /** Fewer than six in ten plans were carried out. */
  'planLess',
  /** Fewer than half of the prompts were answered: they come at the wrong time, or ask too much. */
  'askBetter',
] as const;
export type ProposalRule = (typeof proposalRules)[number];

/** An improvement that a rule proposes, as data: who presses its button makes an Improvement of it. */
export const proposal = z.object({
  rule: z.enum(proposalRules),
  /** The customers that it is about, at most `mostAccounts` of them. */
  accountIds: z.array(z.string()),
  /** How many there are of what the rule counts: customers, next steps, plans, prompts. */
  count: z.number(),
  /** The figure that it is to move, and what `measureOf` says of that now. */
  figure: z.string(),
  before: z.number().nullable(),
});
export type Proposal = z.infer<typeof proposal>;

/** More than these are not planned in one go. */
export const mostAccounts = 20;
export const mostProposals = 3;
