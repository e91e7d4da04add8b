import { setImmediate } from 'node:timers/promises';
import type { Option } from '../chat/form.ts';
import { type Locale, locales } from '../text/locale.ts';
import { nameKey } from './find-name.ts';
import { isTimeZone } from './time-zone.ts';

/** Names that people use for a zone and that neither its own name nor the platform's data has. First: the city in Chinese. */
const cities: Readonly<Record<string, string>> = {
  'Africa/Cairo': '开罗',
  'Africa/Johannesburg': '约翰内斯堡 Cape Town 开普敦',
  'Africa/Lagos': '拉各斯',
  'Africa/Nairobi': '内罗毕',
  'America/Buenos_Aires': '布宜诺斯艾利斯',
  'America/Chicago': '芝加哥 Houston 休斯敦 Dallas 达拉斯',
  'America/Denver': '丹佛',
  'America/Los_Angeles': '洛杉矶 San Francisco 旧金山 Seattle 西雅图',
  'America/Mexico_City': '墨西哥城',
  'America/New_York': '纽约 Boston 波士顿 Washington 华盛顿 Atlanta 亚特兰大 Miami 迈阿密',
  'America/Sao_Paulo': '圣保罗',
  'America/Toronto': '多伦多',
  'America/Vancouver': '温哥华',
  'Asia/Bangkok': '曼谷',
  'Asia/Calcutta': '加尔各答 Kolkata Mumbai 孟买 Delhi 新德里 Bangalore 班加罗尔',
  'Asia/Dubai': '迪拜 Abu Dhabi 阿布扎比',
  'Asia/Hong_Kong': '香港 Hongkong',
  'Asia/Jakarta': '雅加达',
  'Asia/Kuala_Lumpur': '吉隆坡',
  'Asia/Macau': '澳门',
  'Asia/Manila': '马尼拉',
  'Asia/Riyadh': '利雅得',
  'Asia/Saigon': '胡志明市 Ho Chi Minh 河内 Hanoi',
  'Asia/Seoul': '首尔',
  'Asia/Shanghai':
    '上海 Beijing 北京 Shenzhen 深圳 Guangzhou 广州 Chengdu 成都 Hangzhou 杭州 Wuhan 武汉 Chongqing 重庆 Suzhou 苏州 Nanjing 南京 Tianjin 天津 Xi’an 西安 中国',
  'Asia/Singapore': '新加坡',
  'Asia/Taipei': '台北',
  'Asia/Tokyo': '东京 Osaka 大阪',
  'Asia/Urumqi': '乌鲁木齐',
  'Australia/Melbourne': '墨尔本',
  'Australia/Perth': '珀斯',
  'Australia/Sydney': '悉尼',
  'Europe/Amsterdam': '阿姆斯特丹 Rotterdam 鹿特丹',
  'Europe/Athens': '雅典',
  'Europe/Berlin': '柏林 Munich München 慕尼黑 Hamburg 汉堡 Frankfurt 法兰克福 Köln Cologne 科隆 Stuttgart 斯图加特',
  'Europe/Brussels': '布鲁塞尔',
  'Europe/Budapest': '布达佩斯',
  'Europe/Copenhagen': '哥本哈根',
  'Europe/Dublin': '都柏林',
  'Europe/Helsinki': '赫尔辛基',
  'Europe/Istanbul': '伊斯坦布尔',
  'Europe/Kiev': '基辅 Kyiv',
  'Europe/Lisbon': '里斯本',
  'Europe/London': '伦敦 Manchester 曼彻斯特',
  'Europe/Madrid': '马德里 Barcelona 巴塞罗那',
  'Europe/Moscow': '莫斯科',
  'Europe/Oslo': '奥斯陆',
  'Europe/Paris': '巴黎 Lyon 里昂',
  'Europe/Prague': '布拉格',
  'Europe/Rome': '罗马 Milan 米兰',
  'Europe/Stockholm': '斯德哥尔摩',
  'Europe/Vienna': '维也纳',
  'Europe/Warsaw': '华沙',
  'Europe/Zurich': '苏黎世 Geneva 日内瓦 Basel 巴塞尔',
  'Pacific/Auckland': '奥克兰',
};

const usual = ['Asia/Shanghai', 'Asia/Hong_Kong', 'Asia/Singapore', 'Asia/Tokyo', 'Europe/London', 'Europe/Berlin'];
const usualToo = ['America/New_York', 'America/Chicago', 'America/Los_Angeles', 'UTC'];
const mostShown = 50;

const index: { zone: string; keys: string[] }[] = [];
/** Zones that are not in the index yet, the likely ones first: what a zone is called takes Intl a millisecond. */
let toCome: string[] | undefined;

/** Puts so many more zones into the index; false when all are there. */
function indexMore(count: number): boolean {
  toCome ??= [...new Set([...Object.keys(cities), 'UTC', ...Intl.supportedValuesOf('timeZone')])].filter(isTimeZone);
  index.push(...toCome.splice(0, count).map(indexed));
  return toCome.length > 0;
}

/** Gets ready to find zones, a few at a time, so that nobody else waits: for when a form is shown that asks for one. */
export async function prepareTimeZones(): Promise<void> {
  while (indexMore(5)) await setImmediate();
}
const labels = new Map<string, string>();

/**
 * Time zones by city, country or own name, in both languages; those that begin with the query first, of them the large
 * cities. Nothing typed: the zones that are likely here, then the usual ones. An option's value is the IANA name.
 */
export function findTimeZones(query: string, locale: Locale, likely: readonly string[] = []): Option[] {
  const sought = nameKey(query.replaceAll('_', ' '));
  if (sought === '') return [...new Set([...likely, ...usual, ...usualToo])].filter(isTimeZone).map(optionIn(locale));
  indexMore(Number.POSITIVE_INFINITY);
  const matching = (matches: (key: string) => boolean) =>
    index.filter(({ keys }) => keys.some(matches)).map(({ zone }) => zone);
  const found = new Set([
    ...matching((key) => key === sought),
    ...matching((key) => key.startsWith(sought)),
    ...matching((key) => key.includes(sought)),
  ]);
  return [...found].slice(0, mostShown).map(optionIn(locale));
}

/** A zone as a choice: its city, then its usual name. */
export function timeZoneOption(zone: string, locale: Locale): Option {
  const id = `${locale} ${zone}`;
  const label = labels.get(id) ?? labelOf(zone, locale);
  labels.set(id, label);
  return { value: zone, label };
}

const optionIn = (locale: Locale) => (zone: string) => timeZoneOption(zone, locale);
const cityOf = (zone: string) => zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone;

function indexed(zone: string): { zone: string; keys: string[] } {
  const others = (cities[zone] ?? '').split(' ');
  const countries = locales.map((locale) => nameIn(zone, locale, 'shortGeneric'));
  const names = [cityOf(zone), zone.replaceAll('_', ' '), cities[zone] ?? '', ...others, ...countries];
  return { zone, keys: [...new Set(names.map(nameKey))].filter((key) => key !== '') };
}

function labelOf(zone: string, locale: Locale): string {
  if (zone === 'UTC') return zone;
  const name = nameIn(zone, locale, 'longGeneric');
  if (locale === 'en') return `${cityOf(zone)} (${name})`;
  const place = nameIn(zone, locale, 'shortGeneric').replace(/时间$/, '');
  return `${cities[zone]?.split(' ')[0] ?? `${place} ${cityOf(zone)}`}（${name}）`;
}

function nameIn(timeZone: string, locale: Locale, timeZoneName: 'shortGeneric' | 'longGeneric'): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName }).formatToParts(0);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone;
}
