import { nearestLocale } from '../../text/locale.ts';
import { textIn } from '../../text/text.ts';
import type { Card } from '../card.ts';
import type { Sender, SendResult, SendTo } from '../outbox.ts';
import type { Adapter } from './adapter.ts';
import { faultOf, type Where } from './calls.ts';
import { channelOf, labelOf, threadOf } from './conversations.ts';
import { pace } from './limits.ts';
import { messageOf } from './messages.ts';
import { keepOwn, openOwn } from './private-room.ts';

type Needs = Pick<Adapter, 'connectors' | 'conversations' | 'pictures' | 'clock' | 'log' | 'tenantId'>;

/** Where a message can go; else why it cannot. `opens`: whose conversation this is, when it is just being opened. */
type Reached = { where: Where; opens?: string } | { closed: string };

/**
 * Sends what waits in the outbox, one call each; the outbox plans what comes next. A conversation that refuses is marked,
 * so that the next message does not try it again before something is heard from there.
 */
export function teamsSender(needs: Needs): Sender {
  const { connectors, conversations, pictures, clock } = needs;

  /** A card that waited is in its reader's language already; what the renderer itself says ("more") is English then. */
  const drawn = async (card: Card) => messageOf(card, textIn(nearestLocale(null) ?? 'en', ''), await pictures(card));

  async function attempt(to: SendTo, send: (where: Where) => Promise<string>): Promise<SendResult> {
    let where: Where | undefined;
    try {
      const reached = await reach(needs, to);
      if ('closed' in reached) return { sent: false, never: true, reason: reached.closed };
      where = reached.where;
      const message = await send(where);
      if (reached.opens !== undefined) await keepOwn(needs, reached.opens, where);
      return { sent: true, conversation: where.conversation, message };
    } catch (error) {
      const fault = faultOf(error);
      if (fault.fault === 'later') return { sent: false, later: fault.ms, reason: fault.code };
      if (where !== undefined && fault.status === 403) {
        await conversations.refused(channelOf(where.conversation), fault.code, clock.now());
      }
      return { sent: false, never: true, reason: fault.code };
    }
  }

  return {
    platform: 'teams',
    pace,
    async post({ under, ...to }, card) {
      const post = (place: SendTo) =>
        attempt(place, async (where) => (await connectors.background.post(where, await drawn(card))).id ?? '');
      if (under === undefined) return post(to);
      const replied = await post({ ...to, conversation: threadOf(to.conversation, under) });
      return !replied.sent && replied.reason === gone ? post(to) : replied;
    },
    update: ({ message, ...to }, card) =>
      attempt(to, async (where) => {
        await connectors.background.update(where, message, await drawn(card));
        return message;
      }),
    nameOf: async ({ conversation }) => {
      const named = await conversations.store.nameOf(conversation);
      return named === null ? conversation : labelOf(named);
    },
  };
}

/** The message that was to be replied to is gone, or all of the channel, which the next attempt tells. */
const gone = 'ConversationNotFound';

/** People are known by their Entra object ids, which are UUIDs; conversations never are. */
const isPerson = (id: string) => /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(id);

async function reach(needs: Needs, { conversation }: SendTo): Promise<Reached> {
  const { store } = needs.conversations;
  const person = isPerson(conversation);
  const channel = channelOf(conversation);
  const where = await (person ? store.personal(conversation) : store.reach(channel));
  // A channel is known; its threads are reached through the same service.
  if (where !== null) return { where: person ? where : { ...where, conversation } };
  // The reason stays the one that Teams gave, so that administrators are not told twice of one thing.
  const refusal = await store.refusal(person ? { userId: conversation } : { conversation: channel });
  const serviceUrl = person && refusal === null ? await store.anyService() : null;
  if (serviceUrl === null) return { closed: refusal ?? 'conversation_closed' };
  return { where: await openOwn(needs, conversation, serviceUrl, needs.connectors.background), opens: conversation };
}
