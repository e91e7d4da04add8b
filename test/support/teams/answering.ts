import { type Choice, choicesOf, dataSetOf, isMulti, valueIn } from './card-inputs.ts';
import type { CardInput } from './card-view.ts';
import type { Client, SeenCard } from './client.ts';
import { searchAnswer } from './client-answers.ts';

/** As many as a client shows (Typeahead search in Adaptive Cards). */
const mostOffered = 15;

/** What an input holds, as it is read: text, a day, the words of a choice (several in a list), whether a box is ticked. */
export function held({ handling }: SeenCard, input: CardInput): string | string[] | boolean | undefined {
  const value = valueIn(input, handling.typed);
  const { type, valueOn = 'true' } = input.element;
  if (type === 'Input.Toggle') return value === String(valueOn);
  if (type !== 'Input.ChoiceSet') return value === '' ? undefined : value;
  const known = [...choicesOf(input), ...(handling.offered.get(input.id) ?? [])];
  const words = (one: string) => known.find((choice) => choice.value === one)?.title ?? one;
  if (isMulti(input)) return value === '' ? [] : value.split(',').map(words);
  return value === '' ? undefined : words(value);
}

/** What the client sends for an answer in words. Throws when it is none of the choices. */
export async function toSend(
  client: Client,
  form: SeenCard,
  input: CardInput,
  answer: string | string[] | boolean,
): Promise<string> {
  const { type, valueOn = 'true', valueOff = 'false' } = input.element;
  if (type === 'Input.Toggle') return String(answer === true ? valueOn : valueOff);
  if (type !== 'Input.ChoiceSet' || answer === '') return String(answer);
  const chosen: string[] = [];
  for (const words of [answer].flat().map(String)) {
    const offered = dataSetOf(input) ? await offeredFor(client, form, input, words) : choicesOf(input);
    const found = offered.find(({ title }) => title === words) ?? offered.find(({ title }) => title.includes(words));
    if (!found) {
      const titles = offered.map(({ title }) => title).join(', ');
      throw new Error(`no choice "${words}" for "${input.label}" among ${titles}`);
    }
    chosen.push(found.value);
  }
  return chosen.join(',');
}

/** What typing into a choice offers: what the bot finds, then what fits of the card's own choices. */
export async function offeredFor(client: Client, form: SeenCard, input: CardInput, text: string): Promise<Choice[]> {
  const own = choicesOf(input).filter(({ title }) => title.toLowerCase().includes(text.toLowerCase()));
  const source = dataSetOf(input);
  if (!source) return own.slice(0, mostOffered);
  const { typed, offered } = form.handling;
  const values = form.view.inputs.map((each) => [each.id, valueIn(each, typed)] as const);
  const data = source.withInputs ? { data: Object.fromEntries(values.filter(([, value]) => value !== '')) } : {};
  const query = { dataset: source.dataset, text, ...data };
  const done = await client.deliver(client.teams.activities.typed(client.person, form.where, query, form.message));
  const found = searchAnswer(done.delivery?.body);
  const all = [...found, ...own.filter(({ value }) => !found.some((each) => each.value === value))];
  const shown = all.slice(0, mostOffered);
  offered.set(input.id, [...(offered.get(input.id) ?? []), ...shown]);
  return shown;
}
