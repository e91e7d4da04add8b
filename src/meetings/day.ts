import type { Temporal } from 'temporal-polyfill';
import type { AccountClass } from '../accounts/index.ts';
import type { Blocker } from './blocker.ts';
import type { PlanItem } from './plan-item.ts';

/** The first ones of a list, and how many there are in all. */
export interface Listed<T> {
  shown: readonly T[];
  total: number;
}

/** So many of each list are shown of a day; of what was planned, everything that a plan can hold. */
export const mostShown = 5;

/** A next step of the person's own that is due by that day. */
export interface DayStep {
  id: string;
  text: string;
  account: { id: string; name: string };
  dueOn: Temporal.PlainDate;
}

/** A customer of the person's own whose visit is due by that day. */
export interface DayAccount {
  id: string;
  name: string;
  class: AccountClass;
  /** Null: nobody was ever there. */
  lastVisitOn: Temporal.PlainDate | null;
}

/** A visit that was logged on that day, with the person among those credited. */
export interface DayVisit {
  id: string;
  account: { id: string; name: string };
}

/**
 * A person's day as their prompt shows it. In the morning: what is planned already (it was moved there), next steps and
 * visits due, what is still in the way. In the evening: what was planned and became of it, the visits logged, next steps.
 */
export interface Day {
  items: Listed<PlanItem>;
  steps: Listed<DayStep>;
  overdue: Listed<DayAccount>;
  blockers: Listed<Blocker>;
  visits: Listed<DayVisit>;
}

/** What somebody's own page shows of their day. */
export interface PageDay extends Pick<Day, 'items' | 'overdue'> {
  /** The prompt with whose buttons the items are closed; null while nobody was asked on that day. */
  promptId: string | null;
  /** A morning meeting asks this person for their plan. */
  plans: boolean;
}

const none = { shown: [], total: 0 };

/** A day of which nothing is known, or nothing is to be shown. */
export const emptyDay: Day = { items: none, steps: none, overdue: none, blockers: none, visits: none };
