import type { Json } from './activities.ts';

/** What a person has done to a card in their client, besides answering. */
export interface Unfolded {
  /** Elements shown or hidden by Action.ToggleVisibility, by id. */
  readonly toggled: ReadonlyMap<string, boolean>;
  /** Action.ShowCard that are open. */
  readonly open: ReadonlySet<Json>;
}

/** An input of a card. */
export interface CardInput {
  id: string;
  element: Json;
  /** What is read beside it. */
  label: string;
  visible: boolean;
  /** The card it stands in: the whole one, or one inside an Action.ShowCard. */
  inside: Json;
}

/** A button, or another thing that can be pressed. */
export interface CardAction {
  title: string;
  action: Json;
  visible: boolean;
  /** Cards around it, the whole one first. */
  around: readonly Json[];
  /** Buttons beside each other have the same. */
  row: unknown;
}

/** An Adaptive Card as a client shows it: what is read in it, asked, and pressed, from top to bottom. */
export interface CardView {
  lines: string[];
  /** Facts, and lines that begin with a label in bold; without mark-up. */
  facts: Record<string, string>;
  /** Texts in the colour of attention, and those in boxes that warn. */
  attention: string[];
  inputs: CardInput[];
  actions: CardAction[];
}

const folded: Unfolded = { toggled: new Map(), open: new Set() };

/** Reads a card; what is hidden has no lines, and inputs and actions say that they are. */
export function viewOf(card: Json, unfolded: Unfolded = folded): CardView {
  const view: CardView = { lines: [], facts: {}, attention: [], inputs: [], actions: [] };
  readCard(card, { view, unfolded, visible: true, around: [card] });
  return view;
}

/** All that can be read in a card, a line for each text; buttons are not among it. */
export const textOf = (card: Json): string => viewOf(card).lines.join('\n');

/** The facts of a card, label to value, without mark-up. */
export const factsOf = (card: Json): Record<string, string> => viewOf(card).facts;

interface Reading {
  view: CardView;
  unfolded: Unfolded;
  visible: boolean;
  around: readonly Json[];
}

function readCard(card: Json, reading: Reading): void {
  for (const element of list(card.body)) readElement(element, reading);
  readActions(card.actions, reading);
}

function readElement(element: Json, outer: Reading): void {
  const id = typeof element.id === 'string' ? element.id : undefined;
  const shown = (id === undefined ? undefined : outer.unfolded.toggled.get(id)) ?? element.isVisible !== false;
  const reading = { ...outer, visible: outer.visible && shown };
  const { view, visible } = reading;
  const say = (text: string) => {
    if (visible && text !== '') view.lines.push(text);
  };
  readSelectAction(element, reading);
  const type = String(element.type);
  if (type.startsWith('Input.')) {
    const label = withoutMarkup(String(element.label ?? element.title ?? element.placeholder ?? element.id));
    say(label);
    view.inputs.push({ id: String(element.id), element, label, visible, inside: outer.around.at(-1) ?? element });
    return;
  }
  switch (type) {
    case 'TextBlock': {
      const text = withoutMarkup(String(element.text ?? ''));
      say(text);
      if (visible && isAttention(element.color)) view.attention.push(text);
      return;
    }
    case 'RichTextBlock': {
      const inlines = Array.isArray(element.inlines) ? element.inlines : [];
      const [first = '', ...rest] = inlines.map((each) => String(isJson(each) ? (each.text ?? '') : each));
      const text = [first, ...rest].join('');
      say(text);
      if (visible && list(inlines).some(({ color }) => isAttention(color))) view.attention.push(text);
      const isLabel = isJson(inlines[0]) && inlines[0].weight === 'Bolder' && /[:：]\s*$/.test(first);
      if (visible && isLabel && rest.length > 0) view.facts[withoutColon(first)] = rest.join('');
      for (const inline of list(inlines)) readSelectAction(inline, reading);
      return;
    }
    case 'FactSet':
      for (const fact of list(element.facts)) {
        const title = withoutColon(withoutMarkup(String(fact.title)));
        const value = withoutMarkup(String(fact.value));
        say(`${title}: ${value}`);
        if (visible) view.facts[title] = value;
      }
      return;
    case 'Image':
      say(String(element.altText ?? ''));
      return;
    case 'ActionSet':
      readActions(element.actions, reading);
      return;
    case 'Badge':
      say(String(element.text ?? ''));
      return;
  }
  const children = [element.items, element.columns, element.rows, element.cells, element.images, element.pages];
  const before = view.lines.length;
  for (const child of children.flatMap(list)) readElement(child, reading);
  if (['warning', 'attention'].includes(String(element.style))) {
    const warned = view.lines.slice(before).filter((line) => !view.attention.includes(line));
    view.attention.push(...warned);
  }
  const { fallback } = element;
  if (children.every((each) => each === undefined) && isJson(fallback)) readElement(fallback, outer);
}

function readActions(actions: unknown, reading: Reading): void {
  for (const action of list(actions)) readAction(action, reading, actions);
}

function readSelectAction(element: Json, reading: Reading): void {
  if (isJson(element.selectAction)) readAction(element.selectAction, reading, element);
}

function readAction(action: Json, reading: Reading, row: unknown): void {
  const { view, unfolded, visible, around } = reading;
  const title = withoutMarkup(String(action.title ?? action.tooltip ?? ''));
  const enabled = action.isEnabled !== false;
  view.actions.push({ title, action, visible: visible && enabled, around, row });
  if (action.type !== 'Action.ShowCard' || !isJson(action.card)) return;
  const inner = { ...reading, visible: visible && unfolded.open.has(action), around: [...around, action.card] };
  readCard(action.card, inner);
}

/** A text as it is read: the subset of Markdown that cards know, without its marks. */
export function withoutMarkup(text: string): string {
  const marks = /\\([!-/:-@[-`{-~])|\[((?:\\.|[^\]\\])*)\]\((?:\\.|[^()\\])*\)|\*\*|(?<!\w)_(?=\S)|(?<=\S)_(?!\w)/g;
  return text.replace(marks, (_, escaped?: string, label?: string) =>
    label === undefined ? (escaped ?? '') : withoutMarkup(label),
  );
}

const withoutColon = (label: string) => label.replace(/\s*[:：]\s*$/, '');

const isAttention = (color: unknown) => String(color).toLowerCase() === 'attention';

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The objects of an array; nothing when it is none. */
export const list = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : []);
