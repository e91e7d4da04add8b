import type { DueAccount } from '../accounts/index.ts';
import type { ActionList } from '../actions/index.ts';
import type { OwnWeek } from '../digest/index.ts';
import type { FeedbackItem, FeedbackList } from '../feedback/index.ts';
import type { PageDay } from '../meetings/index.ts';
import type { Visit } from '../visits/index.ts';

/** What a person's day shows: what is planned and due, whom to visit, what they did. */
export interface DayPage {
  /** With the customers who wait for a visit, the most overdue first. */
  day: PageDay;
  actions: ActionList;
  visits: readonly Visit[];
  /** They may log visits. */
  logs: boolean;
}

/** What a person sees first. */
export interface Page extends DayPage {
  feedback: FeedbackList;
  week: OwnWeek;
  /** There is an evaluation of theirs. */
  evaluated: boolean;
  /** What the teams that they manage have open; null for who manages none. */
  team: TeamPage | null;
}

export interface TeamPage {
  actions: ActionList;
  feedback: FeedbackList;
}

/** A page of the list of customers who wait for a visit. */
export interface DuePage {
  accounts: readonly DueAccount[];
  /** So many stand before it. */
  from: number;
  total: number;
  logs: boolean;
}

/** Lines of each part; the rest is counted. */
export const lines = { plan: 5, actions: 5, accounts: 5, feedback: 3, visits: 5, team: 3, teamFeedback: 3 };

/** Lines of a list that is shown by itself. */
export const listLines = { due: 10, team: 20 };

/** Nothing of theirs is here yet: the page says what to do first. */
export const isEmpty = ({ day, actions, feedback, visits }: Page): boolean =>
  day.items.total + day.overdue.total + actions.total + feedback.total === 0 && visits.length === 0;

/** What is shown of a list, and how many more there are. */
export function firstOf<T>(all: readonly T[], max: number, total = all.length): { shown: readonly T[]; more: number } {
  const shown = all.slice(0, max);
  return { shown, more: Math.max(0, total - shown.length) };
}

/** The team's feedback without what stands above it already as the manager's own. */
export function besides(team: FeedbackList, own: readonly FeedbackItem[]): FeedbackList {
  const above = new Set(own.map(({ id }) => id));
  const items = team.items.filter(({ id }) => !above.has(id));
  return { items, total: team.total - (team.items.length - items.length) };
}

/** So many lines were seen before a page of a list; null when a button says nothing of the kind. */
export const readSkip = (about: string | undefined): number | null =>
  about === undefined ? 0 : /^\d{1,5}$/.test(about) ? Number(about) : null;
