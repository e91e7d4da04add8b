import { z } from 'zod';
import type { Asked, Option, PlainAnswers } from '../form.ts';
import type { FormState } from '../gesture.ts';
import { type Carried, unpack } from './form-state.ts';
import type { View } from './payloads.ts';
import { inputBlocks, readAnswers } from './read-form.ts';

/** An open modal as it came back. */
export interface OpenForm {
  carried: Carried;
  /** Everything that is answered now: what was typed, and what hidden fields started with. */
  answers: PlainAnswers;
  /** Block ids of the fields on the screen. */
  shown: ReadonlyMap<string, string>;
  /** The words of the look-ups' chosen answers, which nobody but Slack remembers. */
  chosen: Readonly<Record<string, readonly Option[]>>;
}

/** Reads a modal; null when it is no form of ours. */
export function readOpenForm(view: View): OpenForm | null {
  const carried = unpack(view.private_metadata);
  if (carried === null) return null;
  const values = view.state?.values ?? {};
  const typed = readAnswers(values);
  const shown = inputBlocks(view.blocks);
  const chosen: Record<string, Option[]> = {};
  for (const [field, block] of shown) {
    const answer = Object.values(values[block] ?? {})[0];
    const option = isLookUp(answer) ? chosenOption.safeParse(answer).data?.selected_option : null;
    if (option) chosen[field] = [{ value: option.value, label: option.text.text }];
  }
  return { carried, answers: { ...carried.hidden, ...typed }, shown, chosen };
}

const isLookUp = (answer: unknown) =>
  typeof answer === 'object' && answer !== null && 'type' in answer && answer.type === 'external_select';

const chosenOption = z.object({
  selected_option: z.object({ value: z.string(), text: z.object({ text: z.string() }) }).nullable(),
});

/** What a gesture says of the form. */
export function formState({ carried, answers }: OpenForm): FormState {
  const { form, formId, about, without, expanded } = carried;
  return { form, formId, about, without, expanded, answers };
}

/**
 * The same form anew, with what was typed kept. A field whose answer differs from what is on the screen gets a new
 * block, since Slack keeps what was typed under an unchanged one.
 */
export function redrawn(asked: Asked, open: OpenForm): { asked: Asked; resets: Carried['resets'] } {
  const initial: Record<string, unknown> = {};
  const options: Record<string, readonly Option[]> = { ...open.chosen, ...asked.options };
  const resets = { ...open.carried.resets };
  for (const [name, field] of Object.entries(asked.form.fields)) {
    const typed = open.answers[name];
    // Chosen colleagues are the platform's users here; what a slice answers for them was translated on its way.
    const keepsTyped = !(name in asked.initial) || (field.widget.kind === 'person' && typed !== undefined);
    const wanted = keepsTyped ? typed : asked.initial[name];
    const offered = asked.options[name] ?? [];
    const given = (field.widget.kind === 'oneOf' || field.widget.kind === 'someOf') && field.widget.options === 'given';
    const value = given ? stillOffered(wanted, offered) : wanted;
    if (field.widget.kind === 'lookUp' && value === typed && offered.length === 0) {
      options[name] = open.chosen[name] ?? [];
    }
    if (value !== undefined) initial[name] = value;
    if (open.shown.has(name) && !same(value, typed)) resets[name] = (resets[name] ?? 0) + 1;
  }
  return { asked: { ...asked, initial, options }, resets };
}

function stillOffered(answer: unknown, offered: readonly Option[]): unknown {
  const isOffered = (value: unknown) => offered.some((option) => option.value === value);
  if (!Array.isArray(answer)) return isOffered(answer) ? answer : undefined;
  const left = answer.filter(isOffered);
  return left.length > 0 ? left : undefined;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
