import { IntlMessageFormat } from 'intl-messageformat';
import type { Temporal } from 'temporal-polyfill';
import { en } from './en/index.ts';
import type { Locale } from './locale.ts';
import { type Address, plain, type Words } from './words.ts';
import { zhCN } from './zh-CN/index.ts';
import { zoneName } from './zone-name.ts';

export type Key = keyof typeof en;
/** What fills the gaps of a message; numbers choose plural forms, words keep their form. */
export type Values = Readonly<Record<string, Words | number>>;

/** One language: messages, days and numbers as people write them. In a message, `{kam}` stands before a command's word. */
export interface Text {
  readonly locale: Locale;
  /** A message with its gaps filled, as words. */
  words(key: Key, values?: Values): Words;
  /** The same as a plain string: for labels, titles and options. */
  plain(key: Key, values?: Values): string;
  /** A day as people write it, with the weekday: "Fri 27 Nov", with the year when it is not this one. */
  day(day: Temporal.PlainDate, today?: Temporal.PlainDate): string;
  /** An instant in a zone, with the zone's name: "Fri 27 Nov, 08:30 (Berlin)". */
  moment(instant: Temporal.Instant, zone: string): string;
  number(value: number): string;
  /** "a, b and c". */
  list(items: readonly Words[]): Words;
}

const catalogues: Record<Locale, Record<Key, string>> = { en, 'zh-CN': zhCN };
const texts = new Map<string, Text>();

/** The text of a language, for readers who speak to the bot in that way; made once. */
export function textIn(locale: Locale, address: Address = '/kam '): Text {
  const known = texts.get(`${address}${locale}`);
  if (known) return known;
  const made = makeText(locale, address);
  texts.set(`${address}${locale}`, made);
  return made;
}

const beforeCommand: Words = { before: 'command' };

function makeText(locale: Locale, address: Address): Text {
  const compiled = new Map<Key, IntlMessageFormat>();
  const catalogue = catalogues[locale];
  /** Messages without gaps: they say the same each time. */
  const fixed = new Map<Key, Words>();
  const words: Text['words'] = (key, values) => {
    if (values !== undefined) return filled(key, values);
    let known = fixed.get(key);
    if (known === undefined) {
      known = filled(key, {});
      fixed.set(key, known);
    }
    return known;
  };
  const filled = (key: Key, values: Values): Words => {
    let message = compiled.get(key);
    if (!message) {
      message = new IntlMessageFormat(catalogue[key], locale, undefined, { ignoreTag: true });
      compiled.set(key, message);
    }
    // Arrays would be joined by the library's own string conversion; one object per gap keeps them whole.
    const wrapped: Record<string, string | number | { gap: Words }> = { kam: { gap: beforeCommand } };
    for (const [name, value] of Object.entries(values))
      wrapped[name] = typeof value === 'object' ? { gap: value } : value;
    const parts = message.format<{ gap: Words }>(wrapped);
    if (!Array.isArray(parts)) return typeof parts === 'object' ? parts.gap : parts;
    return parts.map((part) => (typeof part === 'object' ? part.gap : part));
  };
  const numbers = new Intl.NumberFormat(locale);
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  return {
    locale,
    words,
    plain: (key, values) => plain(words(key, values), address),
    day: (day, today) => dayIn(locale, day, today),
    moment: (instant, zone) =>
      writtenOnce(`${locale} ${instant.epochMilliseconds} ${zone}`, () => writtenMoment(locale, instant, zone)),
    number: (value) => numbers.format(value),
    list: (items) =>
      lists
        .formatToParts(items.map((_, index) => String(index)))
        .map((part) => (part.type === 'element' ? (items[Number(part.value)] ?? '') : part.value)),
  };
}

/** What days and moments were last written as: cards name the same few again and again. */
const lastWritten = new Map<string, string>();
const mostWritten = 2_000;

function writtenOnce(key: string, write: () => string): string {
  const known = lastWritten.get(key);
  if (known !== undefined) return known;
  if (lastWritten.size === mostWritten) lastWritten.clear();
  const written = write();
  lastWritten.set(key, written);
  return written;
}

function writtenMoment(locale: Locale, instant: Temporal.Instant, zone: string): string {
  const local = instant.toZonedDateTimeISO(zone);
  const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
  const whose = zoneName(zone, locale);
  const day = dayIn(locale, local.toPlainDate());
  return locale === 'zh-CN' ? `${day} ${time}（${whose}）` : `${day}, ${time} (${whose})`;
}

function dayIn(locale: Locale, day: Temporal.PlainDate, today?: Temporal.PlainDate): string {
  const withYear = today !== undefined && today.year !== day.year;
  const at = Date.UTC(day.year, day.month - 1, day.day);
  return writtenOnce(`${locale} ${at} ${withYear}`, () => writtenDay(locale, at, withYear ? 'numeric' : undefined));
}

function writtenDay(locale: Locale, at: number, year: 'numeric' | undefined): string {
  if (locale === 'zh-CN') {
    const date = dayFormat('zh-CN', { month: 'long', day: 'numeric', year }).format(at);
    return `${date}${dayFormat('zh-CN', { weekday: 'short' }).format(at)}`;
  }
  return dayFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year }).format(at);
}

const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs fifty times what using it does. */
function dayFormat(
  tag: string,
  { weekday, day, month, year }: { [part in 'weekday' | 'day' | 'month' | 'year']?: string | undefined },
): Intl.DateTimeFormat {
  const key = `${tag} ${weekday} ${day} ${month} ${year}`;
  let format = dayFormats.get(key);
  if (!format) {
    const given = Object.entries({ weekday, day, month, year }).filter(([, part]) => part !== undefined);
    format = new Intl.DateTimeFormat(tag, { timeZone: 'UTC', ...Object.fromEntries(given) });
    dayFormats.set(key, format);
  }
  return format;
}
