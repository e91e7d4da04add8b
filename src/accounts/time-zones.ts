import { Temporal } from 'temporal-polyfill';

const byCity = new Map(
  Intl.supportedValuesOf('timeZone').map((zone) => [(zone.split('/').at(-1) ?? zone).toLowerCase(), zone]),
);
const chineseNames: Readonly<Record<string, string>> = { 北京时间: 'Asia/Shanghai', 中国: 'Asia/Shanghai' };

/** The IANA zone that was meant by its name or by its city ("shanghai", "New York"); null when there is none. */
export function zoneMeant(typed: string): string | null {
  const words = typed.trim();
  const known = chineseNames[words] ?? byCity.get(words.toLowerCase().replaceAll(' ', '_'));
  if (known !== undefined) return known;
  // Offsets such as +08:00 are accepted by the language, but do not know summer time.
  if (!/^[A-Za-z]/.test(words)) return null;
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(words).timeZoneId;
  } catch {
    return null;
  }
}
