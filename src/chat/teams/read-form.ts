import type { Form, PlainAnswers } from '../form.ts';

/** The inputs beside a press as plain answers; everything is a string in Adaptive Cards. */
export function readAnswers(form: Form, data: Readonly<Record<string, unknown>>): PlainAnswers {
  return Object.fromEntries(Object.keys(form.fields).flatMap((name) => (name in data ? [[name, data[name]]] : [])));
}
