/** Where a select's options come from: its own list, the workspace, or the app (typeahead). */
import type { Option, OptionGroup } from './block-kit.ts';
import { act } from './client.ts';
import type { Field } from './fields.ts';
import { state } from './store.ts';
import { plainOf } from './text.ts';
import { say } from './words.ts';

/** A select while someone is choosing from it. */
export interface Looking {
  open: boolean;
  query: string;
  /** The option under the arrow keys; -1 for none. */
  active: number;
  /** What the app suggested for the query; null while nothing is known. */
  found: OptionGroup[] | null;
  trouble?: string;
}

const DEBOUNCE = 250;
const NONE = { type: 'plain_text', text: '' } as const;

const ungrouped = (options: Option[] | undefined): OptionGroup[] => [{ label: NONE, options: options ?? [] }];

const option = (value: string, text: string, description = ''): Option => ({
  value,
  text: { type: 'plain_text', text },
  ...(description ? { description: { type: 'plain_text', text: description } } : {}),
});

function ownOptions({ element }: Field): OptionGroup[] {
  const users = (state.snapshot?.users ?? []).filter((user) => !user.isBot);
  const channels = (state.snapshot?.channels ?? []).filter(({ kind }) => kind === 'channel');
  if (element.type.includes('users')) return ungrouped(users.map((user) => option(user.id, user.realName, user.title)));
  const named = channels.map(({ id, name }) => option(id, name));
  if (element.type.includes('channels')) return ungrouped(named);
  if (element.type.includes('conversations'))
    return ungrouped([...named, ...users.map((user) => option(user.id, user.realName))]);
  return element.option_groups ?? ungrouped(element.options);
}

/** The options to show now, in their groups. */
export function optionsOf(field: Field, now: Looking): OptionGroup[] {
  if (field.element.type.includes('external')) return now.found ?? [];
  const query = now.query.trim().toLocaleLowerCase();
  if (!query) return ownOptions(field);
  return ownOptions(field)
    .map(({ label, options }) => ({
      label,
      options: options.filter(({ text }) => plainOf(text).toLocaleLowerCase().includes(query)),
    }))
    .filter(({ options }) => options.length > 0);
}

/** Counts the questions, so that a late answer to an old one, or to a closed list, is dropped. */
let asked = 0;
const timers = new Map<string, ReturnType<typeof setTimeout>>();

/** Drops what the app may still suggest: the list is closed. */
export function stopLooking(): void {
  asked += 1;
}

/** Opens the list for a query; a typeahead asks the app once the person pauses, from `min_query_length` on. */
export function lookUp(field: Field, query: string, before: Looking, show: (next: Looking) => void): void {
  const { element, place, blockId } = field;
  const actionId = element.action_id ?? '';
  const mine = ++asked;
  const next: Looking = { open: true, query, active: query ? 0 : -1, found: null };
  if (!element.type.includes('external')) {
    show(next);
    return;
  }
  const key = `${blockId}\n${actionId}`;
  clearTimeout(timers.get(key));
  if (query.length < (element.min_query_length ?? 3)) {
    show(next);
    return;
  }
  // The last suggestions stay until the next come: a list that blinks is hard to read.
  show({ ...next, found: before.open ? before.found : null });
  const ask = async () => {
    const answer = await act({ do: 'suggest', place, blockId, actionId, value: query });
    if (mine !== asked) return;
    if (!answer.ok) return show({ ...next, trouble: say('trouble') });
    show({
      ...next,
      found: (answer.optionGroups as OptionGroup[] | undefined) ?? ungrouped(answer.options as Option[] | undefined),
    });
  };
  timers.set(key, setTimeout(ask, query ? DEBOUNCE : 0));
}
