import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../database.ts';

/** What a statement is sent through: the pool, or the client of a transaction that is under way. */
export type Queries = Pick<Database['pool'], 'query'>;

/** A visit in which something was said, with what decides who may see it. */
export interface VisitOrigin {
  id: string;
  accountId: string;
  /** `YYYY-MM-DD`. */
  date: string;
  personIds: string[];
  teamIds: string[];
}

/** A visit that is taken back or restored, by whom and when. */
interface VisitTurn {
  organizationId: string;
  visitId: string;
  by: string;
  at: Temporal.Instant;
}

/** Taken back together with its visit; whatever is changed afterwards is not restored with it. */
const withVisit = `jsonb_build_object('undone', jsonb_build_array(NULL, $2::text))`;

const turnSql = (set: string, where: string, changes: string) => `
WITH turned AS (
  UPDATE "Feedback" f SET ${set}, version = version + 1
  WHERE f."organizationId" = $1::uuid AND f."visitId" = $2::uuid AND ${where} RETURNING f."organizationId", f.id
)
INSERT INTO "FeedbackChange" ("organizationId", id, "feedbackId", "changedById", at, changes, "requestKey")
SELECT "organizationId", gen_random_uuid(), id, $3::uuid, $4::timestamptz, ${changes}, gen_random_uuid()::text FROM turned`;

const dropSql = turnSql(`"undoneAt" = $4::timestamptz`, `f."undoneAt" IS NULL`, withVisit);
const restoreSql = turnSql(
  `"undoneAt" = NULL`,
  `f."undoneAt" IS NOT NULL AND (SELECT c.changes FROM "FeedbackChange" c
     WHERE c."organizationId" = f."organizationId" AND c."feedbackId" = f.id ORDER BY c.at DESC, c.id DESC LIMIT 1)
     = ${withVisit}`,
  `jsonb_build_object('undone', jsonb_build_array($2::text, NULL))`,
);

const values = ({ organizationId, visitId, by, at }: VisitTurn) => [organizationId, visitId, by, at.toString()];

/** What was said in a visit goes with it when it is taken back. */
export async function dropOfVisit(through: Queries, visit: VisitTurn): Promise<void> {
  await through.query(dropSql, values(visit));
}

/** The other way round. */
export async function restoreOfVisit(through: Queries, visit: VisitTurn): Promise<void> {
  await through.query(restoreSql, values(visit));
}

/** Reads the visits in which something was said. */
export const visitStore = ({ pool }: Pick<Database, 'pool'>) => ({
  /** Null: no such visit here, or undone, or its account is archived. */
  async origin(organizationId: string, visitId: string): Promise<VisitOrigin | null> {
    const { rows } = await pool.query<VisitOrigin>(
      `SELECT v.id, v."accountId", v.date::text,
         ARRAY(SELECT "personId"::text FROM "VisitPerson" p WHERE p."organizationId" = $1 AND p."visitId" = v.id)
           AS "personIds",
         ARRAY(SELECT m."teamId"::text FROM "Membership" m JOIN "VisitPerson" p
             ON p."organizationId" = m."organizationId" AND p."personId" = m."personId"
           WHERE m."organizationId" = $1 AND p."visitId" = v.id
           UNION SELECT a."teamId"::text WHERE a."teamId" IS NOT NULL) AS "teamIds"
       FROM "Visit" v JOIN "Account" a ON a."organizationId" = v."organizationId" AND a.id = v."accountId"
       WHERE v."organizationId" = $1 AND v.id = $2 AND v."undoneAt" IS NULL AND a."archivedAt" IS NULL`,
      [organizationId, visitId],
    );
    return rows[0] ?? null;
  },
});

export type VisitStore = ReturnType<typeof visitStore>;
