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

/** The offers for a text; none once it is complete, so that Enter sends. */
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
