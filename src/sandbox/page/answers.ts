/**
 * What a person has filled in, in the shape of Slack's `view.state.values`: pure, so that the same rules serve modal,
 * message and home.
 */
import { type Block, type Element, elementsOf, named, type Option } from './block-kit.ts';

/** One element's entry of `state.values`. */
export interface Answer {
  type: string;
  [part: string]: unknown;
}

/** `state.values`: block id, then action id. */
export type Values = Record<string, Record<string, Answer>>;

/** Which property of the answer holds the value, for each element that has one. */
const PARTS: Readonly<Record<string, string>> = {
  plain_text_input: 'value',
  number_input: 'value',
  email_text_input: 'value',
  url_text_input: 'value',
  static_select: 'selected_option',
  external_select: 'selected_option',
  radio_buttons: 'selected_option',
  multi_static_select: 'selected_options',
  multi_external_select: 'selected_options',
  checkboxes: 'selected_options',
  users_select: 'selected_user',
  multi_users_select: 'selected_users',
  channels_select: 'selected_channel',
  multi_channels_select: 'selected_channels',
  conversations_select: 'selected_conversation',
  multi_conversations_select: 'selected_conversations',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  datetimepicker: 'selected_date_time',
  file_input: 'files',
};

/** Whether the element holds an answer (a button does not). */
export const holdsAnswer = (element: Element): boolean => element.type in PARTS;

const holdsMany = (type: string) => type.startsWith('multi_') || type === 'checkboxes' || type === 'file_input';

/** The answer of an element with this value; nothing and empty text are null, as Slack sends them. */
export function answer(element: Element, value: unknown): Answer {
  const empty = holdsMany(element.type) ? [] : null;
  return { type: element.type, [PARTS[element.type] ?? 'value']: value === '' || value == null ? empty : value };
}

/** The value inside an answer. */
export const entryOf = (given: Answer): unknown => given[PARTS[given.type] ?? 'value'] ?? null;

/** The answer before anyone touched the element. */
export function initialAnswer(element: Element): Answer {
  const { type } = element;
  const part = PARTS[type] ?? 'value';
  const initial = `initial_${part.replace('selected_', '')}` as keyof Element;
  return answer(element, element[initial]);
}

/** The values of a multiple choice or the one of a single choice, as a list of strings. */
export function chosen(given: Answer): (string | Option)[] {
  const value = entryOf(given) as null | string | Option | (string | Option)[];
  return Array.isArray(value) ? value : value == null ? [] : [value];
}

/** Everything filled in on a surface. `given` returns what the person entered, or nothing. */
export function valuesOf(
  blocks: readonly unknown[] | undefined,
  given: (blockId: string, actionId: string, type: string) => Answer | undefined,
): Values {
  const values: Values = {};
  for (const block of named(blocks)) {
    for (const element of elementsOf(block)) {
      if (!holdsAnswer(element)) continue;
      const actionId = element.action_id ?? '';
      values[block.block_id] ??= {};
      const row = values[block.block_id] ?? {};
      row[actionId] = given(block.block_id, actionId, element.type) ?? initialAnswer(element);
    }
  }
  return values;
}

/** What Slack's client finds wrong before it sends a view. */
export type Fault =
  | { is: 'missing' }
  | { is: 'short' | 'long' | 'low' | 'high'; limit: number }
  | { is: 'number' | 'whole' | 'email' | 'url' };

function faultOf(block: Block, element: Element, given: Answer): Fault | undefined {
  const value = entryOf(given);
  const missing = value === null || (Array.isArray(value) && value.length === 0);
  if (missing || (typeof value === 'string' && value.trim() === ''))
    return block.optional ? undefined : { is: 'missing' };
  if (typeof value !== 'string') return undefined;
  if (element.min_length && value.length < element.min_length) return { is: 'short', limit: element.min_length };
  if (element.max_length && value.length > element.max_length) return { is: 'long', limit: element.max_length };
  if (element.type === 'email_text_input' && !/^\S+@\S+\.\S+$/.test(value)) return { is: 'email' };
  if (element.type === 'url_text_input' && !URL.canParse(value)) return { is: 'url' };
  if (element.type !== 'number_input') return undefined;
  const number = Number(value);
  if (Number.isNaN(number)) return { is: 'number' };
  if (!element.is_decimal_allowed && !Number.isInteger(number)) return { is: 'whole' };
  if (element.min_value && number < Number(element.min_value)) return { is: 'low', limit: Number(element.min_value) };
  if (element.max_value && number > Number(element.max_value)) return { is: 'high', limit: Number(element.max_value) };
  return undefined;
}

/** The faults of the input blocks by block id; empty when the view can be sent. */
export function faults(blocks: readonly unknown[] | undefined, values: Values): Map<string, Fault> {
  const found = new Map<string, Fault>();
  for (const block of named(blocks)) {
    if (block.type !== 'input' || !block.element) continue;
    const given = values[block.block_id]?.[block.element.action_id ?? ''];
    const fault = given && faultOf(block, block.element, given);
    if (fault) found.set(block.block_id, fault);
  }
  return found;
}
