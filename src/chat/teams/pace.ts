/** Waits so many milliseconds, or until the signal ends it. */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

/** Runs pieces of work one at a time for each key, in the order asked. Keys do not wait for each other. */
export class Lanes {
  readonly #last = new Map<string, Promise<unknown>>();

  /** Passes on what the work gives or throws; work that fails stops nothing that comes after it. */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.#last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    }
  }

  /** How many keys have work. */
  get size(): number {
    return this.#last.size;
  }
}

/** So many turns a second for everyone together, spread evenly: in no second are there more. */
export class Budget {
  readonly #apart: number;
  readonly #now: () => number;
  readonly #pause: Pause;
  #next = Number.NEGATIVE_INFINITY;

  /** `now` in milliseconds. */
  constructor(options: { perSecond: number; now: () => number; pause: Pause }) {
    this.#apart = 1_000 / options.perSecond;
    this.#now = options.now;
    this.#pause = options.pause;
  }

  /** Resolves when it is the caller's turn; turns come in the order asked. */
  async turn(signal: AbortSignal): Promise<void> {
    const now = this.#now();
    const at = Math.max(now, this.#next);
    this.#next = at + this.#apart;
    if (at > now) await this.#pause(at - now, signal);
  }
}
