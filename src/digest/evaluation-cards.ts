import type { Button, Card, Part } from '../chat/card.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import { factParts } from './evaluation-facts.ts';
import {
  asOfPart,
  attentionParts,
  chartPart,
  proposalParts,
  type Readers,
  remarkParts,
  winParts,
} from './evaluation-parts.ts';
import { evaluationPointer } from './evaluation-pointer.ts';
import { dayIn, saidParts, spanOf } from './evaluation-said.ts';
import type { Figures } from './figures.ts';
import type { Remark } from './remark.ts';

/** A person's own figures, with nothing that needs a button: the same for them and for who leads them. */
export const ownParts = (figures: Figures, text: Text): Part[] => [
  ...saidParts(figures, text),
  ...factParts(figures, text),
  ...attentionParts(figures, 'person', text),
  ...winParts(figures, text),
  asOfPart(figures, text),
];

const behindButton = (figures: Figures, text: Text): Button => ({
  label: text.plain('evaluation.button.behind'),
  does: 'digest.behind',
  about: evaluationPointer(figures),
});

/** What an evaluation is read with: whose it is, in the reader's language, and what they may do. */
export interface Shown {
  /** The team's name, or the person's. */
  name: string;
  figures: Figures;
  readers: Readers;
  remarks: readonly Remark[];
  /** Said before everything else. */
  notice?: Words;
}

/** What is read first: a screen of it. */
export function evaluationCard({ name, figures, readers, remarks, notice }: Shown, text: Text): Card {
  const { kind, personId } = figures;
  const titled = { ...spanOf(figures, text), kind };
  const earlier = { ...figures, from: dayIn(figures.from).subtract({ days: 1 }).toString() };
  const before: Button = {
    label: text.plain('evaluation.button.before'),
    does: 'digest.show',
    about: evaluationPointer(earlier),
  };
  const more: Button = {
    label: text.plain('evaluation.button.more'),
    does: 'digest.more',
    about: evaluationPointer(figures),
  };
  return {
    title:
      personId === null
        ? text.words('evaluation.title', { ...titled, team: name })
        : text.words('evaluation.titleOwn', { ...titled, name }),
    body: [
      ...(notice === undefined ? [] : [{ kind: 'note', words: notice } as const]),
      ...saidParts(figures, text),
      ...factParts(figures, text),
      ...remarkParts(remarks, text),
      ...chartPart(figures, text),
      ...attentionParts(figures, readers, text),
      ...proposalParts(figures, text),
      ...winParts(figures, text),
      asOfPart(figures, text),
      { kind: 'buttons', buttons: [behindButton(figures, text), ...(readers !== 'channel' ? [more, before] : [])] },
    ],
  };
}

interface Counted {
  value: number;
  of: number;
}

/** How many people a ranking shows. */
const mostRanked = 10;

/** The rest: by class, by person where the organisation ranks people, and how it is counted. Null: nothing to add. */
export function moreCard(
  { name, figures }: Pick<Shown, 'name' | 'figures'>,
  further: readonly Part[],
  text: Text,
): Card {
  const { visitsByClass, coverage, ranking, kind } = figures;
  const saidAs = (key: 'evaluation.fact.of' | 'evaluation.fact.asked', { value, of }: Counted): string =>
    of === 0
      ? text.plain('evaluation.fact.noneAsked', { value: text.number(value) })
      : text.plain(key, { value: text.number(value), of: text.number(of) });
  const classFacts = (
    key: Parameters<typeof saidAs>[0],
    those: readonly ({ class: (typeof coverage.classes)[number]['class'] } & Counted)[],
  ) => those.map((one) => ({ label: text.plain(`accounts.class.${one.class}`), value: saidAs(key, one) }));
  const now = coverage.classes.flatMap(({ class: of, points }) => {
    const last = points.at(-1);
    return last === undefined ? [] : [{ class: of, ...last }];
  });
  const section = (words: Words, facts: ReturnType<typeof classFacts>): Part[] =>
    facts.length === 0
      ? []
      : [
          { kind: 'heading', words },
          { kind: 'facts', facts },
        ];
  const ranked = (ranking ?? [])
    .toSorted((a, b) => shareOf(b) - shareOf(a) || b.value - a.value || a.name.localeCompare(b.name))
    .slice(0, mostRanked)
    .map((one) => ({ label: one.name, value: saidAs('evaluation.fact.asked', one) }));
  return {
    title: text.words('evaluation.more.title', { team: name, kind }),
    body: [
      ...section(text.words('evaluation.more.visits'), classFacts('evaluation.fact.asked', visitsByClass)),
      ...section(text.words('evaluation.more.coverage'), classFacts('evaluation.fact.of', now)),
      ...section(text.words('evaluation.more.ranking'), ranked),
      ...further,
      { kind: 'note', words: text.words('evaluation.more.how') },
    ],
  };
}

/** Who was asked nothing has done all of it. */
const shareOf = ({ value, of }: Counted) => (of === 0 ? 1 : value / of);
