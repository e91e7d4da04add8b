import { type Activity, mention } from './payloads.ts';

/**
 * What was said to the bot: the words without its own mention, which is how it is spoken to among others. Mentions of
 * other people stay, as their names. Teams' own line ends and hard spaces become plain ones.
 */
export function wordsSaid(text: string, { entities, recipient }: Pick<Activity, 'entities' | 'recipient'>): string {
  let words = text;
  for (const entity of entities ?? []) {
    const read = mention.safeParse(entity);
    if (!read.success || read.data.text === '') continue;
    const name = read.data.mentioned.id === recipient.id ? ' ' : nameIn(read.data.text);
    words = words.replaceAll(read.data.text, () => name);
  }
  return words.replaceAll(/\r\n?/g, '\n').replaceAll('\u00A0', ' ').trim();
}

const nameIn = (tag: string) => tag.replaceAll(/<\/?at(?:\s[^<>]*)?>/gi, '');

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** A message of Teams, which is HTML, as its plain words: paragraphs and breaks become lines, everything else goes. */
export function wordsOfHtml(html: string): string {
  return html
    .replaceAll(/<(?:br|\/p|\/div|\/li|\/h\d|\/tr)\b[^<>]*>/gi, '\n')
    .replaceAll(/<[^<>]*>/g, '')
    .replaceAll(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]{2,5});/gi, (whole, name: string) => characterOf(name) ?? whole)
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

function characterOf(name: string): string | undefined {
  if (!name.startsWith('#')) return entities[name.toLowerCase()];
  const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
