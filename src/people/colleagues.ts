import type { Option } from '../chat/form.ts';
import { distance, type Named, nameKey } from './find-name.ts';

/** Somebody who may be chosen. */
export interface Colleague extends Named {
  email: string | null;
  /** The names of the teams that they belong to or manage. */
  teams: readonly string[];
  /** In a team of the person who looks, or that person. */
  near: boolean;
}

/** As many options as every platform shows (Slack, block elements: select, options). */
const mostShown = 100;

/**
 * Colleagues by a part of their name in either script, by pinyin or by their address's part before the `@`; one's own
 * teams first, and in them who is surest meant. Nothing typed: all of them. An option's value is the person's id; people
 * of one name are told apart by their teams or their address.
 */
export function findColleagues(query: string, everybody: readonly Colleague[]): Option[] {
  const sought = nameKey(query);
  const found = everybody
    .map((one) => ({ one, far: sought === '' ? 0 : farFrom(sought, one) }))
    .filter((hit): hit is { one: Colleague; far: number } => hit.far !== null)
    .sort((a, b) => Number(b.one.near) - Number(a.one.near) || a.far - b.far)
    .slice(0, mostShown)
    .map(({ one }) => one);
  const namesakes = Map.groupBy(found, ({ name }) => nameKey(name));
  return found.map((one) => {
    const same = namesakes.get(nameKey(one.name)) ?? [];
    const detail = same.length > 1 ? tellingApart(one, same) : undefined;
    return { value: one.id, label: one.name, ...(detail === undefined ? {} : { detail }) };
  });
}

function farFrom(sought: string, { name, email }: Colleague): number | null {
  const byName = distance(sought, name);
  if (byName !== null || email === null) return byName;
  const local = email.slice(0, email.lastIndexOf('@'));
  return local.includes(sought) ? 10 : null;
}

/** The first of these that is not the same for all of one name. */
function tellingApart(one: Colleague, same: readonly Colleague[]): string | undefined {
  const ways: ((of: Colleague) => string)[] = [
    ({ teams }) => teams.join(', '),
    ({ email }) => email?.split('@').at(-1) ?? '',
    ({ email }) => email ?? '',
  ];
  const telling = ways.find((way) => new Set(same.map(way)).size > 1);
  return telling?.(one) || undefined;
}
