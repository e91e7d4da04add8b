import type { Temporal } from 'temporal-polyfill';
import { firstWorkday, type PersonDays } from '../calendar/index.ts';
import type { Me } from '../chat/slice.ts';
import { type Belongs, may } from '../people/rights.ts';

/** A next step: what, who, until when. */
export interface Action {
  organizationId: string;
  id: string;
  text: string;
  account: { id: string; name: string };
  owner: { id: string; name: string; timeZone: string };
  createdById: string;
  /** The visit in which it was promised. */
  visitId: string | null;
  /** What a customer said that it answers. */
  feedbackId: string | null;
  /** The day in the owner's zone; null: no date was given. */
  dueOn: Temporal.PlainDate | null;
  state: 'open' | 'done' | 'dropped';
  /** Its own people besides the owner: who made it and who owns the account. The teams are the owner's and the account's. */
  belongs: Belongs;
}

/** Open actions, the earliest due first and those without a date last; `total` counts the ones that are not shown too. */
export interface ActionList {
  actions: readonly Action[];
  total: number;
}

/** Lengths of what is typed, in UTF-16 units. */
export const textLength = 500;
/** How a due day stands on a day: negative for days ago. */
export const daysUntil = (dueOn: Temporal.PlainDate, today: Temporal.PlainDate): number =>
  today.until(dueOn, { largestUnit: 'day' }).days;

export const quickChoices = ['tomorrow', 'nextMonday', 'inAWeek'] as const;
/** "Later" with one tap. */
export type QuickChoice = (typeof quickChoices)[number];

/** The day that a quick choice means. Tomorrow is the next day that the owner works: nobody is sent into a holiday. */
export function dayOfChoice(choice: QuickChoice, today: Temporal.PlainDate, days: PersonDays): Temporal.PlainDate {
  const tomorrow = today.add({ days: 1 });
  if (choice === 'tomorrow') return firstWorkday(days, tomorrow) ?? tomorrow;
  if (choice === 'nextMonday') return today.add({ days: 8 - today.dayOfWeek });
  return today.add({ weeks: 1 });
}

export const mayRead = (action: Pick<Action, 'belongs'>, me: Me): boolean => may(me, 'action.read', action.belongs);

/** Whether a person may close, move or hand on an action: its owner, who made it, the teams' managers, administrators. */
export const mayChange = (action: Pick<Action, 'owner' | 'createdById' | 'belongs'>, me: Me): boolean =>
  may(me, 'action.change', {
    personIds: [action.owner.id, action.createdById],
    teamIds: action.belongs.teamIds,
  });
