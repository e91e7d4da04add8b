import type { Option } from '../chat/form.ts';
import { type Locale, locales } from '../text/locale.ts';
import { nameKey } from './find-name.ts';

const usual = ['CNY', 'EUR', 'USD', 'GBP', 'HKD', 'JPY', 'CHF', 'SGD', 'KRW', 'TWD', 'INR', 'AUD', 'CAD'];
const mostShown = 50;
/** Codes that are in the lists and in no pocket: gold, test codes, baskets. */
const noMoney = /^X(?!AF|CD|OF|PF)/;

const codes = () => Intl.supportedValuesOf('currency').filter((code) => !noMoney.test(code));

/** Whether this is an ISO 4217 code that prices are given in. */
export const isCurrency = (code: string): boolean => codes().includes(code);

/** A currency as a choice: code and name. */
export const currencyOption = (code: string, locale: Locale): Option => ({
  value: code,
  label: `${code} – ${nameIn(code, locale)}`,
});

/** Currencies by code or name, in both languages; nothing typed: the usual ones. */
export function findCurrencies(query: string, locale: Locale): Option[] {
  const sought = nameKey(query);
  const keys = (code: string) => [code, ...locales.map((one) => nameIn(code, one))].map(nameKey);
  const found = [...usual, ...codes().filter((code) => !usual.includes(code))].filter((code) =>
    keys(code).some((key) => key.includes(sought)),
  );
  const shown = sought === '' ? usual : found.slice(0, mostShown);
  return shown.map((code) => currencyOption(code, locale));
}

/** What is paid with where the clocks show this zone; a first answer in a form, no more. */
export function likelyCurrency(timeZone: string): string {
  const known = byZone.find(([start]) => timeZone.startsWith(start));
  return known?.[1] ?? 'USD';
}

const byZone: readonly (readonly [string, string])[] = [
  ['Asia/Shanghai', 'CNY'],
  ['Asia/Urumqi', 'CNY'],
  ['Asia/Hong_Kong', 'HKD'],
  ['Asia/Taipei', 'TWD'],
  ['Asia/Tokyo', 'JPY'],
  ['Asia/Seoul', 'KRW'],
  ['Asia/Singapore', 'SGD'],
  ['Asia/Calcutta', 'INR'],
  ['Asia/Kolkata', 'INR'],
  ['Australia/', 'AUD'],
  ['America/Toronto', 'CAD'],
  ['America/Vancouver', 'CAD'],
  ['Europe/London', 'GBP'],
  ['Europe/Zurich', 'CHF'],
  ['Europe/', 'EUR'],
];

function nameIn(code: string, locale: Locale): string {
  let names = displayNames.get(locale);
  if (names === undefined) {
    names = new Intl.DisplayNames(locale, { type: 'currency' });
    displayNames.set(locale, names);
  }
  return names.of(code) ?? code;
}

const displayNames = new Map<Locale, Intl.DisplayNames>();
