/** What a platform allows of one kind of call in one workspace, whichever of our processes makes it. */
export interface Pace {
  /** The kind of call, as its adapter names it. Kinds do not count against each other. */
  kind: string;
  /** How many come back in a minute, evenly. */
  perMinute: number;
  /** How many may be made at once after a quiet minute. */
  atOnce: number;
}
