import { visitInterval } from '../accounts/index.ts';
import { lowScore, lowScoreDays, mostAttention } from './attention.ts';
import { latest, withSets } from './figures-sql.ts';
import { mostAccounts } from './proposal.ts';

const longest = 2 * Math.max(...Object.values(visitInterval));

/**
 * Customers that need somebody, at the moment of period 0, the only one that is given: subject, id, name, class, owner,
 * reasons, and how many there are in all, silent ones of the two core classes, with a problem, with a low score. Of each
 * of these at most as many as are shown or planned in one go. Days before customers here too.
 */
export const attentionSql = `${withSets('step', 'said')},
now AS (SELECT at, day, until FROM period WHERE k = 0),
lately AS MATERIALIZED (
  SELECT "accountId", max(date) AS date FROM "Visit"
  WHERE "organizationId" = $1 AND date > ${latest.day} - ${longest} AND "undoneAt" IS NULL GROUP BY "accountId"),
scored AS (
  SELECT DISTINCT ON (s."accountId") s."accountId",
    (SELECT avg(score) FROM "SurveyScore" x WHERE x."organizationId" = $1 AND x."surveyId" = s.id)::float AS score
  FROM "Survey" s WHERE s."organizationId" = $1 AND s.state = 'answered'
    AND s."scoredOn" > ${latest.day} - ${lowScoreDays} AND s."scoredOn" <= ${latest.until}
  ORDER BY s."accountId", s."scoredOn" DESC, s.id DESC),
reason AS (
  SELECT a.subject, a.id, 'overdue' AS why, NULL::int AS days, 1 AS count, NULL::float AS score
  FROM account a JOIN class c ON c.class = a.class CROSS JOIN now LEFT JOIN lately l ON l."accountId" = a.id
  WHERE coalesce(l.date, '-infinity') <= now.day - 2 * c.days AND a."createdAt" < now.at - make_interval(days => 2 * c.days)
  UNION ALL
  SELECT a.subject, a.id, 'promise', max(now.day - s."dueOn"), count(*)::int, NULL
  FROM step s JOIN account a ON a.subject = s.subject AND a.id = s."accountId" CROSS JOIN now
  WHERE s.k = 0 AND s.hit GROUP BY 1, 2
  UNION ALL
  SELECT f.subject, f."accountId", 'problem', max(now.day - f."saidOn"), count(*)::int, NULL
  FROM said f CROSS JOIN now
  WHERE f.kind = 'problem' AND f."createdAt" <= now.at AND (f."answeredAt" IS NULL OR f."answeredAt" > now.at) GROUP BY 1, 2
  UNION ALL
  SELECT a.subject, a.id, 'score', NULL, 1, s.score FROM account a JOIN scored s ON s."accountId" = a.id
  WHERE s.score < ${lowScore}),
needy AS (
  SELECT r.subject, r.id, a.name, a.class, a."ownerId", c.position, count(*) AS many, max(r.days) AS days,
    bool_or(r.why = 'overdue') AND a.class IN ('core', 'corePotential') AS silent,
    bool_or(r.why = 'problem') AS problem, bool_or(r.why = 'score') AS low
  FROM reason r JOIN account a ON a.subject = r.subject AND a.id = r.id JOIN class c ON c.class = a.class
  GROUP BY r.subject, r.id, a.name, a.class, a."ownerId", c.position),
ranked AS (
  SELECT *, row_number() OVER best AS rank, count(*) OVER everyone AS total,
    count(*) FILTER (WHERE silent) OVER best AS "silentRank",
    count(*) FILTER (WHERE problem) OVER best AS "problemRank",
    count(*) FILTER (WHERE low) OVER best AS "lowRank",
    count(*) FILTER (WHERE silent) OVER everyone AS "silentTotal",
    count(*) FILTER (WHERE problem) OVER everyone AS "problemTotal",
    count(*) FILTER (WHERE low) OVER everyone AS "lowTotal"
  FROM needy
  WINDOW everyone AS (PARTITION BY subject),
    best AS (PARTITION BY subject ORDER BY position, many DESC, days DESC NULLS LAST, name, id)),
chosen AS (
  SELECT * FROM ranked WHERE rank <= ${mostAttention} OR silent AND "silentRank" <= ${mostAccounts}
    OR problem AND "problemRank" <= ${mostAccounts} OR low AND "lowRank" <= ${mostAccounts}),
because AS (
  SELECT subject, id, json_agg(json_build_object('why', why, 'days', r.days, 'count', r.count, 'score', r.score)
    ORDER BY why) AS reasons
  FROM reason r JOIN chosen USING (subject, id) GROUP BY subject, id)
SELECT subject, r.id, r.name, r.class::text, rank <= ${mostAttention} AS named, reasons,
  CASE WHEN o.id IS NOT NULL THEN json_build_object('id', o.id, 'name', o.name) END AS owner,
  CASE WHEN rank <= ${mostAttention} THEN (SELECT (SELECT day FROM now) - max(v.date) FROM "Visit" v
    WHERE v."organizationId" = $1 AND v."accountId" = r.id AND v."undoneAt" IS NULL
      AND v.date <= (SELECT until FROM now)) END AS "lastSeen",
  silent AND "silentRank" <= ${mostAccounts} AS silent, problem AND "problemRank" <= ${mostAccounts} AS problem,
  low AND "lowRank" <= ${mostAccounts} AS low,
  total::int, "silentTotal"::int, "problemTotal"::int, "lowTotal"::int
FROM chosen r JOIN because USING (subject, id)
LEFT JOIN "Person" o ON o."organizationId" = $1 AND o.id = r."ownerId"
ORDER BY subject, rank`;

/** How many customers a win names. */
const namesOfWins = 3;

/** Visits that moved something forward, and praise, in period 0: subject, kind, count, customers, whether there are more of them. */
export const winsSql = `${withSets('made', 'visit', 'said')},
won AS (
  SELECT subject, 'advances' AS kind, "accountId" FROM visit WHERE k = 0 AND outcome = 'advance'
  UNION ALL
  SELECT f.subject, 'praise', f."accountId" FROM said f JOIN period p ON p.k = 0 AND f."saidOn" BETWEEN p."from" AND p.until
  WHERE f.kind = 'praise'),
each AS (
  SELECT w.subject, w.kind, count(*) AS many, a.id, a.name,
    row_number() OVER (PARTITION BY w.subject, w.kind ORDER BY a."archivedAt" IS NOT NULL, c.position, count(*) DESC, a.name) AS rank,
    a."archivedAt" IS NULL AS here
  FROM won w JOIN "Account" a ON a."organizationId" = $1 AND a.id = w."accountId" JOIN class c ON c.class = a.class
  GROUP BY w.subject, w.kind, a."organizationId", a.id, c.position)
SELECT subject, kind, sum(many)::int AS count,
  coalesce(json_agg(json_build_object('id', id, 'name', name) ORDER BY rank)
    FILTER (WHERE here AND rank <= ${namesOfWins}), '[]') AS customers,
  NOT bool_and(here AND rank <= ${namesOfWins}) AS more
FROM each GROUP BY subject, kind`;
