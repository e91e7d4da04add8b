import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { confirm, menuOption, optionGroup, plainText } from './texts.ts';

const id = z.string().min(1).max(255);

/** What every element may carry. */
export const common = { action_id: id.optional() };

/** What elements that are asked for an answer may carry. */
export const asked = { ...common, confirm: confirm.optional(), focus_on_load: z.boolean().optional() };

const menu = { ...asked, placeholder: plainText(150).optional() };
const several = { max_selected_items: z.int().min(1).optional() };
const conversationFilter = z.strictObject({
  include: z
    .array(z.enum(['im', 'mpim', 'private', 'public']))
    .min(1)
    .optional(),
  exclude_external_shared_channels: z.boolean().optional(),
  exclude_bot_users: z.boolean().optional(),
});

interface Choices {
  options?: unknown[] | undefined;
  option_groups?: { options: unknown[] }[] | undefined;
  initial_option?: unknown;
  initial_options?: unknown[] | undefined;
  max_selected_items?: number | undefined;
}

/** Rules that hold between an element's options and what is chosen at first. */
export function checkChoices(element: Choices, context: z.RefinementCtx): void {
  const offered = element.options ?? element.option_groups?.flatMap((group) => group.options) ?? [];
  const isOffered = (choice: unknown) => offered.some((option) => isDeepStrictEqual(option, choice));
  const complain = (path: (string | number)[], message: string) =>
    context.addIssue({ code: 'custom', path, message, input: element });
  const values = offered.map((option) => (option as { value: string }).value);
  if (new Set(values).size < values.length && element.options) complain(['options'], 'option values must be unique');
  if (element.initial_option && !isOffered(element.initial_option)) {
    complain(['initial_option'], 'initial_option must exactly match one of the options');
  }
  for (const [index, choice] of (element.initial_options ?? []).entries()) {
    if (!isOffered(choice))
      complain(['initial_options', index], 'initial_option must exactly match one of the options');
  }
  if ((element.initial_options?.length ?? 0) > (element.max_selected_items ?? Number.POSITIVE_INFINITY)) {
    complain(['initial_options'], 'no more initial options than max_selected_items allowed');
  }
}

function checkMenu(element: Choices, context: z.RefinementCtx): void {
  if (!element.options === !element.option_groups) {
    context.addIssue({ code: 'custom', message: 'must define either `options` or `option_groups`', input: element });
  }
  checkChoices(element, context);
}

const offered = {
  options: z.array(menuOption).min(1).max(100).optional(),
  option_groups: z.array(optionGroup).min(1).max(100).optional(),
};

/** Menus with one answer. */
export const singleSelects = [
  z
    .strictObject({ type: z.literal('static_select'), ...menu, ...offered, initial_option: menuOption.optional() })
    .superRefine(checkMenu),
  z.strictObject({
    type: z.literal('external_select'),
    ...menu,
    initial_option: menuOption.optional(),
    min_query_length: z.int().min(0).optional(),
  }),
  z.strictObject({ type: z.literal('users_select'), ...menu, initial_user: id.optional() }),
  z.strictObject({
    type: z.literal('conversations_select'),
    ...menu,
    initial_conversation: id.optional(),
    default_to_current_conversation: z.boolean().optional(),
    response_url_enabled: z.boolean().optional(),
    filter: conversationFilter.optional(),
  }),
  z.strictObject({
    type: z.literal('channels_select'),
    ...menu,
    initial_channel: id.optional(),
    response_url_enabled: z.boolean().optional(),
  }),
] as const;

/** Menus with several answers. */
export const multiSelects = [
  z
    .strictObject({
      type: z.literal('multi_static_select'),
      ...menu,
      ...several,
      ...offered,
      initial_options: z.array(menuOption).min(1).max(100).optional(),
    })
    .superRefine(checkMenu),
  z
    .strictObject({
      type: z.literal('multi_external_select'),
      ...menu,
      ...several,
      initial_options: z.array(menuOption).min(1).max(100).optional(),
      min_query_length: z.int().min(0).optional(),
    })
    .refine((element) => (element.initial_options?.length ?? 0) <= (element.max_selected_items ?? 100), {
      path: ['initial_options'],
      message: 'no more initial options than max_selected_items allowed',
    }),
  z.strictObject({
    type: z.literal('multi_users_select'),
    ...menu,
    ...several,
    initial_users: z.array(id).min(1).optional(),
  }),
  z.strictObject({
    type: z.literal('multi_conversations_select'),
    ...menu,
    ...several,
    initial_conversations: z.array(id).min(1).optional(),
    default_to_current_conversation: z.boolean().optional(),
    filter: conversationFilter.optional(),
  }),
  z.strictObject({
    type: z.literal('multi_channels_select'),
    ...menu,
    ...several,
    initial_channels: z.array(id).min(1).optional(),
  }),
] as const;
