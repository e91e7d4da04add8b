import type { Card } from '../chat/card.ts';
import { isPointer } from '../chat/pointer.ts';
import { forbidden, missing, type Refusal } from '../chat/reply.ts';
import type { Call } from '../chat/slice.ts';
import { mayChangeTeam, mayReadTeam, type People, reach, readableTeams, type Team } from '../people/index.ts';
import type { Words } from '../text/words.ts';
import { slotOf } from './meeting.ts';
import { type AskedTogether, type Planned, previewOf, promptedKey } from './preview.ts';
import { type Calendars, createGathering } from './schedule-gathering.ts';
import { meetingCard } from './setup-cards.ts';
import type { Changed, SetMeeting, SetupStore } from './setup-store.ts';
import { upcoming } from './setup-upcoming.ts';

export interface SeeingNeeds {
  store: SetupStore;
  people: Pick<People, 'directory' | 'people' | 'team' | 'teams' | 'teamsOf'>;
  calendar: Calendars;
}

/** A meeting that somebody may see, and whether they may change it. */
export interface Seen {
  set: SetMeeting;
  team: Team;
  mayChange: boolean;
}

/** How many of its next days a meeting shows. */
const next = 5;
/** For how many days prompts are looked for. */
export const ahead = 14;

/** The first who are still to be asked in a meeting by what is planned; null: nobody. */
export function firstAskedIn(planned: readonly Planned[], meetingId: string): AskedTogether | null {
  for (const one of planned) {
    if (one.what !== 'asks' || one.of.meeting.id !== meetingId) continue;
    const key = promptedKey(slotOf(one.of.meeting), one.date);
    for (const group of one.asked) {
      const people = group.people.filter(({ prompted }) => !prompted.has(key));
      if (people.length > 0) return { ...group, people };
    }
  }
  return null;
}

/** Meetings and teams as somebody may see them. What they may not see is not there. */
export function createSeeing({ store, people, calendar }: SeeingNeeds) {
  const gathering = createGathering({ store, people, calendar });

  /** Null: no such meeting that they may see. */
  async function meeting(call: Call, about: string | undefined): Promise<Seen | null> {
    if (!isPointer(about)) return null;
    const { organizationId } = call.me;
    const set = await store.find(organizationId, about);
    if (set === null || !mayReadTeam(call.me, set.meeting.teamId)) return null;
    const team = await people.team(organizationId, set.meeting.teamId);
    return team && { set, team, mayChange: mayChangeTeam(call.me, team.id) };
  }

  return {
    gathering,

    /** Teams that somebody may see, by name; with words only those whose name has them. */
    async teams({ me }: Call, words: string): Promise<readonly Team[]> {
      const sought = words.trim().toLowerCase();
      return (await people.teams(me.organizationId, readableTeams(me))).filter(({ name }) =>
        name.toLowerCase().includes(sought),
      );
    },

    /** Teams whose meetings somebody may change, by name. */
    async changeableTeams({ me }: Call): Promise<readonly Team[]> {
      const ids = reach(me, 'team.change') === 'all' ? 'all' : me.manages;
      return (await people.teams(me.organizationId, ids)).filter(({ id }) => mayChangeTeam(me, id));
    },

    /** A team whose meetings somebody may change. */
    async changeableTeam(call: Call, about: string | undefined): Promise<Team | Refusal> {
      if (!isPointer(about) || !mayReadTeam(call.me, about)) return missing;
      const team = await people.team(call.me.organizationId, about);
      if (team === null) return missing;
      return mayChangeTeam(call.me, team.id) ? team : forbidden;
    },

    meeting,

    /** Who put a meeting away that somebody could see; null: nobody did. */
    async putAway(call: Call, about: string | undefined): Promise<Changed | null> {
      const away = isPointer(about) ? await store.putAway(call.me.organizationId, about) : null;
      return away !== null && mayReadTeam(call.me, away.teamId) ? away.changed : null;
    },

    /** A meeting that somebody may change. */
    async changeable(call: Call, about: string | undefined): Promise<Seen | Refusal> {
      const seen = await meeting(call, about);
      if (seen === null) return missing;
      return seen.mayChange ? seen : forbidden;
    },

    /** The meeting's card. `said`: what just happened to it. */
    async card({ me, now, text }: Call, { set, team, mayChange }: Seen, said?: Words): Promise<Card> {
      const all = await gathering.around(me.organizationId, [team], { from: now, days: ahead });
      const { id } = set.meeting;
      const of = all.find(({ meeting }) => meeting.id === id);
      if (of === undefined) throw new Error('a meeting was put away while it was read');
      const first = firstAskedIn(previewOf(all, now, ahead), id);
      return meetingCard(text, { set, of, first, mayChange, upcoming: upcoming(of, now, next) }, now, said);
    },
  };
}

export type Seeing = ReturnType<typeof createSeeing>;
