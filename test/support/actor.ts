/**
 * Somebody who uses the bot, in words of no platform: what the contract suite plays, once in Slack and once in Teams.
 * The same key is the same person on both.
 */
export interface Actor {
  readonly platform: 'slack' | 'teams';
  /** Their key: the id that they have in the demo company. */
  readonly id: string;

  /** Gives the bot a command, where only it hears them. */
  tell(words: string): Promise<void>;
  /** Gives it where others read along; channels have the keys of the demo company. */
  tellInChannel(words: string, channel?: string): Promise<void>;
  /** Writes to others; the bot is not meant. */
  write(words: string, channel?: string): Promise<void>;
  /** Starts logging a visit from the platform's own menu. */
  menuLog(): Promise<void>;
  /** The same, from a message by words in it. */
  fromMessage(text: string): Promise<void>;
  /** Starts saving a message as what a customer said, by words in it. */
  feedbackFromMessage(text: string): Promise<void>;

  /** Whether they are being asked something. */
  readonly hasForm: boolean;
  /** The labels of the questions that they see. */
  readonly questions: readonly string[];
  /** What is said above and between them. */
  readonly formLines: readonly string[];
  /** What the form holds: text, a day, the words of a choice (several in a list), whether a box is ticked. */
  answer(label: string): string | readonly string[] | boolean | undefined;
  /** Answers a question: text, a day, the words of a choice or the names of people (several in a list), a box. */
  fill(label: string, answer: string | string[] | boolean): Promise<void>;
  /** What typing into a look-up offers. */
  suggestions(label: string, typed: string): Promise<readonly string[]>;
  /** Shows what else is asked after an answer that changes it. In Slack that happens by itself, and is waited for. */
  showDependent(): Promise<void>;
  /** Unfolds the rest of the form. */
  more(): Promise<void>;
  /** Hands a file over, as the answer to a question where the platform has files in forms. */
  attach(label: string, file: { name: string; content: string }): Promise<void>;
  submit(): Promise<void>;
  /** Closes the form without sending it. */
  leave(): Promise<void>;
  /** What is said to be wrong with the answers. */
  problems(): readonly string[];

  /** Presses a button by its words, and says yes when it asks. */
  press(label: string): Promise<void>;
  /** What they were told alone, newest last. */
  read(): readonly string[];
  /** The cards that they were shown alone, as they are now, oldest first; a window that asks nothing is the newest. */
  cards(): readonly ShownCard[];
  /** The facts of the newest; none where there is no card. */
  facts(): Readonly<Record<string, string>>;
  /** What the bot has said where others read along, as it is now, oldest first. */
  posted(channel: string): readonly ShownCard[];
  /** What the bot has said in the thread of its newest message there that has these words. */
  replies(channel: string, words: string): readonly ShownCard[];
  /** Looks at their own page; all that can be read there. */
  home(): Promise<string>;
  /** The page as it is now, where they looked at it last. */
  page(): readonly string[];
}

/** A card as it is read on either platform. */
export interface ShownCard {
  /** Its texts from top to bottom, without the signs that a platform puts before them. */
  lines: readonly string[];
  /** Label to value. */
  facts: Readonly<Record<string, string>>;
  /** The words on the buttons that can be pressed now. */
  buttons: readonly string[];
}

/** Lines without bullets and signs of warning, which each platform draws in its own way. */
export const readLines = (texts: readonly string[]): string[] =>
  texts
    .flatMap((text) => text.split('\n'))
    .map((line) => line.replace(/^(?:•|⚠️)\s*/u, '').trim())
    .filter((line) => line !== '');
