import type { Temporal } from 'temporal-polyfill';
import type { Belongs } from '../people/index.ts';

/** The four classes of the method, in the order of every list. */
export const accountClasses = ['core', 'corePotential', 'balanced', 'general'] as const;
export type AccountClass = (typeof accountClasses)[number];

export const contactRoles = ['decisionMaker', 'sponsor', 'champion', 'user', 'gatekeeper', 'blocker'] as const;
export type ContactRole = (typeof contactRoles)[number];

export const contactAttitudes = ['positive', 'neutral', 'negative', 'unknown'] as const;
export type ContactAttitude = (typeof contactAttitudes)[number];

/** A customer. */
export interface Account {
  organizationId: string;
  id: string;
  name: string;
  otherNames: readonly string[];
  code: string | null;
  class: AccountClass;
  ownerId: string | null;
  teamId: string | null;
  /** Who else looks after it, as person ids. */
  memberIds: readonly string[];
  /** The team it is assigned to and the teams of its owner: whose manager may correct it. */
  teamIds: readonly string[];
  city: string | null;
  /** IANA name. */
  timeZone: string | null;
  archivedAt: Temporal.Instant | null;
}

/** Someone who works for the customer. */
export interface Contact {
  id: string;
  accountId: string;
  name: string;
  title: string | null;
  role: ContactRole | null;
  attitude: ContactAttitude;
}

/** An account as it stands in a list. */
export interface AccountLine {
  id: string;
  name: string;
  code: string | null;
  class: AccountClass;
  city: string | null;
  ownerId: string | null;
  /** The person who searches owns it or is in its account team. */
  mine: boolean;
}

/** Days between two visits, at most, for each class: what is worth most is seen most often. */
export const visitInterval: Readonly<Record<AccountClass, number>> = {
  core: 14,
  corePotential: 14,
  balanced: 28,
  general: 56,
};

/** Whether a visit is due, and for how many days it has been. `overdue` is 0 on the day itself. */
export type Due =
  | { due: false; on: Temporal.PlainDate }
  /** `on` is null when nobody was ever there: that is due at once, and counts as no days late. */
  | { due: true; on: Temporal.PlainDate | null; overdue: number };

/** When the next visit of an account is due. A visit in the future counts as made: it is planned. */
export function isDue(
  accountClass: AccountClass,
  lastVisitOn: Temporal.PlainDate | null,
  today: Temporal.PlainDate,
): Due {
  if (lastVisitOn === null) return { due: true, on: null, overdue: 0 };
  const on = lastVisitOn.add({ days: visitInterval[accountClass] });
  const overdue = on.until(today, { largestUnit: 'day' }).days;
  return overdue < 0 ? { due: false, on } : { due: true, on, overdue };
}

/** To whom an account belongs: its owner and its account team; the team it is assigned to and the owner's teams. */
export function belongs(account: Pick<Account, 'ownerId' | 'memberIds' | 'teamIds'>): Belongs {
  const owner = account.ownerId === null ? [] : [account.ownerId];
  return { personIds: [...owner, ...account.memberIds], teamIds: account.teamIds };
}
