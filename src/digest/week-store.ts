import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Database } from '../database.ts';
import type { FigureName } from './figures.ts';
import { definitions, type Scope, scopeValues, valuesOf, visitsOfFew, withSetsOf } from './figures-sql.ts';
import { firstWeekday } from './period.ts';

/** So many of so many. */
export interface Share {
  value: number;
  of: number;
}

/** What a person's own week has come to so far. */
export interface OwnWeek {
  /** The day on which it began: the week of their team's evaluation, the first by name; of who is in none, Monday. */
  from: Temporal.PlainDate;
  visits: number;
  /** What was planned and done, of what was planned for days that are over or is closed. */
  promises: Share;
  /** Prompts answered, of those asked whose time is over. */
  prompts: Share;
}

const shown = ['visits', 'promises', 'prompts'] as const satisfies readonly FigureName[];

/** ISO weekdays, Monday first. */
const days = [1, 2, 3, 4, 5, 6, 7] as const;
/** On which a week begins, by the working days as bits, Monday the lowest: so that the rule is asked where they are read. */
const beginnings = Array.from({ length: 2 ** days.length }, (_, bits) =>
  firstWeekday({ weekdays: days.filter((day) => (bits >> (day - 1)) & 1) }),
);
/** Monday to Friday. */
const usualBits = 0b11111;

const [teams, begins] = [scopeValues + 1, scopeValues + 2];
/** The weekday on which the person's week begins. */
const beginsSql = `SELECT ($${begins}::int[])[1 + coalesce((SELECT sum(1 << (one - 1)) FROM unnest(c.weekdays) AS one)::int,
    CASE WHEN c.weekdays IS NULL THEN ${usualBits} ELSE 0 END)]
  FROM "Team" t
  LEFT JOIN "TeamCalendar" c ON c."organizationId" = t."organizationId" AND c."teamId" = t.id
  WHERE t."organizationId" = $1 AND t.id = ANY ($${teams}::uuid[]) AND t."archivedAt" IS NULL
  ORDER BY t.name, t.id LIMIT 1`;

/** Of seven weeks with today, that begin on each of the weekdays, the one that is meant. */
const weekSql = `${withSetsOf(`k = coalesce((${beginsSql}), 1)`, 'made', 'prompt', 'plan')},
${visitsOfFew}
${shown
  .map(
    (name) => `SELECT '${name}' AS figure, (count(*) FILTER (WHERE hit))::int AS value, count(*)::int AS of,
  (SELECT k FROM period) AS day FROM (${definitions[name].rows}) r`,
  )
  .join('\nUNION ALL\n')}`;

const weekRow = z.object({ figure: z.enum(shown), value: z.number(), of: z.number(), day: z.number() });

const since = (today: Temporal.PlainDate, weekday: number): Temporal.PlainDate =>
  today.subtract({ days: (today.dayOfWeek - weekday + 7) % 7 });

/** A person's own week, counted as evaluations count it. */
export function weekStore({ pool }: Pick<Database, 'pool'>) {
  return {
    /** From the week's first day until now, in the person's zone. One statement. */
    async of({ me, today, now }: WeekOf): Promise<OwnWeek> {
      const periods = days.map((k) => {
        const from = since(today, k);
        return {
          k,
          from,
          until: today,
          begins: from.toZonedDateTime(me.timeZone).toInstant(),
          at: now,
          day: today,
          known: now,
        };
      });
      const scope: Scope = {
        organizationId: me.organizationId,
        members: [{ id: me.id, subject: 0 }],
        teamId: null,
        periods,
        away: [],
        awayThroughout: [],
      };
      const { rows } = await pool.query(weekSql, [...valuesOf(scope), me.memberOf, beginnings]);
      const read = z.array(weekRow).parse(rows);
      const share = (name: (typeof shown)[number]): Share => {
        const { value, of } = read.find(({ figure }) => figure === name) ?? { value: 0, of: 0 };
        return { value, of };
      };
      const from = since(today, read[0]?.day ?? 1);
      return { from, visits: share('visits').value, promises: share('promises'), prompts: share('prompts') };
    },
  };
}

interface WeekOf {
  me: { organizationId: string; id: string; timeZone: string; memberOf: readonly string[] };
  today: Temporal.PlainDate;
  now: Temporal.Instant;
}
