import { z } from 'zod';
import type { Card } from '../card.ts';
import type { Sender, SendResult } from '../outbox.ts';
import { type Call, faultOf, isPaced } from './calls.ts';
import { drawMessage } from './draw-card.ts';
import { pace } from './limits.ts';
import type { Pictures } from './pictures.ts';

const posted = z.object({ channel: z.string(), ts: z.string() });

/** What Slack says when blocks are not to its liking; the text says the same, so it goes alone then. */
const blocksRefused = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long']);

/** Somebody has deleted the message that was to be replied to. */
const threadGone = 'thread_not_found';

/**
 * The bot's token is not good, until an administrator sets another (docs.slack.dev/reference/methods/chat.postMessage,
 * errors). Nothing else of the workspace need be tried before the next look.
 */
const tokenRefused = new Set(['invalid_auth', 'not_authed', 'token_expired', 'token_revoked']);
const nextLook = 60_000;

/** Links in cards are for following, not for previews. */
const quiet = { unfurl_links: false, unfurl_media: false };

/** Sends what waits in the outbox, one call each; the outbox plans what comes next. */
export function slackSender(call: Call, pictures: Pictures): Sender {
  const send = sending(call, pictures);
  return {
    platform: 'slack',
    pace,
    async post({ conversation, under }, card, marker) {
      const where = {
        channel: conversation,
        ...quiet,
        // A row that was sent just before a crash is sent again; its marker tells the two apart.
        metadata: { event_type: 'kam_outbox', event_payload: { marker } },
      };
      if (under === undefined) return send('chat.postMessage', card, where);
      const replied = await send('chat.postMessage', card, { ...where, thread_ts: under });
      const isGone = !replied.sent && replied.reason === threadGone;
      return isGone ? send('chat.postMessage', card, where) : replied;
    },
    update: (to, card) => send('chat.update', card, { channel: to.conversation, ts: to.message }),
    // Names would take a scope of their own; Slack's search finds a channel by its id.
    nameOf: async ({ conversation }) => conversation,
  };
}

type Send = (method: 'chat.postMessage' | 'chat.update', card: Card, where: object) => Promise<SendResult>;

function sending(call: Call, pictures: Pictures): Send {
  return async (method, card, where) => {
    const shown = await pictures.of(card);
    if (shown === null) return { sent: false, later: 1_000, reason: 'picture_on_its_way' };
    const isRefused = (result: SendResult) => !result.sent && 'never' in result && blocksRefused.has(result.reason);
    const { text, blocks } = drawMessage(card, shown);
    let result = await attempt(call, method, { ...where, text, blocks });
    if (isRefused(result) && shown.size > 0) {
      await pictures.forget(shown);
      result = await attempt(call, method, { ...where, ...drawMessage(card) });
    }
    if (!isRefused(result)) return result;
    const alone = { text: text.slice(0, 3_000), ...(method === 'chat.update' ? { blocks: [] } : {}) };
    return attempt(call, method, { ...where, ...alone });
  };
}

async function attempt(
  call: Call,
  method: 'chat.postMessage' | 'chat.update',
  args: Record<string, unknown>,
): Promise<SendResult> {
  try {
    const { channel, ts } = posted.parse(await call(method, args));
    return { sent: true, conversation: channel, message: ts };
  } catch (error) {
    if (error instanceof z.ZodError) throw error;
    const fault = faultOf(error);
    const { code: reason } = fault;
    if (tokenRefused.has(reason)) return { sent: false, later: nextLook, reason, everyone: true };
    if (fault.fault === 'refused') return { sent: false, never: true, reason };
    const later = { sent: false, later: fault.ms, reason } as const;
    return isPaced(reason) ? { ...later, everyone: true } : later;
  }
}
