import { Temporal } from 'temporal-polyfill';
import { halfWidth } from './day-in-words.ts';

const european = /^(\d{1,2})(?:\s*[:.h]\s*(\d{2}))?\s*(?:uhr|h)?$/;
const digits = /^(\d{1,2})(\d{2})$/;
const american = /^(\d{1,2})(?:\s*[:.]?\s*(\d{2}))?\s*([ap])\.?\s*m\.?$/;
const chinese = /^(上午|早上|下午|晚上)?\s*(\d{1,2})\s*(?:点|时|:(?=\d\d))\s*(?:(半)|(?:(\d{1,2})分?)|整|钟)?$/;

/** A time of day as people type it: 8:45, 0845, 8.45, 8h45, 8:45 am, 下午5点半. Null when it is none. */
export function readTime(typed: string): Temporal.PlainTime | null {
  const text = halfWidth(typed).trim().toLowerCase();
  const [, halfHour, minutes = '0', half] = american.exec(text) ?? [];
  if (halfHour !== undefined) {
    const hour = Number(halfHour);
    return hour < 1 || hour > 12 ? null : time((hour % 12) + (half === 'p' ? 12 : 0), Number(minutes));
  }
  const plain = european.exec(text) ?? digits.exec(text);
  if (plain) return time(Number(plain[1]), Number(plain[2] ?? 0));
  const [, part, counted, thirty, said = '0'] = chinese.exec(text) ?? [];
  if (counted === undefined) return null;
  const afternoon = (part === '下午' || part === '晚上') && Number(counted) < 12;
  return time(Number(counted) + (afternoon ? 12 : 0), thirty === undefined ? Number(said) : 30);
}

const time = (hour: number, minute: number) => (hour < 24 && minute < 60 ? new Temporal.PlainTime(hour, minute) : null);

/** As a form shows it again: 08:45. */
export const timeText = (at: Temporal.PlainTime): string => at.toString({ smallestUnit: 'minute' });
