import type { Button, Card, Item, Part } from '../chat/card.ts';
import type { Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import { type Dimension, dimensionName, mostDimensions } from './dimension.ts';

/** What customers speak of, in order, with what an administrator can do to each. */
export function dimensionsCard(all: readonly Dimension[], text: Text, happened?: Words): Card {
  const asked = all.filter((one) => !one.archived);
  const archived = all.filter((one) => one.archived);
  const said: Part[] = happened === undefined ? [] : [{ kind: 'words', words: happened }];
  const add: Button = { label: text.plain('feedback.dimensions.add'), opens: 'feedback.dimension', look: 'primary' };
  const isFull = asked.length >= mostDimensions;
  return {
    title: text.words('feedback.dimensions.title'),
    body: [
      ...said,
      { kind: 'words', words: text.words('feedback.dimensions.words') },
      {
        kind: 'list',
        items: asked.map((one, index) => itemOf(one, asked[index - 1], asked.length > 1, text)),
      },
      ...(archived.length === 0
        ? []
        : [
            { kind: 'heading', words: text.words('feedback.dimensions.archived') } as const,
            { kind: 'list', items: archived.map((one) => archivedItem(one, !isFull, text)) } as const,
          ]),
      ...(isFull
        ? [{ kind: 'note', words: text.words('feedback.dimensions.full', { max: mostDimensions }) } as const]
        : [{ kind: 'buttons', buttons: [add] } as const]),
    ],
  };
}

function itemOf(one: Dimension, before: Dimension | undefined, mayGo: boolean, text: Text): Item {
  const name = dimensionName(one, text);
  const renamed = one.key !== null && one.name !== null;
  const buttons: Button[] = [
    {
      label: text.plain('feedback.dimensions.rename'),
      spoken: text.plain('feedback.dimensions.renameOf', { name }),
      opens: 'feedback.dimension',
      about: one.id,
    },
  ];
  if (before)
    buttons.push({
      label: text.plain('feedback.dimensions.up'),
      spoken: text.plain('feedback.dimensions.upOf', { name }),
      does: 'feedback.dimension.up',
      about: `${one.id} ${before.id}`,
    });
  if (mayGo)
    buttons.push({
      label: text.plain('feedback.dimensions.archive'),
      spoken: text.plain('feedback.dimensions.archiveOf', { name }),
      does: 'feedback.dimension.archive',
      about: one.id,
    });
  return {
    words: { strong: name },
    ...(renamed
      ? { detail: text.words('feedback.dimensions.was', { name: dimensionName({ ...one, name: null }, text) }) }
      : {}),
    buttons,
  };
}

const archivedItem = (one: Dimension, mayReturn: boolean, text: Text): Item => ({
  words: dimensionName(one, text),
  ...(mayReturn
    ? {
        buttons: [
          {
            label: text.plain('feedback.dimensions.restore'),
            spoken: text.plain('feedback.dimensions.restoreOf', { name: dimensionName(one, text) }),
            does: 'feedback.dimension.restore',
            about: one.id,
          },
        ],
      }
    : {}),
});
