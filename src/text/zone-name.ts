import type { Locale } from './locale.ts';

/** What people in China call these; the platform's own data has official names for them. */
const chinese: Readonly<Record<string, string>> = {
  'Asia/Shanghai': '北京时间',
  'Asia/Hong_Kong': '香港时间',
  'Asia/Macau': '澳门时间',
  'Asia/Taipei': '台北时间',
  UTC: 'UTC',
};

const known = new Map<string, string>();

/** An IANA zone as people call it beside a time: its city in English ("Berlin"), whose time it is in Chinese ("德国时间"). */
export function zoneName(zone: string, locale: Locale): string {
  if (locale === 'en') return zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone;
  let name = chinese[zone] ?? known.get(zone);
  if (name === undefined) {
    const format = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'shortGeneric' });
    name = format.formatToParts(0).find(({ type }) => type === 'timeZoneName')?.value ?? zone;
    known.set(zone, name);
  }
  return name;
}
