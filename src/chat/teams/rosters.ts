import type { Logger } from 'pino';
import type { Option } from '../form.ts';
import { inTime } from '../in-time.ts';
import type { Connectors, Member, Where } from './calls.ts';
import type { Conversations } from './conversations.ts';

/** Milliseconds for which what was read is good enough to choose from. */
const fresh = 10 * 60_000;
/** Beyond these nobody finds a colleague by reading; whoever is not among them is known as soon as they say a word. */
const most = { rosters: 10, people: 5_000 };

interface Listed {
  name: string;
  /** A conversation whose roster has them. */
  where: Where;
}

/**
 * Who is in the teams and group chats with the bot, by Entra object id: they can be chosen in forms though they have never
 * spoken to it. Read when somebody looks for a colleague, and never waited for long.
 */
export class Rosters {
  readonly #needs: {
    connectors: Connectors;
    conversations: Conversations;
    tenantId: string;
    now(): number;
    log: Logger;
  };
  #people: ReadonlyMap<string, Listed> = new Map();
  #reading: Promise<void> | null = null;
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(needs: {
    connectors: Connectors;
    conversations: Conversations;
    tenantId: string;
    now(): number;
    log: Logger;
  }) {
    this.#needs = needs;
  }

  /** People with these letters in their name, who are not among those already offered. Waits at most so many milliseconds. */
  async find(query: string, besides: readonly Option[], ms: number): Promise<Option[]> {
    await this.#beRead(ms);
    const sought = keyOf(query);
    const offered = new Set(besides.map(({ label }) => keyOf(label)));
    return [...this.#people]
      .filter(([, { name }]) => keyOf(name).includes(sought) && !offered.has(keyOf(name)))
      .map(([value, { name }]) => ({ value, label: name }))
      .slice(0, 100);
  }

  /** Where a person who could be chosen is known; null for whoever could not. */
  whereIs(userId: string): Where | null {
    return this.#people.get(userId)?.where ?? null;
  }

  async #beRead(ms: number): Promise<void> {
    if (this.#needs.now() - this.#readAt < fresh) return;
    this.#reading ??= this.#read().finally(() => {
      this.#reading = null;
    });
    await inTime(this.#reading, ms, undefined);
  }

  async #read(): Promise<void> {
    const { conversations, connectors, now, log } = this.#needs;
    const people = new Map<string, Listed>();
    try {
      for (const where of (await conversations.store.rosters()).slice(0, most.rosters)) {
        for await (const page of connectors.background.members(where)) {
          for (const member of page) {
            if (member.aadObjectId !== null && this.#isOurs(member))
              people.set(member.aadObjectId, { name: member.name ?? '', where });
          }
          if (people.size > most.people) break;
        }
      }
      this.#people = people;
    } catch (error) {
      log.warn({ err: error, people: people.size }, 'a roster could not be read');
    }
    // What failed is not tried again with every letter that somebody types.
    this.#readAt = now();
  }

  #isOurs({ name, tenantId, userRole }: Member): boolean {
    const { tenantId: ours } = this.#needs;
    const isMember = (userRole ?? 'user') === 'user' && (tenantId === null || tenantId === ours || ours === 'local');
    return isMember && name !== null && name.trim() !== '';
  }
}

const keyOf = (name: string) => name.normalize('NFKC').trim().toLowerCase();
