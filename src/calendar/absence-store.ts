import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { OutboxRow } from '../chat/outbox.ts';
import { outboxInsert } from '../chat/outbox-insert.ts';
import type { Database } from '../database.ts';
import type { Absence } from './absence.ts';

/** An absence with who entered it. */
export interface KeptAbsence extends Absence {
  createdById: string;
  cancelled: boolean;
}

/** An absence as it is to be stored. The same request again finds the first one. */
export interface NewAbsence extends Absence {
  organizationId: string;
  createdById: string;
  createdAt: Temporal.Instant;
  requestKey: string;
}

const day = z.string().transform((text) => Temporal.PlainDate.from(text));
const absenceRow = z.object({
  id: z.string(),
  personId: z.string(),
  from: day,
  to: day,
  half: z.enum(['morning', 'afternoon']).nullable(),
  reason: z.string().nullable(),
});
const keptRow = absenceRow.extend({ createdById: z.string(), cancelled: z.boolean() });

const columns = `id, "personId", "fromDay"::text AS "from", "toDay"::text AS "to", half::text, reason`;
const keptColumns = `${columns}, "createdById", "cancelledAt" IS NOT NULL AS cancelled`;

/** When people are away; each question and each change is one statement. */
export function absenceStore({ pool }: Pick<Database, 'pool'>) {
  return {
    /** What each of these people has between two days, both included; those who have nothing are left out. */
    async between(
      people: readonly { organizationId: string; personId: string }[],
      from: Temporal.PlainDate,
      to: Temporal.PlainDate,
    ): Promise<Map<string, Absence[]>> {
      const { rows } = await pool.query({
        name: 'calendar.absencesBetween',
        text: `SELECT ${columns} FROM "Absence"
          WHERE ("organizationId", "personId") IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))
            AND "toDay" >= $3::date AND "fromDay" <= $4::date AND "cancelledAt" IS NULL
          ORDER BY "fromDay", id`,
        values: [
          people.map(({ organizationId }) => organizationId),
          people.map(({ personId }) => personId),
          from.toString(),
          to.toString(),
        ],
      });
      return Map.groupBy(
        rows.map((row) => absenceRow.parse(row)),
        ({ personId }) => personId,
      );
    },

    /** What a person has from a day on, the earliest first. */
    async toCome(organizationId: string, personId: string, from: Temporal.PlainDate): Promise<KeptAbsence[]> {
      const { rows } = await pool.query(
        `SELECT ${keptColumns} FROM "Absence"
         WHERE "organizationId" = $1 AND "personId" = $2 AND "toDay" >= $3::date AND "cancelledAt" IS NULL
         ORDER BY "fromDay", id`,
        [organizationId, personId, from.toString()],
      );
      return rows.map((row) => keptRow.parse(row));
    },

    /** Null: not in this organisation. Those that were taken back too. */
    async find(organizationId: string, id: string): Promise<KeptAbsence | null> {
      const { rows } = await pool.query(
        `SELECT ${keptColumns} FROM "Absence" WHERE "organizationId" = $1 AND id = $2`,
        [organizationId, id],
      );
      return rows[0] === undefined ? null : keptRow.parse(rows[0]);
    },

    /** What a request made; null: nothing, or somebody else's request. */
    async madeBy(organizationId: string, requestKey: string, personId: string): Promise<KeptAbsence | null> {
      const { rows } = await pool.query(
        `SELECT ${keptColumns} FROM "Absence" WHERE "organizationId" = $1 AND "requestKey" = $2 AND "createdById" = $3`,
        [organizationId, requestKey, personId],
      );
      return rows[0] === undefined ? null : keptRow.parse(rows[0]);
    },

    /** Stores an absence and what the person is told of it; the same request again changes nothing. */
    async add(absence: NewAbsence, tell: OutboxRow | null): Promise<void> {
      await pool.query(
        `WITH added AS (
           INSERT INTO "Absence" ("organizationId", id, "personId", "fromDay", "toDay", half, reason, "createdById",
             "createdAt", "requestKey")
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING RETURNING id
         ), told AS (${outboxInsert('$11', 'WHERE EXISTS (SELECT FROM added)')})
         SELECT id FROM added`,
        [
          ...[absence.organizationId, absence.id, absence.personId, absence.from.toString(), absence.to.toString()],
          ...[absence.half, absence.reason, absence.createdById, absence.createdAt.toString(), absence.requestKey],
          JSON.stringify(tell ? [tell] : []),
        ],
      );
    },

    /** Takes an absence back, and says so; one that was taken back already stays as it was. */
    async takeBack(
      { organizationId, id }: { organizationId: string; id: string },
      at: Temporal.Instant,
      tell: OutboxRow | null,
    ): Promise<void> {
      await pool.query(
        `WITH changed AS (
           UPDATE "Absence" SET "cancelledAt" = $3
           WHERE "organizationId" = $1 AND id = $2 AND "cancelledAt" IS NULL RETURNING id
         ), told AS (${outboxInsert('$4', 'WHERE EXISTS (SELECT FROM changed)')})
         SELECT id FROM changed`,
        [organizationId, id, at.toString(), JSON.stringify(tell ? [tell] : [])],
      );
    },
  };
}

export type AbsenceStore = ReturnType<typeof absenceStore>;
