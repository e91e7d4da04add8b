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
import { dayCommands } from './day-commands.ts';
import { createGoingOn } from './going-on.ts';
import { createHolidayFinding, type HolidayFinding } from './holiday-finding.ts';
import { importDaysCommand } from './import-days-command.ts';
import { type PersonDays, yearAhead } from './person-days.ts';
import { extendJob } from './schedule.ts';
import { workdaysFrom } from './team-calendar.ts';
import { teamCommands } from './team-commands.ts';
import { teamViewing } from './team-viewing.ts';
import type { Workdays } from './workdays.ts';

export type { Absence, Away } from './absence.ts';
export { awayOn } from './absence.ts';
export { firstWorkday, type PersonDays } from './person-days.ts';
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
  /** On which days these people work, from a day on for a year, by person; everybody asked for is in it. */
  daysOf(
    people: readonly { organizationId: string; personId: string; teamIds: readonly string[] }[],
    from: Temporal.PlainDate,
  ): Promise<ReadonlyMap<string, PersonDays>>;
  /**
   * Resolves when nothing that was started from chat goes on any more: to be awaited before the database is closed. After
   * that no holidays are worked out.
   */
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
  /** Milliseconds after which long work goes on by itself; 1,200, for the platforms wait 3,000. */
  patience?: number;
  /** Where public holidays come from; a process of its own. */
  holidays?: HolidayFinding;
}

export function createCalendar(needs: CalendarNeeds): Calendar {
  const { database, log, patience = 1_200, holidays = createHolidayFinding() } = needs;
  const calendars = calendarStore(database);
  const absences = absenceStore(database);
  /** What was stored is stored, whatever becomes of this. */
  const changed = (organizationId: string, of: Changed) =>
    needs.changed(organizationId, of).catch((error: unknown) => {
      log.warn({ err: error, organization: organizationId }, 'nobody was told that days have changed');
    });
  const teamsChanged = (organizationId: string, teamIds: readonly string[]) => changed(organizationId, { teamIds });
  const away = awayCommands({
    ...needs,
    store: absences,
    changed: (organizationId, personIds) => changed(organizationId, { personIds }),
  });
  const goingOn = createGoingOn({ ...needs, say: calendars.say, patience });
  const viewing = teamViewing({ ...needs, calendars, absences });
  const ofTeams = { store: calendars, viewing, findHolidays: holidays.find, goingOn, log, changed: teamsChanged };
  const teams = teamCommands(ofTeams);
  const importing = importDaysCommand(ofTeams);
  const days = dayCommands(ofTeams);

  async function workdaysOf(asked: readonly OfTeam[]): Promise<ReadonlyMap<string, Workdays>> {
    const kept = await calendars.of(asked);
    return new Map([...kept].map(([teamId, { calendar, days }]) => [teamId, workdaysFrom(calendar, days)]));
  }

  return {
    slice: {
      name: 'calendar',
      commands: [...away.commands, ...teams.commands],
      actions: [...away.actions, ...teams.actions, ...days.actions],
      openers: [...away.openers, ...teams.openers, ...days.openers, ...importing.openers],
      forms: [...away.forms, ...teams.forms, ...days.forms, ...importing.forms],
      lookUps: teams.lookUps,
      jobs: [extendJob(ofTeams)],
    },
    workdaysOf,
    absencesOf: absences.between,
    async daysOf(asked, from) {
      const teams = new Map(
        asked.flatMap(({ organizationId, teamIds }) =>
          teamIds.map((teamId) => [teamId, { organizationId, teamId }] as const),
        ),
      );
      const [workdays, away] = await Promise.all([
        workdaysOf([...teams.values()]),
        absences.between(asked, from, from.add({ days: yearAhead })),
      ]);
      return new Map(
        asked.map(({ personId, teamIds }) => [
          personId,
          { teams: teamIds.flatMap((id) => workdays.get(id) ?? []), absences: away.get(personId) ?? [] },
        ]),
      );
    },
    async settled() {
      await goingOn.settled();
      await holidays.stop();
    },
  };
}
