import { z } from 'zod';
import { accessory, action, contextElement, imageParts, input } from './elements.ts';
import { richTextElement } from './rich-text.ts';
import { anyText, plainText } from './texts.ts';

const named = { block_id: z.string().min(1).max(255).optional() };

const section = z
  .strictObject({
    type: z.literal('section'),
    ...named,
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  })
  .refine((block) => block.text || block.fields, { message: 'must define either `text` or `fields`' });

const image = z
  .strictObject({ ...imageParts, ...named, title: plainText(2000).optional() })
  .refine((block) => !block.image_url !== !block.slack_file, {
    message: 'must define either `image_url` or `slack_file`',
  });

const cell = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) }),
  z.strictObject({ type: z.literal('raw_number'), value: z.number(), text: z.string().optional() }),
  z.strictObject({ type: z.literal('rich_text'), ...named, elements: z.array(richTextElement).min(1) }),
]);

const points = z.array(z.strictObject({ label: z.string().min(1).max(20), value: z.number() }));
const series = z.strictObject({ name: z.string().min(1).max(20), data: points.min(1).max(20) });
const axes = z.strictObject({
  categories: z.array(z.string().min(1).max(20)).min(1).max(20),
  x_label: z.string().max(50).optional(),
  y_label: z.string().max(50).optional(),
});
const plotted = { series: z.array(series).min(1).max(12), axis_config: axes };

/** Every block that the sandbox knows, each with Slack's limits. */
export const block = z.discriminatedUnion('type', [
  section,
  image,
  z.strictObject({
    type: z.literal('header'),
    ...named,
    text: plainText(150),
    level: z.int().min(1).max(4).optional(),
  }),
  z.strictObject({ type: z.literal('divider'), ...named }),
  z.strictObject({ type: z.literal('context'), ...named, elements: z.array(contextElement).min(1).max(10) }),
  z.strictObject({ type: z.literal('actions'), ...named, elements: z.array(action).min(1).max(25) }),
  z.strictObject({
    type: z.literal('input'),
    ...named,
    label: plainText(2000),
    hint: plainText(2000).optional(),
    element: input,
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
  }),
  z.strictObject({ type: z.literal('rich_text'), ...named, elements: z.array(richTextElement).min(1) }),
  z.strictObject({
    type: z.literal('alert'),
    ...named,
    text: anyText(200),
    level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
  }),
  z.strictObject({ type: z.literal('markdown'), ...named, text: z.string().min(1).max(12_000) }),
  z.strictObject({
    type: z.literal('table'),
    ...named,
    rows: z.array(z.array(cell).min(1).max(20)).min(1).max(100),
    column_settings: z
      .array(
        z.strictObject({
          align: z.enum(['left', 'center', 'right']).optional(),
          is_wrapped: z.boolean().optional(),
        }),
      )
      .max(20)
      .optional(),
  }),
  z.strictObject({
    type: z.literal('data_visualization'),
    ...named,
    title: z.string().min(1).max(50),
    chart: z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('pie'), segments: points.min(1).max(12) }),
      z.strictObject({ type: z.literal('bar'), ...plotted }),
      z.strictObject({ type: z.literal('line'), ...plotted }),
      z.strictObject({ type: z.literal('area'), ...plotted }),
    ]),
  }),
]);
