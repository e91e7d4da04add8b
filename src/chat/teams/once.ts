/** What was taken, for this long; Teams repeats an invoke that it got no answer to twice, 5 s apart. Milliseconds. */
const remembered = 10 * 60_000;
const most = 5_000;

/**
 * Does each thing once: whoever comes with the same key while it is remembered gets the first one's answer, also while
 * that is still under way. Other processes and a restart know nothing of it: rows are kept single by their own keys.
 */
export class Once<T> {
  readonly #taken = new Map<string, { answer: Promise<T>; at: number }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  do(key: string, work: () => Promise<T>): Promise<T> {
    const known = this.#taken.get(key);
    if (known !== undefined && this.#now() - known.at < remembered) return known.answer;
    const answer = work();
    this.#taken.delete(key);
    this.#taken.set(key, { answer, at: this.#now() });
    this.#forget();
    return answer;
  }

  /** Answers hold whole cards, so none is kept for longer than it may be asked for. */
  #forget(): void {
    for (const [key, { at }] of this.#taken) {
      if (this.#taken.size <= most && this.#now() - at < remembered) return;
      this.#taken.delete(key);
    }
  }
}
