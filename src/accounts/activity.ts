import type { Temporal } from 'temporal-polyfill';

/** What has happened with accounts and is still to be done: told by the slices that record it. */
export interface AccountActivity {
  /** For each account (ids of one organisation); accounts without any activity are left out. */
  of(organizationId: string, accountIds: readonly string[]): Promise<ReadonlyMap<string, Activity>>;
  /** How much of what an account said nobody has answered yet; left out where nobody keeps that. */
  openFeedback?(organizationId: string, accountId: string): Promise<number>;
  /** The day on which a manager listened to an account last; null: never. Left out where nobody keeps that. */
  lastListening?(organizationId: string, accountId: string): Promise<Temporal.PlainDate | null>;
}

export interface Activity {
  lastVisitOn: Temporal.PlainDate | null;
  /** Open actions, the earliest due first, at most five, and how many there are in all. */
  openActions: readonly { id: string; text: string; ownerId: string; dueOn: Temporal.PlainDate | null }[];
  openActionCount: number;
}
