import type pg from 'pg';

/**
 * The figures of a team's week as somebody would write them by hand for this one team and week: a statement for each, with
 * the dates in it, each as quick as we could make it. No leave, no holidays, no other subjects, no rows behind them.
 */
const week = `'2026-11-23'::date`;
const today = `'2026-11-27'::date`;
/** The moments of the five weeks, and their number, 0 is this one. */
const moments = `(SELECT k, ('2026-11-27 16:30'::timestamp - k * interval '7 days') AT TIME ZONE 'Europe/Berlin' AS at,
  (${week} - 7 * k)::timestamp AT TIME ZONE 'Europe/Berlin' AS begins, ${today} - 7 * k AS day,
  ${week} - 7 * k AS monday FROM generate_series(0, 4) k)`;
const members = `(SELECT "personId" FROM "Membership" WHERE "organizationId" = $1 AND "teamId" = $2)`;
const accounts = `(SELECT id, class, "ownerId", name, "createdAt" FROM "Account" WHERE "organizationId" = $1
  AND "archivedAt" IS NULL AND ("teamId" = $2 OR "teamId" IS NULL AND "ownerId" IN ${members}))`;
const days = `(CASE class WHEN 'balanced' THEN 28 WHEN 'general' THEN 56 ELSE 14 END)`;
/** How long ago a day's week was, and what was known of it at the moment of its own that the present is of this week. */
const ago = (date: string) => `((${week} + 6 - ${date}) / 7)`;
const known = (date: string) => `'2026-11-27 15:30Z'::timestamptz - ${ago(date)} * interval '7 days'`;
const weeks = Array.from({ length: 8 }, (_, k) => k);

const statements = {
  visits: `SELECT ${ago('date')} AS k, count(*)::int AS value, count(*) FILTER (WHERE outcome = 'advance')::int AS advances,
      count(outcome)::int AS judged
    FROM "Visit" v WHERE "organizationId" = $1 AND date BETWEEN ${week} - 28 AND ${week} + 6 AND "undoneAt" IS NULL
      AND "loggedAt" <= ${known('date')}
      AND ("authorId" IN ${members} OR EXISTS (SELECT FROM "VisitPerson" w
        WHERE w."organizationId" = $1 AND w."visitId" = v.id AND w."personId" IN ${members})) GROUP BY 1`,
  prompts: `SELECT ${ago('date')} AS k, count(*) FILTER (WHERE "answeredAt" <= ${known('date')})::int AS value, count(*)::int AS of
    FROM "Prompt" WHERE "organizationId" = $1 AND date BETWEEN ${week} - 28 AND ${week} + 6
      AND "personId" IN ${members} AND state <> 'missed'
      AND ("answeredAt" <= ${known('date')} OR "closesAt" <= ${known('date')}) GROUP BY 1`,
  promises: `SELECT ${ago('date')} AS k, count(*) FILTER (WHERE state = 'done' AND "closedAt" <= ${known('date')})::int AS value,
      count(*)::int AS of
    FROM "PlanItem" WHERE "organizationId" = $1 AND "personId" = ANY (ARRAY${members})
      AND date BETWEEN ${week} - 28 AND ${week} + 6
      AND ("closedAt" <= ${known('date')} OR date < ${today} - 7 * ${ago('date')}) GROUP BY 1`,
  overdue: `SELECT k, count(*) FILTER (WHERE "dueOn" < day)::int AS value, count(*)::int AS of FROM (
      SELECT "createdAt", "dueOn", NULL AS "closedAt" FROM "Action"
      WHERE "organizationId" = $1 AND state = 'open' AND "ownerId" = ANY (ARRAY${members})
      UNION ALL
      SELECT "createdAt", "dueOn", "closedAt" FROM "Action" WHERE "organizationId" = $1 AND state <> 'open'
        AND "closedAt" > '2026-10-30 15:30Z' AND "ownerId" IN ${members}) s
    JOIN ${moments} p ON "createdAt" <= at AND ("closedAt" IS NULL OR "closedAt" > at) GROUP BY 1`,
  feedback: `SELECT k, count(*) FILTER (WHERE "saidOn" BETWEEN monday AND monday + 6)::int AS came,
      count(*) FILTER (WHERE "answeredAt" BETWEEN begins AND at)::int AS answered,
      count(*) FILTER (WHERE "answeredAt" IS NULL OR "answeredAt" > at)::int AS open
    FROM (SELECT * FROM "Feedback" WHERE "organizationId" = $1 AND "undoneAt" IS NULL AND (state = 'open'
        OR "answeredAt" > '2026-10-25' OR "saidOn" > '2026-10-25')) f
    JOIN ${moments} p ON f."createdAt" <= at WHERE "accountId" IN (SELECT id FROM ${accounts} a) GROUP BY 1`,
  score: `SELECT ${ago('"scoredOn"')} AS k, count(DISTINCT s.id)::int AS of, avg(score)::float AS value
    FROM "Survey" s JOIN "SurveyScore" x ON x."organizationId" = $1 AND x."surveyId" = s.id
    WHERE s."organizationId" = $1 AND "scoredOn" BETWEEN ${week} - 28 AND ${week} + 6 AND state = 'answered'
      AND coalesce(s."answeredAt", s."createdAt") <= ${known('"scoredOn"')}
      AND "accountId" IN (SELECT id FROM ${accounts} a) GROUP BY 1`,
  coverage: `WITH recent AS MATERIALIZED (SELECT "accountId", date FROM "Visit" WHERE "organizationId" = $1
      AND date BETWEEN ${today} - 104 AND ${week} + 6 AND "undoneAt" IS NULL)
    SELECT class, count(*)::int AS of, ${weeks.map((k) => `count(*) FILTER (WHERE w${k})::int AS w${k}`).join(', ')} FROM (
      SELECT a.id, a.class, ${weeks.map((k) => `bool_or(date > ${today} - ${7 * k} - ${days} AND date <= ${week} + 6 - ${7 * k}) AS w${k}`).join(', ')}
      FROM ${accounts} a LEFT JOIN recent r ON r."accountId" = a.id GROUP BY a.id, a.class) seen GROUP BY class`,
  customers: `SELECT class, "ownerId", count(*)::int AS customers FROM ${accounts} a GROUP BY 1, 2`,
  visitsByClass: `SELECT a.class, count(*)::int AS visits FROM "Visit" v JOIN "Account" a ON a."organizationId" = $1 AND a.id = v."accountId"
    WHERE v."organizationId" = $1 AND date BETWEEN ${week} AND ${week} + 6 AND "undoneAt" IS NULL
      AND ("authorId" IN ${members} OR EXISTS (SELECT FROM "VisitPerson" w
        WHERE w."organizationId" = $1 AND w."visitId" = v.id AND w."personId" IN ${members})) GROUP BY 1`,
  attention: `WITH a AS MATERIALIZED (SELECT * FROM ${accounts} a),
    lately AS MATERIALIZED (SELECT "accountId", max(date) AS date FROM "Visit" WHERE "organizationId" = $1
      AND date > ${today} - 112 AND "undoneAt" IS NULL GROUP BY 1),
    reason AS (
      SELECT a.id, 'overdue' AS why, NULL::int AS days FROM a LEFT JOIN lately l ON l."accountId" = a.id
      WHERE coalesce(l.date, '-infinity') <= ${today} - 2 * ${days} AND "createdAt" < '2026-08-07'
      UNION ALL
      SELECT "accountId", 'promise', max(${today} - "dueOn") FROM "Action" WHERE "organizationId" = $1 AND state = 'open'
        AND "ownerId" = ANY (ARRAY${members}) AND "dueOn" < ${today} GROUP BY 1
      UNION ALL
      SELECT "accountId", 'problem', max(${today} - "saidOn") FROM "Feedback" WHERE "organizationId" = $1 AND state = 'open'
        AND kind = 'problem' AND "undoneAt" IS NULL GROUP BY 1
      UNION ALL
      SELECT "accountId", 'score', NULL FROM (
        SELECT DISTINCT ON ("accountId") "accountId", (SELECT avg(score) FROM "SurveyScore" x
          WHERE x."organizationId" = $1 AND x."surveyId" = s.id) AS score
        FROM "Survey" s WHERE "organizationId" = $1 AND state = 'answered' AND "scoredOn" > ${today} - 91
        ORDER BY "accountId", "scoredOn" DESC) s WHERE score < 3),
    needy AS (SELECT a.id, a.name, a.class, count(*) AS many, max(days) AS days,
        bool_or(why = 'overdue') AND class IN ('core', 'corePotential') AS silent, bool_or(why = 'problem') AS problem
      FROM reason r JOIN a ON a.id = r.id GROUP BY 1, 2, 3)
    SELECT (SELECT count(*)::int FROM needy) AS total, (SELECT count(*)::int FROM needy WHERE silent) AS silent,
      (SELECT count(*)::int FROM needy WHERE problem) AS problems,
      (SELECT json_agg(n) FROM (SELECT *, (SELECT max(date) FROM "Visit" v WHERE v."organizationId" = $1
        AND v."accountId" = needy.id AND "undoneAt" IS NULL) FROM needy ORDER BY class, many DESC, days DESC NULLS LAST, name LIMIT 6) n) AS first,
      (SELECT json_agg(id) FROM (SELECT id FROM needy WHERE silent ORDER BY class, many DESC, name LIMIT 20) n) AS ids,
      (SELECT json_agg(id) FROM (SELECT id FROM needy WHERE problem ORDER BY class, many DESC, name LIMIT 20) n) AS "problemIds"`,
  advanced: `SELECT a.name, a.class, count(*)::int AS visits FROM "Visit" v JOIN "Account" a ON a."organizationId" = $1 AND a.id = v."accountId"
    WHERE v."organizationId" = $1 AND date BETWEEN ${week} AND ${week} + 6 AND "undoneAt" IS NULL AND outcome = 'advance'
      AND a."archivedAt" IS NULL AND ("authorId" IN ${members} OR EXISTS (SELECT FROM "VisitPerson" w
        WHERE w."organizationId" = $1 AND w."visitId" = v.id AND w."personId" IN ${members}))
    GROUP BY a.id, a.name, a.class ORDER BY a.class, visits DESC, a.name LIMIT 3`,
  praise: `SELECT a.name, count(*)::int AS times, sum(count(*)) OVER () AS all FROM "Feedback" f JOIN ${accounts} a ON a.id = f."accountId"
    WHERE f."organizationId" = $1 AND "saidOn" BETWEEN ${week} AND ${week} + 6 AND kind = 'praise' AND "undoneAt" IS NULL
    GROUP BY a.id, a.name, a.class ORDER BY a.class, times DESC, a.name LIMIT 3`,
} as const;

type Rows = readonly Record<string, unknown>[];
export type PlainFigures = Record<keyof typeof statements, Rows>;

/** All of it, as many at once as there are connections. The week is that of Friday, 27 November 2026. */
export async function plainFigures(
  pool: pg.Pool,
  { organizationId, teamId }: { organizationId: string; teamId: string },
): Promise<PlainFigures> {
  const found: Partial<Record<keyof typeof statements, Rows>> = {};
  const names = Object.keys(statements) as (keyof typeof statements)[];
  const rowsOf = async (name: keyof typeof statements): Promise<Rows> =>
    (await pool.query(statements[name], [organizationId, teamId])).rows;
  await Promise.all(
    names.map(async (name) => {
      found[name] = await rowsOf(name);
    }),
  );
  return found as PlainFigures;
}
