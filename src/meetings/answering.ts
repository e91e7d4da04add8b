import type { Accounts } from '../accounts/index.ts';
import type { Workdays } from '../calendar/index.ts';
import type { Nudge } from '../chat/outbox.ts';
import type { Slice } from '../chat/slice.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database.ts';
import type { Log } from '../log.ts';
import type { People } from '../people/index.ts';

/** What answering works with. */
export interface AnsweringNeeds {
  database: Database;
  people: Pick<People, 'findByName' | 'names' | 'teamsOf'>;
  accounts: Pick<Accounts, 'leading' | 'named'>;
  calendar: {
    workdaysOf(teams: readonly { organizationId: string; teamId: string }[]): Promise<ReadonlyMap<string, Workdays>>;
  };
  clock: Clock;
  nudge: Nudge;
  /** Told after an answer was stored: a summary may be due now. Never waits, never throws. */
  answered: () => void;
  log: Log;
}

/** What a person can do with what they are asked. */
export type Answering = Required<Pick<Slice, 'commands' | 'actions' | 'openers' | 'forms'>>;

export function createAnswering(needs: AnsweringNeeds): Answering {
  void needs;
  return { commands: [], actions: [], openers: [], forms: [] };
}
