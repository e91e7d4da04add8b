import { isDeepStrictEqual } from 'node:util';
import { elementsOf } from './blocks/check.ts';
import { isObject, type Json, objects, text } from './json.ts';
import type { SandboxStateValues } from './protocol.ts';

/** Slack's `state.values`. */
export type StateValues = SandboxStateValues;

/** For each element type that holds an answer: the state's key, the key of the initial answer, and "nothing". */
const kinds: Record<string, { key: string; initial?: string; nothing: unknown }> = {
  plain_text_input: { key: 'value', initial: 'initial_value', nothing: null },
  number_input: { key: 'value', initial: 'initial_value', nothing: null },
  email_text_input: { key: 'value', initial: 'initial_value', nothing: null },
  url_text_input: { key: 'value', initial: 'initial_value', nothing: null },
  file_input: { key: 'files', nothing: [] },
  static_select: { key: 'selected_option', initial: 'initial_option', nothing: null },
  external_select: { key: 'selected_option', initial: 'initial_option', nothing: null },
  users_select: { key: 'selected_user', initial: 'initial_user', nothing: null },
  conversations_select: { key: 'selected_conversation', initial: 'initial_conversation', nothing: null },
  channels_select: { key: 'selected_channel', initial: 'initial_channel', nothing: null },
  multi_static_select: { key: 'selected_options', initial: 'initial_options', nothing: [] },
  multi_external_select: { key: 'selected_options', initial: 'initial_options', nothing: [] },
  multi_users_select: { key: 'selected_users', initial: 'initial_users', nothing: [] },
  multi_conversations_select: { key: 'selected_conversations', initial: 'initial_conversations', nothing: [] },
  multi_channels_select: { key: 'selected_channels', initial: 'initial_channels', nothing: [] },
  checkboxes: { key: 'selected_options', initial: 'initial_options', nothing: [] },
  radio_buttons: { key: 'selected_option', initial: 'initial_option', nothing: null },
  datepicker: { key: 'selected_date', initial: 'initial_date', nothing: null },
  timepicker: { key: 'selected_time', initial: 'initial_time', nothing: null },
  datetimepicker: { key: 'selected_date_time', initial: 'initial_date_time', nothing: null },
};

/** The key under which an element's answer stands, or undefined when it holds none (a button). */
export function answerKey(element: Json): string | undefined {
  return kinds[text(element.type)]?.key;
}

/** An element's answer, or null when there is none; empty text and empty lists are none. */
export function answerOf(element: Json, entry: Json | undefined): unknown {
  const answer = entry?.[answerKey(element) ?? ''];
  if (answer === undefined || answer === '' || (Array.isArray(answer) && answer.length === 0)) return null;
  return answer;
}

function initialEntry(element: Json, kind: { key: string; initial?: string; nothing: unknown }): Json {
  const initial = kind.initial === undefined ? undefined : element[kind.initial];
  return { type: element.type, [kind.key]: initial ?? kind.nothing };
}

/** Every element of some blocks that holds an answer. */
export function answering(blocks: unknown): { block: Json; element: Json; blockId: string; actionId: string }[] {
  return objects(blocks).flatMap((block) =>
    elementsOf(block)
      .filter((element) => answerKey(element) !== undefined)
      .map((element) => ({ block, element, blockId: text(block.block_id), actionId: text(element.action_id) })),
  );
}

/**
 * The state of some blocks: initial answers, except where `kept` has an answer of the same type under the same block
 * and action id, as when Slack replaces a view.
 */
export function stateOf(blocks: unknown, kept: StateValues = {}): StateValues {
  const state: StateValues = {};
  for (const { element, blockId, actionId } of answering(blocks)) {
    const kind = kinds[text(element.type)];
    const old = kept[blockId]?.[actionId];
    if (!kind) continue;
    state[blockId] ??= {};
    state[blockId][actionId] = old && old.type === element.type ? old : initialEntry(element, kind);
  }
  return state;
}

function offeredOptions(element: Json): Json[] | undefined {
  if (element.options === undefined && element.option_groups === undefined) return undefined;
  return [...objects(element.options), ...objects(element.option_groups).flatMap((group) => objects(group.options))];
}

/** What pickers give. */
const forms: Record<string, RegExp> = { datepicker: /^\d{4}-\d{2}-\d{2}$/, timepicker: /^\d{2}:\d{2}$/ };

/** Throws when a person could not have given this answer with this element: the test or the page is wrong. */
function checkAnswer(element: Json, answer: unknown): void {
  const offered = offeredOptions(element);
  const form = forms[text(element.type)];
  if (form && typeof answer === 'string' && !form.test(answer)) {
    throw new ImpossibleAct(`${text(element.type)} cannot give ${answer}`);
  }
  if (answer === null || !offered) return;
  for (const choice of Array.isArray(answer) ? answer : [answer]) {
    if (!offered.some((option) => isDeepStrictEqual(option, choice))) {
      throw new ImpossibleAct(`${text(element.action_id)} does not offer ${JSON.stringify(choice)}`);
    }
  }
}

/** Something that a person could not do in Slack's client. */
export class ImpossibleAct extends Error {}

/**
 * Takes over what a person answered. Entries may be partial and may leave `type` out; `files` fills in the files of a
 * `file_input`. Throws `ImpossibleAct` for a block, element or option that is not there.
 */
export function applyAnswers(
  blocks: unknown,
  state: StateValues,
  answers: StateValues,
  files: (ids: string[]) => Json[],
): StateValues {
  const next = structuredClone(state);
  const elements = answering(blocks);
  for (const [blockId, entries] of Object.entries(answers)) {
    for (const [actionId, entry] of Object.entries(entries)) {
      const found = elements.find((each) => each.blockId === blockId && each.actionId === actionId);
      const key = found && answerKey(found.element);
      if (!found || !key) throw new ImpossibleAct(`there is no input ${blockId} / ${actionId}`);
      const given = answerOf(found.element, entry);
      checkAnswer(found.element, given);
      const nothing = kinds[text(found.element.type)]?.nothing ?? null;
      const answer = key === 'files' ? files(objects(given).map((file) => text(file.id))) : (given ?? nothing);
      next[blockId] ??= {};
      next[blockId][actionId] = { type: found.element.type, [key]: answer };
    }
  }
  return next;
}

/** Whether a state entry is one. */
export function isStateValues(value: unknown): value is StateValues {
  return (
    isObject(value) && Object.values(value).every((entry) => isObject(entry) && Object.values(entry).every(isObject))
  );
}
