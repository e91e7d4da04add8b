import type { Locale } from '../text/locale.ts';
import { textIn } from '../text/text.ts';
import { type Right, rights, roles } from './rights.ts';

/** The table of rights as Markdown, for people who read the README. */
export function rightsTable(locale: Locale): string {
  const text = textIn(locale);
  const head = [text.plain('people.rights.right'), ...roles.map((role) => text.plain(`people.role.${role}`))];
  const lines = (Object.keys(rights) as Right[]).map((right) => [
    text.plain(`people.right.${right}`),
    ...roles.map((role) => text.plain(`people.reach.${rights[right][role]}`)),
  ]);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...lines.map(line)].join('\n');
}
