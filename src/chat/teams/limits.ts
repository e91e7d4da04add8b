import type { IAdaptiveCard } from '@microsoft/teams.cards';
import type { Pace } from '../pace.ts';

/**
 * Where a card stands: its buttons are Action.Execute in messages and Action.Submit in dialogs. `page` is the message
 * with a person's own page, whose buttons say so.
 */
export type Surface = 'message' | 'page' | 'dialog';

export const limits = {
  /**
   * Bytes of a message as UTF-16: refused above 100 KB, "recommended to keep within 80 KB" (learn.microsoft.com,
   * microsoftteams/platform/bots/how-to/format-your-bot-messages).
   */
  message: 80 * 1024,
  /**
   * Buttons in a row; Teams shows six on the desktop and hides the others (MicrosoftDocs/msteams-docs, "Card actions are
   * limited to 6 action items only").
   */
  buttonsPerSet: 6,
  /**
   * Choices that a card carries itself, measured: 300 take up to 35 KB. Teams finds more while typing, and shows 15
   * of them (learn.microsoft.com, microsoftteams/platform/task-modules-and-cards/cards/dynamic-search).
   */
  choices: 300,
  // Teams names no limit for the following; these are what people can still read.
  heading: 150,
  buttonTitle: 75,
  tooltip: 200,
  choice: { title: 100, value: 150 },
  chartName: 40,
  altText: 2000,
  url: 3000,
} as const;

/** Below the 50 requests a second of an app in a tenant (Teams, Rate limiting): a person's come on top. */
export const backgroundPerSecond = 30;

const calls: Pace = { kind: 'calls', perMinute: backgroundPerSecond * 60, atOnce: backgroundPerSecond };

/**
 * What the outbox may send into one tenant: all its calls count together. A 429 says nothing of others here: Teams also
 * counts by conversation, and does not tell which of the two it was.
 */
export const pace: { post: Pace; update: Pace } = { post: calls, update: calls };

/** How much of everything is drawn. */
export interface Room {
  /** UTF-16 units of one text. */
  words: number;
  /** Items of one list, facts of one block. */
  items: number;
  /** Choices of one input. */
  choices: number;
  /** Whether pictures come along for clients that draw no charts. */
  pictures: boolean;
}

/** From plenty to little: first no pictures, which the words stand for, then fewer choices, most of which are found by typing too, then shorter lists, then shorter texts. */
const rooms: readonly Room[] = [
  { words: 3000, items: 100, choices: limits.choices, pictures: true },
  { words: 3000, items: 100, choices: limits.choices, pictures: false },
  { words: 3000, items: 100, choices: 150, pictures: false },
  { words: 3000, items: 100, choices: 75, pictures: false },
  { words: 3000, items: 100, choices: 30, pictures: false },
  { words: 3000, items: 100, choices: 15, pictures: false },
  { words: 3000, items: 50, choices: 15, pictures: false },
  { words: 3000, items: 20, choices: 15, pictures: false },
  { words: 1000, items: 20, choices: 15, pictures: false },
  { words: 300, items: 20, choices: 10, pictures: false },
  { words: 100, items: 5, choices: 5, pictures: false },
];

/** Draws with as much room as Teams allows; of what is too large even with the least, `otherwise` makes what is sent. */
export function fitting(
  draw: (room: Room) => IAdaptiveCard,
  otherwise: (tooLarge: IAdaptiveCard) => IAdaptiveCard,
): IAdaptiveCard {
  let drawn: IAdaptiveCard | undefined;
  for (const room of rooms) {
    drawn = draw(room);
    if (!isTooLarge(drawn)) return drawn;
  }
  if (drawn === undefined) throw new Error('there is no room to draw in');
  return otherwise(drawn);
}

/** Whether Teams might refuse a message with this card. */
export function isTooLarge(card: IAdaptiveCard): boolean {
  return bytes(card) > limits.message;
}

/** Bytes of a part of a card as UTF-16, which is how Teams counts. */
export function bytes(part: object): number {
  return JSON.stringify(part).length * 2;
}
