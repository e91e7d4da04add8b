import type { Option } from '../chat/form.ts';
import { nearestLocale } from '../text/locale.ts';
import type { Text } from '../text/text.ts';
import { countries, parts } from './place-names.ts';
import type { TeamCalendar } from './team-calendar.ts';

/** A country or a part of it, as a team's calendar has it. */
export type Place = Pick<TeamCalendar, 'country' | 'region'>;

/** What stands for no public holidays among the choices. */
export const noPlace = 'none';
/** Offered before anything is typed. */
const usual = ['CN', 'DE', 'AT', 'CH', 'GB', 'FR', 'US', 'HK', 'SG', 'JP'];
const mostShown = 50;

interface Part {
  /** The state alone, or with its own part: BY, BY-A. */
  region: string;
  names: readonly string[];
}

const partsOf = new Map(
  Object.entries(parts).map(([country, line]) => [
    country,
    line.split('; ').map((part): Part => {
      const [region = ''] = part.split(' ', 1);
      return { region, names: part.slice(region.length + 1).split('/') };
    }),
  ]),
);
const displayed = { en: regionNames('en'), 'zh-CN': regionNames('zh-CN') };
const key = (name: string) => name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();

function regionNames(locale: string) {
  const names = new Intl.DisplayNames([locale], { type: 'region' });
  return (country: string) => names.of(country) ?? country;
}

/** What a place is called: Germany – Bavaria; without one: no public holidays. */
export function placeName({ country, region }: Place, text: Text): string {
  if (country === null) return text.plain('calendar.place.none');
  const name = displayed[text.locale](country);
  if (region === null) return name;
  return text.plain('calendar.place.region', { country: name, region: regionName(country, region, text.locale) });
}

function regionName(country: string, region: string, locale: string): string {
  const [state = ''] = region.split('-');
  const nameOf = (sought: string) => {
    const names = partsOf.get(country)?.find((part) => part.region === sought)?.names ?? [sought];
    const chinese = names.find((name) => /\p{Script=Han}/u.test(name));
    return (nearestLocale(locale) === 'zh-CN' ? chinese : undefined) ?? names[0] ?? sought;
  };
  return state === region ? nameOf(region) : `${nameOf(state)} – ${nameOf(region)}`;
}

/** A place as a choice. */
export const placeOption = (place: Place, text: Text): Option => ({
  value: placeValue(place),
  label: placeName(place, text),
});

const placeValue = ({ country, region }: Place): string => {
  if (country === null) return noPlace;
  return region === null ? country : `${country}-${region}`;
};

/** Reads the value of a choice; null when it is none of ours. */
export function readPlace(value: string): Place | null {
  if (value === noPlace) return { country: null, region: null };
  const [country = '', ...rest] = value.split('-');
  if (!countries.includes(country)) return null;
  const region = rest.length === 0 ? null : rest.join('-');
  const isKnown = region === null || partsOf.get(country)?.some((part) => part.region === region);
  return isKnown ? { country, region } : null;
}

/**
 * Countries and their parts by name in either language, or by code; those that begin with what was typed come first, and
 * a country's parts behind it.
 */
export function findPlaces(query: string, text: Text): Option[] {
  const sought = key(query);
  const option = (place: Place) => placeOption(place, text);
  const none: Place = { country: null, region: null };
  if (sought === '') return [none, ...usual.map((country) => ({ country, region: null }))].map(option);
  const found = { whole: [] as Place[], begin: [] as Place[], contain: [] as Place[] };
  for (const country of countries) {
    const names = [country, displayed.en(country), displayed['zh-CN'](country)];
    const all = (partsOf.get(country) ?? []).map(({ region }) => ({ country, region }));
    const means = howFar(sought, names);
    if (means) found[means].push({ country, region: null }, ...all);
    else
      for (const part of partsOf.get(country) ?? []) {
        const meansPart = howFar(sought, part.names);
        if (meansPart) found[meansPart].push({ country, region: part.region });
      }
  }
  return [...found.whole, ...found.begin, ...found.contain].slice(0, mostShown).map(option);
}

/** Codes count only when they are all that was typed. */
function howFar(sought: string, names: readonly string[]): 'whole' | 'begin' | 'contain' | null {
  const keys = names.map(key);
  if (keys.includes(sought)) return 'whole';
  const long = keys.filter((name, index) => !(index === 0 && /^[a-z]{2}$/.test(name)));
  if (long.some((name) => name.startsWith(sought) || name.includes(` ${sought}`))) return 'begin';
  return long.some((name) => name.includes(sought)) ? 'contain' : null;
}
