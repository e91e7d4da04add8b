import type { Accounts } from '../accounts/index.ts';
import type { Actions } from '../actions/index.ts';
import type { Drafts } from '../chat/drafts.ts';
import type { Nudge } from '../chat/outbox.ts';
import type { Call } from '../chat/slice.ts';
import type { Database } from '../database.ts';
import type { Log } from '../log.ts';
import { may, type People } from '../people/index.ts';
import type { DimensionStore } from './dimension-store.ts';
import type { ResultStore } from './result-store.ts';
import type { FeedbackStore } from './store.ts';

/** What the slice works with. */
export interface FeedbackNeeds {
  database: Database;
  /** What happens by itself takes longer than a person waits. */
  jobsDatabase: Pick<Database, 'pool'>;
  people: Pick<People, 'person' | 'people' | 'team'>;
  accounts: Pick<Accounts, 'leading' | 'suggest' | 'addByName' | 'get' | 'named' | 'contacts' | 'ensureContacts'>;
  actions: Pick<Actions, 'remindAt'>;
  drafts: Drafts;
  nudge: Nudge;
  log: Log;
}

/** The same with its stores. */
export type WithStores = FeedbackNeeds & {
  store: FeedbackStore;
  results: ResultStore;
  dimensions: DimensionStore;
};

export const mayAdd = ({ me }: Pick<Call, 'me'>): boolean =>
  may(me, 'feedback.add', { personIds: [me.id], teamIds: [] });
