import type { Logger } from 'pino';
import type { Card } from '../card.ts';
import type { Work } from '../work.ts';
import { type Calls, faultOf } from './calls.ts';
import { drawMessage } from './draw-card.ts';
import type { Origin } from './form-state.ts';
import { respond } from './respond.ts';
import type { Method } from './surface.ts';

/** Says something to one person where they are, or in their direct conversation when that place is closed to the bot. */
export interface PrivateWords {
  /** Never throws: a word that cannot be brought is logged. */
  say(user: string, origin: Origin, card: Card): Promise<void>;
  /** Redraws the card whose button was pressed; says it anew when that card is out of reach. */
  redraw(user: string, origin: Origin, card: Card): Promise<void>;
}

const attempts = 3;

export function privateWords(needs: { calls: Calls; apiUrl: string; work: Work; log: Logger }): PrivateWords {
  const { calls, apiUrl, work, log } = needs;

  /** True when it was done, false when Slack refuses; waits and tries again when Slack is busy. */
  async function done(method: Method, args: Record<string, unknown>): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await calls.background(method, args);
        return true;
      } catch (error) {
        const fault = faultOf(error);
        if (fault.fault === 'refused' || attempt === attempts || work.stopping) {
          log.info({ method, reason: fault.code }, 'Slack did not take a private message');
          return false;
        }
        await work.pause(Math.min(fault.ms, 10_000));
      }
    }
  }

  async function direct(user: string, card: Card): Promise<void> {
    const message = drawMessage(card);
    const brought = await done('chat.postMessage', {
      channel: user,
      ...message,
      unfurl_links: false,
      unfurl_media: false,
    });
    if (!brought) log.warn({ user }, 'a private message was lost');
  }

  const say: PrivateWords['say'] = async (user, origin, card) => {
    if (origin.kind === 'channel' && origin.conversation !== undefined) {
      const where = { channel: origin.conversation, user };
      if (await done('chat.postEphemeral', { ...where, ...drawMessage(card) })) return;
    }
    await direct(user, card);
  };

  return {
    say,
    async redraw(user, origin, card) {
      const message = drawMessage(card);
      if (origin.responseUrl !== undefined) {
        if (await respond(origin.responseUrl, apiUrl, { replace_original: true, ...message })) return;
      } else if (origin.message !== undefined && origin.conversation !== undefined) {
        if (await done('chat.update', { channel: origin.conversation, ts: origin.message, ...message })) return;
      }
      await say(user, origin, card);
    },
  };
}
