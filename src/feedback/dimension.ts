import type { Text } from '../text/text.ts';

/** The parts of our service that every organisation begins with, in this order. */
export const builtInDimensions = ['product', 'delivery', 'price', 'response', 'people'] as const;
export type BuiltInDimension = (typeof builtInDimensions)[number];

/** A part of our service that customers speak of and score. Each organisation has its own list. */
export interface Dimension {
  id: string;
  /** One of the five that every organisation begins with, named in each reader's language; null: the organisation's own. */
  key: BuiltInDimension | null;
  /** What the organisation calls it; null: what its key is called. */
  name: string | null;
  /** No longer asked; what was said about it stays. */
  archived: boolean;
}

/** Longest name, in UTF-16 units: it stands in options and beside scores. */
export const longestDimension = 40;
/** More than this nobody scores after a visit, and they must fit on one form beside what else it asks. */
export const mostDimensions = 10;

/** What a dimension is called, in the reader's language unless the organisation has named it. */
export const dimensionName = ({ key, name }: Pick<Dimension, 'key' | 'name'>, text: Text): string =>
  name ?? (key === null ? '' : text.plain(`feedback.dimension.${key}`));

const compared = (name: string) => name.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim().toLowerCase();

/** Whether another dimension that is asked has this name already, in the language of the reader. */
export const isTaken = (name: string, all: readonly Dimension[], text: Text, except?: string): boolean =>
  all.some((one) => one.id !== except && !one.archived && compared(dimensionName(one, text)) === compared(name));

/** Why a dimension cannot be asked under a name; null: it can. */
export function refusalOf(
  { id, name }: Pick<Dimension, 'id'> & { name: string },
  all: readonly Dimension[],
  text: Text,
): 'taken' | 'full' | null {
  if (isTaken(name, all, text, id)) return 'taken';
  return all.filter((one) => !one.archived && one.id !== id).length >= mostDimensions ? 'full' : null;
}

/** The list after one has changed places with the one before it; null when there is none before it. */
export function movedUp<T extends { id: string; archived: boolean }>(all: readonly T[], id: string): T[] | null {
  const from = all.findIndex((one) => one.id === id);
  const moved = all[from];
  const to = all.slice(0, Math.max(0, from)).findLastIndex((one) => !one.archived);
  if (moved === undefined || to < 0) return null;
  const others = all.filter((one) => one.id !== id);
  return [...others.slice(0, to), moved, ...others.slice(to)];
}
