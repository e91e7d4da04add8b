import type { Card } from '../chat/card.ts';
import type { Text } from '../text/text.ts';
import type { LineProblem } from './file-days.ts';

/** A file with mistakes was not stored; `most` of them are listed. */
export function problemsCard(lines: readonly LineProblem[], teamId: string, text: Text, most = 15): Card {
  return {
    title: text.words('calendar.import.refused'),
    body: [
      { kind: 'warning', words: text.words('calendar.import.refusedWhy', { count: lines.length }) },
      {
        kind: 'list',
        items: lines.slice(0, most).map(({ line, key, values = {} }) => ({
          words: text.words('calendar.import.line', { line, problem: text.plain(key, values) }),
        })),
        ...(lines.length > most ? { more: text.words('chat.more', { count: lines.length - most }) } : {}),
      },
      {
        kind: 'buttons',
        buttons: [{ label: text.plain('calendar.team.tryAgain'), opens: 'calendar.import', about: teamId }],
      },
    ],
  };
}
