import type { Accounts } from '../accounts/index.ts';
import type { Actions } from '../actions/index.ts';
import type { Drafts } from '../chat/drafts.ts';
import type { Nudge } from '../chat/outbox.ts';
import type { Call } from '../chat/slice.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database.ts';
import type { Feedback } from '../feedback/index.ts';
import type { Log } from '../log.ts';
import { may, type People, reach } from '../people/index.ts';
import type { LogStore } from './log-store.ts';
import type { VisitStore } from './store.ts';

/** What the slice works with. */
export interface VisitsNeeds {
  database: Database;
  people: Pick<People, 'people' | 'findByName'>;
  accounts: Pick<Accounts, 'leading' | 'suggest' | 'addByName' | 'named'>;
  actions: Pick<Actions, 'remindAt' | 'handedOver' | 'dropOfVisit' | 'restoreOfVisit'>;
  feedback: Pick<Feedback, 'find' | 'heardIn' | 'dropOfVisit' | 'restoreOfVisit'>;
  drafts: Drafts;
  clock: Clock;
  nudge: Nudge;
  log: Log;
}

/** The same with its stores. */
export type WithStores = VisitsNeeds & { store: VisitStore; logs: LogStore };

export const mayLog = ({ me }: Call): boolean => may(me, 'visit.log', { personIds: [me.id], teamIds: [] });

/** Whose open actions a person may close besides their own: everybody's, or those of these teams. */
export function mayClose({ me }: Call): { all: boolean; teamIds: readonly string[] } {
  const far = reach(me, 'action.change');
  return { all: far === 'all', teamIds: far === 'team' ? me.manages : [] };
}
