import type { Middleware } from '@microsoft/teams.common';
import { asCallFailed, type CallFailed } from './faults.ts';
import type { Pause } from './pace.ts';

/** How one call is made. */
export interface Attempts {
  /** Ends the call, whatever it is doing. */
  signal: AbortSignal;
  /** When `signal` will do so, in milliseconds; a pause that would last beyond it is not begun. */
  until: number;
  /** Attempts in all; 1 is no retry. */
  most: number;
  now: () => number;
  pause: Pause;
  /** From 0 up to 1. */
  random: () => number;
}

/** What was surely not done, so that doing it again does it once (Teams, Rate limiting, "Handle HTTP 429"). */
const notDone: ReadonlySet<number | null> = new Set([412, 429, 503]);
/** What may have been done; only what is the same when done twice is tried again. */
const perhapsDone: ReadonlySet<number | null> = new Set([502, 504]);

/**
 * A layer of the SDK's HTTP client that makes one call of several attempts, and explains why it failed. `attempts` says
 * how the call under way is made, because one client makes them all.
 */
export function attempting(attempts: () => Attempts): Middleware {
  return {
    async invoke(context, next) {
      const { signal, until, most, now, pause, random } = attempts();
      // A redirect would take the bot's token to wherever it points.
      Object.assign(context.config, { signal, maxRedirects: 0, maxContentLength: 5 * 1024 * 1024 });
      const repeatable = context.config.method?.toLowerCase() !== 'post';
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await next();
        } catch (error) {
          const failed = asCallFailed(error, now());
          const wait = waitOf(failed, attempt, random());
          const worth = notDone.has(failed.status) || (repeatable && perhapsDone.has(failed.status));
          if (!worth || attempt >= most || now() + wait >= until) throw failed;
          await pause(wait, signal);
        }
      }
    },
  };
}

/** As long as Teams says; otherwise 200 ms, 400 ms … of which half is chance, so that many do not come back at once. */
function waitOf({ retryAfter }: CallFailed, attempt: number, chance: number): number {
  return retryAfter ?? 200 * 2 ** (attempt - 1) * (0.5 + chance / 2);
}
