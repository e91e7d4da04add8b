import { isPointer } from '../chat/pointer.ts';
import { forbidden, missing, type Refusal } from '../chat/reply.ts';
import type { Call } from '../chat/slice.ts';
import { mayChangeTeam, mayReadTeam, type People, readableTeams, type Team } from '../people/index.ts';
import type { AbsenceStore } from './absence-store.ts';
import type { CalendarStore } from './calendar-store.ts';
import { specialDays, usualCalendar } from './team-calendar.ts';
import type { TeamView } from './team-cards.ts';

export interface ViewNeeds {
  calendars: CalendarStore;
  absences: AbsenceStore;
  people: Pick<People, 'people' | 'teams' | 'team'>;
}

/** Who is away from today until so many days after it is shown. */
const daysAhead = 13;

/** The teams that a person may see, and what is shown of them. */
export function teamViewing({ calendars, absences, people }: ViewNeeds) {
  /** A team that this person may see. Null: there is none, or it is not theirs to see. */
  async function readable(call: Call, about: string | undefined): Promise<Team | null> {
    return isPointer(about) && mayReadTeam(call.me, about) ? people.team(call.me.organizationId, about) : null;
  }

  return {
    /** By name: one's own, all of them for administrators. */
    seen: ({ me }: Call): Promise<readonly Team[]> => people.teams(me.organizationId, readableTeams(me)),

    readable,

    /** A team whose calendar this person may change; else why not. */
    async changeable(call: Call, about: string | undefined): Promise<Team | Refusal> {
      const team = await readable(call, about);
      if (team === null) return missing;
      return mayChangeTeam(call.me, team.id) ? team : forbidden;
    },

    async view(call: Call, team: Team): Promise<TeamView> {
      const { me, today } = call;
      const { organizationId } = me;
      const ids = [...new Set([...team.memberIds, ...(team.managerId === null ? [] : [team.managerId])])];
      const members = ids.map((personId) => ({ organizationId, personId }));
      const [kept, away, known] = await Promise.all([
        calendars.of([{ organizationId, teamId: team.id }], today),
        absences.between(members, today, today.add({ days: daysAhead })),
        people.people(organizationId, ids),
      ]);
      const { calendar, days } = kept.get(team.id) ?? { calendar: usualCalendar, days: [] };
      return {
        team: { id: team.id, name: team.name },
        calendar,
        days: specialDays(days),
        mayChange: mayChangeTeam(call.me, team.id),
        away: [...known.values()]
          .filter(({ active }) => active)
          .sort((a, b) => a.name.localeCompare(b.name))
          .flatMap(({ id, name }) => (away.get(id) ?? []).map((absence) => ({ person: { id, name }, absence }))),
      };
    },
  };
}

export type TeamViewing = ReturnType<typeof teamViewing>;
