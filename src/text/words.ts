/**
 * Words are a tree: what a person reads, before any platform's mark-up. The renderer of each platform escapes plain
 * strings, so no name a customer has can become a ping, a link or a format.
 */
export type Words = string | Inline | readonly Words[];

/** A part of a sentence that is more than plain text. */
export type Inline =
  | { strong: Words }
  | { quiet: Words }
  | { link: string; label: string }
  /** A colleague's name: never a ping. */
  | { person: string; name: string }
  /** How the bot is spoken to before a command's word, wherever these words are read. */
  | { before: 'command' };

/** What is typed before a command's word: `/kam ` where commands are slash commands, nothing where plain words are understood. */
export type Address = '/kam ' | '';

/** The same words without any form: for notifications, screen readers, labels and logs of tests. */
export function plain(words: Words, address: Address = '/kam '): string {
  if (typeof words === 'string') return words;
  if (Array.isArray(words)) return words.map((part: Words) => plain(part, address)).join('');
  const inline = words as Inline;
  if ('strong' in inline) return plain(inline.strong, address);
  if ('quiet' in inline) return plain(inline.quiet, address);
  if ('link' in inline) return inline.label;
  if ('before' in inline) return address;
  return inline.name;
}
