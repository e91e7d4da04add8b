import type { Found } from '../chat/reply.ts';
import type { Call, Finder } from '../chat/slice.ts';
import type { People } from '../people/index.ts';
import type { AccountActivity } from './activity.ts';
import { sharedCard } from './cards.ts';
import { optionOf } from './choice.ts';
import type { createSearch } from './searching.ts';

/** More than this nobody reads in the platform's list of results. */
const most = 10;

/** Finding a customer to show it to others in a conversation. */
export function accountFinder(needs: {
  search: ReturnType<typeof createSearch>['search'];
  people: Pick<People, 'names'>;
  activity: AccountActivity;
}): Finder {
  const { search, people, activity } = needs;

  async function find(call: Call, query: string): Promise<readonly Found[]> {
    const { organizationId } = call.me;
    const accounts = await search(call, query, most);
    const owners = accounts.map(({ ownerId }) => ownerId).filter((id) => id !== null);
    const [names, happened] = await Promise.all([
      people.names(organizationId, [...new Set(owners)]),
      activity.of(
        organizationId,
        accounts.map(({ id }) => id),
      ),
    ]);
    return accounts.map((account) => {
      const { detail = '' } = optionOf(account, call.text);
      const lastVisitOn = happened.get(account.id)?.lastVisitOn ?? null;
      return { title: account.name, detail, card: sharedCard(account, { names, lastVisitOn }, call) };
    });
  }

  return { name: 'accounts', find };
}
