import { pinyin } from 'pinyin-pro';

/** Anything with a name. */
export interface Named {
  id: string;
  name: string;
}

/** How a Chinese name is typed on a keyboard that knows none. */
interface Spelling {
  /** `wangwei`, `wang wei`, `ww`. */
  whole: readonly string[];
  /** The same without what comes first: `wei`. */
  ends: readonly string[];
}

const none: Spelling = { whole: [], ends: [] };
const spellings = new Map<string, Spelling>();
const keptSpellings = 20_000;

/** Without differences of case, width, accents and spacing. */
export const nameKey = (name: string): string =>
  name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/gu, ' ').trim();

function spelled(name: string): Spelling {
  const known = spellings.get(name);
  if (known !== undefined) return known;
  const made = /\p{Script=Han}/u.test(name) ? spell(name) : none;
  if (spellings.size >= keptSpellings) spellings.clear();
  spellings.set(name, made);
  return made;
}

function spell(name: string): Spelling {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', surname: 'head', nonZh: 'consecutive', v: true });
  const clean = syllables.map((syllable) => syllable.toLowerCase().trim()).filter((syllable) => syllable !== '');
  return {
    whole: [clean.join(''), clean.join(' '), clean.map((syllable) => syllable[0]).join('')],
    ends: clean.slice(1).map((_, index) => clean.slice(index + 1).join('')),
  };
}

/** The ways in which words can mean a name, the surest first. */
const ways: readonly ((sought: string, name: string, spelling: Spelling) => boolean)[] = [
  (sought, name) => name === sought,
  (sought, _, { whole }) => whole.includes(sought),
  (sought, name) => name.startsWith(sought) || name.includes(` ${sought}`),
  (sought, _, { whole }) => whole.some((spelling) => spelling.startsWith(sought)),
  (sought, name) => name.includes(sought),
  (sought, _, { ends }) => ends.some((spelling) => spelling.startsWith(sought)),
];

/** How far a name is from what is sought (a `nameKey`): 0 is the name itself; null: it is not meant. */
export function distance(sought: string, name: string): number | null {
  const key = nameKey(name);
  // Who types Chinese does not mean a spelling, and the first one of a name takes a tenth of a millisecond.
  const spelling = /[a-z]/.test(sought) ? spelled(name) : none;
  const found = ways.findIndex((means) => means(sought, key, spelling));
  return found < 0 ? null : found;
}

/**
 * Whom somebody means: all whose name is the words, else all that begin with them (also with a later part of the name),
 * else all that contain them; Chinese names also by pinyin and its initials. In the order given.
 */
export function findNames<T extends Named>(words: string, people: readonly T[]): T[] {
  const sought = nameKey(words);
  if (sought === '') return [];
  const distances = people.map(({ name }) => distance(sought, name));
  const least = distances.reduce((one, other) => (one === null || (other !== null && other < one) ? other : one), null);
  return least === null ? [] : people.filter((_, index) => distances[index] === least);
}
