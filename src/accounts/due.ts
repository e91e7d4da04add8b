import type { Temporal } from 'temporal-polyfill';
import { type AccountClass, type AccountLine, accountClasses, type Due, isDue } from './account.ts';
import type { Activity } from './activity.ts';

/** A customer whose visit is due. */
export interface DueAccount {
  account: AccountLine;
  lastVisitOn: Temporal.PlainDate | null;
  due: Due & { due: true };
}

const rank = (accountClass: AccountClass) => accountClasses.indexOf(accountClass);

/** Those whose visit is due: the most overdue first, then those never visited; among equals the class, then the name. */
export function dueAmong(
  accounts: readonly AccountLine[],
  activity: ReadonlyMap<string, Activity>,
  today: Temporal.PlainDate,
): DueAccount[] {
  const all = accounts.map((account) => {
    const lastVisitOn = activity.get(account.id)?.lastVisitOn ?? null;
    return { account, lastVisitOn, due: isDue(account.class, lastVisitOn, today) };
  });
  return all
    .filter((one): one is DueAccount => one.due.due)
    .sort(
      (a, b) =>
        days(b.due) - days(a.due) ||
        rank(a.account.class) - rank(b.account.class) ||
        a.account.name.localeCompare(b.account.name),
    );
}

const days = (due: DueAccount['due']) => (due.on === null ? -1 : due.overdue);
