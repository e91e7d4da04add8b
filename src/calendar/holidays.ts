import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import type { CalendarDay } from './team-calendar.ts';

/** A place, and the years whose public holidays are wanted, both included. */
export interface PlaceYears {
  /** ISO 3166-1 code. */
  country: string;
  /** Its part as date-holidays names it (BY), with that one's own part behind a hyphen (BY-A). */
  region: string | null;
  /** What the days are called in; where no such name is known, the country's own. */
  locale: string;
  from: number;
  to: number;
}

/** Answers for each place its free days, in the order asked. Throws when it cannot. */
export type FindHolidays = (places: readonly PlaceYears[]) => Promise<readonly (readonly CalendarDay[])[]>;

const answer = z.array(
  z.array(z.object({ date: z.iso.date(), works: z.boolean(), name: z.string().nullable() })).readonly(),
);

/** After this long the thread is ended, in ms: a hundred places take three seconds. */
const patience = 20_000;

/**
 * Works out public holidays in a thread that ends with its answer. One at a time: two would only take twice the memory.
 * `file`: the thread's program.
 */
export function createHolidays(file = new URL('./holidays-worker.ts', import.meta.url)): FindHolidays {
  let before: Promise<unknown> = Promise.resolve();
  return (places) => {
    const found = before.then(() => inThread(file, places));
    before = found.catch(() => undefined);
    return found;
  };
}

async function inThread(file: URL, places: readonly PlaceYears[]): Promise<readonly (readonly CalendarDay[])[]> {
  const worker = new Worker(file, { workerData: places, resourceLimits: { maxOldGenerationSizeMb: 256 } });
  const late = setTimeout(() => void worker.terminate(), patience);
  try {
    return answer.parse(
      await new Promise((resolve, reject) => {
        worker.on('message', resolve);
        worker.on('error', reject);
        worker.on('exit', () => reject(new Error('the thread that works out holidays ended without an answer')));
      }),
    );
  } finally {
    clearTimeout(late);
    await worker.terminate();
  }
}
