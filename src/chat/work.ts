import { setTimeout as pause } from 'node:timers/promises';

/** What is under way: each request until its last consequence, so that stopping cuts nothing. */
export class Work {
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #stopping = new AbortController();

  /** Follows a piece of work to its end and passes its result on. */
  follow<T>(work: Promise<T>): Promise<T> {
    this.#underWay.add(work);
    const done = () => void this.#underWay.delete(work);
    work.then(done, done);
    return work;
  }

  /** Lets a piece of work go on by itself; nobody waits for it but the end of the program. */
  go(work: Promise<unknown>, failed: (error: unknown) => void): void {
    void this.follow(work.catch(failed));
  }

  /** Waits between two attempts, in milliseconds; not at all once everything is stopping. */
  async pause(ms: number): Promise<void> {
    try {
      await pause(ms, undefined, { signal: this.#stopping.signal });
    } catch {
      // Stopping: the attempt after the pause is made now.
    }
  }

  /** Ends all pauses and resolves when nothing is under way any more. */
  async finish(): Promise<void> {
    this.#stopping.abort();
    while (this.#underWay.size > 0) await Promise.allSettled(this.#underWay);
  }

  get stopping(): boolean {
    return this.#stopping.signal.aborted;
  }
}
