import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Database } from '../database.ts';
import type { FigureName } from './figures.ts';
import { definitions, type Scope, valuesOf, visitsOfFew, withSets } from './figures-sql.ts';

/** So many of so many. */
export interface Share {
  value: number;
  of: number;
}

/** What a person's own week has come to so far. */
export interface OwnWeek {
  visits: number;
  /** What was planned and done, of what was planned for days that are over or is closed. */
  promises: Share;
  /** Prompts answered, of those asked whose time is over. */
  prompts: Share;
}

const shown = ['visits', 'promises', 'prompts'] as const satisfies readonly FigureName[];

const weekSql = `${withSets('made', 'prompt', 'plan')},
${visitsOfFew}
${shown
  .map(
    (name) => `SELECT '${name}' AS figure, (count(*) FILTER (WHERE hit))::int AS value, count(*)::int AS of
FROM (${definitions[name].rows}) r`,
  )
  .join('\nUNION ALL\n')}`;

const weekRow = z.object({ figure: z.enum(shown), value: z.number(), of: z.number() });

/** A person's own week, counted as evaluations count it. */
export function weekStore({ pool }: Pick<Database, 'pool'>) {
  return {
    /** From Monday until now, in the person's zone. One statement. */
    async of({ me, today, now }: WeekOf): Promise<OwnWeek> {
      const from = today.subtract({ days: today.dayOfWeek - 1 });
      const begins = from.toZonedDateTime(me.timeZone).toInstant();
      const scope: Scope = {
        ...{ organizationId: me.organizationId, members: [{ id: me.id, subject: 0 }], teamId: null },
        ...{
          periods: [{ k: 0, from, until: today, begins, at: now, day: today, known: now }],
          away: [],
          awayThroughout: [],
        },
      };
      const { rows } = await pool.query(weekSql, valuesOf(scope));
      const found = new Map(
        z
          .array(weekRow)
          .parse(rows)
          .map(({ figure, ...share }) => [figure, share]),
      );
      const share = (name: (typeof shown)[number]) => found.get(name) ?? { value: 0, of: 0 };
      return { visits: share('visits').value, promises: share('promises'), prompts: share('prompts') };
    },
  };
}

interface WeekOf {
  me: { organizationId: string; id: string; timeZone: string };
  today: Temporal.PlainDate;
  now: Temporal.Instant;
}
