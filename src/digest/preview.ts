import type { Temporal } from 'temporal-polyfill';
import type { Card, Item, Part } from '../chat/card.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import { ownParts } from './evaluation-cards.ts';
import type { FigureName, Figures } from './figures.ts';
import type { Remark } from './remark.ts';

/** A person's own part of a week, before the team reads the team's. */
export interface OwnPart {
  digestId: string;
  team: { name: string; timeZone: string };
  /** The same figures as the team's, of this person alone. */
  figures: Figures;
  postAt: Temporal.Instant | null;
  /** Theirs. */
  remarks: readonly Remark[];
  posted: boolean;
}

/**
 * What a remark is about, as buttons carry it: the digest, the figure where one is chosen, and the remark's version where
 * it is taken back.
 */
export const remarkPointer = (digestId: string, figure?: FigureName, version?: number): string =>
  [digestId, figure, version].filter((part) => part !== undefined).join(' ');

/** What a person is shown privately of their own week. `said`: what just happened. */
export function previewCard(own: OwnPart, text: Text, said?: Words): Card {
  const { digestId, team, figures, postAt, remarks, posted } = own;
  return {
    title: text.words('digest.preview.title'),
    body: [
      ...(said === undefined ? [] : [{ kind: 'words', words: said } as const]),
      ...(postAt === null
        ? []
        : [
            {
              kind: 'note',
              words: text.words('digest.preview.when', {
                team: team.name,
                moment: text.moment(postAt, team.timeZone),
              }),
            } as const,
          ]),
      ...ownParts(figures, text),
      ...remarkParts(digestId, remarks, text),
      { kind: 'note', words: text.words(posted ? 'digest.preview.posted' : 'digest.preview.hint') },
      {
        kind: 'buttons',
        buttons: [
          {
            label: text.plain('digest.remark.button'),
            opens: 'digest.remark',
            about: remarkPointer(digestId),
            look: 'primary',
          },
        ],
      },
    ],
  };
}

function remarkParts(digestId: string, remarks: readonly Remark[], text: Text): Part[] {
  if (remarks.length === 0) return [];
  const items = remarks.map(({ figure, words, version }): Item => {
    const name = text.plain(`digest.figure.${figure}`);
    const about = remarkPointer(digestId, figure);
    return {
      words: [{ strong: name }, `: ${words}`],
      buttons: [
        {
          label: text.plain('digest.remark.edit'),
          spoken: text.plain('digest.remark.editSpoken', { figure: name }),
          opens: 'digest.remark',
          about,
        },
        {
          label: text.plain('digest.remark.remove'),
          spoken: text.plain('digest.remark.removeSpoken', { figure: name }),
          does: 'digest.unremark',
          about: remarkPointer(digestId, figure, version),
        },
      ],
    };
  });
  return [
    { kind: 'heading', words: text.words('digest.preview.remarks') },
    { kind: 'list', items },
  ];
}
