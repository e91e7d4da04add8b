import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';
import { systemClock } from './clock.ts';

const each = 16;
/** Asking the system for randomness costs more than all the rest of an id; asked for many at once it does not. */
const pool = new Uint8Array(256 * each);
let used = pool.length;
let last = { msecs: 0, seq: 0 };

/** The id of a new row: a UUIDv7 (RFC 9562), later than every one that this process has made before. */
export function newId(): string {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const random = pool.subarray(used, used + each);
  used += each;
  last = following(last, random);
  return v7({ random, ...last });
}

/**
 * Within a millisecond the sequence counts on, also when the clock was put back (RFC 9562, 6.2, method 1). It begins in
 * the lower half of what it can be, so that it never comes to its end.
 */
function following({ msecs, seq }: typeof last, random: Uint8Array): typeof last {
  const now = systemClock.now().epochMilliseconds;
  if (now > msecs) return { msecs: now, seq: new DataView(random.buffer, random.byteOffset).getUint32(6) >>> 1 };
  return { msecs, seq: seq + 1 };
}
