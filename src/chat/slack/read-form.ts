import { z } from 'zod';
import type { PlainAnswers } from '../form.ts';
import { fieldOf } from './form-state.ts';

const option = z.object({ value: z.string() });

/** One element of `view.state.values`, only what is read of it. */
const answered = z.discriminatedUnion('type', [
  z.object({ type: z.literal('plain_text_input'), value: z.string().nullish() }),
  z.object({ type: z.literal('number_input'), value: z.string().nullish() }),
  z.object({ type: z.literal('datepicker'), selected_date: z.string().nullish() }),
  z.object({ type: z.enum(['static_select', 'external_select', 'radio_buttons']), selected_option: option.nullish() }),
  z.object({ type: z.enum(['multi_static_select', 'checkboxes']), selected_options: z.array(option).nullish() }),
  z.object({ type: z.literal('users_select'), selected_user: z.string().nullish() }),
  z.object({ type: z.literal('multi_users_select'), selected_users: z.array(z.string()).nullish() }),
  z.object({ type: z.literal('conversations_select'), selected_conversation: z.string().nullish() }),
  z.object({ type: z.literal('file_input'), files: z.array(z.object({ id: z.string() })).nullish() }),
]);

/** `view.state.values`: block id, action id, answer. */
export const stateValues = z.record(z.string(), z.record(z.string(), z.unknown()));
export type StateValues = z.infer<typeof stateValues>;

/** Slack's raw values as plain answers: nothing is not there at all, a number is a number, a day is `YYYY-MM-DD`. */
export function readAnswers(values: StateValues): PlainAnswers {
  const answers: Record<string, unknown> = {};
  for (const [blockId, elements] of Object.entries(values)) {
    const field = fieldOf(blockId);
    const known = answered.safeParse(Object.values(elements)[0]);
    if (field === null || !known.success) continue;
    const answer = plainAnswer(known.data);
    if (answer !== undefined) answers[field] = answer;
  }
  return answers;
}

function plainAnswer(answer: z.infer<typeof answered>): unknown {
  switch (answer.type) {
    case 'plain_text_input':
      return filled(answer.value);
    case 'number_input': {
      const value = filled(answer.value);
      // What is no number stays what was typed, so that the person is told so instead of it being lost.
      return value === undefined || !Number.isFinite(Number(value)) ? value : Number(value);
    }
    case 'datepicker':
      return filled(answer.selected_date);
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return filled(answer.selected_option?.value);
    case 'multi_static_select':
      return some(answer.selected_options?.map((chosen) => chosen.value));
    case 'checkboxes':
      return (answer.selected_options?.length ?? 0) > 0 ? true : undefined;
    case 'users_select':
      return filled(answer.selected_user);
    case 'multi_users_select':
      return some(answer.selected_users);
    case 'conversations_select':
      return filled(answer.selected_conversation);
    case 'file_input':
      return answer.files?.[0]?.id;
  }
}

const filled = (value: string | null | undefined) =>
  value === null || value === undefined || value.trim() === '' ? undefined : value;
const some = (values: string[] | null | undefined) => (values && values.length > 0 ? values : undefined);

/** What a modal's fields started with, read off the blocks as they were drawn. */
export function initialAnswers(blocks: readonly unknown[]): PlainAnswers {
  const values: StateValues = {};
  for (const block of blocks) {
    const input = inputBlock.safeParse(block);
    if (input.success) values[input.data.block_id] = { answer: asState(input.data.element) };
  }
  return readAnswers(values);
}

const inputBlock = z.object({
  type: z.literal('input'),
  block_id: z.string(),
  element: z.looseObject({ type: z.string() }),
});

/** An element's initial values under the names that they have in the state. */
function asState(element: Record<string, unknown>): Record<string, unknown> {
  return {
    type: element.type,
    value: element.initial_value,
    selected_date: element.initial_date,
    selected_option: element.initial_option,
    selected_options: element.initial_options,
    selected_user: element.initial_user,
    selected_users: element.initial_users,
    selected_conversation: element.initial_conversation,
  };
}

/** The input blocks of a view, in order: block ids by field. */
export function inputBlocks(blocks: readonly unknown[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const block of blocks) {
    const input = inputBlock.safeParse(block);
    const field = input.success ? fieldOf(input.data.block_id) : null;
    if (input.success && field !== null) found.set(field, input.data.block_id);
  }
  return found;
}
