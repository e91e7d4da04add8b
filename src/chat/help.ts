import { cut } from '../text/cut.ts';
import type { Card } from './card.ts';
import type { Call, Command } from './slice.ts';

/** All that can be typed, in the person's language. */
export function helpCard(commands: readonly Command[], { text }: Call, unknown?: string): Card {
  const word = (command: Command) => command.words[text.locale === 'zh-CN' ? 1 : 0];
  return {
    title: text.words('chat.help.title'),
    body: [
      unknown === undefined
        ? { kind: 'words', words: text.words('chat.help.intro') }
        : { kind: 'warning', words: text.words('chat.help.unknown', { word: cut(unknown, 60) }) },
      {
        kind: 'list',
        items: commands.map((command) => ({
          words: [
            {
              strong: [
                { before: 'command' },
                `${word(command)}${command.usage ? ` ${text.plain(command.usage)}` : ''}`,
              ],
            },
            ' ',
            text.words(command.help),
          ],
        })),
      },
    ],
  };
}
