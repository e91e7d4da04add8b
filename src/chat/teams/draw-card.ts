import type { IAdaptiveCard, IContainer, IRichTextBlock } from '@microsoft/teams.cards';
import type { Text } from '../../text/text.ts';
import type { Words } from '../../text/words.ts';
import { type Card, type Item, labelled, type Part } from '../card.ts';
import { drawButtons } from './draw-button.ts';
import { drawChart, type Painted } from './draw-chart.ts';
import { type Element, heading, inWords, paragraph, runs } from './draw-words.ts';
import { bytes, fitting, limits, type Room, type Surface } from './limits.ts';

/** Where a card is drawn, for readers of which language. */
export interface CardDrawing {
  surface: Surface;
  text: Text;
  /** Pictures of charts, for clients that draw none. */
  painted?: Painted;
}

/** A card as an Adaptive Card for one surface, within Teams' limits; what does not fit is cut visibly. */
export function drawCard(card: Card, drawing: CardDrawing): IAdaptiveCard {
  const isWide = drawing.surface !== 'dialog' && card.body.some(({ kind }) => wide.has(kind));
  const draw = (room: Room): IAdaptiveCard => ({
    ...asAdaptiveCard(drawBody(card, { ...drawing, room })),
    ...(isWide ? { msteams: { width: 'full' } } : {}),
  });
  return fitting(draw, shortened);
}

/** What is read with less effort in a wide card. */
const wide: ReadonlySet<Part['kind']> = new Set(['list', 'facts', 'chart']);

/** Version 1.5 is what Teams shows everywhere (learn.microsoft.com, microsoft-copilot-studio/guidance/adaptive-cards-overview). */
export function asAdaptiveCard(body: Element[]): IAdaptiveCard {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body: body.length === 0 ? [paragraph([], 1)] : body,
  };
}

/** A part's way onto a card: where, in which language, in how much room. */
export type Drawing = CardDrawing & { room: Room };

function drawBody(card: Card, drawing: Drawing): Element[] {
  const body: Element[] = card.title === undefined ? [] : [heading(card.title, 'Large')];
  let divided = false;
  for (const part of card.body) {
    if (part.kind === 'divider') {
      divided = body.length > 0;
      continue;
    }
    const [first, ...others] = drawPart(part, drawing);
    if (first === undefined) continue;
    body.push(divided ? { ...first, separator: true, spacing: 'Medium' } : first, ...others);
    divided = false;
  }
  return body;
}

function drawPart(part: Exclude<Part, { kind: 'divider' }>, drawing: Drawing): Element[] {
  const { room, surface, text, painted } = drawing;
  switch (part.kind) {
    case 'words':
      return said(part.words, room);
    case 'note':
      return drawNote(part.words, room);
    case 'heading':
      return [heading(part.words, 'Medium')];
    case 'warning':
      return [drawWarning(part.words, room)];
    case 'buttons':
      return drawButtons(part.buttons, surface);
    case 'chart':
      return [
        ...said({ strong: part.title }, room),
        ...[drawChart(part, { room, painted })].filter((drawn) => drawn !== null),
        ...drawNote(part.alternative, room),
      ];
    case 'facts':
      return drawLines(
        part.facts.map(({ label, value }) =>
          paragraph([...runs({ strong: labelled(label) }), ...runs(value)], room.words, { spacing: 'Small' }),
        ),
        { room, text },
      );
    case 'list':
      return [
        ...drawLines(
          part.items.slice(0, room.items).map((item) => drawItem(item, drawing)),
          {
            room,
            text,
            count: part.items.length,
          },
        ),
        ...(part.more === undefined ? [] : drawNote(part.more, room)),
      ];
  }
}

/** Words as paragraphs; nothing where nothing is said. */
export function said(words: Words, room: Room): Element[] {
  return inWords(words).trim() === '' ? [] : [paragraph(runs(words), room.words)];
}

/** A quieter line. */
export function drawNote(words: Words, room: Room, spacing: 'None' | 'Small' = 'Small'): Element[] {
  if (inWords(words).trim() === '') return [];
  return [paragraph(runs(words, { isSubtle: true, size: 'Small' }), room.words, { spacing })];
}

/** What needs attention: colour alone would not reach everybody, so it starts with a sign that is read aloud. */
export function drawWarning(words: Words, room: Room): IContainer {
  return { type: 'Container', style: 'warning', items: [paragraph([...runs('⚠️ '), ...runs(words)], room.words)] };
}

/** Lines that belong together, and how many more there are than are drawn. */
function drawLines(
  lines: (IRichTextBlock | IContainer)[],
  { room, text, count = lines.length }: { room: Room; text: Text; count?: number },
): Element[] {
  if (lines.length === 0) return [];
  const more = count - Math.min(lines.length, room.items);
  return [
    { type: 'Container', items: lines.slice(0, room.items) },
    ...(more === 0 ? [] : drawNote(text.words('chat.more', { count: more }), room)),
  ];
}

function drawItem({ words, detail, buttons = [] }: Item, { room, surface }: Drawing): IContainer {
  const rows = drawButtons(buttons, surface);
  return {
    type: 'Container',
    spacing: 'Small',
    items: [
      paragraph([...runs('• '), ...runs(words)], room.words),
      ...(detail === undefined ? [] : drawNote(detail, room, 'None')),
      ...rows.map((row) => ({ ...row, spacing: 'Small' as const })),
    ],
  };
}

/** Drops elements before the last ones, which say what can be done next, until the rest fits. */
function shortened(card: IAdaptiveCard): IAdaptiveCard {
  const sizes = card.body.map(bytes);
  // Room for a comma behind each element, and for the sign that says that something is missing.
  const frame = bytes({ ...card, body: [] }) + 2 * sizes.length + bytes(rest);
  let total = sizes.reduce((sum, size) => sum + size, frame);
  const tail = Math.min(3, sizes.length);
  const kept = card.body.slice(-tail);
  const before = card.body.slice(0, -tail);
  while (total > limits.message && before.length > 0) {
    before.pop();
    total -= sizes[before.length] ?? 0;
  }
  while (total > limits.message && kept.length > 0) total -= bytes(kept.shift() ?? {});
  return { ...card, body: [...before, rest, ...kept] };
}

const rest: IRichTextBlock = { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: '…' }] };
