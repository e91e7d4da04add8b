import { randomInt } from 'node:crypto';
import type { Clock } from '../clock.ts';

/** Slack's timestamp of an instant given in microseconds: seconds, a dot, six digits. */
function asTimestamp(micros: number): string {
  return `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`;
}

/** The present in microseconds. */
export function microsNow(clock: Clock): number {
  return Math.floor(Number(clock.now().epochNanoseconds) / 1000);
}

/** The next timestamp after `last`: the clock's present, or a microsecond after `last` when that is not later. */
export function nextTimestamp(clock: Clock, last = '0.000000'): string {
  const [seconds = '0', fraction = '0'] = last.split('.');
  return asTimestamp(Math.max(microsNow(clock), Number(seconds) * 1e6 + Number(fraction) + 1));
}

/** The present as Slack's timestamp, for events and actions. */
export function timestamp(clock: Clock): string {
  return asTimestamp(microsNow(clock));
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** A Slack-like id: a prefix and ten capital letters or digits. */
export function newId(prefix: string): string {
  return prefix + Array.from({ length: 10 }, () => letters[randomInt(letters.length)]).join('');
}
