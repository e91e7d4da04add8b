import { Temporal } from 'temporal-polyfill';

const byCity = new Map(
  Intl.supportedValuesOf('timeZone').map((zone) => [(zone.split('/').at(-1) ?? zone).toLowerCase(), zone]),
);
/** The language's own data know Chinese names of zones for reading only, so those that customers are in stand here. */
const chineseNames: readonly (readonly [zone: string, names: string])[] = [
  ['Asia/Shanghai', '北京 上海 广州 深圳 重庆 成都 武汉 天津 中国'],
  ['Asia/Hong_Kong', '香港'],
  ['Asia/Macau', '澳门'],
  ['Asia/Taipei', '台北'],
  ['Asia/Tokyo', '东京 日本'],
  ['Asia/Seoul', '首尔 韩国'],
  ['Asia/Singapore', '新加坡'],
  ['Asia/Bangkok', '曼谷 泰国'],
  ['Asia/Dubai', '迪拜'],
  ['Europe/Berlin', '柏林 德国'],
  ['Europe/London', '伦敦 英国'],
  ['Europe/Paris', '巴黎 法国'],
  ['Europe/Zurich', '苏黎世 瑞士'],
  ['America/New_York', '纽约'],
  ['America/Chicago', '芝加哥'],
  ['America/Los_Angeles', '洛杉矶'],
  ['Australia/Sydney', '悉尼'],
];
const byChineseName = new Map(chineseNames.flatMap(([zone, names]) => names.split(' ').map((name) => [name, zone])));

/** The IANA zone that was meant by its name or by its city ("shanghai", "New York", "上海"); null when there is none. */
export function zoneMeant(typed: string): string | null {
  const words = typed.trim();
  const known = byChineseName.get(words.replace(/时间$/u, '')) ?? byCity.get(words.toLowerCase().replaceAll(' ', '_'));
  if (known !== undefined) return known;
  // Offsets such as +08:00 are accepted by the language, but do not know summer time.
  if (!/^[A-Za-z]/.test(words)) return null;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(words).timeZoneId;
  } catch {
    return null;
  }
}
