import type { Accounts } from '../accounts/index.ts';
import type { Actions } from '../actions/index.ts';
import type { Drafts } from '../chat/drafts.ts';
import type { Nudge } from '../chat/outbox.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database.ts';
import type { Log } from '../log.ts';
import type { People } from '../people/index.ts';

/** What the slice works with. */
export interface VisitsNeeds {
  database: Database;
  people: Pick<People, 'names' | 'findByName'>;
  accounts: Pick<Accounts, 'leading' | 'suggest' | 'addByName' | 'named'>;
  actions: Actions;
  drafts: Drafts;
  clock: Clock;
  nudge: Nudge;
  log: Log;
}
