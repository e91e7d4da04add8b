import { Temporal } from 'temporal-polyfill';
import type { Me } from '../chat/slice.ts';
import { type Belongs, may } from '../people/rights.ts';
import type { Survey, SurveySource } from '../surveys/index.ts';

export const listeningStates = ['planned', 'done', 'dropped'] as const;
export type ListeningState = (typeof listeningStates)[number];

/** Lengths of what is typed, in UTF-16 units. */
export const lengths = { purpose: 300, heard: 3000, improve: 1500 };
/** So far ahead a visit can be planned, in days. */
export const mostDaysAhead = 366;

export interface Named {
  id: string;
  name: string;
}

/** A manager's visit to a customer, to listen: planned, then recorded or dropped. */
export interface Listening {
  organizationId: string;
  id: string;
  account: Named;
  accountOwnerId: string | null;
  manager: Named & { timeZone: string };
  /** The day in the manager's zone. */
  plannedOn: Temporal.PlainDate;
  state: ListeningState;
  purpose: string | null;
  heard: string | null;
  improve: string | null;
  visitId: string | null;
  surveyId: string | null;
  /** The day on which it took place; null: not yet. */
  heldOn: Temporal.PlainDate | null;
  /** The visit that came of it was taken back. */
  visitUndone: boolean;
  /** The form that recorded it. */
  recordKey: string | null;
  version: number;
  /** Whose the account is: who owns it and looks after it, and its teams. */
  accountBelongs: Belongs;
  /** The same and the manager. */
  belongs: Belongs;
}

export const mayRead = (one: Pick<Listening, 'belongs'>, me: Me): boolean => may(me, 'listening.read', one.belongs);

/** Whether a person may move, drop or correct a manager's visit: that manager, who leads the account's teams, administrators. */
export const mayChange = ({ manager, belongs }: Pick<Listening, 'manager' | 'belongs'>, me: Me): boolean =>
  may(me, 'listening.change', { personIds: [manager.id], teamIds: belongs.teamIds });

/** Only who was there can say what was heard. */
export const mayRecord = (one: Pick<Listening, 'manager' | 'belongs'>, me: Me): boolean =>
  one.manager.id === me.id && mayChange(one, me);

/** Whether a manager may plan to visit an account of these teams. */
export const mayPlan = (teamIds: readonly string[], me: Me): boolean =>
  may(me, 'listening.change', { personIds: [], teamIds });

/** Whether its day has passed and nothing was recorded. */
export const isPastDue = ({ state, plannedOn }: Pick<Listening, 'state' | 'plannedOn'>, today: Temporal.PlainDate) =>
  state === 'planned' && Temporal.PlainDate.compare(plannedOn, today) < 0;

/** Two sides that are so many points apart do not see the same. */
const tellingDifference = 2;

/** How one thing was judged by each side. */
export interface Compared {
  /** Null: whether they would recommend us. */
  dimensionId: string | null;
  scores: Readonly<Partial<Record<SurveySource, number>>>;
  /** How much lower (negative) or higher the manager's score is than the account manager's; null where they are close. */
  apart: number | null;
}

/** The scores of each side beside each other, in the order of the dimensions, the recommendation last; what nobody judged is left out. */
export function compared(
  surveys: readonly Pick<Survey, 'source' | 'scores' | 'recommend'>[],
  dimensionIds: readonly string[],
): Compared[] {
  const row = (dimensionId: string | null, scoreOf: (one: (typeof surveys)[number]) => number | null | undefined) => {
    const given = surveys.flatMap((one) => {
      const score = scoreOf(one);
      return score == null ? [] : [[one.source, score] as const];
    });
    const scores: Compared['scores'] = Object.fromEntries(given);
    const { salesManager, accountManager } = scores;
    const difference = salesManager === undefined || accountManager === undefined ? 0 : salesManager - accountManager;
    const apart = Math.abs(difference) >= tellingDifference ? difference : null;
    return given.length === 0 ? [] : [{ dimensionId, scores, apart }];
  };
  return [
    ...dimensionIds.flatMap((id) => row(id, ({ scores }) => scores.get(id))),
    ...row(null, ({ recommend }) => recommend),
  ];
}
