import type { ActionList } from '../actions/index.ts';
import type { Card } from '../chat/card.ts';
import type { Call } from '../chat/slice.ts';
import type { Drawing } from './cards.ts';
import type { DuePage } from './page.ts';
import { buttonRow, listed, note, waitingLine, withoutButtons } from './parts.ts';

/** Everybody who waits for a visit, page by page. */
export function dueCard({ accounts, from, total, logs }: DuePage, call: Call): Card {
  const { text } = call;
  const until = from + accounts.length;
  const left = total - until;
  return {
    title: text.words('home.accounts.heading'),
    body: [
      accounts.length === 0
        ? note(text.words('home.accounts.none'))
        : {
            kind: 'list',
            items: accounts.map(({ account, lastVisitOn }) => waitingLine({ ...account, lastVisitOn }, call, logs)),
            ...(left > 0 ? { more: text.words('chat.more', { count: left }) } : {}),
          },
      ...buttonRow(left > 0 && { label: text.plain('home.button.next'), does: 'home.due', about: String(until) }),
    ],
  };
}

/** What is due in the teams that a person manages. */
export function teamCard({ actions, total }: ActionList, max: number, { call: { text }, action }: Drawing): Card {
  return {
    title: text.words('home.team.heading'),
    body:
      total === 0
        ? [note(text.words('home.team.none'))]
        : listed(text, { all: actions, max, total }, (one) => withoutButtons(action(one))),
  };
}
