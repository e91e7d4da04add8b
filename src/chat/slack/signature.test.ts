import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { signatureOf } from './signature.ts';

const secret = '8f742231b10e8888abcd99yyyzzz85a5';
const now = 1_531_420_618_000;
const time = String(now / 1_000);
const body = Buffer.from('token=xyzz&text=拜访&user_id=U0ADA');
const sign = (at: string, by = secret) =>
  `v0=${createHmac('sha256', by).update(`v0:${at}:`).update(body).digest('hex')}`;
const good = sign(time);
const away = (seconds: number) => String(now / 1_000 + seconds);

test.each<[string, { at?: string; by?: string }, boolean]>([
  ['signed now', { at: time, by: good }, true],
  ['signed five minutes ago', { at: away(-300), by: sign(away(-300)) }, true],
  ['signed five minutes ahead', { at: away(300), by: sign(away(300)) }, true],
  ['signed longer ago', { at: away(-301), by: sign(away(-301)) }, false],
  ['signed further ahead', { at: away(301), by: sign(away(301)) }, false],
  ['with another time than it was signed with', { at: away(1), by: good }, false],
  ['with no time', { by: good }, false],
  ['with a time that is no number', { at: 'NaN', by: sign('NaN') }, false],
  ['with a time in another notation', { at: `${time}.0`, by: sign(`${time}.0`) }, false],
  ['signed with another secret', { at: time, by: sign(time, 'another') }, false],
  ['not signed', { at: time }, false],
  ['signed with nothing', { at: time, by: 'v0=' }, false],
  ['of another version', { at: time, by: good.replace('v0', 'v1') }, false],
  ['with a signature cut short', { at: time, by: good.slice(0, -2) }, false],
  ['with a signature too long', { at: time, by: `${good}00` }, false],
])('a request %s', (_, { at, by }, taken) => {
  const headers = {
    ...(at === undefined ? {} : { 'x-slack-request-timestamp': at }),
    ...(by === undefined ? {} : { 'x-slack-signature': by }),
  };
  expect(signatureOf(secret)(headers, body, now)).toBe(taken);
});

test('another body has another signature', () => {
  const headers = { 'x-slack-request-timestamp': time, 'x-slack-signature': good };
  expect(signatureOf(secret)(headers, Buffer.concat([body, Buffer.from('&')]), now)).toBe(false);
});
