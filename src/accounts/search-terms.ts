import { pinyin } from 'pinyin-pro';
import { isDense, searchKey, searchWords } from './name.ts';

/** What an account can be found by. */
export interface Findable {
  name: string;
  otherNames: readonly string[];
  code: string | null;
}

/**
 * What is stored to find an account: `text` has each term on its own line (names, their words, pinyin, initials), and
 * `grams` are the numbers of all the pieces that a search may begin with.
 */
export interface SearchTerms {
  text: string;
  grams: number[];
}

/** A search, ready for the index. */
export interface SearchQuery {
  /** The whole query as one key, for names that are it or begin with it. */
  key: string;
  /** Each must be among the account's grams. */
  grams: number[];
  /** Each must be somewhere in the account's text, checked after the grams. */
  parts: string[];
}

const longestTerm = 120;
/** How many characters of a name that is written without spaces can be its short form: 华为 of 华为技术有限公司. */
const longestShortForm = 6;

/** Everything that an account of an organisation is found by. Computed anew with each change of its names. */
export function searchTermsOf(organizationId: string, account: Findable): SearchTerms {
  const lines = new Set<string>();
  const pieces = new Set<string>();
  for (const name of [account.name, ...account.otherNames]) addName(name, lines, pieces);
  if (account.code !== null) addWords(searchWords(account.code), lines, pieces);
  const seed = seedOf(organizationId);
  return { text: `\n${[...lines].join('\n')}\n`, grams: [...new Set([...pieces].map((piece) => gram(seed, piece)))] };
}

function addName(name: string, lines: Set<string>, pieces: Set<string>): void {
  const words = searchWords(name);
  addWords(words, lines, pieces);
  for (const short of shortForms(words)) pieces.add(`<${short}`);
  if (!isDense(name)) return;
  // Surnames are often read otherwise than the same character elsewhere (单, 曾): both readings find the company.
  for (const surname of ['off', 'head'] as const) {
    const syllables = pinyin(name.slice(0, longestTerm), {
      toneType: 'none',
      type: 'array',
      nonZh: 'consecutive',
      v: true,
      surname,
    })
      .map(searchKey)
      .filter((syllable) => syllable !== '');
    const whole = cut(syllables.join(''));
    const initials = cut(syllables.map((syllable) => [...syllable][0] ?? '').join(''));
    for (const term of [whole, initials]) {
      lines.add(term);
      addStart(term, pieces);
      for (const piece of windows(term, 3)) pieces.add(piece);
    }
    for (const pair of windows(initials, 2)) pieces.add(`^${pair}`);
  }
}

/** A name by its words: the name as a whole, and each word by itself. */
function addWords(words: readonly string[], lines: Set<string>, pieces: Set<string>): void {
  const whole = cut(words.join(''));
  if (whole === '') return;
  pieces.add(`=${whole}`);
  lines.add(whole);
  addStart(whole, pieces);
  for (const word of words) {
    lines.add(cut(word));
    addStart(word, pieces);
  }
  for (const piece of windows(whole, 3)) if (![...piece].some(isDense)) pieces.add(piece);
  for (const size of [1, 2]) for (const piece of windows(whole, size)) if ([...piece].every(isDense)) pieces.add(piece);
}

function addStart(term: string, pieces: Set<string>): void {
  const [first = '', second = ''] = term;
  pieces.add(`^${first}`);
  if (second !== '') pieces.add(`^${first}${second}`);
}

/** What people say for short: the first words of a name, or the first characters of one without spaces. */
export function shortForms(words: readonly string[]): string[] {
  const forms = words.slice(0, -1).map((_, index) => words.slice(0, index + 1).join(''));
  const characters = [...(words[0] ?? '')];
  for (let length = 2; length <= Math.min(longestShortForm, characters.length - 1); length += 1) {
    if (characters.slice(0, length).every(isDense)) forms.push(characters.slice(0, length).join(''));
  }
  return forms;
}

/**
 * A search as typed. Words are sought by themselves, all of them must be there. One or two letters are sought at the
 * beginning of words, of pinyin and among initials; more letters, and any Chinese, anywhere.
 */
export function searchQuery(organizationId: string, typed: string): SearchQuery {
  const words = searchWords(typed.slice(0, 200)).slice(0, 6);
  const pieces = new Set<string>();
  const parts: string[] = [];
  for (const word of words) {
    const characters = [...word];
    if (characters.length <= 2 && !characters.some(isDense)) pieces.add(`^${word}`);
    else {
      parts.push(word);
      for (const piece of piecesWithin(word)) pieces.add(piece);
    }
  }
  const seed = seedOf(organizationId);
  return { key: words.join(''), grams: [...pieces].map((piece) => gram(seed, piece)), parts };
}

/**
 * Indexed pieces that a text with this word somewhere must have. They touch each other but do not overlap more than
 * needed: the text itself is compared afterwards, and each piece costs a walk through all accounts that have it.
 */
function piecesWithin(word: string): string[] {
  const pieces = sparsely(windows(word, 3), 3).filter((piece) => ![...piece].some(isDense));
  const dense = word.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu) ?? [];
  for (const run of dense) pieces.push(...(run.length < 2 ? [run] : sparsely(windows(run, 2), 2)));
  return pieces;
}

/** Every so many, and the last one. */
const sparsely = (pieces: readonly string[], step: number) =>
  pieces.filter((_, at) => at % step === 0 || at === pieces.length - 1);

/**
 * Where a mistyped word can still be found: one wrong, missing, added or swapped letter leaves one half of the word
 * as it is. Each list is one way to find it; nothing for words too short to be guessed.
 */
export function guesses(organizationId: string, typed: string): { word: string; ways: number[][] } {
  const characters = [...searchKey(typed.slice(0, 60))];
  // A wrong character of the same sound is the usual slip in Chinese.
  const letters = characters.some(isDense)
    ? [...pinyin(characters.join(''), { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true }).join('')]
    : characters;
  const word = searchKey(letters.join(''));
  if (letters.length < 4) return { word, ways: [] };
  const seed = seedOf(organizationId);
  const number = (piece: string) => gram(seed, piece);
  const [first = ''] = letters;
  const middle = Math.max(3, Math.ceil(letters.length / 2));
  const front = windows(letters.slice(0, middle).join(''), 3).map(number);
  const back = windows(letters.slice(-Math.max(3, letters.length - middle)).join(''), 3).map(number);
  const start = letters.slice(0, 2).join('');
  return {
    word,
    ways: [
      front,
      [number(`^${first}`), ...back],
      // Short words have no intact piece of three: their first two letters must do, with any piece behind.
      ...(letters.length < 6 ? [[number(`^${start}`)]] : [back]),
    ],
  };
}

/** Numbers of whole names and of short forms that a line may begin with. */
export function beginnings(organizationId: string, keys: readonly string[]): { whole: number[]; short: number[] } {
  const seed = seedOf(organizationId);
  return { whole: keys.map((key) => gram(seed, `=${key}`)), short: keys.map((key) => gram(seed, `<${key}`)) };
}

function windows(word: string, size: number): string[] {
  const characters = [...word];
  return characters.slice(0, Math.max(0, characters.length - size + 1)).map((_, at) => {
    return characters.slice(at, at + size).join('');
  });
}

const cut = (term: string) => [...term].slice(0, longestTerm).join('');

/**
 * A piece as a number (FNV-1a, 32 bits). The organisation is part of it, so that one organisation's search never walks
 * through another's accounts; that two pieces share a number is harmless, the text is compared afterwards.
 */
function gram(seed: number, piece: string): number {
  let hash = seed;
  for (let at = 0; at < piece.length; at += 1) hash = Math.imul(hash ^ piece.charCodeAt(at), 16777619);
  // The low bits of FNV are the weakest ones of short words.
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) | 0;
}

function seedOf(organizationId: string): number {
  let seed = 0x811c9dc5 | 0;
  for (let at = 0; at < organizationId.length; at += 1)
    seed = Math.imul(seed ^ organizationId.charCodeAt(at), 16777619);
  return seed;
}
