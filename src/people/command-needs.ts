import type { Directory } from '../chat/directory.ts';
import type { Reply } from '../chat/reply.ts';
import type { Call } from '../chat/slice.ts';
import type { LinkStore } from './link-store.ts';
import type { PeopleStore } from './store.ts';

/** What the commands work with. */
export interface CommandNeeds {
  store: PeopleStore;
  /** What is remembered of these people, or of a whole organisation, is no longer true. */
  forget(organizationId: string, personIds?: readonly string[]): void;
  userIds: Directory['userIds'];
  links: LinkStore;
  /** Two people are one now; `moved`: what was the other's was reckoned by another clock. */
  joined(organizationId: string, personId: string, moved: boolean): Promise<void>;
  /** Milliseconds that somebody is kept waiting for two people to become one. */
  patience: number;
  /** Work that nobody waits for any more; its failure is told in the log. */
  inBackground(work: Promise<unknown>): void;
  /** The next step of the set-up, or its end. */
  setUpNext(call: Call): Promise<Reply>;
}
