import type { Account, Accounts } from '../accounts/index.ts';
import type { Nudge } from '../chat/outbox.ts';
import { isPointer } from '../chat/pointer.ts';
import { type Reply, show, tell } from '../chat/reply.ts';
import type { Call } from '../chat/slice.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database.ts';
import type { Feedback } from '../feedback/index.ts';
import { may, type People } from '../people/index.ts';
import { cut } from '../text/cut.ts';
import type { Links } from '../web/links.ts';
import type { AskStore } from './ask-store.ts';
import { chooseCard } from './cards.ts';
import type { SurveyStore } from './store.ts';
import type { Named } from './survey.ts';

/** What the slice works with. */
export interface SurveysNeeds {
  database: Database;
  people: Pick<People, 'people' | 'person' | 'teams' | 'organization'>;
  accounts: Pick<Accounts, 'leading' | 'suggest' | 'get' | 'contacts' | 'ensureContacts'>;
  feedback: Pick<Feedback, 'dimensionsOf' | 'saidIn'>;
  links: Links;
  clock: Clock;
  nudge: Nudge;
}

export type WithStores = SurveysNeeds & { store: SurveyStore; asks: AskStore };

/** Choices offered when a name is not clear. */
const offered = 8;

/** Finding the account that is meant. */
export function finding({ accounts }: { accounts: Pick<Accounts, 'leading' | 'suggest' | 'get'> }) {
  return {
    /** An account that this person may see, archived ones not; null: there is none. */
    async account({ me }: Call, id: string | undefined): Promise<Account | null> {
      const account = isPointer(id) ? await accounts.get(me.organizationId, id) : null;
      const seen = account !== null && account.archivedAt === null;
      return seen && may(me, 'account.read', { personIds: [], teamIds: account.teamIds }) ? account : null;
    },

    /** The one account that a line begins with, and the rest of the line; else the reply that asks which. */
    async named(
      call: Call,
      line: string,
      button: (one: Named) => { does: string; about: string } | { opens: string; about: string },
    ): Promise<{ account: Named; rest: string } | Reply> {
      const leading = await accounts.leading(call, line);
      const [first, ...others] = leading;
      if (first !== undefined && others.length === 0) return first;
      const found =
        first === undefined ? await accounts.suggest(call, line, offered) : leading.map((one) => one.account);
      const name = cut(line, 60);
      if (found.length === 0) return tell(call.text.words('surveys.choose.none', { name }));
      const buttonOf = (one: Named) => ({ label: one.name, ...button(one) });
      return show(chooseCard(name, found.slice(0, offered), call.text, buttonOf));
    },
  };
}
