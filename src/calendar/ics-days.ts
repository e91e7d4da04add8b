import { setImmediate } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import { cut } from '../text/cut.ts';
import { eachOnce, type FileDay, type LineProblem, longestName, mostDays, type ReadDays } from './file-days.ts';

/** Longer events are somebody's plan and no holiday. */
const longestEvent = 60;
/** Once a year and nothing finer, so that no rule makes more days than a calendar has. */
const yearly =
  /^RRULE:FREQ=YEARLY(?:;(?:INTERVAL=\d{1,3}|COUNT=\d{1,4}|UNTIL=\d{8}(?:T\d{6}Z?)?|BYMONTH=\d{1,2}|BYMONTHDAY=-?\d{1,2}|BYDAY=[+-]?[1-5](?:MO|TU|WE|TH|FR|SA|SU)|WKST=[A-Z]{2}))*;?$/i;
/** Events that are read before others get their turn. */
const atOnce = 50;
/** Yearly events are written out up to so many years after this one. */
const yearsOn = 3;
/** A working day by its name or category; 班 alone, or as the mark at an edge of the name. */
const working = /上班|补班|调班|^班|[（(]班[）)]|[\s:：-]班$|\b(?:make-?up\s+)?work(?:ing)?[\s-]?days?\b/iu;

/** An event's lines, joined where they were folded (RFC 5545, 3.1), and where it begins in the file. */
interface Event {
  line: number;
  lines: readonly string[];
}

/**
 * Reads all-day events as days off, those called 班, 上班, 调休上班 or "working day" as worked (RFC 5545). Each event is
 * given to the parser alone, so that one that it cannot read does not take the others with it, and two of one UID are two.
 */
export async function readIcsDays(text: string, today: Temporal.PlainDate): Promise<ReadDays> {
  const { default: ical } = await import('node-ical');
  const days: FileDay[] = [];
  const problems: LineProblem[] = [];
  const all = events(text);
  if (all.length > mostDays) return { ok: false, problem: 'tooMany' };
  for (const [index, event] of all.entries()) {
    if (index % atOnce === 0) await setImmediate();
    const read = readEvent(event, today, ical);
    if ('key' in read) problems.push(read);
    else days.push(...read);
  }
  return eachOnce(days, problems);
}

function events(text: string): Event[] {
  const found: Event[] = [];
  let open: { line: number; lines: string[] } | null = null;
  for (const [index, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (/^BEGIN:VEVENT\s*$/i.test(line)) open = { line: index + 1, lines: [] };
    else if (/^END:VEVENT\s*$/i.test(line)) {
      if (open) found.push(open);
      open = null;
    } else if (open) {
      const last = open.lines.length - 1;
      if (/^[ \t]/.test(line) && last >= 0) open.lines[last] += line.slice(1);
      else open.lines.push(line);
    }
  }
  return found;
}

type Ical = typeof import('node-ical')['default'];

function readEvent({ line, lines }: Event, today: Temporal.PlainDate, ical: Ical): FileDay[] | LineProblem {
  const start = lines.find((one) => /^DTSTART[:;]/i.test(one)) ?? '';
  if (/:\d{8}T\d{6}Z?\s*$/.test(start)) return { line, key: 'calendar.import.problem.hours' };
  const rule = lines.find((one) => /^RRULE[:;]/i.test(one));
  if (rule !== undefined && !yearly.test(rule.trim())) return { line, key: 'calendar.import.problem.repeats' };
  const event = parsed(lines, ical);
  const first = /:((?:19|20)\d\d)(\d\d)(\d\d)\s*$/.exec(start);
  // The parser takes 31 February for 3 March.
  if (event === null || first === null || dayOf(event.start).replaceAll('-', '') !== first.slice(1).join(''))
    return { line, key: 'calendar.import.problem.event' };
  const length = lengthOf(event);
  if (length > longestEvent) return { line, key: 'calendar.import.problem.long', values: { max: longestEvent } };
  const summary = textOf(event.summary).trim();
  const works = [summary, ...(event.categories ?? [])].some((words) => working.test(words.trim()));
  const name = summary === '' ? null : cut(summary, longestName);
  return starts(event, today, ical).flatMap((from) =>
    Array.from({ length }, (_, count) => ({ line, date: from.add({ days: count }).toString(), works, name })),
  );
}

type VEvent = Parameters<Ical['expandRecurringEvent']>[0];

/** The event alone, without what is of no use here; null when the parser cannot read it or it is no whole day. */
function parsed(lines: readonly string[], ical: Ical): VEvent | null {
  const kept = lines.filter((one) => /^(?:DTSTART|DTEND|DURATION|SUMMARY|CATEGORIES|RRULE|EXDATE)[:;]/i.test(one));
  const text = ['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:event', ...kept, 'END:VEVENT', 'END:VCALENDAR', ''].join(
    '\r\n',
  );
  try {
    const event = ical.sync.parseICS(text).event;
    return event?.type === 'VEVENT' && event.datetype === 'date' && isDate(event.start) ? event : null;
  } catch {
    return null;
  }
}

const isDate = (value: unknown): value is Date => value instanceof Date && !Number.isNaN(value.getTime());
/** Days without a time are local midnights to the parser. */
const plainDay = (date: Date) => new Temporal.PlainDate(date.getFullYear(), date.getMonth() + 1, date.getDate());
const dayOf = (date: Date) => plainDay(date).toString();

/** In days; an event without an end is one day (RFC 5545, 3.6.1), the end itself does not count. */
function lengthOf({ start, end }: VEvent): number {
  return isDate(end) ? Math.max(1, plainDay(start).until(plainDay(end), { largestUnit: 'day' }).days) : 1;
}

function starts(event: VEvent, today: Temporal.PlainDate, ical: Ical): Temporal.PlainDate[] {
  if (!event.rrule) return [plainDay(event.start)];
  const window = { from: new Date(today.year, 0, 1), to: new Date(today.year + yearsOn, 11, 31) };
  return ical.expandRecurringEvent(event, window).map(({ start }) => plainDay(start));
}

const textOf = (value: unknown): string => {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null && 'val' in value ? String(value.val) : '';
};
