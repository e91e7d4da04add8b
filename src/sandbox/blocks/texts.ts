import { z } from 'zod';

/** Plain text of 1 to `max` characters. */
export const plainText = (max: number) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(max),
    emoji: z.boolean().optional(),
  });

const mrkdwn = (max: number) =>
  z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(max),
    verbatim: z.boolean().optional(),
  });

/** Plain text or Slack's markup, of 1 to `max` characters. */
export const anyText = (max: number) => z.discriminatedUnion('type', [plainText(max), mrkdwn(max)]);

/** The "are you sure?" of an element: title 100, text 300, buttons 30 characters. */
export const confirm = z.strictObject({
  title: plainText(100),
  text: anyText(300),
  confirm: plainText(30),
  deny: plainText(30),
  style: z.enum(['primary', 'danger']).optional(),
});

const optionParts = { value: z.string().min(1).max(150) };

/** An option of a select menu: text, description 75, value 150 characters. */
export const menuOption = z.strictObject({
  ...optionParts,
  text: plainText(75),
  description: plainText(75).optional(),
});

/** An option of checkboxes and radio buttons, which may carry markup. */
export const boxOption = z.strictObject({
  ...optionParts,
  text: anyText(75),
  description: anyText(75).optional(),
});

/** An option of an overflow menu, which may be a link. */
export const overflowOption = z.strictObject({
  ...optionParts,
  text: plainText(75),
  description: plainText(75).optional(),
  url: z.url().max(3000).optional(),
});

/** A group of at most 100 options under a label of 75 characters. */
export const optionGroup = z.strictObject({
  label: plainText(75),
  options: z.array(menuOption).min(1).max(100),
});
