import type { RichTextBlock, RichTextSection } from '@slack/types';
import { plain, type Words } from '../../text/words.ts';
import { cut, limits } from './limits.ts';

/** The part of Slack's rich text that words need. */
type Inline = RichTextSection['elements'][number];
interface Style {
  bold?: true;
  italic?: true;
}

/**
 * Words as Slack's rich text. There a text is only ever a text, so what customers are called needs no escaping and can
 * be no ping, link or format.
 */
export function inline(words: Words, style: Style = {}): Inline[] {
  if (typeof words === 'string') return words === '' ? [] : [{ type: 'text', text: words, ...styled(style) }];
  if ('strong' in words) return inline(words.strong, { ...style, bold: true });
  if ('quiet' in words) return inline(words.quiet, { ...style, italic: true });
  if ('link' in words) return link(words.link, words.label, style);
  if ('person' in words) return inline(words.name, style);
  if ('before' in words) return inline(plain(words), style);
  return words.flatMap((part: Words) => inline(part, style));
}

/** The address when it may be followed: http or https only. */
export function followable(address: string): string | null {
  if (address.length > limits.url || !URL.canParse(address)) return null;
  return ['https:', 'http:'].includes(new URL(address).protocol) ? address : null;
}

function link(address: string, label: string, style: Style): Inline[] {
  const url = followable(address);
  if (url === null) return inline(label, style);
  return [{ type: 'link', url, ...(label === '' ? {} : { text: label }), ...styled(style) }];
}

const styled = (style: Style) => (style.bold || style.italic ? { style } : {});

/** One paragraph, cut visibly to `max` characters. */
export function section(elements: readonly Inline[], max: number = limits.text): RichTextSection {
  const kept: Inline[] = [];
  let room = max;
  for (const element of elements) {
    const text = 'text' in element && element.text !== undefined ? element.text : '';
    if (text.length > room) {
      kept.push(
        room > 1 && element.type === 'text' ? { ...element, text: cut(text, room) } : { type: 'text', text: '…' },
      );
      break;
    }
    kept.push(element);
    room -= text.length;
  }
  return { type: 'rich_text_section', elements: kept };
}

/** A paragraph as a block. */
export function paragraph(elements: readonly Inline[]): RichTextBlock {
  return { type: 'rich_text', elements: [section(elements)] };
}

/** Whether words hold anything but text that a plain text object would lose. */
export function hasLink(words: Words): boolean {
  if (typeof words === 'string') return false;
  if ('strong' in words) return hasLink(words.strong);
  if ('quiet' in words) return hasLink(words.quiet);
  if ('link' in words) return followable(words.link) !== null;
  if ('person' in words || 'before' in words) return false;
  return words.some((part: Words) => hasLink(part));
}
