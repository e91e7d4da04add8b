import type { Temporal } from 'temporal-polyfill';

export const planStates = ['planned', 'done', 'moved', 'dropped'] as const;
export type PlanState = (typeof planStates)[number];

/** What a person wants to do on a day, and what became of it. */
export interface PlanItem {
  id: string;
  date: Temporal.PlainDate;
  account: { id: string; name: string } | null;
  /** Empty where the customer says it all. */
  text: string;
  state: PlanState;
  /** The item of another day that this one was moved from. */
  movedFromId: string | null;
  /** The day that it was moved to. */
  movedTo: Temporal.PlainDate | null;
  /** A visit to its customer on its day: the one that did it, else the first that was logged. */
  visitId: string | null;
}

/** What is to be planned: a customer, a text, or both. */
export interface Wanted {
  account: { id: string; name: string } | null;
  text: string;
}

/** More than anybody does in a day; what a form carries of them must fit into what a platform carries. */
export const mostItems = 20;

/** How an item is written on a line of its own, where it can be read again. */
export const lineOf = ({ account, text }: Wanted): string => {
  const line = account === null ? text : text === '' ? account.name : `${account.name} – ${text}`;
  return line.replaceAll(/\s+/gu, ' ').trim();
};

/** Typed lines that say something. */
export const readLines = (typed: string | undefined): string[] =>
  (typed ?? '')
    .split(/[\n\v\f\r\u0085\u2028\u2029]/u)
    .map((line) => line.replaceAll(/\s+/gu, ' ').trim())
    .filter((line) => withoutBullet(line) !== '');

const bullets = /^(?:(?:[-*•·–—▪◦]|\d{1,2}[.)、．])(?:\s+|$))+/u;

/** The line without the bullets or figures that people put before what they list. */
export const withoutBullet = (line: string): string => line.replace(bullets, '').trim();

const keyOf = ({ account, text }: Wanted) => `${account?.id ?? ''} ${text.replaceAll(/\s+/gu, ' ').trim()}`;

/** The same thing asked for twice is one item. */
export const distinct = (wanted: readonly Wanted[]): Wanted[] => [
  ...new Map(wanted.map((one) => [keyOf(one), one])).values(),
];

/** What becomes of a day's items: what is wanted still keeps its row, and with it where it came from. */
export interface PlanChanges {
  keep: readonly { id: string; position: number }[];
  add: readonly (Wanted & { position: number })[];
  remove: readonly string[];
}

/**
 * Compares what is still planned with what is wanted now. Only what the form showed is removed: what has come since is
 * nobody's answer yet.
 */
export function mergePlan(
  planned: readonly PlanItem[],
  shown: ReadonlySet<string>,
  wanted: readonly Wanted[],
): PlanChanges {
  const left = new Map(planned.map((item) => [keyOf(item), item.id]));
  const keep: { id: string; position: number }[] = [];
  const add: (Wanted & { position: number })[] = [];
  for (const [position, one] of distinct(wanted).entries()) {
    const id = left.get(keyOf(one));
    if (id === undefined) add.push({ ...one, position });
    else keep.push({ id, position });
  }
  const kept = new Set(keep.map(({ id }) => id));
  return { keep, add, remove: planned.filter(({ id }) => shown.has(id) && !kept.has(id)).map(({ id }) => id) };
}
