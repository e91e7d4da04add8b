import type { Temporal } from 'temporal-polyfill';
import { inTime } from '../in-time.ts';
import type { ConversationsStore, Heard, NamedChannel } from './conversations-store.ts';
import { type Activity, kindOf } from './payloads.ts';

/** What an activity tells of where it happened. */
export function heardOf({ conversation, serviceUrl, from, channelData }: Activity): Heard {
  const kind = kindOf(conversation);
  const team = channelData?.team;
  return {
    conversation: channelOf(conversation.id),
    kind,
    serviceUrl,
    userId: kind === 'personal' ? (from.aadObjectId ?? null) : null,
    teamId: kind === 'channel' ? (team?.id ?? null) : null,
    teamName: kind === 'channel' ? (team?.name ?? null) : null,
    name: (kind === 'channel' ? channelData?.channel?.name : conversation.name) ?? null,
  };
}

/** What people call a channel or group chat; a team's first channel has no name of its own and goes by its team's. */
export const labelOf = ({ teamName, name, conversation }: NamedChannel): string =>
  [teamName, name].filter((part) => part !== null).join(' › ') || conversation;

/** The channel that a thread belongs to; a thread is a conversation of its own, which is not remembered. */
export const channelOf = (conversation: string): string => conversation.split(';', 1)[0] ?? conversation;

/** The thread of a channel that begins with this message (Teams SDK, `toThreadedConversationId`). */
export const threadOf = (channel: string, root: string): string => `${channel};messageid=${root}`;

/** Milliseconds after which a conversation that nothing has changed about is written down again. */
const fresh = 3_600_000;
const most = 10_000;

/** Writes down what is heard of conversations, once as long as nothing changes. */
export class Conversations {
  readonly store: ConversationsStore;
  readonly #known = new Map<string, { as: string; at: number }>();
  #channels: readonly NamedChannel[] = [];

  constructor(store: ConversationsStore) {
    this.store = store;
  }

  async hear(heard: Heard, now: Temporal.Instant): Promise<void> {
    const as = JSON.stringify(heard);
    const known = this.#known.get(heard.conversation);
    if (known?.as === as && now.epochMilliseconds - known.at < fresh) return;
    await this.store.heard([heard], now);
    this.#known.delete(heard.conversation);
    this.#known.set(heard.conversation, { as, at: now.epochMilliseconds });
    const oldest = this.#known.keys().next().value;
    if (this.#known.size > most && oldest !== undefined) this.#known.delete(oldest);
  }

  /** Teams refused a message there: the next that is heard of it is written down again. */
  async refused(conversation: string, reason: string, now: Temporal.Instant): Promise<void> {
    this.#known.delete(conversation);
    await this.store.refused(conversation, reason, now);
  }

  /** The channels that can be chosen; as they were last known, when the database does not say so within so many milliseconds. */
  async channels(patience: number): Promise<readonly NamedChannel[]> {
    const last = this.#channels;
    const found = this.store.channels().catch(() => last);
    this.#channels = await inTime<readonly NamedChannel[]>(found, patience, last);
    return this.#channels;
  }

  /** The bot was taken out of conversations; whichever it is heard from again is written down again. */
  forget(): void {
    this.#known.clear();
  }
}
