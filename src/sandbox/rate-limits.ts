import { type Clock, systemClock } from '../clock.ts';
import type { RateLimitOptions } from './options.ts';

interface Bucket {
  tokens: number;
  at: number;
}

/** A bucket that holds `capacity` calls and refills by `perSecond`; the seconds to wait, or 0 when a call was taken. */
function take(buckets: Map<string, Bucket>, key: string, capacity: number, perSecond: number, now: number): number {
  const bucket = buckets.get(key) ?? { tokens: capacity, at: now };
  const tokens = Math.min(capacity, bucket.tokens + ((now - bucket.at) / 1000) * perSecond);
  buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
  return tokens >= 1 ? 0 : Math.ceil((1 - tokens) / perSecond);
}

/**
 * Slack's pace in real time: calls per method and minute by tier, one message per second and channel. Tests may order
 * refusals with `next`.
 */
export class RateLimits {
  readonly #options: RateLimitOptions;
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();
  readonly #ordered = new Map<string, { retryAfter: number; times: number }>();

  constructor(options: RateLimitOptions, clock: Clock = systemClock) {
    this.#options = options;
    this.#clock = clock;
  }

  /** Refuses the next calls of a method. */
  next(method: string, retryAfter: number, times: number): void {
    this.#ordered.set(method, { retryAfter, times });
  }

  /** Seconds that the caller must wait, or 0 when the call may pass. */
  check(method: string, perMinute: number, channel: string | undefined): number {
    const ordered = this.#ordered.get(method);
    if (ordered && ordered.times > 0) {
      ordered.times -= 1;
      return ordered.retryAfter;
    }
    const now = this.#clock.now().epochMilliseconds;
    const wait = this.#options.tiers === false ? 0 : take(this.#buckets, method, perMinute, perMinute / 60, now);
    if (wait > 0 || channel === undefined) return wait;
    const burst = this.#options.messageBurst ?? 5;
    return burst === Number.POSITIVE_INFINITY ? 0 : take(this.#buckets, `channel ${channel}`, burst, 1, now);
  }
}
