import type { IAdaptiveCard } from '@microsoft/teams.cards';
import type { Text } from '../../text/text.ts';
import { plain } from '../../text/words.ts';
import type { Card } from '../card.ts';
import type { Actor } from './adapter.ts';
import { drawCard } from './draw-card.ts';
import type { Surface } from './limits.ts';
import type { Press } from './press.ts';

/** A button was pressed: in a message, whose id it is, or in a dialog. */
export interface Pressed {
  actor: Actor;
  press: Press;
  /** What stands in the card's inputs, as the client sends it. */
  inputs: Readonly<Record<string, unknown>>;
  surface: Surface;
  message: string | null;
}

/** What becomes of the card with the button. */
export type Outcome =
  /**
   * It is another one from now on; `lasting` when also whoever opens the conversation again shall see that, `asks` when
   * something is typed into it.
   */
  | { becomes: IAdaptiveCard; title: string; lasting: boolean; asks: boolean }
  /** It stays; these words, when there are any, are shown in passing. */
  | { says: string };

/** The same card on the person's own page, whose buttons say that they stand there. */
export const onPage = (surface: Surface): Surface => (surface === 'message' ? 'page' : surface);

/** The card with the button becomes another. */
export function becomes(card: Card, text: Text, surface: Surface): Outcome {
  const title = card.title === undefined ? 'KAM' : plain(card.title, '');
  return { becomes: drawCard(card, { surface, text }), title, lasting: true, asks: false };
}
