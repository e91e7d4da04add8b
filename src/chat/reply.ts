import type { Text } from '../text/text.ts';
import type { Card } from './card.ts';
import type { Asked, Option, Problems } from './form.ts';

/**
 * What the bot answers to a gesture: an intention, not a mechanism. Every reply has an answer on every platform.
 *
 * - `show`: a card that only the person sees. Answers words, or a saved form.
 * - `redraw`: the card whose button was pressed becomes this one.
 * - `ask`: these questions, to this person, now. After `changed`: the same form, drawn anew with what was typed kept.
 * - `fix`: these answers need another look; everything typed stays. `notice` is for what belongs to no field.
 * - `home`: the person's own page.
 * - `options`: what a look-up found.
 * - `found`: what a search found, each with the card that may be shown to others.
 * - `nothing`: it was heard, and there is nothing to say.
 */
export type Reply =
  | { reply: 'show'; card: Card }
  | { reply: 'redraw'; card: Card }
  | { reply: 'ask'; asked: Asked }
  | { reply: 'fix'; problems: Problems; notice?: string }
  | { reply: 'home'; card: Card }
  | { reply: 'options'; options: readonly Option[] }
  | { reply: 'found'; results: readonly Found[] }
  | { reply: 'nothing' };

/** Something found, and what of it is shown where its finder puts it, in front of everybody there. */
export interface Found {
  title: string;
  detail?: string;
  card: Card;
}

export const nothing: Reply = { reply: 'nothing' };
export const show = (card: Card): Reply => ({ reply: 'show', card });
export const redraw = (card: Card): Reply => ({ reply: 'redraw', card });
export const fix = (problems: Problems): Reply => ({ reply: 'fix', problems });
/** What belongs to no field of a form: it stays open with all that was typed. */
export const notice = (words: string): Reply => ({ reply: 'fix', problems: {}, notice: words });
/** One sentence, privately. */
export const tell = (words: Card['title'] & {}): Reply => show({ body: [{ kind: 'words', words }] });

/** Why somebody gets no further. */
export interface Refusal {
  refused: 'chat.notFound' | 'chat.notAllowed';
}
/** What is pointed at is not there, or not for this person to see: they are told no difference. */
export const missing: Refusal = { refused: 'chat.notFound' };
/** What they may see and not do. */
export const forbidden: Refusal = { refused: 'chat.notAllowed' };

interface Reading {
  text: Text;
}
export const refuse = ({ refused }: Refusal, { text }: Reading): Reply => tell(text.words(refused));
/** The same in a form that is open: what was typed stays. */
export const refuseForm = ({ refused }: Refusal, { text }: Reading): Reply => notice(text.plain(refused));
export const notFound = (call: Reading): Reply => refuse(missing, call);
export const notAllowed = (call: Reading): Reply => refuse(forbidden, call);
