import type { Clock } from '../clock.ts';

/** How often something may be asked for. */
export interface Allowance {
  /** Counts one more; null when it is within the allowance, else the whole seconds to wait. */
  take(who: string): number | null;
}

/** Those who are remembered at most; beyond it the ones who came first are forgotten. */
const remembered = 10_000;

/** At most so many times a minute for each, counted in this process; a process that starts knows nobody. */
export function allowance(most: number, clock: Clock): Allowance {
  const minutes = new Map<string, { until: number; count: number }>();
  return {
    take(who) {
      const now = clock.now().epochMilliseconds;
      const known = minutes.get(who);
      if (known === undefined || known.until <= now || known.until > now + 60_000) {
        minutes.delete(who);
        const oldest = minutes.keys().next().value;
        if (minutes.size >= remembered && oldest !== undefined) minutes.delete(oldest);
        minutes.set(who, { until: now + 60_000, count: 1 });
        return null;
      }
      known.count += 1;
      return known.count <= most ? null : Math.ceil((known.until - now) / 1_000);
    },
  };
}
