const characters = new Intl.Segmenter();

/** Longer than any character that people write, in UTF-16 units; what is stacked higher may be cut. */
const longestCharacter = 40;

/** Cuts a text to a length in UTF-16 units, visibly; never through the middle of a character. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = max - 1;
  const begins = characters.segment(text).containing(end)?.index ?? end;
  if (end - begins <= longestCharacter) return `${text.slice(0, begins)}…`;
  return `${text.slice(0, end).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
