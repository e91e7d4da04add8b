import type { InputBlock, PlainTextOption } from '@slack/types';
import type { Text } from '../../text/text.ts';
import type { Field, Option, Widget } from '../form.ts';
import { cut, limits, plainText } from './limits.ts';

/** One field as an input block, under its own label or this form's; null when there are no options to choose from. */
export function drawField(
  field: Field,
  blockId: string,
  given: Given & { label?: string },
  text: Text,
): InputBlock | null {
  const element = drawWidget(field.widget, given, text);
  if (element === null) return null;
  return {
    type: 'input',
    block_id: blockId,
    label: plainText(given.label ?? text.plain(field.label), limits.label),
    element,
    optional: !field.required,
    ...(field.hint === undefined ? {} : { hint: plainText(text.plain(field.hint), limits.hint) }),
    // Each answer is told while the form is being filled in: when it is closed, Slack does not say what was in it.
    ...(field.widget.kind === 'file' ? {} : { dispatch_action: true }),
  };
}

type Given = { initial: unknown; options: readonly Option[] };
type Element = InputBlock['element'];

function drawWidget(widget: Widget, { initial, options }: Given, text: Text): Element | null {
  const one = typeof initial === 'string' && initial !== '' ? initial : undefined;
  const several = Array.isArray(initial) ? initial.filter((each) => typeof each === 'string' && each !== '') : [];
  switch (widget.kind) {
    case 'text': {
      const max = Math.min(widget.max, limits.text);
      return {
        type: 'plain_text_input',
        action_id: 'answer',
        multiline: widget.multiline,
        max_length: max,
        dispatch_action_config: { trigger_actions_on: ['on_character_entered'] },
        ...placeholder(widget.placeholder, text),
        ...(one === undefined ? {} : { initial_value: cut(one, max) }),
      };
    }
    case 'number':
      return drawNumber(widget, initial);
    case 'date':
      return {
        type: 'datepicker',
        action_id: 'answer',
        ...(one !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(one) ? { initial_date: one } : {}),
      };
    case 'oneOf': {
      const offered = offer(widget.options, options, text);
      const chosen = offered.find((option) => option.value === one);
      if (offered.length === 0) return null;
      const type = widget.look === 'radio' && offered.length <= limits.boxes ? 'radio_buttons' : 'static_select';
      return { type, action_id: 'answer', options: offered, ...(chosen ? { initial_option: chosen } : {}) };
    }
    case 'someOf': {
      const offered = offer(widget.options, options, text);
      if (offered.length === 0) return null;
      const chosen = offered.filter((option) => several.includes(option.value ?? '')).slice(0, widget.max);
      return {
        type: 'multi_static_select',
        action_id: 'answer',
        options: offered,
        max_selected_items: widget.max,
        ...(chosen.length > 0 ? { initial_options: chosen } : {}),
      };
    }
    case 'yesNo': {
      const tick: PlainTextOption = { text: plainText(text.plain(widget.label), limits.option.text), value: 'yes' };
      return {
        type: 'checkboxes',
        action_id: 'answer',
        options: [tick],
        ...(initial === true ? { initial_options: [tick] } : {}),
      };
    }
    case 'person': {
      const users = several.filter(isId);
      if (widget.max > 1) {
        return {
          type: 'multi_users_select',
          action_id: 'answer',
          max_selected_items: widget.max,
          ...(users.length > 0 ? { initial_users: users.slice(0, widget.max) } : {}),
        };
      }
      return { type: 'users_select', action_id: 'answer', ...(isId(one) ? { initial_user: one } : {}) };
    }
    case 'lookUp': {
      const chosen = drawOptions(options).find((option) => option.value === one);
      return {
        type: 'external_select',
        action_id: `find:${widget.source}`,
        min_query_length: 1,
        ...placeholder(widget.placeholder, text),
        ...(chosen === undefined ? {} : { initial_option: chosen }),
      };
    }
    case 'channel':
      return {
        type: 'conversations_select',
        action_id: 'answer',
        filter: { include: ['public', 'private'], exclude_bot_users: true },
        ...(isId(one) ? { initial_conversation: one } : {}),
      };
    case 'file':
      return {
        type: 'file_input',
        action_id: 'answer',
        max_files: 1,
        ...(widget.endings.length > 0 ? { filetypes: widget.endings.map((ending) => ending.replace(/^\./, '')) } : {}),
      };
  }
}

/** Slack refuses the whole form for an id that is none of its own. */
const isId = (id: string | undefined): id is string => id !== undefined && /^[A-Z][A-Z0-9]{1,30}$/.test(id);

function drawNumber(widget: Widget & { kind: 'number' }, initial: unknown): Element {
  const { min, max, decimals } = widget;
  const fits =
    typeof initial === 'number' && initial >= min && initial <= max && (decimals || Number.isInteger(initial));
  return {
    type: 'number_input',
    action_id: 'answer',
    is_decimal_allowed: decimals,
    min_value: String(min),
    max_value: String(max),
    dispatch_action_config: { trigger_actions_on: ['on_character_entered'] },
    ...(fits && /^-?\d+(\.\d+)?$/.test(String(initial)) ? { initial_value: String(initial) } : {}),
  };
}

const placeholder = (key: Parameters<Text['plain']>[0] | undefined, text: Text) =>
  key === undefined ? {} : { placeholder: plainText(text.plain(key), limits.placeholder) };

function offer(
  options: readonly { value: string; label: Parameters<Text['plain']>[0] }[] | 'given',
  given: readonly Option[],
  text: Text,
): PlainTextOption[] {
  if (options === 'given') return drawOptions(given);
  return drawOptions(options.map(({ value, label }) => ({ value, label: text.plain(label) })));
}

/** Options of a menu: at most 100, each value once. A value is a pointer and cannot be cut, so one too long is left out. */
export function drawOptions(options: readonly Option[]): PlainTextOption[] {
  const { text, value: longest, description } = limits.option;
  const seen = new Set<string>();
  const drawn: PlainTextOption[] = [];
  for (const { value, label, detail } of options) {
    if (value === '' || value.length > longest || seen.has(value) || drawn.length === limits.options) continue;
    seen.add(value);
    const described =
      detail === undefined || detail.trim() === '' ? {} : { description: plainText(detail, description) };
    drawn.push({ text: plainText(label, text), value, ...described });
  }
  return drawn;
}
