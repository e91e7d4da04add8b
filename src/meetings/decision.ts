import type { Temporal } from 'temporal-polyfill';
import { isPointer } from '../chat/pointer.ts';
import type { Me } from '../chat/slice.ts';
import { may } from '../people/rights.ts';
import type { Named } from './summary.ts';

/** What a sales meeting decided. */
export interface Decision {
  id: string;
  text: string;
  account: Named | null;
  /** Who carries it out; null: it only holds. */
  owner: Named | null;
  /** The day in the owner's zone. */
  dueOn: Temporal.PlainDate | null;
  createdBy: Named;
}

/** The day of a sales meeting that something is decided for. */
export interface SalesDay {
  /** The occurrence. */
  id: string;
  date: Temporal.PlainDate;
  meetingId: string;
  /** Null: what its kind is called. */
  name: string | null;
  team: { id: string; timeZone: string; locale: string };
  /** Where the meeting's posts go; null: nowhere. */
  channel: { workspaceId: string; conversation: string } | null;
}

/** The agenda of a meeting's day, in whose thread its decisions are posted. */
export const agendaOf = (occurrenceId: string) => ({ thing: 'occurrence', id: occurrenceId, card: 'agenda' });

/** The card of a decision in that thread. */
export const cardOf = (decisionId: string) => ({ thing: 'decision', id: decisionId, card: 'decision' });

/** Whether somebody may know of a meeting's decisions. */
export const mayRead = (me: Me, { team }: Pick<SalesDay, 'team'>): boolean =>
  may(me, 'meeting.read', { personIds: [], teamIds: [team.id] });

/** Whether somebody who may read them may add one. */
export const mayDecide = (me: Me, { team }: Pick<SalesDay, 'team'>): boolean =>
  may(me, 'decision.change', { personIds: [me.id], teamIds: [team.id] });

/** Whether somebody may take one back: who noted it, the team's manager, administrators. */
export const mayUndo = (me: Me, { createdBy }: Pick<Decision, 'createdBy'>, { team }: Pick<SalesDay, 'team'>) =>
  may(me, 'decision.change', { personIds: [createdBy.id], teamIds: [team.id] });

/** What the form is opened for: a meeting's day, and a customer of its agenda where one was chosen. */
export const decideAbout = (occurrenceId: string, accountId?: string): string =>
  accountId === undefined ? occurrenceId : `${occurrenceId} ${accountId}`;

/** Reads that; null when it is nothing of ours. Both ids still have to be looked up. */
export function readAbout(about: string | undefined): { occurrenceId: string; accountId: string | null } | null {
  const [occurrenceId, accountId = null, ...more] = about?.split(' ') ?? [];
  if (!isPointer(occurrenceId) || more.length > 0) return null;
  return accountId === null || isPointer(accountId) ? { occurrenceId, accountId } : null;
}
