/** A piece of HTML; plain strings become one only by `html`, which escapes them. */
export class Html {
  readonly source: string;
  constructor(source: string) {
    this.source = source;
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? '');

type Gap = string | number | Html | readonly Html[];

const filled = (gap: Gap): string => {
  if (gap instanceof Html) return gap.source;
  if (typeof gap === 'object') return gap.map(({ source }) => source).join('');
  return escaped(String(gap));
};

/** HTML with gaps: what fills them is text, also inside of quoted attributes, unless it is HTML already. */
export function html(pieces: TemplateStringsArray, ...gaps: readonly Gap[]): Html {
  return new Html(
    pieces.map((piece, index) => piece + (index < gaps.length ? filled(gaps[index] ?? '') : '')).join(''),
  );
}

/** Nothing, where something may stand. */
export const none = html``;
