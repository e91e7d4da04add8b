import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { OutboxRow } from '../chat/outbox.ts';
import { putIntoOutbox } from '../chat/outbox-insert.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Database } from '../database.ts';
import { type CalendarDay, type KeptDay, type TeamCalendar, usualCalendar } from './team-calendar.ts';

/** Points at a team's calendar. */
export interface OfTeam {
  organizationId: string;
  teamId: string;
}

/** What is stored of a team. */
export interface KeptCalendar {
  calendar: TeamCalendar;
  /** By date. */
  days: readonly KeptDay[];
}

const calendarRow = z.object({
  country: z.string().nullable(),
  region: z.string().nullable(),
  weekdays: z.array(z.number()),
  computedTo: z.number().nullable(),
});
const dayRow = z.object({ date: z.string(), works: z.boolean(), name: z.string().nullable() });
const keptRow = z.object({
  teamId: z.string(),
  calendar: calendarRow.nullable(),
  days: z.array(dayRow.extend({ source: z.enum(['country', 'file', 'hand']) })),
});
const dueRow = z.object({
  organizationId: z.string(),
  teamId: z.string(),
  country: z.string(),
  region: z.string().nullable(),
  computedTo: z.number(),
  locale: z.string(),
});

/** A team whose public holidays are not known far enough. */
export type DueCalendar = z.infer<typeof dueRow>;

/** What becomes of a day's entry: another one, none, or it stays because it was changed meanwhile or there are too many. */
export type DayChange = { to: CalendarDay | null } | { refused: 'changed' | 'many' };
export type DayChanged = { became: 'stored' | 'many' } | { became: 'changed'; now: CalendarDay };

const insertDays = (rows: string, source: KeptDay['source'], from = '') => `
  INSERT INTO "CalendarDay" ("organizationId", "teamId", date, source, works, name)
  SELECT $1::uuid, $2::uuid, r.date, '${source}', r.works, r.name
  FROM jsonb_to_recordset(${rows}::jsonb) AS r(date date, works boolean, name text) ${from}
  ON CONFLICT DO NOTHING`;

/** How many teams one round of the look-ahead takes. */
const batch = 50;

/** On which days teams work. */
export function calendarStore({ pool }: Pick<Database, 'pool'>) {
  /** Runs the work while nobody else changes this team's calendar. */
  const holding = <T>({ organizationId, teamId }: OfTeam, work: (query: Query) => Promise<T>): Promise<T> =>
    inTransaction(pool, async (client) => {
      const query: Query = async (text, values) => (await client.query(text, [organizationId, teamId, ...values])).rows;
      await query('INSERT INTO "TeamCalendar" ("organizationId", "teamId") VALUES ($1, $2) ON CONFLICT DO NOTHING', []);
      await query('SELECT FROM "TeamCalendar" WHERE "organizationId" = $1 AND "teamId" = $2 FOR UPDATE', []);
      return work(query);
    });

  return {
    /** What is stored of these teams; every team asked for is in it. `from`: only the days from this one on. */
    async of(teams: readonly OfTeam[], from: Temporal.PlainDate | null = null): Promise<Map<string, KeptCalendar>> {
      const { rows } = await pool.query({
        name: 'calendar.of',
        text: `SELECT t."teamId",
            CASE WHEN c."teamId" IS NOT NULL THEN json_build_object('country', c.country, 'region', c.region,
              'weekdays', c.weekdays, 'computedTo', c."computedTo") END AS calendar,
            (SELECT coalesce(json_agg(json_build_object('date', d.date, 'source', d.source, 'works', d.works,
                'name', d.name) ORDER BY d.date), '[]') FROM "CalendarDay" d
              WHERE d."organizationId" = t."organizationId" AND d."teamId" = t."teamId"
                AND ($3::date IS NULL OR d.date >= $3::date)) AS days
          FROM unnest($1::uuid[], $2::uuid[]) AS t("organizationId", "teamId")
          LEFT JOIN "TeamCalendar" c USING ("organizationId", "teamId")`,
        values: [
          teams.map(({ organizationId }) => organizationId),
          teams.map(({ teamId }) => teamId),
          from?.toString() ?? null,
        ],
      });
      return new Map(
        rows.map((row) => {
          const { teamId, calendar, days } = keptRow.parse(row);
          return [teamId, { calendar: calendar ?? usualCalendar, days }];
        }),
      );
    },

    /**
     * Changes a calendar that still is as `isAsShown` wants it, and the public holidays from a day on (null: they stay as
     * they are). False: somebody was faster, and nothing was changed.
     */
    async change(
      team: OfTeam,
      isAsShown: (now: TeamCalendar) => boolean,
      to: TeamCalendar,
      holidays: { from: Temporal.PlainDate; days: readonly CalendarDay[] } | null,
    ): Promise<boolean> {
      return holding(team, async (query) => {
        const [row] = await query(
          `SELECT country, region, weekdays, "computedTo" FROM "TeamCalendar"
           WHERE "organizationId" = $1 AND "teamId" = $2`,
          [],
        );
        if (!isAsShown(calendarRow.parse(row))) return false;
        await query(
          `UPDATE "TeamCalendar" SET country = $3, region = $4, weekdays = $5, "computedTo" = $6
           WHERE "organizationId" = $1 AND "teamId" = $2`,
          [to.country, to.region, to.weekdays, to.computedTo],
        );
        if (holidays === null) return true;
        await query(
          `DELETE FROM "CalendarDay"
           WHERE "organizationId" = $1 AND "teamId" = $2 AND source = 'country' AND date >= $3::date`,
          [holidays.from.toString()],
        );
        await query(insertDays('$3', 'country'), [JSON.stringify(holidays.days)]);
        return true;
      });
    },

    /**
     * Stores in one transaction what `decide` makes of the days that files have brought so far; null leaves them as they
     * are. Whether it was stored.
     */
    async changeFileDays(
      team: OfTeam,
      decide: (now: readonly CalendarDay[]) => readonly CalendarDay[] | null,
    ): Promise<boolean> {
      return holding(team, async (query) => {
        const rows = await query(
          `SELECT date::text, works, name FROM "CalendarDay"
           WHERE "organizationId" = $1 AND "teamId" = $2 AND source = 'file' ORDER BY date`,
          [],
        );
        const days = decide(rows.map((row) => dayRow.parse(row)));
        if (days === null) return false;
        await query(`DELETE FROM "CalendarDay" WHERE "organizationId" = $1 AND "teamId" = $2 AND source = 'file'`, []);
        await query(insertDays('$3', 'file'), [JSON.stringify(days)]);
        return true;
      });
    },

    /**
     * Stores in one transaction what `decide` makes of a day that was entered by hand or was not; `others` counts those
     * entered by hand for other days from a day on. What became of it, with what stood there before.
     */
    async changeDay(
      team: OfTeam,
      { date, from }: { date: string; from: Temporal.PlainDate },
      decide: (entered: { now: CalendarDay | null; others: number }) => DayChange,
    ): Promise<DayChanged> {
      return holding(team, async (query): Promise<DayChanged> => {
        const rows = await query(
          `SELECT date::text, works, name FROM "CalendarDay" WHERE "organizationId" = $1 AND "teamId" = $2
             AND source = 'hand' AND (date = $3::date OR date >= $4::date)`,
          [date, from.toString()],
        );
        const days = rows.map((row) => dayRow.parse(row));
        const now = days.find((day) => day.date === date) ?? null;
        const change = decide({ now, others: days.length - (now === null ? 0 : 1) });
        if ('refused' in change) {
          if (change.refused === 'many' || now === null) return { became: 'many' };
          return { became: 'changed', now };
        }
        await query(
          `DELETE FROM "CalendarDay"
           WHERE "organizationId" = $1 AND "teamId" = $2 AND source = 'hand' AND date = $3::date`,
          [date],
        );
        if (change.to) await query(insertDays('$3', 'hand'), [JSON.stringify([change.to])]);
        return { became: 'stored' };
      });
    },

    /** Teams whose public holidays are not known up to a year. */
    async due(year: number): Promise<DueCalendar[]> {
      const { rows } = await pool.query({
        name: 'calendar.due',
        text: `SELECT c."organizationId", c."teamId", c.country, c.region, c."computedTo", t.locale
          FROM "TeamCalendar" c JOIN "Team" t ON t."organizationId" = c."organizationId" AND t.id = c."teamId"
          WHERE c."computedTo" < $1 AND c.country IS NOT NULL AND t."archivedAt" IS NULL
          ORDER BY c."computedTo", c."teamId" LIMIT ${batch}`,
        values: [year],
      });
      return rows.map((row) => dueRow.parse(row));
    },

    /** Adds the holidays of further years where nobody has done it yet or chosen another country. Whether it did. */
    async extend(
      { organizationId, teamId, country, region, computedTo }: DueCalendar,
      to: number,
      days: readonly CalendarDay[],
    ): Promise<boolean> {
      const { rows } = await pool.query(
        `WITH extended AS (
           UPDATE "TeamCalendar" SET "computedTo" = $7
           WHERE "organizationId" = $1 AND "teamId" = $2 AND country = $4 AND region IS NOT DISTINCT FROM $5
             AND "computedTo" = $6
           RETURNING "teamId"
         ), added AS (${insertDays('$3', 'country', 'WHERE EXISTS (SELECT FROM extended)')})
         SELECT "teamId" FROM extended`,
        [organizationId, teamId, JSON.stringify(days), country, region, computedTo, to],
      );
      return rows.length > 0;
    },

    /** Puts a message into the outbox; a key that is there already stays as it is. */
    say: (row: OutboxRow): Promise<void> => putIntoOutbox(pool, [row]),
  };
}

/** A statement about the team whose organisation and id are its first two values. */
type Query = (text: string, values: readonly unknown[]) => Promise<unknown[]>;
export type CalendarStore = ReturnType<typeof calendarStore>;
