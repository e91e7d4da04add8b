import { type ActivityParams, cardAttachment, MessageActivityInput } from '@microsoft/teams.api';
import type { IAdaptiveCard } from '@microsoft/teams.cards';
import { cut } from '../../text/cut.ts';
import type { Text } from '../../text/text.ts';
import { type Card, inPlainText } from '../card.ts';
import { drawCard } from './draw-card.ts';
import type { Painted } from './draw-chart.ts';

/** What a notification shows of a card, in UTF-16 units; longer ones are cut by the clients anyway. */
const summaryLength = 300;

/**
 * A card as a message. The card goes alone: Teams makes two messages of words and a card, and tells the id of neither
 * (github.com/microsoft/botframework-sdk, issue 6366). What notifications say is its summary.
 */
export function cardMessage(card: IAdaptiveCard, summary: string): ActivityParams {
  return new MessageActivityInput(undefined, { summary: cut(summary, summaryLength) }).addCard('adaptive', card);
}

/** A card of ours as a message. */
export function messageOf(card: Card, text: Text, painted: Painted = new Map()): ActivityParams {
  return cardMessage(drawCard(card, { surface: 'message', text, painted }), summaryOf(card));
}

export const summaryOf = (card: Card): string => inPlainText(card, '').split('\n').slice(0, 3).join(' · ');

/** A card in the window of the message extension (Teams, Dialogs: task info). */
export function dialogOf(card: IAdaptiveCard, title: string) {
  const size = { height: 'large', width: 'medium' } as const;
  return { task: { type: 'continue', value: { title, ...size, card: cardAttachment('adaptive', card) } } };
}
