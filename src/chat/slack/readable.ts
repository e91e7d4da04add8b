/**
 * A message's text without Slack's mark-up: `<https://a.example|here>` reads `here (https://a.example)`, a mention reads
 * as a name, and the three escaped characters are themselves again.
 */
export function readable(text: string): string {
  return text
    .replace(/<((?:[@#!]|[a-z][a-z0-9+.-]*:)[^<>]*)>/gi, (_, inside: string) => unwrapped(inside))
    .replace(/&(amp|lt|gt);/g, (_, name: string) => characters[name] ?? '');
}

const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' };

function unwrapped(inside: string): string {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? '' : inside.slice(bar + 1);
  if (target.startsWith('@')) return `@${label.replace(/^@/, '') || target.slice(1)}`;
  if (target.startsWith('#')) return `#${label || target.slice(1)}`;
  if (target.startsWith('!')) return label || `@${target.slice(1).split('^')[0]}`;
  const address = target.replace(/^mailto:/, '');
  return label === '' || label === address ? address : `${label} (${address})`;
}
