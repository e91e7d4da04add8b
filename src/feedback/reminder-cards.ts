import type { Card, Item } from '../chat/card.ts';
import { cut } from '../text/cut.ts';
import type { Words } from '../text/words.ts';
import { natureOf, owedWords, person, quoted, type Reader } from './cards.ts';
import type { FeedbackItem } from './feedback.ts';

/** Lines of one message; the rest is counted, and stands in the inbox. */
const shown = 8;

/** Who has to answer today, or, for a manager, who was not answered in time. */
export function waitingCard(what: 'due' | 'pastDue', items: readonly FeedbackItem[], reader: Reader): Card {
  const { text } = reader;
  const more = items.length - shown;
  // Of one customer several things may wait.
  const customers = new Set(items.map(({ account }) => account.id)).size;
  return {
    title: text.words(`feedback.waiting.${what}`, { count: customers }),
    body: [
      {
        kind: 'list',
        items: items.slice(0, shown).map((one) => lineOf(what, one, reader)),
        ...(more > 0 ? { more: text.words('chat.more', { count: more }) } : {}),
      },
      ...(what === 'pastDue' ? [{ kind: 'note', words: text.words('feedback.waiting.once') } as const] : []),
      { kind: 'buttons', buttons: [{ label: text.plain('feedback.button.inbox'), does: 'feedback.inbox' }] },
    ],
  };
}

function lineOf(what: 'due' | 'pastDue', one: FeedbackItem, reader: Reader): Item {
  const { text } = reader;
  const about = one.id;
  const spoken = { account: cut(one.account.name, 50) };
  const owner: Words = one.owner === null ? text.words('feedback.card.nobody') : person(one.owner);
  const when = one.dueOn === null ? '' : text.words('feedback.card.past', { day: text.day(one.dueOn, reader.today) });
  const first =
    what === 'due'
      ? ({ label: 'answer', opens: 'feedback.answer' } as const)
      : ({ label: 'assign', opens: 'feedback.assign' } as const);
  return {
    words: [{ strong: one.account.name }, ' ', quoted(one.words, text)],
    detail: [natureOf(one, text), ' · ', ...(what === 'due' ? [owedWords(one, reader)] : [owner, ' · ', when])],
    buttons: [
      {
        label: text.plain(`feedback.button.${first.label}`),
        spoken: text.plain(`feedback.button.${first.label}Of`, spoken),
        opens: first.opens,
        about,
      },
      {
        label: text.plain('feedback.button.open'),
        spoken: text.plain('feedback.button.openOf', spoken),
        does: 'feedback.show',
        about,
      },
    ],
  };
}
