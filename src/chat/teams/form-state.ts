import { z } from 'zod';
import { locales } from '../../text/locale.ts';

/** A form's or field's name, as buttons carry it. */
export const nameOf = z.string().min(1).max(100);

/** Where a form was asked for, which is where its confirmation goes: the kind of place, and Teams' own ids in it. */
export const origin = z.object({
  kind: z.enum(['direct', 'channel', 'home']),
  conversation: z.string().max(500).exactOptional(),
  /** The message with the button that opened the form. */
  message: z.string().max(500).exactOptional(),
});

/** What is longer was not written by the bot; a form that is drawn again carries it several times. Characters as JSON. */
const isShort = (pointers: unknown) => JSON.stringify(pointers).length <= 4_000;

/**
 * What a form's buttons carry: everything needed to understand its answers in any process, also after a restart. It
 * comes back from outside, so it holds pointers only, and rights are checked again on saving.
 */
export const carried = z.object({
  form: nameOf,
  formId: z.string().min(1).max(64),
  /** Pointers the form was opened with, at most 2,000 characters as JSON. */
  about: z.record(z.string().max(100), z.string().max(2000)).refine(isShort),
  without: z.array(nameOf).max(200).refine(isShort),
  expanded: z.boolean(),
  locale: z.enum(locales),
  /** `aadObjectId` of the only person who may press: in a channel, everybody sees the form. */
  owner: z.string().min(1).max(100),
  origin,
});

export type Origin = z.infer<typeof origin>;
export type Carried = z.infer<typeof carried>;
