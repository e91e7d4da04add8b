import { isDense, searchKey, searchWords } from './name.ts';
import { shortForms } from './search-terms.ts';

/** A place where a line can be cut: what stands before it as a key, what after it as typed. */
export interface Cut {
  key: string;
  rest: string;
}

/** A customer that a line may begin with. */
export interface Named {
  name: string;
  otherNames: readonly string[];
  code: string | null;
  mine: boolean;
}

const longestBeginning = 120;
const mostCuts = 48;
/** A shorter code at the beginning of a line is more likely a number or an abbreviation of something else. */
const shortestCode = 3;

/**
 * Words that a report begins with and a company's name may begin with too: "Met Life" is not meant by "met the CFO".
 * They count only as part of a whole name.
 */
const everyday = new Set(
  (
    'met meet meeting call called visit visited saw spoke talked talk had lunch dinner coffee with the and today ' +
    'yesterday new first next good great just quick short general global international 今天 昨天 上午 下午 拜访 见了 ' +
    '电话 会议 开会 和 与 跟 客户 中国 北京 上海 广州 深圳'
  ).split(' '),
);

/** All beginnings of a line that end where a word ends (in Chinese: anywhere), the longest first. */
export function cutsOf(line: string): Cut[] {
  const cuts: Cut[] = [];
  const characters = [...line.trim()];
  let before = '';
  for (const [index, character] of characters.entries()) {
    before += character;
    if (before.length > longestBeginning || cuts.length >= mostCuts) break;
    const next = characters[index + 1];
    const ends = next === undefined || !isPartOfWord(next) || isDense(next) || isDense(character);
    if (!ends || !isPartOfWord(character)) continue;
    const key = searchWords(before).join('');
    const rest = characters.slice(index + 1).join('');
    if (key !== '') cuts.push({ key, rest: rest.replace(/^[\s\p{Pd}:：,，、;；.。!！|/]+/u, '') });
  }
  return cuts.reverse();
}

const isPartOfWord = (character: string) => /[\p{L}\p{M}\p{N}\p{S}]/u.test(character);

/**
 * Which customers a line begins with: the longest beginning wins; a whole name, other name or code wins over the short
 * form of a longer name. More than one is returned when they are equally good, the person's own first.
 */
export function leadingOf<T extends Named>(
  cuts: readonly Cut[],
  candidates: readonly T[],
): { account: T; rest: string }[] {
  const known = candidates.map((account) => ({ account, whole: wholeKeys(account), short: shortKeys(account) }));
  for (const { key, rest } of cuts) {
    const whole = known.filter((one) => one.whole.has(key));
    const found = whole.length > 0 || !isTelling(key) ? whole : known.filter((one) => one.short.has(key));
    if (found.length > 0) {
      const mineFirst = found.sort((a, b) => Number(b.account.mine) - Number(a.account.mine));
      return mineFirst.map(({ account }) => ({ account, rest }));
    }
  }
  return [];
}

function wholeKeys({ name, otherNames, code }: Named): Set<string> {
  const codeKey = code === null ? '' : searchKey(code);
  const keys = [name, ...otherNames].map((one) => searchWords(one).join(''));
  return new Set([...keys.filter((key) => [...key].length >= 2), ...(codeKey.length >= shortestCode ? [codeKey] : [])]);
}

const shortKeys = ({ name, otherNames }: Named) =>
  new Set([name, ...otherNames].flatMap((one) => shortForms(searchWords(one))));

/** Whether a short form says enough to stand for a company. */
function isTelling(key: string): boolean {
  if (everyday.has(key)) return false;
  const characters = [...key];
  return characters.some(isDense) ? characters.length >= 2 : characters.length >= 3;
}
