import type { Accounts } from '../accounts/index.ts';
import type { Actions } from '../actions/index.ts';
import type { Calendar } from '../calendar/index.ts';
import type { Drafts } from '../chat/drafts.ts';
import type { Nudge } from '../chat/outbox.ts';
import type { Database } from '../database.ts';
import type { Feedback } from '../feedback/index.ts';
import type { Log } from '../log.ts';
import type { People } from '../people/index.ts';
import type { Surveys } from '../surveys/index.ts';
import type { Visits } from '../visits/index.ts';
import type { RecordStore } from './record-store.ts';
import type { ListeningStore } from './store.ts';

/** What the slice works with. */
export interface ListeningNeeds {
  database: Database;
  jobsDatabase: Database;
  people: Pick<People, 'person'>;
  accounts: Pick<Accounts, 'leading' | 'suggest' | 'get'>;
  actions: Pick<Actions, 'remindAt'>;
  calendar: Pick<Calendar, 'daysOf'>;
  drafts: Pick<Drafts, 'offer' | 'take'>;
  feedback: Pick<Feedback, 'dimensionsOf'>;
  surveys: Pick<Surveys, 'lastOfSources' | 'find' | 'add' | 'replace'>;
  visits: Pick<Visits, 'prepare'>;
  nudge: Nudge;
  log: Log;
}

export type WithStores = ListeningNeeds & { store: ListeningStore; records: RecordStore };
