import type { Card } from './card.ts';
import type { Reply } from './reply.ts';

/** One sentence that wants to be noticed, as a card. */
export const sentence = (words: string): Card => ({ body: [{ kind: 'warning', words }] });

/** What there is to see of a reply where there is neither a form nor a card to redraw; null when there is nothing. */
export function cardOf(reply: Reply): Card | null {
  switch (reply.reply) {
    case 'show':
    case 'redraw':
    case 'home':
      return reply.card;
    case 'fix': {
      const sentences = [...(reply.notice === undefined ? [] : [reply.notice]), ...Object.values(reply.problems)];
      return sentences.length === 0 ? null : sentence(sentences.join(' '));
    }
    case 'ask':
    case 'options':
    case 'found':
    case 'nothing':
      return null;
  }
}
