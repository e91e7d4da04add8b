import type { Option } from '../chat/form.ts';
import { isPointer } from '../chat/pointer.ts';
import type { Text } from '../text/text.ts';
import type { AccountLine } from './account.ts';
import { longestName, nameKey, tidyName } from './name.ts';

/** What was chosen in a field that looks accounts up: an account's id, or the name of one that is to be added. */
export type AccountChoice = { id: string } | { add: string };

/** More than this nobody reads: they type another letter. Without a query it is the person's own list, and longer. */
export const lookUpLimit = { typed: 50, untyped: 99 };

/** Reads the value of a chosen option; null when it is none of ours. The id still has to be looked up. */
export function readChoice(value: string): AccountChoice | null {
  if (value.startsWith('new:')) {
    const name = tidyName(value.slice(4));
    return name === '' || name.length > longestName ? null : { add: name };
  }
  return isPointer(value) ? { id: value } : null;
}

/** An account as a choice in a look-up. */
export function optionOf(account: AccountLine, text: Text): Option {
  const about = [text.plain(`accounts.class.${account.class}`), account.city].filter((part) => part !== null);
  return { value: account.id, label: account.name, detail: about.join(' · ') };
}

/** The offer to add what was typed as a new customer; nothing when it cannot be a name or is one already. */
export function addOption(typed: string, found: readonly AccountLine[], text: Text): Option[] {
  const name = tidyName(typed);
  if ([...name].length < 2 || name.length > longestName) return [];
  if (found.some((account) => nameKey(account.name) === nameKey(name))) return [];
  return [{ value: `new:${name}`, label: text.plain('accounts.lookUp.add', { name }) }];
}
