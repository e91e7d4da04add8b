import type { FigureName, Figures } from './figures.ts';

/** Somebody's word on a figure of theirs: it is read wherever the figure is. */
export interface Remark {
  id: string;
  person: { id: string; name: string };
  figure: FigureName;
  words: string;
  /** Counts its changes. */
  version: number;
}

/** In UTF-16 units. */
export const remarkLength = 300;

/** The figures of a person that say something, so that they can be remarked on. */
export const remarkable = ({ facts }: Pick<Figures, 'facts'>): FigureName[] =>
  facts.filter(({ value }) => value !== null).map(({ name }) => name);
