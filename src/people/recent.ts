/** Answers that were true a moment ago, at most `limit` of them; who was not asked for longest goes first. */
export interface Recent<V> {
  get(key: string): { value: V; at: number } | undefined;
  /** Keeps an answer; not when something was forgotten since `since`, for the answer may be older than that. */
  keep(key: string, value: V, at: number, since: number): void;
  /** Forgets all that match. */
  forget(matches: (value: V, key: string) => boolean): void;
  /** Counts how often something was forgotten. */
  readonly epoch: number;
}

/** Makes an empty memory. `at` is in the caller's own measure. */
export function recent<V>(limit: number): Recent<V> {
  const entries = new Map<string, { value: V; at: number }>();
  let epoch = 0;
  return {
    get epoch() {
      return epoch;
    },
    get: (key) => {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      // A Map remembers the order of insertion: the first is the one not asked for longest.
      entries.delete(key);
      entries.set(key, entry);
      return entry;
    },
    keep: (key, value, at, since) => {
      if (since !== epoch) return;
      entries.delete(key);
      entries.set(key, { value, at });
      for (const oldest of entries.keys()) {
        if (entries.size <= limit) break;
        entries.delete(oldest);
      }
    },
    forget: (matches) => {
      epoch += 1;
      for (const [key, { value }] of entries) if (matches(value, key)) entries.delete(key);
    },
  };
}
