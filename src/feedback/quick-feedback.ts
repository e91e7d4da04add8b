import { halfWidth } from '../text/day-in-words.ts';
import { textIn } from '../text/text.ts';
import { type Dimension, dimensionName } from './dimension.ts';
import type { FeedbackKind } from './feedback.ts';

/** What a line typed behind the account's name says. */
export interface QuickFeedback {
  words: string;
  kind: FeedbackKind;
  /** Null: it speaks of none, or of several. */
  dimensionId: string | null;
}

/** `wish: …` or 希望：… says the kind itself, and is no part of what the customer said. */
const marked: readonly (readonly [FeedbackKind, RegExp])[] = [
  ['praise', /^(?:praise|compliment|表扬|好评)\s*:\s*/iu],
  ['problem', /^(?:problem|complaint|issue|问题|投诉)\s*:\s*/iu],
  ['wish', /^(?:wish|request|需求|希望|建议)\s*:\s*/iu],
  ['price', /^(?:price|价格)\s*:\s*/iu],
  ['competitor', /^(?:competitor|competition|竞品|竞争对手|对手)\s*:\s*/iu],
];

/** Words that say the kind where none is marked; the first that is found decides. Everything else is a problem. */
const spoken: readonly (readonly [FeedbackKind, RegExp])[] = [
  ['competitor', /\bcompetitors?\b|\bcompetition\b|竞品|竞争对手|同行报/iu],
  ['price', /\b(?:prices?|pricing|priced|expensive|discounts?|cheaper)\b|价格|太贵|报价|降价|折扣/iu],
  ['wish', /\b(?:wish(?:es)?|would (?:like|love)|asks? for|asked for|wants?)\b|希望|想要|建议/iu],
];
const content =
  /\b(?:thank(?:s|ed|ful)?|prais(?:e|es|ed)|great|excellent|perfect|delighted|loves?|loved|happy|pleased|satisfied|impressed|polite|friendly|helpful)\b|感谢|表扬|好评|称赞|满意|不错|很好|专业|热情/iu;
/** Half of such a sentence is something else. */
const denied =
  /\b(?:not|no|never|less|but|however|isn['’]t|wasn['’]t|aren['’]t|don['’]t|doesn['’]t|didn['’]t)\b|不(?!错)|没|未|但|可是|只是/iu;

function kindOf(words: string): FeedbackKind {
  const said = spoken.find(([, pattern]) => pattern.test(words));
  if (said) return said[0];
  return content.test(words) && !denied.test(words) ? 'praise' : 'problem';
}

/**
 * Reads what a customer said: the words as they were typed, without a mark of the kind, and what can be told from them.
 * The person sees what was understood and can change it.
 */
export function readQuickFeedback(line: string, dimensions: readonly Dimension[]): QuickFeedback {
  const typed = line.trim();
  const mark = marked.find(([, pattern]) => pattern.test(halfWidth(typed)));
  const words = mark ? typed.slice(mark[1].exec(halfWidth(typed))?.[0].length ?? 0).trim() : typed;
  const kind = mark?.[0] ?? kindOf(halfWidth(words));
  const asked = dimensions.filter((one) => !one.archived);
  const spokenOf = asked.filter((one) => speaksOf(words, one));
  const ofPrice = kind === 'price' ? asked.find((one) => one.key === 'price') : undefined;
  return { words, kind, dimensionId: (spokenOf.length === 1 ? spokenOf[0] : ofPrice)?.id ?? null };
}

/** Whether words name a dimension, in either language or as the organisation calls it. */
function speaksOf(words: string, dimension: Dimension): boolean {
  const text = words.normalize('NFKC').toLowerCase();
  const inBoth = (['en', 'zh-CN'] as const).map((locale) =>
    dimensionName({ ...dimension, name: null }, textIn(locale)),
  );
  const names = [...(dimension.name === null ? inBoth : [dimension.name])].map((name) =>
    name.normalize('NFKC').toLowerCase(),
  );
  return names.some((name) => name !== '' && isNamed(text, name));
}

/** A name in letters stands alone; one in Chinese characters stands anywhere. */
function isNamed(text: string, name: string): boolean {
  if (/\p{Script=Han}/u.test(name)) return text.includes(name);
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const [before, after] = [text.slice(0, at), text.slice(at + name.length)];
    if (!/[\p{L}\p{N}]$/u.test(before) && !/^[\p{L}\p{N}]/u.test(after)) return true;
  }
  return false;
}
