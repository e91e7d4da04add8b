import type { Temporal } from 'temporal-polyfill';
import type { Calendar } from '../calendar/index.ts';
import type { People, Person, Team } from '../people/index.ts';
import type { PreviewMeeting } from './preview.ts';
import type { SetMeeting, SetupStore } from './setup-store.ts';

/** What is asked of the calendars. */
export type Calendars = Pick<Calendar, 'workdaysOf' | 'absencesOf'>;

export interface GatheringNeeds {
  store: Pick<SetupStore, 'ofTeams' | 'prompted'>;
  people: Pick<People, 'people' | 'teams' | 'teamsOf'>;
  calendar: Calendars;
}

/** An instant, and for how many days from it on absences matter. */
export interface Time {
  from: Temporal.Instant;
  days: number;
}

const nothing: ReadonlySet<string> = new Set();

/** Brings together what decides whom meetings ask when. */
export function createGathering({ store, people, calendar }: GatheringNeeds) {
  /** These meetings; those whose team is not among the given ones are left out. */
  async function previews(
    organizationId: string,
    set: readonly SetMeeting[],
    teams: readonly Team[],
    { from, days }: Time,
  ): Promise<PreviewMeeting[]> {
    const memberIds = [...new Set(teams.flatMap((team) => team.memberIds))];
    const day = from.toZonedDateTimeISO('UTC').toPlainDate();
    const [known, workdays, absences, prompted] = await Promise.all([
      people.people(organizationId, memberIds),
      calendar.workdaysOf(teams.map(({ id }) => ({ organizationId, teamId: id }))),
      calendar.absencesOf(
        memberIds.map((personId) => ({ organizationId, personId })),
        // Days are the people's own, which may be one earlier or later, and windows reach over nights.
        day.subtract({ days: 5 }),
        day.add({ days: days + 5 }),
      ),
      store.prompted(organizationId, memberIds, day.subtract({ days: 1 })),
    ]);
    const byId = new Map(teams.map((team) => [team.id, team]));
    return set.flatMap(({ meeting, observerIds }) => {
      const team = byId.get(meeting.teamId);
      const week = workdays.get(meeting.teamId);
      if (team === undefined || week === undefined) return [];
      const members = team.memberIds.map((id) => known.get(id)).filter((person) => person !== undefined);
      return {
        meeting,
        team,
        calendar: week,
        hasChannel: meeting.channel !== null || team.channelId !== null,
        people: members.map(({ id, name, timeZone, observer }: Person) => ({
          id,
          name,
          timeZone,
          absences: absences.get(id) ?? [],
          reads: observer || observerIds.includes(id),
          prompted: prompted.get(id) ?? nothing,
        })),
      };
    });
  }

  return {
    previews,

    /** All meetings of these teams and of the other teams that their members are in: who is asked in which? */
    async around(organizationId: string, teams: readonly Team[], time: Time): Promise<PreviewMeeting[]> {
      const memberIds = [...new Set(teams.flatMap((team) => team.memberIds))];
      const theirs = [...(await people.teamsOf(organizationId, memberIds)).values()].flat();
      const others = [...new Set(theirs)].filter((id) => !teams.some((team) => team.id === id));
      const all = [...teams, ...(others.length === 0 ? [] : await people.teams(organizationId, others))];
      const ids = all.map(({ id }) => id);
      return previews(organizationId, await store.ofTeams(organizationId, ids), all, time);
    },
  };
}

export type Gathering = ReturnType<typeof createGathering>;
