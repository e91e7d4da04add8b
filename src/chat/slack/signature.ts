import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Seconds that a signature is good for, before and after now (Slack, Verifying requests from Slack). */
const fiveMinutes = 5 * 60;
const wellFormed = { time: /^\d{1,12}$/, signature: /^v0=[0-9a-f]{64}$/ };

/** Whether a request with these headers and this body was signed by Slack, at about `now` (milliseconds). */
export type Verify = (headers: IncomingHttpHeaders, body: Buffer, now: number) => boolean;

/** Checks Slack's signatures, version v0: HMAC-SHA256 over version, time and body, in constant time. */
export function signatureOf(signingSecret: string): Verify {
  const key = createSecretKey(signingSecret, 'utf8');
  return (headers, body, now) => {
    const { 'x-slack-request-timestamp': time, 'x-slack-signature': signature } = headers;
    if (typeof time !== 'string' || !wellFormed.time.test(time)) return false;
    if (typeof signature !== 'string' || !wellFormed.signature.test(signature)) return false;
    // One signed far ahead could be replayed until its time has come.
    if (Math.abs(Math.floor(now / 1_000) - Number(time)) > fiveMinutes) return false;
    const ours = createHmac('sha256', key).update(`v0:${time}:`).update(body).digest();
    return timingSafeEqual(ours, Buffer.from(signature.slice(3), 'hex'));
  };
}
