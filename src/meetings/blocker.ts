import type { Temporal } from 'temporal-polyfill';

/** What is in a person's way and still open. */
export interface Blocker {
  id: string;
  text: string;
  /** The person's day on which it was first said. */
  since: Temporal.PlainDate;
  /** The prompt in which it was said. */
  promptId: string;
}

/** What becomes of the blockers that a form showed. Of those given, none that the form did not show is touched. */
export interface BlockerChanges {
  /** Ids of those that are out of the way. */
  resolve: readonly string[];
  /** Ids of those that were said in this very prompt and are taken back, as if they had never been said. */
  remove: readonly string[];
  add: readonly string[];
}

/** Compares what was open when the form was shown with what it says now. `lines` are what this prompt itself says. */
export function changesOf(
  shown: readonly Blocker[],
  promptId: string | null,
  said: { still: readonly string[]; lines: readonly string[] },
): BlockerChanges {
  const own = shown.filter((one) => one.promptId === promptId);
  const earlier = shown.filter((one) => one.promptId !== promptId);
  const stays = earlier.filter(({ id }) => said.still.includes(id));
  // Written again although it is listed already: it is the same one.
  const known = new Set([...own, ...stays].map(({ text }) => text));
  return {
    resolve: earlier.filter((one) => !stays.includes(one)).map(({ id }) => id),
    remove: own.filter(({ text }) => !said.lines.includes(text)).map(({ id }) => id),
    add: [...new Set(said.lines)].filter((line) => !known.has(line)),
  };
}
