import { accountClasses } from '../accounts/index.ts';
import type { Calendar } from '../calendar/index.ts';
import { plainWeek } from '../calendar/index.ts';
import type { Database } from '../database.ts';
import { type Figures, type FiguresAsked, periodsOfMean, periodsOfPicture, type TakesFigures } from './figures.ts';
import { assemble } from './figures-assembling.ts';
import {
  askedVisits,
  awayDays,
  awayThroughout,
  type Counted,
  countedPeriods,
  holidaysIn,
  type Setting,
} from './figures-counting.ts';
import type { CountedPeriod, Scope } from './figures-sql.ts';
import { type AskedRow, figuresStore } from './figures-store.ts';

/** What figures are taken of: the team's together, or those of each of some people. */
interface Subjects {
  of: 'team' | 'people';
  /** In the order of their subjects; of the team it is one, without a person. */
  people: readonly (Counted | null)[];
}

/** All that is known before anything is counted. */
interface Ground {
  members: readonly Counted[];
  setting: Setting;
  periods: readonly CountedPeriod[];
  absences: Awaited<ReturnType<Calendar['absencesOf']>>;
  ranksPeople: boolean;
}

/** Figures, and what the rows behind them are looked for with. */
export interface Taking extends TakesFigures {
  /**
   * The scope of a team's period, or of one person's own part, for `rowsStore`. Null: there are no such figures. `header`:
   * what is said of them beside the rows.
   */
  scopeOf(asked: FiguresAsked & { personId: string | null }): Promise<{
    scope: Scope;
    header: Pick<Figures, 'from' | 'to' | 'asOf' | 'timeZone'> & { name: string | null };
  } | null>;
}

export function createFigures(needs: {
  /** Figures of a quarter of five hundred people take longer than a person waits: connections with the limits of jobs. */
  database: Database;
  calendar: Pick<Calendar, 'workdaysOf' | 'absencesOf'>;
}): Taking {
  const { database, calendar } = needs;
  const store = figuresStore(database);

  async function groundOf({ organizationId, teamId, period, asOf }: FiguresAsked): Promise<Ground | null> {
    const team = await store.team(organizationId, teamId);
    if (team === null) return null;
    const workdays = (await calendar.workdaysOf([{ organizationId, teamId }])).get(teamId) ?? plainWeek;
    const setting: Setting = { timeZone: team.timeZone, workdays, asOf };
    const periods = countedPeriods(period, periodsOfPicture, setting);
    const [latest, oldest] = [periods?.[0], periods?.at(-1)];
    if (periods === null || latest === undefined || oldest === undefined) return null;
    const asked = team.members.map(({ id: personId }) => ({ organizationId, personId }));
    const absences = await calendar.absencesOf(asked, oldest.from, latest.until);
    return { members: team.members, setting, periods, absences, ranksPeople: team.ranksPeople };
  }

  async function take(asked: FiguresAsked, ground: Ground, subjects: Subjects): Promise<Figures[]> {
    const { teamId, period, asOf } = asked;
    const { setting, periods, absences } = ground;
    const counted = countedOf(ground, subjects);
    const scope = (count: number, byPerson = subjects.of === 'people') =>
      scopeFrom(asked, ground, counted, { count, byPerson });
    const ranked = subjects.of === 'team' && ground.ranksPeople;
    const [facts, coverage, owned, attention, wins, each] = await Promise.all([
      store.facts(scope(1 + periodsOfMean)),
      store.coverage(scope(periodsOfPicture)),
      store.asked(scope(1)),
      store.attention(scope(1)),
      store.wins(scope(1)),
      ranked ? store.asked(scope(1, true)) : [],
    ]);
    const [latest] = periods;
    if (latest === undefined) throw new Error('there is no period to count');
    const visitsByClass = (rows: readonly AskedRow[]) => {
      const owners = rows.map((row) => ({ ...row, customers: row.before }));
      const due = askedVisits(owners, counted, latest, setting, absences);
      return accountClasses
        .map((of) => ({ class: of, value: sumOf(rows.filter((row) => row.class === of)), of: due.get(of) ?? 0 }))
        .filter(({ value, of }) => value + of > 0);
    };
    const throughout = awayThroughout(absences, periods.slice(0, 1), setting.workdays);
    const away = new Set(throughout.map(({ personId }) => personId));
    const bySubject = <T extends { subject: number }>(rows: readonly T[]) => Map.groupBy(rows, (row) => row.subject);
    const [factsOf, coverageOf, ownedOf] = [bySubject(facts), bySubject(coverage), bySubject(owned)];
    const [attentionOf, winsOf, eachOf] = [bySubject(attention), bySubject(wins), bySubject(each)];
    return subjects.people.map((person, subject): Figures => {
      const mine = ownedOf.get(subject) ?? [];
      const present = (person === null ? counted : [person]).filter(
        ({ leftAt }) => leftAt === null || leftAt.epochMilliseconds >= latest.begins.epochMilliseconds,
      );
      const missed = factsOf.get(subject)?.find(({ figure }) => figure === 'missed');
      return {
        version: 1,
        teamId,
        personId: person?.id ?? null,
        kind: period.kind,
        from: period.from.toString(),
        to: period.to.toString(),
        until: latest.until.toString(),
        asOf: asOf.toString(),
        timeZone: setting.timeZone,
        people: present.length,
        customers: mine.reduce((sum, { customers }) => sum + customers, 0),
        leftOut: {
          away: present.filter(({ id }) => away.has(id)).map(({ id, name }) => ({ id, name })),
          customersOfAway: mine.reduce(
            (sum, { ownerId, customers }) => sum + (away.has(ownerId ?? '') ? customers : 0),
            0,
          ),
          holidays: holidaysIn(latest, setting.workdays),
          promptsMissed: missed?.value ?? 0,
        },
        ...assemble(
          {
            facts: factsOf.get(subject) ?? [],
            coverage: coverageOf.get(subject) ?? [],
            attention: attentionOf.get(subject) ?? [],
            wins: winsOf.get(subject) ?? [],
            visitsByClass: visitsByClass(mine),
          },
          periods.map(({ until }) => until.toString()),
        ),
        ranking: ranked
          ? counted
              .map(({ id, name }, index) => {
                const lines = visitsByClass(eachOf.get(index) ?? []);
                return { id, name, value: sum(lines, 'value'), of: sum(lines, 'of') };
              })
              .filter(({ value, of }) => value + of > 0)
          : null,
      };
    });
  }

  return {
    async scopeOf({ personId, ...asked }) {
      const ground = await groundOf(asked);
      const person = ground?.members.find(({ id }) => id === personId);
      if (ground === null || (personId !== null && person === undefined)) return null;
      const counted = person === undefined ? ground.members : [person];
      const { period, asOf } = asked;
      return {
        scope: scopeFrom(asked, ground, counted, { count: 1, byPerson: personId !== null }),
        header: {
          from: period.from.toString(),
          to: period.to.toString(),
          asOf: asOf.toString(),
          timeZone: ground.setting.timeZone,
          name: person?.name ?? null,
        },
      };
    },
    async ofTeam(asked) {
      const ground = await groundOf(asked);
      return ground && ((await take(asked, ground, { of: 'team', people: [null] }))[0] ?? null);
    },
    async ofPeople({ personIds, ...asked }) {
      const ground = await groundOf(asked);
      const people = ground?.members.filter(({ id }) => personIds.includes(id)) ?? [];
      if (ground === null || people.length === 0) return new Map();
      const figures = await take(asked, ground, { of: 'people', people });
      return new Map(people.flatMap(({ id }, index) => (figures[index] ? [[id, figures[index]] as const] : [])));
    },
  };
}

const countedOf = ({ members }: Ground, { of, people }: Subjects): readonly Counted[] =>
  of === 'team' ? members : people.filter((one) => one !== null);

function scopeFrom(
  { organizationId, teamId }: FiguresAsked,
  { setting, periods, absences }: Ground,
  counted: readonly Counted[],
  { count, byPerson }: { count: number; byPerson: boolean },
): Scope {
  const those = periods.slice(0, count);
  return {
    organizationId,
    members: counted.map(({ id }, index) => ({ id, subject: byPerson ? index : 0 })),
    teamId: byPerson ? null : teamId,
    periods: those,
    away: awayDays(absences),
    awayThroughout: awayThroughout(absences, those, setting.workdays),
  };
}

const sumOf = (rows: readonly { visits: number }[]) => rows.reduce((all, { visits }) => all + visits, 0);
const sum = <K extends string>(rows: readonly Record<K, number>[], key: K) =>
  rows.reduce((all, row) => all + row[key], 0);
