/** Chance that is the same for the same seed (mulberry32), so that a failure can be seen again. */
export interface Chance {
  readonly seed: number;
  /** From 0 to 1. */
  next(): number;
  /** A whole number from 0 to `below` - 1. */
  under(below: number): number;
  /** Some of a list, each once. */
  some<T>(list: readonly T[], count: number): T[];
}

/** The seed of CHANCE_SEED, else a new one: print it where a test fails. */
export function chance(seed = Number(process.env.CHANCE_SEED ?? Math.floor(Math.random() * 1e9))): Chance {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const under = (below: number) => Math.floor(next() * below);
  return {
    seed,
    next,
    under,
    some: (list, count) => {
      const left = [...list];
      return Array.from({ length: count }, () => left.splice(under(left.length), 1)).flat();
    },
  };
}
