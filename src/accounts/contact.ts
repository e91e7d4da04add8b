import { cut } from '../text/cut.ts';
import { tidyName } from './name.ts';

/** Longest name and title of a contact, in UTF-16 units. */
export const longestContactName = 100;

/** Names of people as they were typed in one line ("Li Wei, 王总、Ms Braun"): tidied, none twice, at most 20. */
export function contactNames(typed: string): string[] {
  const names = typed.split(/[,，、;；\n]+/u).map((name) => cut(tidyName(name), longestContactName));
  return [...new Set(names.filter((name) => name !== ''))].slice(0, 20);
}
