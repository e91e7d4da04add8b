import type { Database } from '../database.ts';
import type { AccountLine } from './account.ts';
import { closest } from './closeness.ts';
import { cutsOf, leadingOf } from './leading.ts';
import { isDense } from './name.ts';
import { searchStore } from './search-store.ts';
import { beginnings, guesses, searchQuery } from './search-terms.ts';

/** Who searches. */
export interface Searching {
  readonly me: { organizationId: string; id: string };
}

/** With so few found, those that are nearly it are worth showing too. */
const few = 1;

/** Finding accounts by what people type. */
export function createSearch(database: Pick<Database, 'pool'>) {
  const store = searchStore(database);
  const searcher = ({ me }: Searching) => ({ organizationId: me.organizationId, personId: me.id });

  /**
   * Accounts by part of a name, other names, code, pinyin and initials, the person's own first; when little is found,
   * those that a slip of the finger may have meant come after. Without a query: the person's own, then all by name.
   */
  async function search(call: Searching, query: string, limit = 100): Promise<AccountLine[]> {
    const by = searcher(call);
    const asked = searchQuery(by.organizationId, query);
    if (asked.key === '') return query.trim() === '' ? store.browse(by, limit) : [];
    const found = await store.find(by, asked, limit);
    if (found.length >= few) return found;
    const { word, ways } = guesses(by.organizationId, query);
    const known = new Set(found.map(({ id }) => id));
    const meant = closest(word, await store.guess(by, ways)).filter(({ id }) => !known.has(id));
    return [...found, ...meant.map(({ searchText: _, ...line }) => line)].slice(0, limit);
  }

  /**
   * Which accounts do the leading words of a line name, and what is left of the line? Exactly one: it is meant. Several:
   * they are equally good, the person's own first. Names must be spelled as they are; case, width and accents aside.
   */
  async function leading(call: Searching, words: string): Promise<{ account: AccountLine; rest: string }[]> {
    const by = searcher(call);
    const cuts = cutsOf(words);
    if (cuts.length === 0) return [];
    const keys = beginnings(by.organizationId, [...new Set(cuts.map(({ key }) => key))]);
    return leadingOf(cuts, await store.beginning(by, keys)).map(({ account: { otherNames: _, ...account }, rest }) => ({
      account,
      rest,
    }));
  }

  /** What the leading words may have meant, slips of the finger allowed: to be offered, never to be taken as said. */
  async function suggest(call: Searching, words: string, limit = 10): Promise<AccountLine[]> {
    const first = words.trim().split(/\s+/u, 3);
    const start = [...(first[0] ?? '')];
    const tries = start.some(isDense)
      ? [start.slice(0, 4), start.slice(0, 3), start.slice(0, 2)].map((characters) => characters.join(''))
      : [first.slice(0, 2).join(' '), start.join('')];
    for (const attempt of new Set(tries)) {
      if ([...attempt].length < 2) continue;
      const found = await search(call, attempt, limit);
      if (found.length > 0) return found;
    }
    return [];
  }

  return { search, leading, suggest };
}
