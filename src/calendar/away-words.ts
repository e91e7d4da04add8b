import { cut } from '../text/cut.ts';
import { halfWidth } from '../text/day-in-words.ts';
import type { AbsenceHalf } from './absence.ts';
import { type Counting, type DaySpan, type SpanProblem, spanInWords } from './day-span.ts';

/** Length of a reason, in UTF-16 units. */
export const reasonLength = 200;

/** What `/kam away` was called with. */
export interface AwayInWords {
  /** Whose name goes before the days; empty: the person's own. */
  name: string;
  span: DaySpan | SpanProblem;
  /** `which`: half of a day, and it was not said which. */
  half: AbsenceHalf | 'which' | null;
  reason: string | null;
}

const halves =
  /^(?:(?:a\s+)?half(?:[-\s]?days?)?\b\s*,?\s*)?(?:in\s+the\s+)?(?:(mornings?|a\.?m\.?|上午|早上)|(afternoons?|p\.?m\.?|下午))(?![\p{Script=Latin}\p{N}])|^(?:(?:a\s+)?half(?:[-\s]?days?)\b|半天)(上午|下午)?/iu;
const edges = /^[\s,，、;；:：。.–—-]+|[\s,，、;；:：–—-]+$/gu;

/** Reads `[name] days [half] [reason]`; null when no days are named. */
export function readAway(words: string, counting: Counting): AwayInWords | null {
  const found = spanInWords(words, counting);
  if (found === null) return null;
  const name = words.slice(0, found.start).replace(edges, '');
  const rest = words.slice(found.end).replace(edges, '');
  const said = halves.exec(halfWidth(rest));
  const reason = rest.slice(said?.[0].length ?? 0).replace(edges, '');
  return {
    name,
    span: found.span,
    half: said && halfOf(said),
    reason: reason === '' ? null : cut(reason, reasonLength),
  };
}

function halfOf([, morning, afternoon, inChinese]: RegExpExecArray): AbsenceHalf | 'which' {
  if (morning !== undefined || inChinese === '上午') return 'morning';
  return afternoon !== undefined || inChinese === '下午' ? 'afternoon' : 'which';
}
