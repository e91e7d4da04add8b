import type { Temporal } from 'temporal-polyfill';

const quarter = 15 * 60_000;

/**
 * What is due by the day needs no look every minute: says true once in each quarter of an hour, the first time at once.
 * The clock decides and not the number of calls, so one that jumps is no matter.
 */
export function everyQuarter(): (now: Temporal.Instant) => boolean {
  let lookedIn = Number.NaN;
  return (now) => {
    const current = Math.floor(now.epochMilliseconds / quarter);
    if (current === lookedIn) return false;
    lookedIn = current;
    return true;
  };
}
