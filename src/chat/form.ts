import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Key, Text } from '../text/text.ts';
import type { Words } from '../text/words.ts';
import type { Button } from './card.ts';

/**
 * A form is a table of fields. What is drawn and what is accepted come from the same field: the widget says how to ask,
 * `answer` judges the plain answer. Adapters first turn the platform's raw values into plain answers (nothing is always
 * `undefined`, a number is a number, a day is `YYYY-MM-DD`), then zod judges them.
 */
export interface Form<F extends Fields = Fields> {
  /** For example `visits.log`: unique, and the start of every answer's way back. */
  readonly name: string;
  /** At most 24 characters in each language (Slack, views: title). */
  readonly title: Key;
  /** The button that saves; at most 24 characters (Slack, views: submit). */
  readonly save: Key;
  readonly fields: F;
  /** Judges the answers together, after each was judged alone. Pure. */
  check?(answers: Answers<F>, now: { today: Temporal.PlainDate; text: Text }): Problems;
}

export type Fields = Readonly<Record<string, Field>>;
/** A sentence for each field that needs another answer. */
export type Problems = Readonly<Record<string, string>>;
export type Answers<F extends Fields> = { [K in keyof F]: F[K] extends Field<infer A> ? A : never };
/** Answers as a platform gives them, before they are judged; also what a form can be filled with beforehand. */
export type PlainAnswers = Readonly<Record<string, unknown>>;

export interface Field<A = unknown> {
  readonly widget: Widget;
  readonly label: Key;
  readonly hint?: Key;
  readonly required: boolean;
  /** Behind "More details" until the person asks for it. */
  readonly detail: boolean;
  readonly answer: z.ZodType<A>;
}

export type Widget =
  | { kind: 'text'; multiline: boolean; max: number; placeholder?: Key }
  | { kind: 'number'; min: number; max: number; decimals: boolean }
  | { kind: 'date' }
  | { kind: 'oneOf'; options: readonly { value: string; label: Key }[] | 'given'; look?: 'radio' }
  | { kind: 'someOf'; options: readonly { value: string; label: Key }[] | 'given'; max: number }
  | { kind: 'yesNo'; label: Key }
  /** Colleagues; an answer is person ids. Who was never seen before becomes known by being chosen. */
  | { kind: 'person'; max: number }
  /** Found while typing; an answer is what the look-up's option carries. */
  | {
      kind: 'lookUp';
      source: string /** An answer changes what else is asked. */;
      changesForm: boolean;
      placeholder?: Key;
    }
  /** A channel of the workspace; an answer is the platform's id of it. */
  | { kind: 'channel' }
  /** One file; an answer is the platform's pointer to it. */
  | { kind: 'file'; endings: readonly string[] };

/** One of the choices that depend on what the form is about. `value` at most 150 characters, `label` is cut to 75. */
export interface Option {
  value: string;
  label: string;
  detail?: string;
}

/** A form as it is shown to one person now. */
export interface Asked {
  form: Form;
  /** The form's own id from the moment it is shown, UUIDv7: the idempotency key of what it makes. */
  id: string;
  /** Pointers the form was opened with (visit id, source link …), at most 2,000 characters as JSON; checked again on saving. */
  about: Readonly<Record<string, string>>;
  /** Answers it starts with. */
  initial: PlainAnswers;
  /** For widgets whose options are `given`, and the shown text of a look-up's initial answer. */
  options: Readonly<Record<string, readonly Option[]>>;
  /** Fields that make no sense now. */
  without: readonly string[];
  /** By field: words of this very form in the place of the field's label, where they are somebody's own and no key. */
  labels?: Readonly<Record<string, string>>;
  /** Said above the fields. */
  intro?: Words;
  /** Something else the person may want instead, with its button: resuming a draft. */
  offer?: { words: Words; button: Button };
  /** Whether the fields behind "More details" are shown. */
  expanded: boolean;
}

/** What a field is called in the form that was asked. */
export const labelOf = (name: string, { form, labels }: Pick<Asked, 'form' | 'labels'>, text: Text): string => {
  const field = form.fields[name];
  return labels?.[name] ?? (field === undefined ? '' : text.plain(field.label));
};

type Common<R extends boolean> = { label: Key; hint?: Key; required?: R; detail?: boolean };
type Maybe<A, R extends boolean> = R extends true ? A : A | undefined;

function field<A, R extends boolean>(common: Common<R>, widget: Widget, answer: z.ZodType<A>): Field<Maybe<A, R>> {
  const required = common.required === true;
  const judged = required ? answer : answer.optional();
  return {
    widget,
    label: common.label,
    ...(common.hint === undefined ? {} : { hint: common.hint }),
    required,
    detail: common.detail === true,
    // The one place where the flag and the type that follows from it meet.
    answer: judged as z.ZodType<Maybe<A, R>>,
  };
}

/** A problem as zod reports it: a message key and its gaps, put into words by `judge`. */
const problem = (key: Key, values: Record<string, number> = {}) => JSON.stringify({ key, values });

/** Words typed by hand, trimmed; blank counts as no answer. `max` counts UTF-16 units as the platforms do, at most 3,000. */
export function text<R extends boolean = false>(
  options: Common<R> & { multiline?: boolean; max: number; placeholder?: Key },
): Field<Maybe<string, R>> {
  const { multiline = false, max, placeholder } = options;
  const answer = z.string().superRefine((value, context) => {
    if (value.length > max)
      context.addIssue({ code: 'custom', message: problem('chat.form.tooLong', { length: value.length, max }) });
  });
  return field(
    options,
    { kind: 'text', multiline, max, ...(placeholder === undefined ? {} : { placeholder }) },
    answer,
  );
}

/** A number between two bounds, both allowed. */
export function number<R extends boolean = false>(
  options: Common<R> & { min: number; max: number; decimals?: boolean },
): Field<Maybe<number, R>> {
  const { min, max, decimals = false } = options;
  const message = problem('chat.form.notANumber', { min, max });
  const base = z.number(message).min(min, message).max(max, message);
  return field(options, { kind: 'number', min, max, decimals }, decimals ? base : base.int(message));
}

/** A calendar day. */
export function date<R extends boolean = false>(options: Common<R>): Field<Maybe<Temporal.PlainDate, R>> {
  const answer = z.string().transform((value, context) => {
    try {
      return Temporal.PlainDate.from(value);
    } catch {
      context.addIssue({ code: 'custom', message: problem('chat.form.notADay') });
      return z.NEVER;
    }
  });
  return field<Temporal.PlainDate, R>(options, { kind: 'date' }, answer);
}

/** One of a fixed list. */
export function oneOf<const V extends string, R extends boolean = false>(
  options: Common<R> & { options: readonly { value: V; label: Key }[]; look?: 'radio' },
): Field<Maybe<V, R>> {
  const values = options.options.map((option) => option.value) as [V, ...V[]];
  const widget = { kind: 'oneOf', options: options.options, ...(options.look ? { look: options.look } : {}) } as const;
  return field<V, R>(options, widget, z.enum(values, problem('chat.form.notAnOption')) as z.ZodType<V>);
}

/** One of the choices given when the form is shown; the command checks it against the world. */
export function oneOfGiven<R extends boolean = false>(options: Common<R>): Field<Maybe<string, R>> {
  return field(options, { kind: 'oneOf', options: 'given' }, z.string());
}

/** Several of the choices given when the form is shown; none chosen is an empty list. */
export function someOfGiven(options: Common<false> & { max: number }): Field<string[]> {
  return {
    ...field(options, { kind: 'someOf', options: 'given', max: options.max }, z.never()),
    answer: several(options.max),
  };
}

/** Several of a fixed list. */
export function someOf(
  options: Common<false> & { options: readonly { value: string; label: Key }[]; max: number },
): Field<string[]> {
  return {
    ...field(options, { kind: 'someOf', options: options.options, max: options.max }, z.never()),
    answer: several(options.max),
  };
}

/** One box to tick. */
export function yesNo(options: Common<false> & { tick: Key }): Field<boolean> {
  return { ...field(options, { kind: 'yesNo', label: options.tick }, z.never()), answer: z.boolean().default(false) };
}

/** One colleague, as a person id. */
export function person<R extends boolean = false>(options: Common<R>): Field<Maybe<string, R>> {
  return field(options, { kind: 'person', max: 1 }, z.string());
}

/** Several colleagues, as person ids. */
export function people(options: Common<false> & { max: number }): Field<string[]> {
  return { ...field(options, { kind: 'person', max: options.max }, z.never()), answer: several(options.max) };
}

/** Something found while typing. */
export function lookUp<R extends boolean = false>(
  options: Common<R> & { source: string; changesForm?: boolean; placeholder?: Key },
): Field<Maybe<string, R>> {
  const { source, changesForm = false, placeholder } = options;
  return field(
    options,
    { kind: 'lookUp', source, changesForm, ...(placeholder === undefined ? {} : { placeholder }) },
    z.string().max(150),
  );
}

/** A channel, as the platform's id of it. */
export function channel<R extends boolean = false>(options: Common<R>): Field<Maybe<string, R>> {
  return field(options, { kind: 'channel' }, z.string().max(100));
}

/** One file, as the platform's pointer to it. */
export function file<R extends boolean = false>(
  options: Common<R> & { endings: readonly string[] },
): Field<Maybe<string, R>> {
  return field(options, { kind: 'file', endings: options.endings }, z.string().max(100));
}

function several(max: number): z.ZodType<string[]> {
  return z.array(z.string()).max(max, problem('chat.form.tooMany', { max })).default([]);
}

const problemShape = z.object({ key: z.string(), values: z.record(z.string(), z.number()) });

/** Judges plain answers: each alone, then all together. Fields in `without` are not asked and come out as nothing. */
export function judge<F extends Fields>(
  form: Form<F>,
  given: PlainAnswers,
  now: { today: Temporal.PlainDate; text: Text; without?: readonly string[] },
): { ok: true; answers: Answers<F> } | { ok: false; problems: Problems } {
  const answers: Record<string, unknown> = {};
  const problems: Record<string, string> = {};
  for (const [name, spec] of Object.entries(form.fields)) {
    const raw = now.without?.includes(name) ? undefined : tidy(given[name]);
    if (raw === undefined && spec.required && !now.without?.includes(name)) {
      problems[name] = now.text.plain('chat.form.required');
      continue;
    }
    const result = spec.answer.safeParse(raw);
    if (result.success) answers[name] = result.data;
    else if (!now.without?.includes(name)) problems[name] = inWords(result.error.issues[0]?.message ?? '', now.text);
  }
  if (Object.keys(problems).length > 0) return { ok: false, problems };
  const whole = answers as Answers<F>;
  const together = form.check?.(whole, now) ?? {};
  return Object.keys(together).length > 0 ? { ok: false, problems: together } : { ok: true, answers: whole };
}

function tidy(raw: unknown): unknown {
  if (typeof raw === 'string') return raw.trim() === '' ? undefined : raw.trim();
  return raw === null ? undefined : raw;
}

function inWords(message: string, text: Text): string {
  try {
    const { key, values } = problemShape.parse(JSON.parse(message));
    return text.plain(key as Key, values);
  } catch {
    return text.plain('chat.form.notAnOption');
  }
}

/** Judged answers as plain ones again, so that a form can be shown anew with all that was typed. */
export function plainAnswers(answers: Readonly<Record<string, unknown>>): PlainAnswers {
  const given = Object.entries(answers).filter(([, answer]) => answer !== undefined);
  return Object.fromEntries(
    given.map(([name, answer]) => [name, answer instanceof Temporal.PlainDate ? answer.toString() : answer]),
  );
}
