import type { Reply } from './reply.ts';
import type { Action, Call, Command, Finder, FormHandler, Job, LookUp, Opener, Shortcut, Slice } from './slice.ts';

/** Everything the slices offer, by name. */
export interface Registry {
  readonly commands: readonly Command[];
  readonly shortcuts: ReadonlyMap<string, Shortcut>;
  readonly actions: ReadonlyMap<string, Action>;
  readonly openers: ReadonlyMap<string, Opener>;
  readonly forms: ReadonlyMap<string, FormHandler>;
  readonly lookUps: ReadonlyMap<string, LookUp>;
  readonly finders: ReadonlyMap<string, Finder>;
  readonly jobs: ReadonlyMap<string, Job>;
  /** The person's own page. */
  readonly home: ((call: Call) => Promise<Reply>) | null;
}

/** Gathers the slices. Throws when two of them use one name. */
export function gather(slices: readonly Slice[], home: Registry['home'] = null): Registry {
  const commands = slices.flatMap((slice) => slice.commands ?? []);
  const words = commands.flatMap((command) => command.words);
  for (const word of words) {
    if (words.indexOf(word) !== words.lastIndexOf(word)) throw new Error(`two commands answer to "${word}"`);
  }
  return {
    commands,
    shortcuts: byName(
      'shortcut',
      slices.flatMap((slice) => slice.shortcuts ?? []),
      (one) => one.name,
    ),
    actions: byName(
      'action',
      slices.flatMap((slice) => slice.actions ?? []),
      (one) => one.name,
    ),
    openers: byName(
      'opener',
      slices.flatMap((slice) => slice.openers ?? []),
      (one) => one.name,
    ),
    forms: byName(
      'form',
      slices.flatMap((slice) => slice.forms ?? []),
      (one) => one.form.name,
    ),
    lookUps: byName(
      'look-up',
      slices.flatMap((slice) => slice.lookUps ?? []),
      (one) => one.source,
    ),
    finders: byName(
      'finder',
      slices.flatMap((slice) => slice.finders ?? []),
      (one) => one.name,
    ),
    jobs: byName(
      'job',
      slices.flatMap((slice) => slice.jobs ?? []),
      (one) => one.name,
    ),
    home,
  };
}

function byName<T>(what: string, things: readonly T[], nameOf: (thing: T) => string): ReadonlyMap<string, T> {
  const named = new Map<string, T>();
  for (const thing of things) {
    if (named.has(nameOf(thing))) throw new Error(`two ${what}s are named "${nameOf(thing)}"`);
    named.set(nameOf(thing), thing);
  }
  return named;
}
