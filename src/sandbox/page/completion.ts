/** What the composer offers while someone types a command: pure. */

/** A command as the manifest declares it. */
export interface Command {
  command: string;
  description: string;
  usageHint: string;
}

/** One offer: the text it would make, how it is shown, and a word about it. */
export interface Offer {
  text: string;
  shown: string;
  about: string;
}

/** `log [text] | account <name> | help` as its parts. A bar inside brackets belongs to its part. */
export function usages(hint: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  const bare = /^\[[^[\]]*\]$/.test(hint.trim()) ? hint.trim().slice(1, -1) : hint;
  for (const sign of bare) {
    if (sign === '[' || sign === '<') depth += 1;
    if (sign === ']' || sign === '>') depth -= 1;
    if (sign === '|' && depth === 0) {
      parts.push(part.trim());
      part = '';
    } else part += sign;
  }
  return [...parts, part.trim()].filter(Boolean);
}

/** Whom `@` can name. */
export interface Named {
  name: string;
  realName: string;
}

/** The offers while someone types `@` and the start of a handle or a name. */
export function offeredPeople(text: string, people: readonly Named[]): Offer[] {
  const typed = text.match(/(?:^|\s)@([\p{L}\p{N}._-]*)$/u)?.[1];
  if (typed === undefined) return [];
  const start = text.slice(0, text.length - typed.length);
  const like = (word: string) => word.toLocaleLowerCase().startsWith(typed.toLocaleLowerCase());
  return people
    .filter(({ name, realName }) => name !== typed && [name, realName, ...realName.split(' ')].some(like))
    .slice(0, 8)
    .map(({ name, realName }) => ({ text: `${start}${name} `, shown: `@${name}`, about: realName }));
}

/** The offers for a command; none once it is complete, so that Enter sends. */
export function offers(text: string, commands: readonly Command[]): Offer[] {
  if (!text.startsWith('/') || text.includes('\n')) return [];
  const space = text.indexOf(' ');
  if (space < 0) {
    const found = commands.filter(({ command }) => command.startsWith(text) && command !== text);
    return found.map(({ command, description }) => ({ text: `${command} `, shown: command, about: description }));
  }
  const typed = text.slice(space + 1).toLowerCase();
  const command = commands.find((one) => one.command === text.slice(0, space));
  if (!command) return [];
  return usages(command.usageHint).flatMap((usage) => {
    const word = usage.split(/[\s[<]/)[0] ?? '';
    if (!word.toLowerCase().startsWith(typed) || word.toLowerCase() === typed) return [];
    return [{ text: `${command.command} ${word} `, shown: `${command.command} ${usage}`, about: '' }];
  });
}
