/** Longest name of an account, in UTF-16 units: `new:` and the name fit into an option's value of 150 (Slack). */
export const longestName = 120;

/**
 * A name as it is compared: compatibility forms and width folded (NFKC), lower case, without spaces, punctuation and
 * invisible characters. "ＡＣＭＥ Tools, Inc." and "acme tools inc" are one name; "Acme" and "Acme Inc" are two, since
 * a group's companies often differ in nothing but the legal form. A name of signs only stays as it is.
 */
export function nameKey(name: string): string {
  const folded = name.normalize('NFKC').toLowerCase();
  const key = folded.replace(/[^\p{L}\p{M}\p{N}\p{S}]/gu, '');
  return key === '' ? folded.replace(/[\s\p{C}]+/gu, '') : key;
}

/** The same without accents, as it is searched: "Müller" is found by "muller". */
export function searchKey(words: string): string {
  return nameKey(words.normalize('NFKD').replace(/\p{Mn}+/gu, ''));
}

/** The words of a name, each as it is searched: cut at spaces and punctuation. */
export function searchWords(words: string): string[] {
  return words
    .normalize('NFKC')
    .split(/[^\p{L}\p{M}\p{N}\p{S}]+/u)
    .map(searchKey)
    .filter((word) => word !== '');
}

/** Spaces, line breaks and invisible characters tidied away, as a name is stored. */
export function tidyName(name: string): string {
  return name
    .replace(/[\u200B\u2060\uFEFF\u00AD\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** Whether a character is one of a script that is written without spaces between the words. */
export const isDense = (character: string) =>
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u.test(character);

/** Several names in one line, separated by semicolons or the Chinese enumeration comma: tidied, none twice. */
export function splitNames(typed: string): string[] {
  const names = typed.split(/[;；、\n|]+/u).map(tidyName);
  return [...new Map(names.filter((name) => name !== '').map((name) => [nameKey(name), name])).values()];
}
