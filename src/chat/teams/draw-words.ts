import type { IAdaptiveCard, IRichTextBlock, ITextBlock, ITextRun } from '@microsoft/teams.cards';
import { cut } from '../../text/cut.ts';
import { plain, type Words } from '../../text/words.ts';
import { limits } from './limits.ts';

export type Element = IAdaptiveCard['body'][number];
/** How a text looks. */
export type Look = Pick<ITextRun, 'weight' | 'size' | 'color' | 'isSubtle'>;

/**
 * Words as rich text. There a text is only ever a text ("RichTextBlock does not support markdown", learn.microsoft.com,
 * adaptive-cards/authoring-cards/text-features), so what customers are called can be no ping, link or format. Escaping
 * for a TextBlock is no way: clients differ in what a backslash does (microsoft/AdaptiveCards, issue 5590).
 */
export function runs(words: Words, look: Look = {}): ITextRun[] {
  if (typeof words === 'string') return textRuns(words, look);
  if ('strong' in words) return runs(words.strong, { ...look, weight: 'Bolder' });
  if ('quiet' in words) return runs(words.quiet, { ...look, isSubtle: true });
  if ('link' in words) return link(words.link, words.label, look);
  if ('person' in words) return textRuns(words.name, look);
  if ('before' in words) return textRuns(inWords(words), look);
  return words.flatMap((part: Words) => runs(part, look));
}

const textRuns = (text: string, look: Look): ITextRun[] => (text === '' ? [] : [{ type: 'TextRun', text, ...look }]);

function link(address: string, label: string, look: Look): ITextRun[] {
  const url = followable(address);
  if (url === null) return textRuns(label, look);
  const selectAction = { type: 'Action.OpenUrl', url } as const;
  return textRuns(label || url, { ...look, color: 'Accent' }).map((run) => ({ ...run, underline: true, selectAction }));
}

/** The address when it may be followed: http or https only. */
export function followable(address: string): string | null {
  if (address.length > limits.url || !URL.canParse(address)) return null;
  return ['https:', 'http:'].includes(new URL(address).protocol) ? address : null;
}

/** The same words as a plain text. In Teams, plain words are commands: nothing is typed before them. */
export const inWords = (words: Words): string => plain(words, '');

/** Parts of a paragraph, cut visibly to `max` characters; nothing is shown as a dash. */
export function paragraph(
  parts: readonly ITextRun[],
  max: number,
  block: Pick<IRichTextBlock, 'spacing'> = {},
): IRichTextBlock {
  const inlines: ITextRun[] = [];
  let room = max;
  for (const part of joined(parts).flatMap(withoutFunctions)) {
    if (part.text.length > room) {
      inlines.push({ ...part, text: cut(part.text, Math.max(room, 1)) });
      break;
    }
    inlines.push(part);
    room -= part.text.length;
  }
  const empty = inlines.every((part) => part.text.trim() === '');
  return { type: 'RichTextBlock', inlines: empty ? [{ type: 'TextRun', text: '–' }] : inlines, ...block };
}

/** Texts of one look as one text, so that what may be a function is seen whole. */
function joined(parts: readonly ITextRun[]): ITextRun[] {
  const whole: ITextRun[] = [];
  for (const part of parts) {
    const last = whole.at(-1);
    if (last === undefined || lookOf(last) !== lookOf(part)) whole.push(part);
    else whole[whole.length - 1] = { ...last, text: last.text + part.text };
  }
  return whole;
}

/** `{{DATE(…)}}` and `{{TIME(…)}}` are functions in rich text too (text-features), but not where two texts meet. */
function withoutFunctions(part: ITextRun): ITextRun[] {
  return part.text.split(/(?<=\{)(?=\{\s*(?:DATE|TIME))/i).map((text) => ({ ...part, text }));
}

const lookOf = ({ text: _, ...look }: ITextRun) => JSON.stringify(look);

/** A heading that screen readers announce as one, or, where its words might be taken for mark-up, one that only looks so. */
export function heading(words: Words, size: 'Large' | 'Medium'): ITextBlock | IRichTextBlock {
  const text = cut(inWords(words), limits.heading);
  const look = { size, weight: 'Bolder' } as const;
  if (mayBeMarkup.test(text)) return paragraph(textRuns(text, look), limits.heading);
  return { type: 'TextBlock', text: text.trim() === '' ? '–' : text, ...look, wrap: true, style: 'heading' };
}

/** More than what Teams documents for a TextBlock, since each client has a parser of its own: addresses and HTML too. */
const mayBeMarkup = /[\\`*_~[\]<>#|{}\r\n]|&#?\w+;|:\/\/|www\.|@|\w\.\w|^\s*(?:[-+=]|\d+[.)])/i;

/**
 * A text for where clients may read mark-up and no rich text is possible: the titles of choices. Hair spaces and
 * invisible ones stand between what would together be a format, a link or a function; a backtick, which marks code
 * whatever stands beside it, becomes the accent that looks the same.
 */
export function unmarked(text: string): string {
  if (!mayBeMarkup.test(text)) return text;
  return text
    .replace(/[\r\n\t]+/g, ' ')
    .replaceAll('`', 'ˋ')
    .replace(/[*_~]/g, `${hairSpace}$&${hairSpace}`)
    .replace(/[\\[\]<>&#|{}!]|:(?=\/\/)|www(?=\.)|@/gi, `$&${invisible}`)
    .replace(/^(?=\s*(?:[-+=>#]|\d+[.)]))/, invisible);
}

const hairSpace = '\u200A';
const invisible = '\u200B';
