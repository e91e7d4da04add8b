import { z } from 'zod';
import { type Measured, measureOf } from './measure.ts';

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

/** Customers that a rule found: some of them, and how many there are. */
interface Found {
  ids: readonly string[];
  count: number;
  /** The figure that most of them count in, where there are two such; else the first. */
  figure?: string;
}

/** From here on a rule speaks: a single slip is nobody's habit. */
const least = { silent: 1, problem: 1, low: 1, overdue: 3, promises: 5, prompts: 10 };
const shares = { overdue: 1 / 4, promises: 0.6, prompts: 0.5 };

/** What the rules propose, the first three of those that have something to say. */
export function proposalsFrom(
  facts: readonly Measured[],
  { silent, problem, low }: { silent: Found; problem: Found; low: Found },
): Proposal[] {
  const fact = (name: string): Measured => facts.find((one) => one.name === name) ?? { name, value: null, of: null };
  const about = (rule: ProposalRule, figure: string, count: number, ids: readonly string[] = []): Proposal => ({
    rule,
    figure,
    count,
    accountIds: ids.slice(0, mostAccounts),
    before: measureOf(fact(figure)),
  });
  const { value: late, of: open } = fact('overdue');
  const { value: kept, of: planned } = fact('promises');
  const { value: answered, of: asked } = fact('prompts');
  const broken = (planned ?? 0) - (kept ?? 0);
  const speaks: Record<ProposalRule, Proposal | false> = {
    planSilent:
      silent.count >= least.silent && about('planSilent', silent.figure ?? 'coverageCore', silent.count, silent.ids),
    answerProblems:
      problem.count >= least.problem && about('answerProblems', 'feedbackOpen', problem.count, problem.ids),
    listen: low.count >= least.low && about('listen', 'score', low.count, low.ids),
    clearOverdue:
      (late ?? 0) >= least.overdue &&
      (late ?? 0) >= (open ?? 0) * shares.overdue &&
      about('clearOverdue', 'overdue', late ?? 0),
    planLess:
      (planned ?? 0) >= least.promises &&
      (kept ?? 0) < (planned ?? 0) * shares.promises &&
      about('planLess', 'promises', broken),
    askBetter:
      (asked ?? 0) >= least.prompts &&
      (answered ?? 0) < (asked ?? 0) * shares.prompts &&
      about('askBetter', 'prompts', (asked ?? 0) - (answered ?? 0)),
  };
  return proposalRules
    .map((rule) => speaks[rule])
    .filter((one) => one !== false)
    .slice(0, mostProposals);
}
