import { Temporal } from 'temporal-polyfill';
import { isPointer } from '../chat/pointer.ts';
import type { Figures } from './figures.ts';
import { type PeriodKind, periodKinds } from './period.ts';
import { type ProposalRule, proposalRules } from './proposal.ts';

/** Points at what a rule proposed in an evaluation: what the opener `improvements.plan` is about. */
export interface ProposalPointer {
  teamId: string;
  kind: PeriodKind;
  from: Temporal.PlainDate;
  rule: ProposalRule;
}

export const proposalPointer = (
  { teamId, kind, from }: Pick<Figures, 'teamId' | 'kind' | 'from'>,
  rule: ProposalRule,
) => `${teamId} ${kind} ${from} ${rule}`;

/** Null: no pointer of ours. Whether the team may be seen, and the rule still proposes it, is asked elsewhere. */
export function readProposalPointer(about: string | undefined): ProposalPointer | null {
  const [teamId, kind, from, rule] = (about ?? '').split(' ');
  const isKind = (periodKinds as readonly (string | undefined)[]).includes(kind);
  const isRule = (proposalRules as readonly (string | undefined)[]).includes(rule);
  if (!isPointer(teamId) || !isKind || !isRule || !/^\d{4}-\d\d-\d\d$/.test(from ?? '')) return null;
  try {
    return {
      teamId,
      kind: kind as PeriodKind,
      rule: rule as ProposalRule,
      from: Temporal.PlainDate.from(from ?? '', { overflow: 'reject' }),
    };
  } catch {
    return null;
  }
}
