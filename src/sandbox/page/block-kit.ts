/**
 * Block Kit as the page reads it: the fields it draws, all optional, because it shows what an app sent and never
 * trusts it to be whole.
 */

/** A text object. */
export interface TextObject {
  type: 'plain_text' | 'mrkdwn';
  text: string;
}

/** One choice of a select, a menu, checkboxes or radio buttons. */
export interface Option {
  text: TextObject;
  value: string;
  description?: TextObject;
  url?: string;
}

/** Choices under a heading. */
export interface OptionGroup {
  label: TextObject;
  options: Option[];
}

/** The question asked before an element acts. */
export interface Confirm {
  title: TextObject;
  text: TextObject;
  confirm: TextObject;
  deny: TextObject;
  style?: string;
}

/** Any block element. */
export interface Element {
  type: string;
  action_id?: string;
  text?: TextObject | string;
  value?: string;
  url?: string;
  style?: string;
  accessibility_label?: string;
  confirm?: Confirm;
  placeholder?: TextObject;
  options?: Option[];
  option_groups?: OptionGroup[];
  min_query_length?: number;
  max_selected_items?: number;
  multiline?: boolean;
  min_length?: number;
  max_length?: number;
  is_decimal_allowed?: boolean;
  min_value?: string;
  max_value?: string;
  max_files?: number;
  filetypes?: string[];
  focus_on_load?: boolean;
  dispatch_action_config?: { trigger_actions_on?: string[] };
  initial_value?: string;
  initial_option?: Option;
  initial_options?: Option[];
  initial_date?: string;
  initial_time?: string;
  initial_date_time?: number;
  initial_user?: string;
  initial_users?: string[];
  initial_channel?: string;
  initial_channels?: string[];
  initial_conversation?: string;
  initial_conversations?: string[];
  image_url?: string;
  slack_file?: { id?: string; url?: string };
  alt_text?: string;
}

/** One piece of a rich_text block; pieces nest. */
export interface RichPiece {
  type: string;
  elements?: RichPiece[];
  style?: string | { bold?: boolean; italic?: boolean; strike?: boolean; code?: boolean };
  indent?: number;
  text?: string;
  url?: string;
  user_id?: string;
  channel_id?: string;
  range?: string;
  name?: string;
  unicode?: string;
  timestamp?: number;
  format?: string;
  fallback?: string;
  value?: string;
}

/** Any block. */
export interface Block {
  type: string;
  block_id?: string;
  text?: TextObject;
  fields?: TextObject[];
  accessory?: Element;
  elements?: Element[];
  element?: Element;
  label?: TextObject;
  hint?: TextObject;
  optional?: boolean;
  dispatch_action?: boolean;
  title?: TextObject;
  image_url?: string;
  slack_file?: { id?: string; url?: string };
  alt_text?: string;
  level?: string | number;
  rows?: unknown[][];
}

/** A modal or a home tab. */
export interface View {
  id?: string;
  hash?: string;
  title?: TextObject;
  submit?: TextObject;
  close?: TextObject;
  submit_disabled?: boolean;
  blocks?: Block[];
  state?: { values: Record<string, Record<string, unknown>> };
}

/**
 * The blocks with the ids an answer is filed under. Slack names the nameless blocks itself; should one arrive
 * without a name, its position serves.
 */
export function named(blocks: readonly unknown[] | undefined): (Block & { block_id: string })[] {
  return ((blocks ?? []) as Block[]).map((block, at) => ({ ...block, block_id: block.block_id ?? `block-${at}` }));
}

/** Every element of a block that a person can act on. */
export function elementsOf(block: Block): Element[] {
  return [block.element, block.accessory, ...(block.type === 'actions' ? (block.elements ?? []) : [])].filter(
    (element) => element !== undefined,
  );
}
