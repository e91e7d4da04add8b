import type { Temporal } from 'temporal-polyfill';
import type { Day } from './day.ts';
import { lineOf, mostItems, type PlanItem, type Wanted } from './plan-item.ts';

/** Something that may be worth planning, and why: it was moved here, is due, or the customer waits for a visit. */
export type Suggestion = { value: string; wanted: Wanted } & (
  | { why: 'moved' }
  | { why: 'step'; dueOn: Temporal.PlainDate }
  | { why: 'visit'; lastVisitOn: Temporal.PlainDate | null }
);

/** What a form starts with: what it suggests, which of it is planned already, and what else is, as lines. */
export interface PlanPrefill {
  offered: readonly Suggestion[];
  ticked: readonly string[];
  lines: readonly string[];
  /** Ids of the planned items that it shows. What does not fit into a form stays as it is. */
  shown: readonly string[];
}

/** More boxes than these nobody reads. */
export const mostSuggestions = 10;
/** UTF-16 units of the lines. */
export const mostLines = 3_000;

/**
 * What to suggest for a day on which this is planned already. Every planned item is in exactly one place: a ticked
 * suggestion or a line, so that saving the form as it was opened changes nothing.
 */
export function prefillOf(day: Pick<Day, 'steps' | 'overdue'>, planned: readonly PlanItem[]): PlanPrefill {
  const steps = day.steps.shown.map(
    ({ id, text, account, dueOn }): Suggestion => ({
      value: `step:${id}`,
      wanted: { account, text },
      why: 'step',
      dueOn,
    }),
  );
  const visits = day.overdue.shown.map(
    ({ id, name, lastVisitOn }): Suggestion => ({
      value: `visit:${id}`,
      wanted: { account: { id, name }, text: '' },
      why: 'visit',
      lastVisitOn,
    }),
  );
  const due = [...steps, ...visits];
  const ticked = new Map<PlanItem, Suggestion>();
  for (const item of planned) {
    const known = due.find((one) => isSame(one.wanted, item) && ![...ticked.values()].includes(one));
    if (known) ticked.set(item, known);
    else if (item.movedFromId !== null)
      ticked.set(item, { value: `item:${item.id}`, wanted: { account: item.account, text: item.text }, why: 'moved' });
  }
  const first = [...ticked.values()].slice(0, mostSuggestions);
  const boxes = planned.filter((item) => first.some((one) => one === ticked.get(item)));
  const asLines = fitting(
    planned.filter((item) => !boxes.includes(item)),
    mostItems - boxes.length,
  );
  const written = new Set(asLines.map(({ account }) => account?.id));
  const others = due.filter(
    (one) => !first.includes(one) && !(one.why === 'visit' && written.has(one.wanted.account?.id)),
  );
  return {
    offered: [...first, ...others].slice(0, mostSuggestions),
    ticked: first.map(({ value }) => value),
    lines: asLines.map(lineOf),
    shown: [...boxes, ...asLines].map(({ id }) => id),
  };
}

/** The first ones that fit into a field. */
function fitting(items: readonly PlanItem[], most: number): PlanItem[] {
  let length = 0;
  return items.slice(0, Math.max(most, 0)).filter((item) => {
    length += lineOf(item).length + 1;
    return length <= mostLines;
  });
}

const isSame = (one: Wanted, other: Wanted) => one.account?.id === other.account?.id && one.text === other.text;
