import type { Temporal } from 'temporal-polyfill';
import { newId } from '../ids.ts';
import type { Card } from './card.ts';
import type { Pace } from './pace.ts';

/**
 * What the bot says by itself. A slice makes an `Outgoing`, turns it into a row with `outboxRow` and inserts that row in
 * the very transaction that decided it; after the commit it calls `nudge`. A worker sends it.
 */
export interface Outgoing {
  organizationId: string;
  /** Says what it is, once for ever: the same message decided twice is one row. For example `visit-announced:<id>`. */
  key: string;
  to: Address;
  /** What to do there. */
  content:
    | { do: 'post'; card: Card /** Remember where it stands, to redraw it later. */; as?: ThingCard }
    /** Redraws every place where that card of the thing stands; nothing when it stands nowhere. */
    | { do: 'redraw'; card: Card; of: ThingCard };
  /** Not before this instant; without it at once. */
  notBefore?: Temporal.Instant;
}

/** A person (in their direct conversation with the bot), a channel of a workspace (ours), or wherever a card stands. */
export type Address = { personId: string } | ChannelAddress | { whereItStands: true };

export interface ChannelAddress {
  workspaceId: string;
  conversation: string;
  /**
   * In the thread of this card, where it stands, which may be another channel than this one by now; where it stands
   * nowhere any more the message comes into the channel by itself.
   */
  under?: ThingCard;
}

/** One of the cards of one thing: `{ thing: 'visit', id, card: 'announcement' }`. */
export interface ThingCard {
  thing: string;
  id: string;
  card: string;
}

/** A row of the table Outbox, ready to be inserted. */
export interface OutboxRow {
  organizationId: string;
  id: string;
  key: string;
  lane: string;
  message: Outgoing['content'] & { to: Address };
  notBefore: Date;
  createdAt: Date;
}

/** The row for a message. Messages of one lane go out in order, at the pace the platform allows. */
export function outboxRow(outgoing: Outgoing, now: Temporal.Instant): OutboxRow {
  const { organizationId, key, to, content } = outgoing;
  return {
    organizationId,
    id: newId(),
    key,
    lane: laneOf(organizationId, to, content),
    message: { ...content, to },
    notBefore: new Date((outgoing.notBefore ?? now).epochMilliseconds),
    createdAt: new Date(now.epochMilliseconds),
  };
}

function laneOf(organizationId: string, to: Address, content: Outgoing['content']): string {
  if ('personId' in to) return `${organizationId}:person:${to.personId}`;
  if ('conversation' in to) return `${organizationId}:${to.workspaceId}:${to.conversation}`;
  const of = content.do === 'redraw' ? content.of : content.as;
  return `${organizationId}:${of?.thing}:${of?.id}`;
}

/** Called after the commit, so that the worker looks now and not at the next tick. Never waits, never throws. */
export type Nudge = () => void;

/** The platform's half: puts a card into a conversation or redraws it there. One for each platform. */
export interface Sender {
  readonly platform: string;
  /** What a workspace allows of each; the outbox keeps to it, so that a refusal is the exception. */
  readonly pace: { post: Pace; update: Pace };
  post(to: SendTo & Under, card: Card, marker: string): Promise<SendResult>;
  update(to: SendTo & { message: string }, card: Card): Promise<SendResult>;
  /** What people call a conversation; its id where the platform calls it nothing else. */
  nameOf(to: SendTo): Promise<string>;
}

export interface SendTo {
  /** The platform's id of the workspace. */
  workspace: string;
  /** The platform's id of a conversation, or of a user (their direct conversation). */
  conversation: string;
}

export interface Under {
  /** The platform's id of the message in whose thread it goes; one that is gone keeps nothing from being said. */
  under?: string;
}

/**
 * What became of it. `later`: try again after so many milliseconds (rate limit, fault of the platform). `never`: it will
 * not work (channel archived, bot removed, user gone); `reason` is the platform's own word, never customer text.
 * `everyone`: until then the workspace takes no such call at all, whatever the conversation.
 */
export type SendResult =
  | { sent: true; conversation: string; message: string }
  | { sent: false; later: number; reason: string; everyone?: true }
  | { sent: false; never: true; reason: string };
