import { pinyin } from 'pinyin-pro';

/** Anything with a name. */
export interface Named {
  id: string;
  name: string;
}

const spellings = new Map<string, readonly string[]>();
const keptSpellings = 5000;

/** Without differences of case, width, accents and spacing. */
export const nameKey = (name: string): string =>
  name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/gu, ' ').trim();

/** How a Chinese name is typed on a keyboard that knows none: `wangwei`, `wang wei`, `ww`. */
function spelled(name: string): readonly string[] {
  const known = spellings.get(name);
  if (known !== undefined) return known;
  const made = /\p{Script=Han}/u.test(name) ? spell(name) : [];
  if (spellings.size >= keptSpellings) spellings.clear();
  spellings.set(name, made);
  return made;
}

function spell(name: string): readonly string[] {
  const syllables = pinyin(name, { toneType: 'none', type: 'array', surname: 'head', nonZh: 'consecutive', v: true });
  const clean = syllables.map((syllable) => syllable.toLowerCase().trim()).filter((syllable) => syllable !== '');
  return [clean.join(''), clean.join(' '), clean.map((syllable) => syllable[0]).join('')];
}

/**
 * Whom somebody means: all whose name is the words, else all that begin with them (also with a later part of the name),
 * else all that contain them; Chinese names also by pinyin and its initials. In the order given.
 */
export function findNames<T extends Named>(words: string, people: readonly T[]): T[] {
  const sought = nameKey(words);
  if (sought === '') return [];
  const ways: ((name: string, spellings: readonly string[]) => boolean)[] = [
    (name) => name === sought,
    (_, spellings) => spellings.includes(sought),
    (name) => name.startsWith(sought) || name.includes(` ${sought}`),
    (_, spellings) => spellings.some((spelling) => spelling.startsWith(sought)),
    (name) => name.includes(sought),
  ];
  for (const matches of ways) {
    const found = people.filter((person) => matches(nameKey(person.name), spelled(person.name)));
    if (found.length > 0) return found;
  }
  return [];
}
