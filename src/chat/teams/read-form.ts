import type { Field, Form, PlainAnswers } from '../form.ts';
import { noChoice } from './draw-field.ts';

/**
 * The inputs beside a press as plain answers: nothing is not there at all, a number is a number, several are a list. In
 * Adaptive Cards everything is a string ("1200", "true", "a,b"). What does not belong to the form is left out.
 */
export function readAnswers(form: Form, data: Readonly<Record<string, unknown>>): PlainAnswers {
  const answers: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(form.fields)) {
    const answer = Object.hasOwn(data, name) ? plainAnswer(field, data[name]) : undefined;
    if (answer !== undefined) answers[name] = answer;
  }
  return answers;
}

function plainAnswer({ widget }: Field, raw: unknown): unknown {
  switch (widget.kind) {
    case 'text':
    case 'date':
    case 'lookUp':
    case 'channel':
    case 'file':
      return filled(raw);
    case 'number':
      return typeof raw === 'number' ? raw : asNumber(filled(raw));
    case 'oneOf':
      return raw === noChoice ? undefined : filled(raw);
    case 'someOf':
      return several(raw);
    case 'person':
      return widget.max > 1 ? several(raw) : filled(raw);
    case 'yesNo':
      return raw === 'true' || raw === true ? true : undefined;
  }
}

const filled = (raw: unknown) => (typeof raw === 'string' && raw.trim() !== '' ? raw : undefined);

/** No value of ours holds a comma: such an option is not drawn. */
function several(raw: unknown): string[] | undefined {
  const values = (filled(raw) ?? '').split(',').map((value) => value.trim());
  const chosen = values.filter((value) => value !== '');
  return chosen.length > 0 ? [...new Set(chosen)] : undefined;
}

/**
 * A number as people type it, on a Chinese keyboard and with a decimal comma too. What is no number, or could be two
 * ("1,200"), stays what was typed, so that the person is told so instead of something else being saved.
 */
function asNumber(typed: string | undefined): unknown {
  if (typed === undefined) return undefined;
  const plain = typed.normalize('NFKC').trim().replace(/^[−–]/, '-');
  if (/^[+-]?[1-9]\d{0,2}(,\d{3})+$/.test(plain)) return typed;
  const value = /^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i.test(plain)
    ? Number(plain.replace(',', '.'))
    : Number.NaN;
  return Number.isFinite(value) ? value : typed;
}
