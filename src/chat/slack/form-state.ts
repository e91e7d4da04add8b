import { z } from 'zod';
import { locales } from '../../text/locale.ts';
import { limits } from './limits.ts';

/**
 * What an open modal carries in its `private_metadata`: everything needed to understand its answers in any process,
 * also after a restart. It comes back from outside, so it holds pointers only, and rights are checked again on saving.
 */
const carried = z.object({
  form: z.string().max(255),
  formId: z.string().max(64),
  about: z.record(z.string(), z.string()),
  without: z.array(z.string()),
  expanded: z.boolean(),
  locale: z.enum(locales),
  /** Where the form was asked for, which is where its confirmation goes. */
  origin: z.object({
    kind: z.enum(['direct', 'channel', 'home']),
    conversation: z.string().exactOptional(),
    /** The message with the button that opened it. */
    message: z.string().exactOptional(),
    /** The same for a message that only the person sees: it can be redrawn through this address alone, for 30 minutes. */
    responseUrl: z.string().exactOptional(),
  }),
  /** Answers that the form starts with in fields that are not on the screen yet. */
  hidden: z.record(z.string(), z.unknown()),
  /** The person has changed something since it was opened. */
  touched: z.boolean(),
  /** How often a field was emptied; part of its block id, since Slack keeps what was typed under an unchanged one. */
  resets: z.record(z.string(), z.number()),
});

export type Carried = z.infer<typeof carried>;
export type Origin = Carried['origin'];

/** As the modal's `private_metadata`; null when it is larger than Slack allows. */
export function pack(state: Carried): string | null {
  const whole = JSON.stringify(state);
  if (whole.length <= limits.privateMetadata) return whole;
  const { responseUrl: _, ...origin } = state.origin;
  const smaller = JSON.stringify({ ...state, origin });
  return smaller.length <= limits.privateMetadata ? smaller : null;
}

/** Reads it back; null when this is none of ours. */
export function unpack(metadata: string): Carried | null {
  try {
    return carried.parse(JSON.parse(metadata));
  } catch {
    return null;
  }
}

/** The block of a field: stable while the form is open, so that what was typed survives every redraw. */
export function blockOf(field: string, state: Pick<Carried, 'formId' | 'resets'>): string {
  return `${field}@${state.formId.slice(-12)}.${state.resets[field] ?? 0}`;
}

/** The field that a block asks for; null for blocks that ask for nothing. */
export function fieldOf(blockId: string): string | null {
  const at = blockId.lastIndexOf('@');
  return at > 0 ? blockId.slice(0, at) : null;
}
