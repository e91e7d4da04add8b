import { z } from 'zod';
import { asked, checkChoices, common, multiSelects, singleSelects } from './selects.ts';
import { anyText, boxOption, confirm, overflowOption, plainText } from './texts.ts';

const date = z.iso.date();
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const numeral = z.string().regex(/^-?\d+(\.\d+)?$/);
const placeholder = plainText(150).optional();
const dispatch = z
  .strictObject({
    trigger_actions_on: z
      .array(z.enum(['on_enter_pressed', 'on_character_entered']))
      .min(1)
      .optional(),
  })
  .optional();

const button = z.strictObject({
  type: z.literal('button'),
  ...common,
  text: plainText(75),
  value: z.string().max(2000).optional(),
  url: z.url().max(3000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm: confirm.optional(),
  accessibility_label: z.string().min(1).max(75).optional(),
});

const overflow = z.strictObject({
  type: z.literal('overflow'),
  ...common,
  confirm: confirm.optional(),
  options: z.array(overflowOption).min(1).max(5),
});

const pickers = [
  z.strictObject({ type: z.literal('datepicker'), ...asked, placeholder, initial_date: date.optional() }),
  z.strictObject({
    type: z.literal('timepicker'),
    ...asked,
    placeholder,
    initial_time: time.optional(),
    timezone: z.string().min(1).optional(),
  }),
  z.strictObject({
    type: z.literal('datetimepicker'),
    ...asked,
    initial_date_time: z.int().min(1_000_000_000).max(9_999_999_999).optional(),
  }),
] as const;

const boxes = [
  z
    .strictObject({
      type: z.literal('checkboxes'),
      ...asked,
      options: z.array(boxOption).min(1).max(10),
      initial_options: z.array(boxOption).min(1).max(10).optional(),
    })
    .superRefine(checkChoices),
  z
    .strictObject({
      type: z.literal('radio_buttons'),
      ...asked,
      options: z.array(boxOption).min(1).max(10),
      initial_option: boxOption.optional(),
    })
    .superRefine(checkChoices),
] as const;

const typed = { ...common, focus_on_load: z.boolean().optional(), placeholder, dispatch_action_config: dispatch };

const plainTextInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    ...typed,
    multiline: z.boolean().optional(),
    min_length: z.int().min(0).max(3000).optional(),
    max_length: z.int().min(1).max(3000).optional(),
    initial_value: z.string().optional(),
  })
  .refine((input) => (input.initial_value?.length ?? 0) <= (input.max_length ?? 3000), {
    path: ['initial_value'],
    message: 'initial_value must be no longer than max_length',
  })
  .refine((input) => (input.min_length ?? 0) <= (input.max_length ?? 3000), {
    path: ['min_length'],
    message: 'min_length must be no more than max_length',
  });

const numberInput = z
  .strictObject({
    type: z.literal('number_input'),
    ...typed,
    is_decimal_allowed: z.boolean(),
    initial_value: numeral.optional(),
    min_value: numeral.optional(),
    max_value: numeral.optional(),
  })
  .superRefine((input, context) => {
    const initial = input.initial_value;
    const complain = (message: string) =>
      context.addIssue({ code: 'custom', path: ['initial_value'], message, input: initial });
    if (initial === undefined) return;
    if (input.min_value !== undefined && Number(initial) < Number(input.min_value)) {
      complain('must not be less than min_value');
    }
    if (input.max_value !== undefined && Number(initial) > Number(input.max_value)) {
      complain('must not be more than max_value');
    }
    if (!input.is_decimal_allowed && initial.includes('.')) complain('must not be a decimal');
  });

const typedInputs = [
  plainTextInput,
  numberInput,
  z.strictObject({ type: z.literal('email_text_input'), ...typed, initial_value: z.email().optional() }),
  z.strictObject({ type: z.literal('url_text_input'), ...typed, initial_value: z.url().optional() }),
  z.strictObject({
    type: z.literal('file_input'),
    ...common,
    filetypes: z.array(z.string().min(1)).min(1).optional(),
    max_files: z.int().min(1).max(10).optional(),
  }),
] as const;

/** A picture; alternative text is required, as a screen reader needs it. */
export const imageParts = {
  type: z.literal('image'),
  image_url: z.url().max(3000).optional(),
  slack_file: z.strictObject({ id: z.string().optional(), url: z.string().max(3000).optional() }).optional(),
  alt_text: z.string().min(1).max(2000),
};
const image = z.strictObject(imageParts);

/** What may stand beside a section's text. */
export const accessory = z.discriminatedUnion('type', [
  image,
  button,
  overflow,
  ...pickers,
  ...boxes,
  ...singleSelects,
  ...multiSelects,
]);

/** What may stand in an actions block. */
export const action = z.discriminatedUnion('type', [
  button,
  overflow,
  ...pickers,
  ...boxes,
  ...singleSelects,
  ...multiSelects,
]);

/** What an input block may ask with. */
export const input = z.discriminatedUnion('type', [
  ...typedInputs,
  ...pickers,
  ...boxes,
  ...singleSelects,
  ...multiSelects,
]);

/** What a context block may show; text objects there have the general limit of 3,000 characters. */
export const contextElement = z.union([image, anyText(3000)]);
