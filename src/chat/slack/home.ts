import type { Logger } from 'pino';
import type { Card } from '../card.ts';
import { type Call, faultOf } from './calls.ts';
import { drawBlocks } from './draw-card.ts';

/** People's own pages. */
export interface Homes {
  /** Shows a person their page. Never throws: the next visit draws it anew. */
  publish(user: string, card: Card, hash?: string): Promise<void>;
  /** The person has looked at their page. */
  opened(user: string): void;
  /** Whether they may be looking at it now, so that it is worth drawing anew after something changed. */
  isOpen(user: string): boolean;
}

const most = 5_000;

export function slackHomes(needs: { call: Call; now: () => number; log: Pick<Logger, 'info'> }): Homes {
  const { call, now, log } = needs;
  const opened = new Map<string, number>();
  return {
    opened(user) {
      opened.delete(user);
      opened.set(user, now());
      const oldest = opened.keys().next().value;
      if (opened.size > most && oldest !== undefined) opened.delete(oldest);
    },
    isOpen: (user) => now() - (opened.get(user) ?? Number.NEGATIVE_INFINITY) < 30 * 60_000,
    async publish(user, card, hash) {
      const view = { type: 'home', blocks: drawBlocks(card, 'home') };
      try {
        await call('views.publish', { user_id: user, view, ...(hash === undefined ? {} : { hash }) });
      } catch (error) {
        log.info({ reason: faultOf(error).code }, 'Slack did not show a home page');
      }
    },
  };
}
