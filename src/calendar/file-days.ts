import type { Key } from '../text/text.ts';
import type { CalendarDay } from './team-calendar.ts';

/** A day of a file, and the line that names it; the first line is 1. */
export interface FileDay extends CalendarDay {
  line: number;
}

/** Something wrong with a line. */
export interface LineProblem {
  line: number;
  key: Extract<Key, `calendar.import.problem.${string}`>;
  values?: Readonly<Record<string, string | number>>;
}

/** What a file says: its days by date, or why it is not used. */
export type ReadDays =
  | { ok: true; days: readonly CalendarDay[] }
  | { ok: false; problem: 'empty' | 'encoding' | 'tooMany' }
  | { ok: false; problem: 'lines'; lines: readonly LineProblem[] };

/** More days than any team has in ten years. */
export const mostDays = 1_000;
/** Names are cut to this, in UTF-16 units. */
export const longestName = 100;
/** How much of a wrong cell is repeated. */
export const shownCell = 40;

/** Days that were read, each once; a day that two lines say differently is a mistake of the second. */
export function eachOnce(read: readonly FileDay[], problems: readonly LineProblem[]): ReadDays {
  const days = new Map<string, FileDay>();
  const wrong = [...problems];
  for (const day of read) {
    const other = days.get(day.date);
    if (other === undefined) days.set(day.date, day);
    else if (other.works !== day.works)
      wrong.push({ line: day.line, key: 'calendar.import.problem.twice', values: { other: other.line } });
  }
  if (wrong.length > 0) return { ok: false, problem: 'lines', lines: wrong.sort((a, b) => a.line - b.line) };
  if (days.size === 0) return { ok: false, problem: 'empty' };
  if (days.size > mostDays) return { ok: false, problem: 'tooMany' };
  const byDate = [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
  return { ok: true, days: byDate.map(({ date, works, name }) => ({ date, works, name })) };
}
