/** Draws text: mrkdwn, plain text and rich text, always as document nodes. */
import { html, nothing, type TemplateResult } from 'lit-html';
import type { RichPiece, TextObject } from './block-kit.ts';
import { emoji } from './emoji.ts';
import { parse, plain, safeUrl, type Words } from './mrkdwn.ts';
import { personOf, state } from './store.ts';
import { slackDate } from './times.ts';

type Drawn = TemplateResult | string | typeof nothing;

const link = (url: string, label: Drawn): Drawn => {
  const safe = safeUrl(url);
  return safe ? html`<a href=${safe} target="_blank" rel="noreferrer noopener">${label}</a>` : label;
};

const person = (id: string, label = ''): Drawn => {
  const name = personOf(id)?.realName ?? (label || id);
  return html`<span class=${id === state.userId ? 'mention mine' : 'mention'}>@${name}</span>`;
};

const channel = (id: string, label = ''): Drawn => {
  const name = state.snapshot?.channels.find((one) => one.id === id)?.name ?? (label || id);
  return html`<span class="mention">#${name}</span>`;
};

const broadcast = (who: string): Drawn => html`<span class="mention mine">@${who}</span>`;

const date = (unix: number, format: string, fallback: string, url?: string): Drawn => {
  const shown = slackDate(unix, format, fallback);
  return url ? link(url, shown) : html`<time title=${fallback}>${shown}</time>`;
};

function drawWords(words: readonly Words[]): Drawn[] {
  return words.map(drawWord);
}

function drawWord(word: Words): Drawn {
  switch (word.is) {
    case 'text':
      return word.text;
    case 'bold':
      return html`<strong>${drawWords(word.inside)}</strong>`;
    case 'italic':
      return html`<em>${drawWords(word.inside)}</em>`;
    case 'strike':
      return html`<s>${drawWords(word.inside)}</s>`;
    case 'quote':
      return html`<blockquote>${drawWords(word.inside)}</blockquote>`;
    case 'code':
      return html`<code>${word.text}</code>`;
    case 'pre':
      return html`<pre>${word.text}</pre>`;
    case 'link':
      return link(word.url, word.label);
    case 'person':
      return person(word.id, word.label);
    case 'channel':
      return channel(word.id, word.label);
    case 'broadcast':
      return broadcast(word.who);
    case 'date':
      return date(word.unix, word.format, word.fallback, word.url);
  }
}

const parsed = new Map<string, Words[]>();

/** mrkdwn, as in a message's own text. */
export function drawMrkdwn(text: string): Drawn {
  if (parsed.size > 2000) parsed.clear();
  const words = parsed.get(text) ?? parse(text);
  parsed.set(text, words);
  return html`<span class="words">${drawWords(words)}</span>`;
}

/** A text object of either kind. */
export const drawText = (text: TextObject | undefined): Drawn =>
  !text
    ? nothing
    : text.type === 'mrkdwn'
      ? drawMrkdwn(text.text)
      : html`<span class="words">${plain(text.text)}</span>`;

/** A text object as a string, for labels and the like. */
export const plainOf = (text: TextObject | string | undefined): string =>
  plain(typeof text === 'string' ? text : (text?.text ?? ''));

/** The pieces of a rich_text block. */
export function drawRich(pieces: readonly RichPiece[] | undefined): Drawn[] {
  return (pieces ?? []).map((piece): Drawn => {
    switch (piece.type) {
      case 'rich_text_section':
        return html`<div class="words">${drawRich(piece.elements)}</div>`;
      case 'rich_text_quote':
        return html`<blockquote class="words">${drawRich(piece.elements)}</blockquote>`;
      case 'rich_text_preformatted':
        return html`<pre>${drawRich(piece.elements)}</pre>`;
      case 'rich_text_list': {
        const items = (piece.elements ?? []).map((item) => html`<li>${drawRich([item])}</li>`);
        const depth = `indent-${Math.min(piece.indent ?? 0, 5)}`;
        return piece.style === 'ordered'
          ? html`<ol class=${depth}>${items}</ol>`
          : html`<ul class=${depth}>${items}</ul>`;
      }
      default:
        return styled(piece, drawPiece(piece));
    }
  });
}

function drawPiece(piece: RichPiece): Drawn {
  switch (piece.type) {
    case 'text':
      return piece.text ?? '';
    case 'link':
      return link(piece.url ?? '', piece.text || (piece.url ?? ''));
    case 'user':
      return person(piece.user_id ?? '');
    case 'channel':
      return channel(piece.channel_id ?? '');
    case 'broadcast':
      return broadcast(piece.range ?? '');
    case 'emoji':
      return emoji(piece.name ?? '') ?? `:${piece.name ?? ''}:`;
    case 'date':
      return date(piece.timestamp ?? Number.NaN, piece.format ?? '', piece.fallback ?? '', piece.url);
    default:
      return piece.value ?? piece.text ?? '';
  }
}

function styled({ style }: RichPiece, inside: Drawn): Drawn {
  if (typeof style !== 'object') return inside;
  let drawn = inside;
  if (style.code) drawn = html`<code>${drawn}</code>`;
  if (style.strike) drawn = html`<s>${drawn}</s>`;
  if (style.italic) drawn = html`<em>${drawn}</em>`;
  if (style.bold) drawn = html`<strong>${drawn}</strong>`;
  return drawn;
}
