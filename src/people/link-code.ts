import { createHash, randomInt } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';

/** How long a code is valid, and for how long wrong ones count. */
export const linkTime = Temporal.Duration.from({ minutes: 10 });
/** Wrong codes of one person in that time; after them they wait. Nobody guesses one of 23^10 codes in so few tries. */
export const mostWrongCodes = 5;

/** Digits and letters that no two people read differently: without 0 O, 1 I L, 2 Z, 5 S, 8 B, U V. */
const alphabet = '34679ACDEFGHJKMNPQRTWXY';
const length = 10;

/** A new code: its signs, and how it is shown, in groups as people read it aloud (`K7QF-3MXR-9T`). */
export function makeLinkCode(): { signs: string; shown: string } {
  const signs = Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
  return { signs, shown: [signs.slice(0, 4), signs.slice(4, 8), signs.slice(8)].join('-') };
}

/** The signs of a typed code; spaces, hyphens, quotes, lower case and full-width letters are forgiven. Null: it is none. */
export function readLinkCode(words: string): string | null {
  const signs = [...words.normalize('NFKC').toUpperCase()].filter((sign) => /[\p{L}\p{N}]/u.test(sign));
  return signs.length === length && signs.every((sign) => alphabet.includes(sign)) ? signs.join('') : null;
}

/** What is kept of a code: of no use to whoever reads it, and in every organisation another. */
export const linkCodeHash = (organizationId: string, signs: string): string =>
  createHash('sha256').update(`${organizationId}:${signs}`).digest('hex');
