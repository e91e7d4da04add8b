import type { Logger } from 'pino';
import type { Card } from '../card.ts';
import type { Work } from '../work.ts';
import { type Calls, faultOf } from './calls.ts';
import { drawMessage } from './draw-card.ts';
import type { Origin } from './form-state.ts';
import type { Pictures } from './pictures.ts';
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

/** How long words that are said anyway wait for their pictures, in milliseconds. */
const picturesWithin = 20_000;

export function privateWords(needs: {
  calls: Calls;
  apiUrl: string;
  pictures: Pictures;
  work: Work;
  log: Logger;
}): PrivateWords {
  const { calls, apiUrl, pictures, work, log } = needs;

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

  /** A message that stays can show pictures: who may read it may see them. Without them it goes when Slack refuses them. */
  async function lasting(method: Method, where: object, card: Card): Promise<boolean> {
    const shown = (await pictures.of(card, picturesWithin)) ?? new Map();
    if (await done(method, { ...where, ...drawMessage(card, shown) })) return true;
    if (shown.size === 0) return false;
    await pictures.forget(shown);
    return done(method, { ...where, ...drawMessage(card) });
  }

  async function direct(user: string, card: Card): Promise<void> {
    const where = { channel: user, unfurl_links: false, unfurl_media: false };
    const brought = await lasting('chat.postMessage', where, card);
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
      if (origin.responseUrl !== undefined) {
        if (await respond(origin.responseUrl, apiUrl, { replace_original: true, ...drawMessage(card) })) return;
      } else if (origin.message !== undefined && origin.conversation !== undefined) {
        const where = { channel: origin.conversation, ts: origin.message };
        if (await lasting('chat.update', where, card)) return;
      }
      await say(user, origin, card);
    },
  };
}
