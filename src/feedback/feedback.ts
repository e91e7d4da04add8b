import type { Temporal } from 'temporal-polyfill';
import type { AccountClass } from '../accounts/index.ts';
import type { Me } from '../chat/slice.ts';
import { type Belongs, may } from '../people/rights.ts';
import type { Dimension } from './dimension.ts';

/** What kind of thing a customer said. */
export const feedbackKinds = ['problem', 'wish', 'price', 'competitor', 'praise'] as const;
export type FeedbackKind = (typeof feedbackKinds)[number];

/** How much it weighs for the customer. */
export const severities = ['low', 'medium', 'high'] as const;
export type Severity = (typeof severities)[number];

/** `answered`: the customer was answered, what was done is still to be said. */
export const feedbackStates = ['open', 'answered', 'closed'] as const;
export type FeedbackState = (typeof feedbackStates)[number];

export interface Named {
  id: string;
  name: string;
}
export interface NamedPerson extends Named {
  timeZone: string;
}

/** What a customer said, and what became of it. */
export interface FeedbackItem {
  organizationId: string;
  id: string;
  account: Named;
  accountOwnerId: string | null;
  /** As it is now. */
  accountClass: AccountClass;
  contact: Named | null;
  kind: FeedbackKind;
  dimension: Pick<Dimension, 'id' | 'key' | 'name'> | null;
  severity: Severity;
  /** The customer's own words. */
  words: string;
  sourceLink: string | null;
  /** The day in the author's zone. */
  saidOn: Temporal.PlainDate;
  author: NamedPerson;
  /** Who owes the customer an answer. */
  owner: NamedPerson | null;
  /** The day in the owner's zone, or the author's where nobody owes the answer yet. */
  dueOn: Temporal.PlainDate | null;
  state: FeedbackState;
  /** What the customer was when it was said. */
  atThatTime: { accountClass: AccountClass; openActions: number; lastVisitOn: Temporal.PlainDate | null };
  answer: string | null;
  outcome: string | null;
  visitId: string | null;
  undone: boolean;
  version: number;
  createdAt: Temporal.Instant;
  /** Its own people and the teams of them and of the account. */
  belongs: Belongs;
}

/** Lengths of what is typed, in UTF-16 units. 3,000 is what an input takes (Slack, block elements: plain-text input). */
export const lengths = { words: 3000, answer: 2000, outcome: 2000, newContact: 120 };

/** Nobody has to answer a customer who is content, unless somebody was asked to. */
export const awaitsAnswer = (kind: FeedbackKind, ownerId: string | null): boolean =>
  kind !== 'praise' || ownerId !== null;

/** How many working days an answer may take, unless another day is chosen. */
const daysToAnswer: Readonly<Record<Severity, number>> = { high: 2, medium: 5, low: 10 };

/** The day until which a customer is to be answered who said something on a day: so many weekdays later. */
export function usualDue(severity: Severity, today: Temporal.PlainDate): Temporal.PlainDate {
  let day = today;
  for (let left = daysToAnswer[severity]; left > 0; ) {
    day = day.add({ days: 1 });
    if (day.dayOfWeek <= 5) left -= 1;
  }
  return day;
}

export const mayRead = (one: Pick<FeedbackItem, 'belongs'>, me: Me): boolean => may(me, 'feedback.read', one.belongs);

/** Whether a person may correct, assign, answer and close it: it is their own, their team's, or they administer. */
export const mayChange = (one: Pick<FeedbackItem, 'belongs'>, me: Me): boolean =>
  may(me, 'feedback.change', one.belongs);

/** Days since it was said; 0 on the day itself. */
export const ageOf = (one: Pick<FeedbackItem, 'saidOn'>, today: Temporal.PlainDate): number =>
  Math.max(0, one.saidOn.until(today, { largestUnit: 'day' }).days);

/** Feedback is written down at most a year later: anything older is a slip of the calendar. */
export function dayProblem(saidOn: Temporal.PlainDate, today: Temporal.PlainDate): 'future' | 'tooOld' | null {
  const days = saidOn.until(today, { largestUnit: 'day' }).days;
  if (days < 0) return 'future';
  return days > 366 ? 'tooOld' : null;
}
