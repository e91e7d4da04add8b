import type { Temporal } from 'temporal-polyfill';
import { type DayInWords, dayInWords, halfWidth } from '../text/day-in-words.ts';
import type { Locale } from '../text/locale.ts';

/** What a line typed behind the account's name says. */
export interface QuickLog {
  /** What happened; empty when nothing was said of it. */
  note: string;
  nextStep?: { text: string; due?: Temporal.PlainDate };
}

const marker = /(?<![\p{Script=Latin}\p{N}])(?:next\s?steps?|next|下一?步)\s*:/iu;

/**
 * Reads a note and, behind `next:` or `下一步：`, the next step with its day in words. Case and width do not matter. The
 * day's words leave the step only where the rest still reads well; nothing else that was typed is dropped but the
 * marker and the separators around it.
 */
export function readQuickLog(rest: string, person: { today: Temporal.PlainDate; locale?: Locale }): QuickLog {
  const found = marker.exec(halfWidth(rest));
  if (!found) return { note: rest.trim() };
  const note = rest
    .slice(0, found.index)
    .replace(/[\s,，;；、]+$/u, '')
    .trim();
  const step = rest.slice(found.index + found[0].length).trim();
  if (step === '') return { note };
  const due = dayInWords(step, person);
  return { note, nextStep: due ? { text: withoutDay(step, due), due: due.day } : { text: step } };
}

const separatorsBefore = /[\s,，;；、.。–—-]+$/u;
const separatorsAfter = /^[\s,，;；、:：.。–—-]+/u;
/** A sentence that would stop on such a word needs its day: "moved to Friday", 改到周五. */
const needsMore =
  /(?:\b(?:to|for|from|of|on|at|in|is|and|or|the|a|this|next|until|since|with|about|than)|[到至在于是为和与从把]|改成|定为)$/iu;

/** The step without its day's words when they stand at one of its ends and are not missed there; else as it was. */
export function withoutDay(step: string, { from, to, limit }: Pick<DayInWords, 'from' | 'to' | 'limit'>): string {
  const before = step.slice(0, from).replace(separatorsBefore, '');
  const after = step.slice(to).replace(separatorsAfter, '');
  if (/[\p{L}\p{N}]/u.test(before)) {
    if (/[\p{L}\p{N}]/u.test(after)) return step;
    const said = /^\s*on\s/iu.test(halfWidth(step.slice(from, to)));
    const apart = limit || before.length < from || from === 0;
    return said || !apart || needsMore.test(halfWidth(before)) ? step : before;
  }
  // A possessive, a span or a comparison would be left hanging: "tomorrow or Friday", 周五和周六.
  return after === '' || /^(?:or|and|to|at|till|until)\b|^[或和与到至的]/iu.test(halfWidth(after)) ? step : after;
}
