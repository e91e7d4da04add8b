import { randomBytes, randomInt } from 'node:crypto';
import { type Clock, systemClock } from '../clock.ts';

/** What a person's gesture entitles the app to, once, for 3 seconds: opening one modal. */
export interface Trigger {
  id: string;
  user: string;
  /** The modal in which the gesture happened. */
  viewId: string | undefined;
  madeAt: number;
  used: boolean;
}

const lifetime = 3000;
const kept = 1000;

/** The trigger ids that were handed out. */
export class Triggers {
  readonly #triggers = new Map<string, Trigger>();
  readonly #clock: Clock;

  /** Real time by default: the sandbox's clock may be moved while an app works. */
  constructor(clock: Clock = systemClock) {
    this.#clock = clock;
  }

  /** Makes a trigger for a person's gesture. */
  make(user: string, viewId?: string): string {
    const id = `${randomInt(1e12)}.${randomInt(1e12)}.${randomBytes(16).toString('hex')}`;
    this.#triggers.set(id, { id, user, viewId, madeAt: this.#clock.now().epochMilliseconds, used: false });
    const oldest = this.#triggers.keys().next().value;
    if (this.#triggers.size > kept && oldest !== undefined) this.#triggers.delete(oldest);
    return id;
  }

  /** The trigger, or Slack's error code when it cannot be used. */
  find(id: string): Trigger | 'invalid_trigger_id' | 'exchanged_trigger_id' | 'expired_trigger_id' {
    const trigger = this.#triggers.get(id);
    if (!trigger) return 'invalid_trigger_id';
    if (trigger.used) return 'exchanged_trigger_id';
    if (this.#clock.now().epochMilliseconds - trigger.madeAt > lifetime) return 'expired_trigger_id';
    return trigger;
  }
}
