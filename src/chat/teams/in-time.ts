import { setTimeout as wait } from 'node:timers/promises';

/** What the work gives when it comes within so many milliseconds, else the other. A failure in time is thrown. */
export async function inTime<T>(work: Promise<T>, ms: number, otherwise: T): Promise<T> {
  const waiting = new AbortController();
  const late = wait(ms, otherwise, { signal: waiting.signal }).catch(() => otherwise);
  try {
    return await Promise.race([work, late]);
  } finally {
    waiting.abort();
  }
}
