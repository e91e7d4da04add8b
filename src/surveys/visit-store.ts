import { Temporal } from 'temporal-polyfill';
import type { Database } from '../database.ts';

/** The visit after which our service is scored. */
export interface VisitOrigin {
  id: string;
  accountId: string;
  date: Temporal.PlainDate;
  /** Who is credited with it. */
  personIds: readonly string[];
}

/** Visits, as far as scores are entered after them. */
export function visitStore({ pool }: Pick<Database, 'pool'>) {
  return {
    /** Null: no such visit here, or undone. */
    async origin(organizationId: string, visitId: string): Promise<VisitOrigin | null> {
      const { rows } = await pool.query<{ id: string; accountId: string; date: string; personIds: string[] }>(
        `SELECT v.id, v."accountId", v.date::text, ARRAY(SELECT p."personId"::text FROM "VisitPerson" p
           WHERE p."organizationId" = v."organizationId" AND p."visitId" = v.id) AS "personIds"
         FROM "Visit" v WHERE v."organizationId" = $1 AND v.id = $2 AND v."undoneAt" IS NULL`,
        [organizationId, visitId],
      );
      const [row] = rows;
      return row === undefined ? null : { ...row, date: Temporal.PlainDate.from(row.date) };
    },
  };
}

export type VisitStore = ReturnType<typeof visitStore>;
