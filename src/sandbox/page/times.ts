/** Times as the person reads them: in their zone and language, by the sandbox's clock. */
import { state } from './store.ts';
import { locale } from './words.ts';

/** The sandbox's present, in milliseconds since 1970. */
export const now = (): number =>
  state.snapshot ? Date.parse(state.snapshot.now) + performance.now() - state.clockHeard : 0;

const zone = () => state.snapshot?.me.timeZone ?? 'UTC';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format is slow, and a page of messages needs the same few hundreds of times. */
function formatOf(tag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${tag} ${JSON.stringify(options)}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(tag, options);
  formats.set(key, known);
  return known;
}

/** A moment (milliseconds) in the person's language and zone. */
export const format = (at: number, options: Intl.DateTimeFormatOptions, timeZone = zone()): string =>
  formatOf(locale(), { ...options, timeZone }).format(at);

/** The local date as `2026-11-23`. */
export const dayOf = (at: number, timeZone = zone()): string =>
  formatOf('sv-SE', { dateStyle: 'short', timeZone }).format(at);

/** Minutes from `from` (milliseconds) until the next day, 08:30 on the wall in that zone. */
export function minutesUntilMorning(from: number, timeZone = zone()): number {
  const clock = formatOf('sv-SE', { timeStyle: 'short', timeZone });
  const wall = (at: number) => clock.format(at).split(':').map(Number) as [number, number];
  const [hour, minute] = wall(from);
  const guess = 24 * 60 - hour * 60 - minute + 8 * 60 + 30;
  const [thereHour, thereMinute] = wall(from + guess * 60_000);
  return guess + (8 * 60 + 30 - thereHour * 60 - thereMinute);
}

function pretty(at: number, otherwise: Intl.DateTimeFormatOptions): string {
  const days = Math.round((Date.parse(dayOf(at)) - Date.parse(dayOf(now()))) / 86_400_000);
  if (Math.abs(days) > 1) return format(at, otherwise);
  return new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(days, 'day');
}

function ago(at: number): string {
  const minutes = Math.round((at - now()) / 60_000);
  const words = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' });
  if (Math.abs(minutes) < 60) return words.format(minutes, 'minute');
  if (Math.abs(minutes) < 48 * 60) return words.format(Math.round(minutes / 60), 'hour');
  return words.format(Math.round(minutes / 1440), 'day');
}

const LONG: Intl.DateTimeFormatOptions = { dateStyle: 'full' };
const MIDDLE: Intl.DateTimeFormatOptions = { dateStyle: 'long' };
const SHORT: Intl.DateTimeFormatOptions = { dateStyle: 'medium' };
const TOKENS: Readonly<Record<string, (at: number) => string>> = {
  date_num: (at) => dayOf(at),
  date: (at) => format(at, MIDDLE),
  date_long: (at) => format(at, LONG),
  date_short: (at) => format(at, SHORT),
  date_pretty: (at) => pretty(at, MIDDLE),
  date_long_pretty: (at) => pretty(at, LONG),
  date_short_pretty: (at) => pretty(at, SHORT),
  day_divider_pretty: (at) => pretty(at, LONG),
  time: (at) => format(at, { timeStyle: 'short' }),
  time_secs: (at) => format(at, { timeStyle: 'medium' }),
  ago,
};

/** Slack's `{date_short_pretty} at {time}` for a moment in Unix seconds; the fallback when it is none. */
export function slackDate(unix: number, pattern: string, fallback: string): string {
  if (!Number.isFinite(unix) || !pattern) return fallback;
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => TOKENS[name]?.(unix * 1000) ?? whole);
}

/** A zone as people name it: `Asia/Shanghai` is Shanghai. */
export const city = (timeZone: string): string => timeZone.split('/').at(-1)?.replaceAll('_', ' ') ?? timeZone;
