import { randomBytes, randomInt } from 'node:crypto';
import { systemClock } from '../clock.ts';

/** What a person's gesture entitles the app to, once, for 3 seconds: opening one modal. */
export interface Trigger {
  id: string;
  user: string;
  /** The modal in which the gesture happened. */
  viewId: string | undefined;
  /** Real milliseconds; the sandbox's clock may be moved while an app works. */
  madeAt: number;
  used: boolean;
}

const lifetime = 3000;
const kept = 1000;

/** The trigger ids that were handed out. */
export class Triggers {
  readonly #triggers = new Map<string, Trigger>();

  /** Makes a trigger for a person's gesture. */
  make(user: string, viewId?: string): string {
    const id = `${randomInt(1e12)}.${randomInt(1e12)}.${randomBytes(16).toString('hex')}`;
    this.#triggers.set(id, { id, user, viewId, madeAt: systemClock.now().epochMilliseconds, used: false });
    const oldest = this.#triggers.keys().next().value;
    if (this.#triggers.size > kept && oldest !== undefined) this.#triggers.delete(oldest);
    return id;
  }

  /** The trigger, or Slack's error code when it cannot be used. */
  find(id: string): Trigger | 'invalid_trigger_id' | 'exchanged_trigger_id' | 'expired_trigger_id' {
    const trigger = this.#triggers.get(id);
    if (!trigger) return 'invalid_trigger_id';
    if (trigger.used) return 'exchanged_trigger_id';
    if (systemClock.now().epochMilliseconds - trigger.madeAt > lifetime) return 'expired_trigger_id';
    return trigger;
  }
}
