import type { Temporal } from 'temporal-polyfill';
import type { Nudge } from '../chat/outbox.ts';
import type { Slice } from '../chat/slice.ts';
import type { Clock } from '../clock.ts';
import type { Database } from '../database.ts';
import type { Log } from '../log.ts';
import type { People } from '../people/index.ts';
import type { Absence } from './absence.ts';
import { absenceStore } from './absence-store.ts';
import { awayCommands } from './away-commands.ts';
import { calendarStore, type OfTeam } from './calendar-store.ts';
import { workdaysFrom } from './team-calendar.ts';
import type { Workdays } from './workdays.ts';

export type { Absence, Away } from './absence.ts';
export { awayOn } from './absence.ts';
export { plainWeek, type Workdays, workdayAfter, workdayBefore, works } from './workdays.ts';

/** On which days teams work, and when people are away. */
export interface Calendar {
  slice: Slice;
  /** By team; every team asked for is in it. */
  workdaysOf(teams: readonly OfTeam[]): Promise<ReadonlyMap<string, Workdays>>;
  /** By person, what falls between two days, both included; who has nothing may be left out. */
  absencesOf(
    people: readonly { organizationId: string; personId: string }[],
    from: Temporal.PlainDate,
    to: Temporal.PlainDate,
  ): Promise<ReadonlyMap<string, readonly Absence[]>>;
  /** Resolves when nothing that was started from chat goes on any more: to be awaited before the database is closed. */
  settled(): Promise<void>;
}

/** Whose days have changed: whole teams', or some people's. */
export type Changed =
  | { teamIds: readonly string[]; personIds?: undefined }
  | { personIds: readonly string[]; teamIds?: undefined };

export interface CalendarNeeds {
  database: Database;
  people: Pick<People, 'person' | 'people' | 'findByName' | 'teamsOf' | 'teams' | 'team'>;
  clock: Clock;
  log: Log;
  nudge: Nudge;
  /** Called after the working days of teams or the absences of people have changed. */
  changed(organizationId: string, of: Changed): Promise<void>;
}

export function createCalendar(needs: CalendarNeeds): Calendar {
  const { database, log } = needs;
  const calendars = calendarStore(database);
  const absences = absenceStore(database);
  /** What was stored is stored, whatever becomes of this. */
  const changed = (organizationId: string, of: Changed) =>
    needs.changed(organizationId, of).catch((error: unknown) => {
      log.warn({ err: error, organization: organizationId }, 'nobody was told that days have changed');
    });
  const away = awayCommands({
    ...needs,
    store: absences,
    changed: (organizationId, personIds) => changed(organizationId, { personIds }),
  });

  return {
    slice: { name: 'calendar', ...away },
    async workdaysOf(teams) {
      const kept = await calendars.of(teams);
      return new Map([...kept].map(([teamId, { calendar, days }]) => [teamId, workdaysFrom(calendar, days)]));
    },
    absencesOf: absences.between,
    settled: async () => undefined,
  };
}
