import type { Command } from './slice.ts';

/** What was called: a command with the rest of the words, or help, with the word nobody knows. */
export type Said = { command: Command; rest: string } | { command: 'help'; unknown?: string };

export const helpWords: readonly string[] = ['help', '帮助', '?', '？'];

/**
 * Finds the command that words begin with. Case does not matter; Chinese command words need no space behind them
 * (`记录华为 见了王总`). No words at all ask for help.
 */
export function readCommand(words: string, commands: readonly Command[]): Said {
  const line = words.trim();
  const first = line.split(/\s+/u, 1)[0] ?? '';
  const word = first.toLowerCase();
  if (word === '' || helpWords.includes(word)) return { command: 'help' };
  const exact = commands.find((command) => command.words.includes(word));
  if (exact) return { command: exact, rest: line.slice(first.length).trim() };
  for (const command of commands) {
    const glued = command.words.find((known) => /\p{Script=Han}/u.test(known) && line.startsWith(known));
    if (glued) return { command, rest: line.slice(glued.length).trim() };
  }
  return { command: 'help', unknown: first };
}
