import { z } from 'zod';
import { createOwnProcess } from '../own-process.ts';
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

export interface HolidayFinding {
  find: FindHolidays;
  /** Ends what goes on; after that nothing is found any more. */
  stop(): Promise<void>;
}

const answer = z.array(
  z.array(z.object({ date: z.iso.date(), works: z.boolean(), name: z.string().nullable() })).readonly(),
);

/** For a person who tries another place, and for a job that asks for the next hundred, in ms. */
const rest = 5_000;
/** In ms: a hundred places take three seconds. */
const patience = 20_000;

/**
 * Works out public holidays in a process of its own: date-holidays takes 40 MB and half a second of a whole core, for
 * what is asked a few times a year. `program`: the process's.
 */
export function createHolidayFinding(program = new URL('./holidays-process.ts', import.meta.url)): HolidayFinding {
  const { ask, stop } = createOwnProcess<readonly PlaceYears[], readonly (readonly CalendarDay[])[]>({
    makes: 'holidays',
    program,
    answer,
    rest,
    patience,
    memory: 256,
  });
  return { find: ask, stop };
}
