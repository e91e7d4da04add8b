import type { Actor } from './adapter.ts';

const most = 10_000;

/** The zone and language that people last spoke with. */
export class Speakers {
  readonly #known = new Map<string, string>();

  /** Whether they have changed since this process heard from the person last; not when it hears from them first. */
  hasMoved({ user, timeZone, locale }: Pick<Actor, 'user' | 'timeZone' | 'locale'>): boolean {
    const now = JSON.stringify([timeZone, locale]);
    const before = this.#known.get(user);
    this.#known.delete(user);
    this.#known.set(user, now);
    const oldest = this.#known.keys().next().value;
    if (this.#known.size > most && oldest !== undefined) this.#known.delete(oldest);
    return before !== undefined && before !== now;
  }
}
