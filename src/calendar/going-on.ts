import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Card } from '../chat/card.ts';
import { type Nudge, type OutboxRow, outboxRow } from '../chat/outbox.ts';
import { type Reply, tell } from '../chat/reply.ts';
import { cardOf } from '../chat/reply-card.ts';
import type { Call } from '../chat/slice.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Words } from '../text/words.ts';

/** Work that may take longer than a platform waits. */
export interface LongWork {
  /** Says what it is, once for ever: the key of the message with its result. */
  key: string;
  work: Promise<Reply>;
  /** Said when it takes longer. */
  running: Words;
  /** What a result that cannot be answered any more (a form) becomes as a message. */
  late: Card;
  /** It broke off after all; the code stands in the log. */
  failed(code: string): Card;
}

/** How such work is answered: at once where it is quick enough, else by a message of its own. */
export interface GoingOn {
  answer(call: Call, work: LongWork): Promise<Reply>;
  /** Resolves when nothing goes on any more. */
  settled(): Promise<void>;
}

/** A code by which a person and the log speak of the same failure. */
export const failureCode = (): string => `KAM-${randomBytes(3).toString('hex').toUpperCase()}`;

/** `patience`: how long an answer is waited for, in ms; platforms wait 3 s. */
export function createGoingOn(needs: {
  say: (row: OutboxRow) => Promise<void>;
  clock: Clock;
  log: Log;
  nudge: Nudge;
  patience: number;
}): GoingOn {
  const { say, clock, log, nudge, patience } = needs;
  const running = new Set<Promise<void>>();

  async function send({ me }: Call, key: string, card: Card): Promise<void> {
    const { organizationId, id: personId } = me;
    await say(outboxRow({ organizationId, key, to: { personId }, content: { do: 'post', card } }, clock.now()));
    nudge();
  }

  return {
    async answer(call, { key, work, running: said, late, failed }) {
      const waiting = new AbortController();
      const reply = await Promise.race([
        work.finally(() => waiting.abort()),
        setTimeout(patience, null, { signal: waiting.signal }).catch(() => null),
      ]);
      if (reply) return reply;
      const sending = work
        .then((result) => cardOf(result) ?? late)
        .catch((error: unknown) => {
          const code = failureCode();
          log.error({ err: error, code, organization: call.me.organizationId }, 'work that nobody waited for failed');
          return failed(code);
        })
        .then((card) => send(call, key, card))
        .catch((error: unknown) => log.error({ err: error }, 'a result could not be told'))
        .finally(() => running.delete(sending));
      running.add(sending);
      return tell(said);
    },
    settled: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
