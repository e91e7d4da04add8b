import type { DueAccount } from '../accounts/index.ts';
import type { ActionList } from '../actions/index.ts';
import type { Visit } from '../visits/index.ts';

/** What a person sees first: what is theirs to do, whom to visit, what they did. */
export interface Page {
  actions: ActionList;
  /** The most overdue first. */
  dueAccounts: readonly DueAccount[];
  visits: readonly Visit[];
  /** What is due in the teams that they manage; null for who manages none. */
  team: ActionList | null;
  /** They may log visits. */
  logs: boolean;
}

/** Lines of each part; the rest is counted. */
export const lines = { actions: 5, accounts: 5, visits: 5, team: 3 };

/** Nothing of theirs is here yet: the page says what to do first. */
export const isEmpty = ({ actions, dueAccounts, visits }: Page): boolean =>
  actions.total === 0 && dueAccounts.length === 0 && visits.length === 0;

/** What is shown of a list, and how many more there are. */
export function cut<T>(all: readonly T[], max: number, total = all.length): { shown: readonly T[]; more: number } {
  const shown = all.slice(0, max);
  return { shown, more: Math.max(0, total - shown.length) };
}
