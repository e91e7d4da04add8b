import type { CardAction, CardInput } from './card-view.ts';
import { isJson, list, withoutMarkup } from './card-view.ts';

/** One of what a choice offers. */
export interface Choice {
  title: string;
  value: string;
}

/** What a person has typed, ticked and chosen, by input id; as the client sends it. */
export type Typed = ReadonlyMap<string, string>;

/** The value that an input holds: what was typed, else what it started with. */
export function valueIn({ id, element }: CardInput, typed: Typed): string {
  const known = typed.get(id);
  if (known !== undefined) return known;
  if (element.type === 'Input.Toggle') return String(element.value ?? element.valueOff ?? 'false');
  return element.value === undefined || element.value === null ? '' : String(element.value);
}

export const choicesOf = ({ element }: CardInput): Choice[] =>
  list(element.choices).map(({ title, value }) => ({ title: asRead(String(title)), value: String(value) }));

/** A title without the characters that nobody sees. */
export const asRead = (title: string): string => title.replace(/[\u200a\u200b]/g, '');

/** The data set that a choice is looked up in while typing (`choices.data`). */
export function dataSetOf({ element }: CardInput): { dataset: string; withInputs: boolean } | null {
  const query = element['choices.data'];
  if (!isJson(query)) return null;
  return { dataset: String(query.dataset), withInputs: query.associatedInputs === 'auto' };
}

export const isMulti = ({ element }: CardInput): boolean => element.isMultiSelect === true;

/** Whether pressing sends the inputs along, so that they must be valid first. */
export const sendsInputs = ({ action }: CardAction): boolean =>
  ['Action.Execute', 'Action.Submit'].includes(String(action.type)) &&
  String(action.associatedInputs ?? 'auto').toLowerCase() !== 'none';

/** The inputs that go with an action: those of its card and of the cards around it, hidden ones too. */
export const inputsFor = (action: CardAction, inputs: readonly CardInput[]): CardInput[] =>
  sendsInputs(action) ? inputs.filter((input) => action.around.includes(input.inside)) : [];

/** An action's data with the inputs' values, as strings. What was never answered is left out. */
export function dataFor(action: CardAction, inputs: readonly CardInput[], typed: Typed): unknown {
  const { data } = action.action;
  if (data !== undefined && !isJson(data)) return data;
  const values = inputsFor(action, inputs)
    .map((input) => [input.id, valueIn(input, typed)] as const)
    .filter(([id, value]) => value !== '' || typed.has(id));
  return { ...data, ...Object.fromEntries(values) };
}

/** What the client finds wrong with an answer by itself: the input's own words, or its own. */
export function problemWith(input: CardInput, typed: Typed): string | null {
  const { element, label } = input;
  const value = valueIn(input, typed);
  const wrong = value === '' || isOff(input, value) ? element.isRequired === true : !fits(element, value);
  if (!wrong) return null;
  return withoutMarkup(String(element.errorMessage ?? `${label}: this needs another answer`));
}

const isOff = ({ element }: CardInput, value: string) =>
  element.type === 'Input.Toggle' && value === String(element.valueOff ?? 'false');

function fits(element: Readonly<Record<string, unknown>>, value: string): boolean {
  const { min, max } = element;
  switch (element.type) {
    case 'Input.Text':
      if (typeof element.maxLength === 'number' && value.length > element.maxLength) return false;
      return typeof element.regex !== 'string' || new RegExp(element.regex).test(value);
    case 'Input.Number': {
      const number = Number(value);
      if (Number.isNaN(number)) return false;
      return (min === undefined || number >= Number(min)) && (max === undefined || number <= Number(max));
    }
    case 'Input.Date':
      if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
      return (min === undefined || value >= String(min)) && (max === undefined || value <= String(max));
    default:
      return true;
  }
}
