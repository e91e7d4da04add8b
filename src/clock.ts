import { Temporal } from 'temporal-polyfill';

/** The one source of the present. Everything that asks "when is now?" is handed a clock. */
export interface Clock {
  /** The present instant. */
  now(): Temporal.Instant;
}

/** A clock that runs at the real pace but can be set ahead: the tests' and the sandbox's. */
export interface MovableClock extends Clock {
  /** Moves the present forward by a duration; days are of 24 hours. Listeners run before this resolves. */
  advance(duration: Temporal.DurationLike): Promise<void>;
  /** Moves the present to an instant, also into the past. */
  set(instant: Temporal.Instant): Promise<void>;
  /** Calls back after each move, so that what has become due happens now and not at the next tick. */
  onMove(listener: () => Promise<void>): void;
}

/** The machine's own time. */
export const systemClock: Clock = { now: () => Temporal.Now.instant() };

/** Makes a movable clock that starts at an instant (default: the real present). */
export function movableClock(start: Temporal.Instant = systemClock.now()): MovableClock {
  let offset = systemClock.now().until(start);
  const listeners: (() => Promise<void>)[] = [];
  const now = () => systemClock.now().add(offset);
  const set = async (instant: Temporal.Instant) => {
    offset = systemClock.now().until(instant);
    for (const listener of listeners) await listener();
  };
  return {
    now,
    set,
    advance: (duration) => set(now().toZonedDateTimeISO('UTC').add(duration).toInstant()),
    onMove: (listener) => void listeners.push(listener),
  };
}
