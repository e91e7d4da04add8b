import { type Address, plain, type Words } from '../text/words.ts';

/**
 * A card is a small tree of what can be shown. It says what a part means (facts, a warning), not how it looks: one
 * renderer per platform decides that and holds the platform's limits. Cards are plain data, already in the reader's
 * language, so that they can wait in the outbox.
 */
export interface Card {
  title?: Words;
  body: readonly Part[];
}

export type Part =
  | { kind: 'words'; words: Words }
  /** Said more quietly: hints, sources, dates of change. */
  | { kind: 'note'; words: Words }
  | { kind: 'heading'; words: Words }
  | { kind: 'facts'; facts: readonly Fact[] }
  | {
      kind: 'list';
      items: readonly Item[] /** Said after the items when there are more than are shown. */;
      more?: Words;
    }
  | { kind: 'warning'; words: Words }
  | Chart
  | { kind: 'buttons'; buttons: readonly Button[] }
  | { kind: 'divider' };

/**
 * Figures to be seen as a picture: each platform draws them as well as it can. Data, not bytes, so that it can wait in
 * the outbox; where no picture can be shown the alternative text stands in its place.
 */
export interface Chart {
  kind: 'chart';
  /** `bars`: a bar for each series beside the others; `stack`: on top of each other; `lines`: a line for each series. */
  draw: 'bars' | 'stack' | 'lines';
  title: string;
  /** Said along the axis, for example eight weeks, the oldest first. */
  categories: readonly string[];
  /** At most eight can be told apart. */
  series: readonly Series[];
  /** `percent`: 80 is eighty per cent, and the axis ends at 100 where it can. */
  unit: 'percent' | 'number';
  /** What the picture says, in words that hold its numbers: for who does not see it. Slack takes 2,000 characters. */
  alternative: string;
}

/** One row of figures of a chart. */
export interface Series {
  name: string;
  /** One for each category; null where there is none, which is something else than zero. */
  values: readonly (number | null)[];
}

export interface Fact {
  label: string;
  value: Words;
}

/** One line of a list, with what can be done to it. */
export interface Item {
  words: Words;
  /** A second, quieter line. */
  detail?: Words;
  buttons?: readonly Button[];
}

/** What a button leads to is known when it is drawn: it does an action, opens a form, or follows a link. */
export type Button = ButtonLook & (DoesSomething | OpensForm | Follows);

interface ButtonLook {
  label: string;
  /** Read by a screen reader instead of the label, where the label alone would be ambiguous. */
  spoken?: string;
  look?: 'primary' | 'danger';
  /** Asked before it happens. */
  confirm?: { title: string; words: string; yes: string; no: string };
}
interface DoesSomething {
  /** The action's name, for example `visits.undo`. */
  does: string;
  /** Whom or what it is about: a pointer, checked against the person's rights when pressed. */
  about?: string;
}
interface OpensForm {
  /** The opener's name, for example `visits.edit`. */
  opens: string;
  about?: string;
}
interface Follows {
  link: string;
}

/** A fact's label with the colon of its language: after Chinese it is as wide as a character, and no space follows. */
export const labelled = (label: string): string => label + (/[\p{Script=Han}）”]$/u.test(label) ? '：' : ': ');

/**
 * The whole meaning of a card as plain text: for notifications and screen readers, which see nothing else. `address`:
 * how commands are typed where it is read.
 */
export function inPlainText(card: Card, address?: Address): string {
  const read = (words: Words) => plain(words, address);
  const lines: string[] = card.title === undefined ? [] : [read(card.title)];
  for (const part of card.body) {
    if (part.kind === 'facts') lines.push(...part.facts.map((fact) => labelled(fact.label) + read(fact.value)));
    else if (part.kind === 'list') {
      for (const item of part.items) {
        lines.push(`• ${read(item.words)}${item.detail === undefined ? '' : ` – ${read(item.detail)}`}`);
      }
      if (part.more !== undefined) lines.push(read(part.more));
    } else if (part.kind === 'chart') lines.push(part.title, part.alternative);
    else if (part.kind !== 'buttons' && part.kind !== 'divider') lines.push(read(part.words));
  }
  return lines.join('\n');
}
