import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { isUnavailable } from '../database/unavailable.ts';
import { nearestLocale } from '../text/locale.ts';
import { textIn } from '../text/text.ts';
import { outboxRow, type Sender, type SendResult, type Under } from './outbox.ts';
import type { Claimed, Destination, OutboxStore } from './outbox-store.ts';
import type { PaceStore } from './pace-store.ts';

export interface DeliverNeeds {
  store: OutboxStore;
  pace: PaceStore;
  senders: readonly Sender[];
  clock: Clock;
  log: Logger;
  /** Milliseconds between two messages of one lane; 1,000 (Slack, Rate limits: chat.postMessage, one per second and channel). */
  rest?: number;
}

/** A claim outlasts the slowest send (the clients give up after 15 s), so that only a killed worker lets it end. */
const CLAIM_MILLISECONDS = 20_000;
/** With the delays of `backoff` about a day of trying. */
const MOST_ATTEMPTS = 150;
/** A fault of ours, as its reason: nobody's channel or membership needs looking after. */
const UNEXPECTED = 'unexpected_error';
/** What nobody foresaw does not pass by waiting: after some ten minutes the others of its lane go on. */
const MOST_SURPRISES = 10;
/**
 * Sends the next message of a lane, and returns after how many milliseconds the lane is to be looked at again; null when
 * nothing is left. It does not wait for the lane itself: while one rests, the worker has time for others. At least once:
 * a worker killed between sending and noting it sends that one message again, with the same marker.
 */
export async function deliverNext(needs: DeliverNeeds, lane: string): Promise<number | null> {
  const { store, clock, rest = 1_000 } = needs;
  const claimed = await store.claim(lane, clock.now(), CLAIM_MILLISECONDS);
  if (claimed) await deliver(needs, claimed, rest);
  const state = await store.lane(lane, clock.now());
  return state.due ? Math.max(Math.ceil(state.heldFor), 10) : null;
}

async function deliver(needs: DeliverNeeds, claimed: Claimed, rest: number): Promise<void> {
  const { store, log, clock } = needs;
  const fields = { organization: claimed.organizationId, outbox: claimed.id, attempt: claimed.attempts };
  const { message } = claimed;
  const result = await attempt(needs, claimed);
  if (result.sent) {
    const stands =
      message.do === 'post' && message.as && result.destination
        ? { ...result.destination, message: result.message, as: message.as }
        : null;
    await store.sent(claimed, clock.now(), rest, stands);
    log.info({ ...fields, late: claimed.createdAt.until(clock.now()).total('seconds') }, 'delivered');
  } else if ('turnIn' in result) {
    await store.hold(claimed, result.turnIn);
  } else if ('later' in result && claimed.attempts < MOST_ATTEMPTS) {
    await store.later(claimed, Math.max(result.later, backoff(claimed.attempts)), result.reason);
    log.warn({ ...fields, reason: result.reason }, 'not delivered yet');
  } else {
    await store.failed(claimed, result.reason);
    log.error({ ...fields, reason: result.reason }, 'not deliverable');
    await tellAdministrators(needs, claimed, result.reason);
  }
}

/**
 * What became of it. An error that nobody foresaw (a card that cannot be drawn, an answer that cannot be read) is one more
 * way not to arrive: the claim would lapse instead, and the same message would hold up its lane for ever.
 */
async function attempt(needs: DeliverNeeds, claimed: Claimed): Promise<Outcome> {
  try {
    return claimed.message.do === 'redraw' ? await redrawAll(needs, claimed) : await post(needs, claimed);
  } catch (error) {
    if (isUnavailable(error)) throw error;
    needs.log.error({ organization: claimed.organizationId, outbox: claimed.id, err: error }, 'a message was not sent');
    const because = { sent: false, reason: UNEXPECTED } as const;
    return claimed.attempts < MOST_SURPRISES ? { ...because, later: 5_000 } : { ...because, never: true };
  }
}

/** 1 s, 2 s, 4 s … at most 10 minutes. */
const backoff = (attempts: number) => Math.min(2 ** (attempts - 1), 600) * 1_000;

/** `turnIn`: nothing was sent, because the workspace's pace has no room for it before so many milliseconds. */
type Outcome =
  | { sent: false; turnIn: number }
  | { sent: true; message: string; destination: { workspaceId: string; conversation: string } | null }
  | Exclude<SendResult, { sent: true }>;

async function post(needs: DeliverNeeds, claimed: Claimed): Promise<Outcome> {
  const destination = await destinationOf(needs.store, claimed);
  const sender = destination && needs.senders.find((one) => one.platform === destination.platform);
  if (!destination || !sender) return { sent: false, never: true, reason: 'nowhere_to_send' };
  const at = { organizationId: claimed.organizationId, workspaceId: destination.workspaceId };
  const turnIn = await needs.pace.turn(at, sender.pace.post, { waited: claimed.waited });
  if (turnIn > 0) return { sent: false, turnIn };
  const result = await sender.post(destination, claimed.message.card, claimed.id);
  if (!result.sent && 'everyone' in result) await needs.pace.pause(at, sender.pace.post, result.later);
  if (!result.sent) return result;
  const { workspaceId } = destination;
  return { sent: true, message: result.message, destination: { workspaceId, conversation: result.conversation } };
}

async function destinationOf(
  store: OutboxStore,
  { organizationId, message: { to } }: Claimed,
): Promise<(Destination & Under) | null> {
  if ('personId' in to) return store.reachOf(organizationId, to.personId);
  if (!('conversation' in to)) return null;
  const [first] = to.under === undefined ? [] : await store.standing(organizationId, to.under);
  if (first === undefined) return store.channelOf(organizationId, to.workspaceId, to.conversation);
  const { message, ...place } = first;
  return { ...place, under: message };
}

async function redrawAll(needs: DeliverNeeds, claimed: Claimed): Promise<Outcome> {
  const { message, organizationId } = claimed;
  if (message.do !== 'redraw') throw new Error('only a redraw is redrawn');
  if (await needs.store.renewWaiting(organizationId, message.of, message.card))
    return { sent: false, later: 2_000, reason: 'its_post_is_under_way' };
  const standing: (Destination & { message: string })[] = await needs.store.standing(organizationId, message.of);
  const places = standing.flatMap((place) => {
    const sender = needs.senders.find((one) => one.platform === place.platform);
    return sender ? [{ place, sender }] : [];
  });
  for (const [workspaceId, there] of Map.groupBy(places, ({ place }) => place.workspaceId)) {
    const [first] = there;
    const at = { organizationId, workspaceId };
    // All at once, so that a redraw does not begin which cannot end.
    const asked = { calls: there.length, waited: claimed.waited };
    const turnIn = first ? await needs.pace.turn(at, first.sender.pace.update, asked) : 0;
    if (turnIn > 0) return { sent: false, turnIn };
    for (const { place, sender } of there) {
      const result = await sender.update(place, message.card);
      if (!result.sent && 'everyone' in result) await needs.pace.pause(at, sender.pace.update, result.later);
      // A post that was deleted needs no redrawing; only what may work later is tried again.
      if (!result.sent && 'later' in result) return result;
    }
  }
  return { sent: true, message: '', destination: null };
}

async function channelName(
  { store, senders }: DeliverNeeds,
  organizationId: string,
  { workspaceId, conversation }: { workspaceId: string; conversation: string },
): Promise<string> {
  const destination = await store.channelOf(organizationId, workspaceId, conversation);
  const sender = senders.find(({ platform }) => platform === destination?.platform);
  return destination && sender ? sender.nameOf(destination) : conversation;
}

/**
 * Once a day, place and reason, privately, to each administrator: something of ours does not arrive. That somebody who
 * has left is told nothing any more is no fault.
 */
async function tellAdministrators(needs: DeliverNeeds, claimed: Claimed, reason: string): Promise<void> {
  const { store, clock } = needs;
  const { organizationId, key, message } = claimed;
  if (key.startsWith('undeliverable:')) return;
  const { to } = message;
  const channel = 'conversation' in to ? await channelName(needs, organizationId, to) : null;
  const person = 'personId' in to ? await store.recipient(organizationId, to.personId) : null;
  if (person?.active === false) return;
  const place = 'conversation' in to ? to.conversation : 'personId' in to ? to.personId : 'anywhere';
  const day = clock.now().toString().slice(0, 10);
  const rows = (await store.administrators(organizationId)).map(({ id, locale }) => {
    const text = textIn(nearestLocale(locale) ?? 'en');
    const name = channel ?? person?.name ?? text.plain('chat.undeliverable.someone');
    const words =
      reason === UNEXPECTED
        ? text.words('chat.undeliverable.fault', { to: name })
        : channel === null
          ? text.words('chat.undeliverable.person', { person: name, reason })
          : text.words('chat.undeliverable.channel', { channel: name, reason });
    const card = { body: [{ kind: 'warning', words } as const] };
    return outboxRow(
      {
        organizationId,
        key: `undeliverable:${id}:${place}:${reason}:${day}`,
        to: { personId: id },
        content: { do: 'post', card },
      },
      clock.now(),
    );
  });
  await store.add(rows);
}
