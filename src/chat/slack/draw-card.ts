import type {
  ActionsBlock,
  KnownBlock,
  MrkdwnElement,
  PlainTextElement,
  RichTextSection,
  Button as SlackButton,
} from '@slack/types';
import { plain, type Words } from '../../text/words.ts';
import { type Button, type Card, type Chart, type Item, inPlainText, labelled, type Part } from '../card.ts';
import { followable, hasLink, inline, paragraph, section } from './draw-words.ts';
import { cut, escaped, limits, plainText, type Surface } from './limits.ts';

/** The Slack file of each chart that can be shown as a picture; for the others their words stand. */
export type Shown = ReadonlyMap<Chart, string>;
const none: Shown = new Map();

/** A card as a message: the whole meaning as text for notifications and screen readers, and the blocks that are seen. */
export function drawMessage(card: Card, shown = none): { text: string; blocks: KnownBlock[] } {
  return { text: escaped(inPlainText(card) || '–', limits.messageText), blocks: drawBlocks(card, 'message', shown) };
}

/** A card as blocks for one surface, within Slack's limits; what does not fit is cut visibly. */
export function drawBlocks(card: Card, surface: Surface, shown = none): KnownBlock[] {
  const title: KnownBlock[] =
    card.title === undefined ? [] : [{ type: 'header', text: plainText(plain(card.title), limits.header) }];
  return withinLimits([...title, ...card.body.flatMap((part) => drawPart(part, shown))], limits.blocks[surface]);
}

function drawPart(part: Part, shown: Shown): KnownBlock[] {
  switch (part.kind) {
    case 'words':
      return said(part.words);
    case 'note':
      return drawNote(part.words);
    case 'heading':
      return [{ type: 'header', text: plainText(plain(part.words), limits.header) }];
    case 'warning':
      return [paragraph([{ type: 'emoji', name: 'warning' }, { type: 'text', text: ' ' }, ...inline(part.words)])];
    case 'divider':
      return [{ type: 'divider' }];
    case 'chart':
      return drawChart(part, shown.get(part));
    case 'buttons':
      return drawButtons(part.buttons);
    case 'facts':
      return inChunks(
        part.facts.map(({ label, value }) =>
          section([{ type: 'text', text: labelled(cut(label || '–', 150)), style: { bold: true } }, ...inline(value)]),
        ),
      ).map((lines) => ({
        type: 'rich_text',
        elements: [{ type: 'rich_text_list', style: 'bullet', elements: lines }],
      }));
    case 'list':
      return [...drawItems(part.items), ...(part.more === undefined ? [] : drawNote(part.more))];
  }
}

function drawChart(chart: Chart, file: string | undefined): KnownBlock[] {
  if (file === undefined) return [...said({ strong: chart.title }), ...drawNote(chart.alternative)];
  const alternative = cut(
    chart.alternative.trim() === '' ? chart.title.trim() || '–' : chart.alternative,
    limits.altText,
  );
  const title = plainText(chart.title, limits.imageTitle);
  return [{ type: 'image', slack_file: { id: file }, alt_text: alternative, title }];
}

const said = (words: Words): KnownBlock[] => (plain(words) === '' ? [] : [paragraph(inline(words))]);

function drawNote(words: Words): KnownBlock[] {
  if (plain(words).trim() === '') return [];
  // Links are lost in plain text, and Slack's mark-up cannot hold every name, so a note with a link is rich text.
  if (hasLink(words)) return [paragraph(inline(words, { italic: true }))];
  return [{ type: 'context', elements: [plainText(plain(words), limits.contextText)] }];
}

/** Items without buttons share a bullet list; an item with one button has it beside itself, with several below. */
export function drawItems(items: readonly Item[]): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  let waiting: RichTextSection[] = [];
  const flush = () => {
    for (const elements of inChunks(waiting)) {
      blocks.push({ type: 'rich_text', elements: [{ type: 'rich_text_list', style: 'bullet', elements }] });
    }
    waiting = [];
  };
  for (const item of items) {
    const buttons = (item.buttons ?? []).filter(isPressable);
    if (buttons.length === 0) {
      waiting.push(section(itemLine(item)));
      continue;
    }
    flush();
    const [only, another] = buttons;
    if (only !== undefined && another === undefined && !hasLink(item.words) && !hasLink(item.detail ?? '')) {
      blocks.push({ type: 'section', text: besideButton(item), accessory: drawButton(only) });
    } else {
      blocks.push(paragraph(itemLine(item)), ...drawButtons(buttons));
    }
  }
  flush();
  return blocks;
}

/** The text beside a button cannot be rich text. It is mark-up where no part could be taken for mark-up itself. */
function besideButton(item: Item): PlainTextElement | MrkdwnElement {
  const detail = item.detail === undefined ? '' : `\n${plain(item.detail)}`;
  const whole = `${plain(item.words)}${detail}`;
  if (whole.length > limits.text / 2 || mayBeMarkup.test(whole)) return plainText(whole, limits.text);
  return { type: 'mrkdwn', text: `${withStrong(item.words)}${detail}`, verbatim: true };
}

const mayBeMarkup = /[*_~`<>&\\]|:\S+:|^\s*$/;

/** Asterisks beside a letter stay asterisks; Chinese sets no spaces, so a name within a sentence is as plain as it. */
function withStrong(words: Words): string {
  const parts = partsOf(words);
  return parts
    .map(({ text, strong }, at) => {
      const [before, after] = [parts[at - 1]?.text.at(-1), parts[at + 1]?.text[0]];
      return strong && !isLetter(before) && !isLetter(after) ? `*${text}*` : text;
    })
    .join('');
}

const isLetter = (character = ''): boolean => /[\p{L}\p{M}\p{N}\p{Cs}]/u.test(character);

/** Strong parts without the spaces around them: inside of asterisks they would make them plain. */
function partsOf(words: Words): { text: string; strong: boolean }[] {
  if (Array.isArray(words)) return words.flatMap(partsOf);
  const isStrong = typeof words !== 'string' && 'strong' in words;
  const text = isStrong ? plain(words.strong).trim() : plain(words);
  return text === '' ? [] : [{ text, strong: isStrong }];
}

function itemLine(item: Item) {
  const line = inline(item.words);
  const detail = item.detail === undefined ? [] : inline(item.detail, { italic: true });
  const whole = detail.length === 0 ? line : [...line, { type: 'text' as const, text: '\n' }, ...detail];
  return whole.length === 0 ? [{ type: 'text' as const, text: '–' }] : whole;
}

/** What goes into one block together: so many at most, and no more than the length of one text where that is possible. */
function inChunks<T>(parts: readonly T[], most = Number.POSITIVE_INFINITY): T[][] {
  const chunks: T[][] = [];
  let length = 0;
  for (const each of parts) {
    const size = textIn(each);
    const last = chunks.at(-1);
    if (last !== undefined && last.length < most && length + size <= limits.text) {
      last.push(each);
      length += size;
    } else {
      chunks.push([each]);
      length = size;
    }
  }
  return chunks;
}

/** A pointer cannot be cut: a button whose pointer Slack would refuse leads nowhere and is left out. */
function isPressable(button: Button): boolean {
  if ('link' in button) return followable(button.link) !== null;
  return (button.about ?? '').length <= limits.buttonValue;
}

/** Rows of buttons. */
export function drawButtons(buttons: readonly Button[]): ActionsBlock[] {
  const drawn = buttons.filter(isPressable).map((button) => drawButton(button));
  return inChunks(drawn, limits.buttonsPerBlock).map((row) => ({ type: 'actions', elements: distinct(row) }));
}

/** Action ids must be unique in their block; the number behind the second one is dropped again when it is pressed. */
function distinct(buttons: readonly SlackButton[]): SlackButton[] {
  const seen = new Map<string, number>();
  return buttons.map((button) => {
    const id = button.action_id ?? '';
    const count = (seen.get(id) ?? 0) + 1;
    seen.set(id, count);
    return count === 1 ? button : { ...button, action_id: `${id}#${count}` };
  });
}

/** One button. Its action id says what it leads to, its value whom or what that is about. */
export function drawButton(button: Button): SlackButton {
  const leadsTo =
    'link' in button
      ? { action_id: 'follows', url: button.link }
      : {
          action_id: 'does' in button ? `does:${button.does}` : `opens:${button.opens}`,
          ...(button.about === undefined ? {} : { value: button.about }),
        };
  const { title, text, button: short } = limits.confirm;
  return {
    type: 'button',
    text: plainText(button.label, limits.buttonText),
    ...leadsTo,
    ...(button.spoken === undefined || button.spoken === ''
      ? {}
      : { accessibility_label: cut(button.spoken, limits.buttonText) }),
    ...(button.look === undefined ? {} : { style: button.look }),
    ...(button.confirm === undefined
      ? {}
      : {
          confirm: {
            title: plainText(button.confirm.title, title),
            text: plainText(button.confirm.words, text),
            confirm: plainText(button.confirm.yes, short),
            deny: plainText(button.confirm.no, short),
            ...(button.look === 'danger' ? { style: 'danger' as const } : {}),
          },
        }),
  };
}

/**
 * Drops blocks before the last three, which say what can be done next, until the rest fits. No block is longer than one
 * text and one button, so the last three do.
 */
export function withinLimits(blocks: readonly KnownBlock[], max: number): KnownBlock[] {
  const fits = (count: number, length: number) => count <= max && length <= limits.textInBlocks;
  const sizes = blocks.map(textIn);
  let total = sizes.reduce((sum, size) => sum + size, 0);
  if (fits(blocks.length, total)) return [...blocks];
  const rest: KnownBlock = { type: 'context', elements: [plainText('…', 1)] };
  total += textIn(rest);
  const tail = Math.min(3, blocks.length);
  let head = blocks.length - tail;
  while (head > 0 && !fits(head + 1 + tail, total)) {
    head -= 1;
    total -= sizes[head] ?? 0;
  }
  return [...blocks.slice(0, head), rest, ...blocks.slice(blocks.length - tail)];
}

/** Characters of text anywhere in a block. */
function textIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, part) => sum + textIn(part), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, part]) => sum + (key === 'text' && typeof part === 'string' ? part.length : textIn(part)),
    0,
  );
}
