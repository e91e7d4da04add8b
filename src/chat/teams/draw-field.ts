import type { IChoice, IChoiceSetInput, INumberInput } from '@microsoft/teams.cards';
import { cut } from '../../text/cut.ts';
import type { Text } from '../../text/text.ts';
import type { Field, Option, Widget } from '../form.ts';
import { drawNote } from './draw-card.ts';
import { type Element, paragraph, runs, unmarked } from './draw-words.ts';
import { limits, type Room } from './limits.ts';

/** What a field is called in this form, starts with and offers. */
export interface Given {
  label: string;
  initial: unknown;
  /** What it offers. Of a look-up, only what is offered without typing. */
  options: readonly Option[];
  /** The file that was handed over. */
  file?: { name: string } | undefined;
}

/** The look-up that finds colleagues while typing; an answer is a person id. */
export const colleaguesSource = 'people.colleagues';

/** What "(none)" sends: a choice that was made cannot be taken back otherwise, and an empty value is no choice to clients. */
export const noChoice = '-';

interface Way {
  text: Text;
  room: Room;
}

/** One field: its input and its hint. Nothing when nothing can be chosen, because there are no options. */
export function drawField(name: string, field: Field, given: Given, way: Way): Element[] {
  const { text, room } = way;
  const drawn = drawWidget(field, given, {
    ...way,
    common: {
      id: name,
      label: given.label,
      ...(field.required ? { isRequired: true, errorMessage: text.plain('chat.form.required') } : {}),
    },
  });
  if (drawn.length === 0) return [];
  return [...drawn, ...(field.hint === undefined ? [] : drawNote(text.words(field.hint), room))];
}

type Common = Pick<INumberInput, 'isRequired' | 'errorMessage'> & { id: string; label: string };

function drawWidget(field: Field, given: Given, way: Way & { common: Common }): Element[] {
  const { text, room, common } = way;
  const { widget } = field;
  const { initial, options } = given;
  const one = typeof initial === 'string' && initial !== '' ? initial : undefined;
  const several = Array.isArray(initial) ? initial.filter((each) => typeof each === 'string') : [];
  switch (widget.kind) {
    case 'text':
      return [
        {
          type: 'Input.Text',
          ...common,
          isMultiline: widget.multiline,
          maxLength: widget.max,
          ...placeholder(widget.placeholder, text),
          ...(one === undefined ? {} : { value: cut(one, widget.max) }),
        },
      ];
    case 'number':
      return [drawNumber({ ...field, widget }, initial, way)];
    case 'date':
      return [
        {
          type: 'Input.Date',
          ...common,
          ...(one !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(one) ? { value: one } : {}),
        },
      ];
    case 'oneOf':
      return drawOneOf(field, widget, { one, options: offered(widget.options, options, text) }, way);
    case 'someOf': {
      const all = offered(widget.options, options, text);
      return all.length === 0 ? [] : drawSeveral(all, several.slice(0, widget.max), way);
    }
    case 'yesNo':
      return [
        {
          type: 'Input.Toggle',
          id: common.id,
          label: common.label,
          title: text.plain(widget.label),
          wrap: true,
          value: String(initial === true),
        },
      ];
    case 'person': {
      const chosen = widget.max > 1 ? several.slice(0, widget.max) : one === undefined ? [] : [one];
      const people = widget.max > 1 ? withoutCommas(options) : options;
      const choices = { ...drawChoices(people, chosen, room), ...found(colleaguesSource) };
      return [{ type: 'Input.ChoiceSet', ...common, ...choices, ...(widget.max > 1 ? { isMultiSelect: true } : {}) }];
    }
    case 'lookUp': {
      const choices = drawChoices(options, one === undefined ? [] : [one], room);
      return [
        {
          type: 'Input.ChoiceSet',
          ...common,
          ...placeholder(widget.placeholder, text),
          ...choices,
          ...found(widget.source),
        },
      ];
    }
    case 'channel':
      return drawChannel({ one, options }, way);
    case 'file':
      return [
        paragraph([...runs({ strong: `${common.label}: ` }), ...runs(fileWords(widget, given.file, text))], room.words),
      ];
  }
}

/** Options that Teams finds while the person types; what stands in the card is for clients that cannot. */
const found = (dataset: string) =>
  ({ style: 'filtered', 'choices.data': { type: 'Data.Query', dataset } }) as const satisfies Partial<IChoiceSetInput>;

function drawNumber(
  { required, widget: { min, max, decimals } }: Field & { widget: Widget & { kind: 'number' } },
  initial: unknown,
  { text, common }: Way & { common: Common },
): INumberInput {
  const fits =
    typeof initial === 'number' && initial >= min && initial <= max && (decimals || Number.isInteger(initial));
  // What the client says of an empty field and of a wrong number is the same sentence.
  const errorMessage = text.plain('chat.form.notANumber', { min, max });
  return {
    type: 'Input.Number',
    ...common,
    errorMessage,
    // Microsoft's renderer takes an empty input with bounds for a wrong number and sends nothing, so only what must be
    // answered has bounds (adaptivecards 3.0.6, NumberInput.isValid).
    ...(required ? { min, max } : {}),
    ...(fits ? { value: initial } : {}),
  };
}

function drawOneOf(
  field: Field,
  widget: Widget & { kind: 'oneOf' },
  { one, options }: { one: string | undefined; options: readonly Option[] },
  { text, room, common }: Way & { common: Common },
): Element[] {
  if (options.length === 0) return [];
  const none = field.required ? [] : [{ title: text.plain('chat.form.none'), value: noChoice }];
  const left = { ...room, choices: room.choices - none.length };
  const { choices, ...value } = drawChoices(options, one === undefined ? [] : [one], left);
  return [
    {
      type: 'Input.ChoiceSet',
      ...common,
      style: widget.look === 'radio' ? 'expanded' : 'compact',
      wrap: true,
      choices: [...none, ...choices],
      ...value,
    },
    ...drawMissing(options, choices, { text, room }),
  ];
}

function drawSeveral(
  options: readonly Option[],
  chosen: readonly string[],
  { text, room, common }: Way & { common: Common },
): Element[] {
  const fitting = withoutCommas(options);
  const drawn = drawChoices(fitting, chosen, room);
  return [
    { type: 'Input.ChoiceSet', ...common, isMultiSelect: true, wrap: true, ...drawn },
    ...drawMissing(fitting, drawn.choices, { text, room }),
  ];
}

function drawChannel(
  { one, options }: { one: string | undefined; options: readonly Option[] },
  { text, room, common }: Way & { common: Common },
): Element[] {
  if (options.length === 0) {
    const label = runs({ strong: `${common.label}: ` });
    return [paragraph([...label, ...runs(text.words('chat.form.noChannel'))], room.words)];
  }
  const drawn = drawChoices(options, one === undefined ? [] : [one], room);
  return [
    { type: 'Input.ChoiceSet', ...common, style: 'filtered', ...drawn },
    ...drawMissing(options, drawn.choices, { text, room }),
  ];
}

function fileWords({ endings }: Widget & { kind: 'file' }, file: Given['file'], text: Text) {
  if (file !== undefined) return text.words('chat.form.fileGiven', { name: file.name });
  const listed = text.list(endings.map((ending) => `.${ending.replace(/^\./, '')}`));
  return text.words('chat.form.sendFile', { count: endings.length, endings: listed });
}

const placeholder = (key: Parameters<Text['plain']>[0] | undefined, text: Text) =>
  key === undefined ? {} : { placeholder: text.plain(key) };

function offered(
  options: readonly { value: string; label: Parameters<Text['plain']>[0] }[] | 'given',
  given: readonly Option[],
  text: Text,
): readonly Option[] {
  return options === 'given' ? given : options.map(({ value, label }) => ({ value, label: text.plain(label) }));
}

/** Choices within the room there is, those that are chosen first of all; a chosen value that is not offered is left out. */
function drawChoices(
  options: readonly Option[],
  chosen: readonly string[],
  room: Room,
): { choices: IChoice[]; value?: string } {
  const known = new Map<string, Option>();
  for (const option of options) if (isValue(option.value)) known.set(option.value, option);
  const kept = chosen.filter((value) => known.has(value));
  let left = Math.max(room.choices - kept.length, 0);
  const choices: IChoice[] = [];
  for (const { value, label, detail } of known.values()) {
    if (kept.includes(value) || left-- > 0) choices.push({ title: choiceTitle(label, detail), value });
  }
  return { choices, ...(kept.length === 0 ? {} : { value: kept.join(',') }) };
}

/** Several chosen values come back with commas between them, so none of them may hold one. */
const withoutCommas = (options: readonly Option[]) => options.filter(({ value }) => !value.includes(','));

const isValue = (value: string) => value !== '' && value !== noChoice && value.length <= limits.choice.value;

function choiceTitle(label: string, detail: string | undefined): string {
  const whole = [label, detail ?? ''].filter((part) => part.trim() !== '').join(' – ');
  return whole === '' ? '–' : unmarked(cut(whole, limits.choice.title));
}

function drawMissing(options: readonly Option[], choices: readonly IChoice[], { text, room }: Way): Element[] {
  const count = new Set(options.map((option) => option.value).filter(isValue)).size - choices.length;
  return count > 0 ? drawNote(text.words('chat.more', { count }), room) : [];
}
