import { z } from 'zod';
import type { Card } from '../card.ts';
import type { Sender, SendResult } from '../outbox.ts';
import { type Call, faultOf, isPaced } from './calls.ts';
import { drawMessage } from './draw-card.ts';
import { pace } from './limits.ts';

const posted = z.object({ channel: z.string(), ts: z.string() });

/** What Slack says when blocks are not to its liking; the text says the same, so it goes alone then. */
const blocksRefused = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long']);

/** Somebody has deleted the message that was to be replied to. */
const threadGone = 'thread_not_found';

/** Links in cards are for following, not for previews. */
const quiet = { unfurl_links: false, unfurl_media: false };

/** Sends what waits in the outbox, one call each; the outbox plans what comes next. */
export function slackSender(call: Call): Sender {
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
      if (under === undefined) return send(call, 'chat.postMessage', card, where);
      const replied = await send(call, 'chat.postMessage', card, { ...where, thread_ts: under });
      const isGone = !replied.sent && replied.reason === threadGone;
      return isGone ? send(call, 'chat.postMessage', card, where) : replied;
    },
    update: (to, card) => send(call, 'chat.update', card, { channel: to.conversation, ts: to.message }),
    // Names would take a scope of their own; Slack's search finds a channel by its id.
    nameOf: async ({ conversation }) => conversation,
  };
}

async function send(
  call: Call,
  method: 'chat.postMessage' | 'chat.update',
  card: Card,
  where: Record<string, unknown>,
): Promise<SendResult> {
  const { text, blocks } = drawMessage(card);
  const first = await attempt(call, method, { ...where, text, blocks });
  if (first.sent || 'later' in first || !blocksRefused.has(first.reason)) return first;
  return attempt(call, method, {
    ...where,
    text: text.slice(0, 3_000),
    ...(method === 'chat.update' ? { blocks: [] } : {}),
  });
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
    if (fault.fault === 'refused') return { sent: false, never: true, reason: fault.code };
    const later = { sent: false, later: fault.ms, reason: fault.code } as const;
    return isPaced(fault.code) ? { ...later, everyone: true } : later;
  }
}
