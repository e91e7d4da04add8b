import type { Temporal } from 'temporal-polyfill';
import { accountClasses, visitInterval } from '../accounts/index.ts';
import type { FigureName } from './figures.ts';

/*
 * What each figure counts, said once: a figure is the number of rows of its set, and "which rows" lists that very set.
 * Feedback, scores, prompts and plans are read here as tables and not through their slices, because all figures of five
 * hundred people over five periods are one statement; asked one by one they would be some thousands.
 */

/** A period as the statements see it. 0 is the one that is evaluated, 1 the one before, and so on. */
export interface CountedPeriod {
  k: number;
  from: Temporal.PlainDate;
  until: Temporal.PlainDate;
  /** The beginning of `from`, and the moment of which its figures are. */
  begins: Temporal.Instant;
  at: Temporal.Instant;
  /** The day of that moment: what was due before it is overdue. */
  day: Temporal.PlainDate;
  /** What was written down after it does not count: while a period goes on, the earlier ones are no further than it is. */
  known: Temporal.Instant;
}

/** Days on which somebody is away as a whole. */
export interface AwayDays {
  personId: string;
  from: Temporal.PlainDate;
  to: Temporal.PlainDate;
}

/** What is counted, for whom. */
export interface Scope {
  organizationId: string;
  /** Whose figures: a team's together (all have subject 0), or each person's by themselves. */
  members: readonly { id: string; subject: number }[];
  /** Whose customers count: the team's (subject 0); null: those that each of the members owns. */
  teamId: string | null;
  /** Of an evaluation the latest first. */
  periods: readonly CountedPeriod[];
  away: readonly AwayDays[];
  /** Who was away on all working days of a period. */
  awayThroughout: readonly { personId: string; k: number }[];
}

/** The values of every statement of this file, in their order. */
export function valuesOf({ organizationId, members, teamId, periods, away, awayThroughout }: Scope): unknown[] {
  return [
    organizationId,
    periods.map(({ k }) => k),
    periods.map(({ from }) => from.toString()),
    periods.map(({ until }) => until.toString()),
    periods.map(({ begins }) => begins.toString()),
    periods.map(({ at }) => at.toString()),
    periods.map(({ day }) => day.toString()),
    members.map(({ id }) => id),
    members.map(({ subject }) => subject),
    teamId,
    away.map(({ personId }) => personId),
    away.map(({ from }) => from.toString()),
    away.map(({ to }) => to.toString()),
    awayThroughout.map(({ personId }) => personId),
    awayThroughout.map(({ k }) => k),
    periods.map(({ known }) => known.toString()),
  ];
}

/** A statement may have values of its own after these. */
export const scopeValues = 16;

/**
 * `from`, `begins` and `at` of the earliest period, and `until` and `day` of the latest. Out of the values themselves,
 * because the server plans by values: of what a subquery will give it assumes that a third of the table is later, and
 * after ten years it would read the whole table.
 */
const earliest = {
  from: lastOf('$3::date[]'),
  begins: lastOf('$5::timestamptz[]'),
  at: lastOf('$6::timestamptz[]'),
};
export const latest = { until: '($4::date[])[1]', day: '($7::date[])[1]' } as const;

function lastOf(values: string): string {
  return `(${values})[cardinality(${values})]`;
}

const classes = accountClasses.map(
  (name, position) => `('${name}'::"AccountClass", ${visitInterval[name]}, ${position})`,
);

/**
 * There whatever a statement needs of it: the server does not run what it does not use. `which`: a condition where not all
 * periods count.
 */
const scopeSql = (which: string) => `WITH
period AS (SELECT * FROM unnest($2::int[], $3::date[], $4::date[], $5::timestamptz[], $6::timestamptz[], $7::date[],
  $16::timestamptz[]) AS p(k, "from", until, begins, at, day, known) WHERE ${which}),
member AS (SELECT * FROM unnest($8::uuid[], $9::int[]) AS m(id, subject)),
away AS (SELECT * FROM unnest($11::uuid[], $12::date[], $13::date[]) AS x("personId", "from", "to")),
away_throughout AS (SELECT * FROM unnest($14::uuid[], $15::int[]) AS x("personId", k)),
class AS (SELECT * FROM (VALUES ${classes.join(', ')}) AS c(class, days, position)),
account AS (
  SELECT 0 AS subject, a.id, a.name, a.class, a."ownerId", a."createdAt" FROM "Account" a
  WHERE a."organizationId" = $1 AND a."teamId" = $10::uuid AND a."archivedAt" IS NULL
  UNION ALL
  SELECT m.subject, a.id, a.name, a.class, a."ownerId", a."createdAt" FROM member m
  JOIN "Account" a ON a."organizationId" = $1 AND a."ownerId" = m.id AND a."archivedAt" IS NULL
  WHERE $10::uuid IS NULL OR a."teamId" IS NULL
)`;

const notAway = (person: string, day: string) => `NOT EXISTS (SELECT FROM away x
    WHERE x."personId" = ${person} AND ${day} BETWEEN x."from" AND x."to")`;

/** Looked up row by row: the server would rather read the whole table, which is quicker for it until the table has grown. */
const byIndex = (select: string) => `${select} OFFSET 0`;

/**
 * Sets that the figures choose from. Whoever was there is credited with a visit, as long as it was not taken back. Skipping
 * and "nothing" are answers; who was away, or could not be asked in time, was not asked; what was planned for a day that
 * is not over is neither kept nor broken. A feedback is open until the customer was answered.
 */
const sets = {
  made: `SELECT p.k, v.* FROM period p
    CROSS JOIN LATERAL (${byIndex(`SELECT id, "accountId", "authorId", outcome FROM "Visit"
      WHERE "organizationId" = $1 AND date BETWEEN p."from" AND p.until AND "loggedAt" <= p.known
        AND "undoneAt" IS NULL`)}) v`,
  /**
   * Its author is always among those who were there; of a team the others are looked for only where that is no member, so
   * that only they can be several of one subject.
   */
  visit: `SELECT m.subject, v.k, v.id, v."accountId", v.outcome FROM made v JOIN member m ON m.id = v."authorId"
    UNION ALL
    SELECT DISTINCT m.subject, v.k, v.id, v."accountId", v.outcome FROM made v
    CROSS JOIN LATERAL (${byIndex(`SELECT w."personId" FROM "VisitPerson" w
      WHERE w."organizationId" = $1 AND w."visitId" = v.id AND w."personId" <> v."authorId"`)}) w
    JOIN member m ON m.id = w."personId"
    WHERE $10::uuid IS NULL OR NOT EXISTS (SELECT FROM member x WHERE x.id = v."authorId")`,
  prompt: `SELECT m.subject, p.k, q.id, q.hit
    FROM period p
    CROSS JOIN LATERAL (SELECT id, "personId", date, "closesAt",
        state IN ('answered', 'nothing', 'skipped') AND coalesce("answeredAt" <= p.known, false) AS hit
      FROM "Prompt" WHERE "organizationId" = $1 AND date BETWEEN p."from" AND p.until AND state <> 'missed') q
    JOIN member m ON m.id = q."personId"
    WHERE q.hit OR q."closesAt" <= p.at AND ${notAway('q."personId"', 'q.date')}`,
  plan: `SELECT m.subject, p.k, i.id, i.state = 'done' AND i.closed AS hit
    FROM member m CROSS JOIN period p
    CROSS JOIN LATERAL (SELECT id, "personId", date, state, state <> 'planned' AND coalesce("closedAt" <= p.known, false) AS closed
      FROM "PlanItem" WHERE "organizationId" = $1 AND "personId" = m.id AND date BETWEEN p."from" AND p.until) i
    WHERE i.state = 'done' AND i.closed OR (i.closed OR i.date < p.day) AND ${notAway('i."personId"', 'i.date')}`,
  step: `SELECT m.subject, p.k, s.id, s."accountId", s."dueOn", coalesce(s."dueOn" < p.day, false) AS hit
    FROM member m
    JOIN (
      SELECT id, "ownerId", "accountId", "dueOn", "createdAt", NULL AS "closedAt" FROM "Action"
      WHERE "organizationId" = $1 AND state = 'open' AND "ownerId" = ANY ($8::uuid[])
      UNION ALL
      SELECT id, "ownerId", "accountId", "dueOn", "createdAt", "closedAt" FROM "Action"
      WHERE "organizationId" = $1 AND state <> 'open' AND "closedAt" > ${earliest.at}
    ) s ON s."ownerId" = m.id
    JOIN period p ON s."createdAt" <= p.at AND (s."closedAt" IS NULL OR s."closedAt" > p.at)`,
  said: `SELECT a.subject, f.id, f."accountId", f.kind, f."saidOn", f."createdAt",
      CASE WHEN f.state <> 'open' THEN coalesce(f."answeredAt", f."closedAt") END AS "answeredAt"
    FROM (
      SELECT id FROM "Feedback" WHERE "organizationId" = $1 AND state = 'open'
      UNION SELECT id FROM "Feedback" WHERE "organizationId" = $1 AND "answeredAt" >= ${earliest.begins}
      UNION SELECT id FROM "Feedback" WHERE "organizationId" = $1 AND "closedAt" >= ${earliest.begins}
      UNION SELECT id FROM "Feedback" WHERE "organizationId" = $1 AND "saidOn" >= ${earliest.from}
    ) late
    CROSS JOIN LATERAL (${byIndex(`SELECT * FROM "Feedback" f
      WHERE f."organizationId" = $1 AND f.id = late.id AND f."undoneAt" IS NULL`)}) f
    JOIN account a ON a.id = f."accountId"`,
  survey: `SELECT a.subject, p.k, s.id,
      (SELECT avg(score) FROM "SurveyScore" x WHERE x."organizationId" = $1 AND x."surveyId" = s.id) AS score
    FROM period p
    JOIN "Survey" s ON s."organizationId" = $1 AND s."scoredOn" BETWEEN p."from" AND p.until AND s.state = 'answered'
      AND coalesce(s."answeredAt", s."createdAt") <= p.known
    JOIN account a ON a.id = s."accountId"`,
  /** The days that lie within the class's interval before periods' ends, a bit for each period. */
  within: `SELECT c.class, (p.day - back)::date AS date, bit_or(1 << p.k) AS periods
    FROM period p CROSS JOIN class c CROSS JOIN generate_series(0, c.days - 1) AS back
    WHERE p.day - back <= p.until GROUP BY 1, 2`,
  /** Days before customers: a look at each customer's visits would grow with the history. */
  dated: `SELECT "accountId", date FROM "Visit"
    WHERE "organizationId" = $1 AND date = ANY (ARRAY(SELECT DISTINCT date FROM within)) AND "undoneAt" IS NULL`,
  /** At which periods' ends a customer had been seen within its interval, a bit for each. */
  seen: `SELECT a.id, bit_or(w.periods) AS periods
    FROM dated v JOIN account a ON a.id = v."accountId" JOIN within w ON w.date = v.date AND w.class = a.class
    GROUP BY a.id`,
  customer: `SELECT a.subject, p.k, a.id, a.class, coalesce(s.periods, 0) >> p.k & 1 = 1 AS hit
    FROM account a CROSS JOIN period p LEFT JOIN seen s ON s.id = a.id
    WHERE a."createdAt" <= p.at AND NOT EXISTS (
      SELECT FROM away_throughout x WHERE x."personId" = a."ownerId" AND x.k = p.k)`,
} as const;

export type SetName = keyof typeof sets;

/** The set `visit` of few people: for them it is less to read at which visits they ever were than who was at each. */
export const visitsOfFew = `visit AS (
  SELECT m.subject, v.k, v.id, v."accountId", v.outcome FROM made v
  JOIN (${byIndex(`SELECT "visitId", "personId" FROM "VisitPerson"
    WHERE "organizationId" = $1 AND "personId" = ANY ($8::uuid[])`)}) w ON w."visitId" = v.id
  JOIN member m ON m.id = w."personId")`;

/** The scope and the sets that are named, in the order in which they stand above. */
export const withSets = (...names: readonly SetName[]): string => withSetsOf('true', ...names);

/** The same of those periods only of which a condition holds. */
export const withSetsOf = (which: string, ...names: readonly SetName[]): string =>
  [
    scopeSql(which),
    ...names.map((name) => `${name} AS ${name === 'dated' ? 'MATERIALIZED ' : ''}(${sets[name]})`),
  ].join(',\n');

const ofCustomers = ['within', 'dated', 'seen', 'customer'] as const;

/** What a figure is made of: rows with subject, k and id; `hit`: it counts among those of which it is. */
interface Definition {
  of: readonly SetName[];
  rows: string;
}

export const definitions: Readonly<Record<FigureName, Definition>> = {
  visits: { of: ['made', 'visit'], rows: 'SELECT subject, k, id, true AS hit FROM visit' },
  prompts: { of: ['prompt'], rows: 'SELECT subject, k, id, hit FROM prompt' },
  coverageCore: {
    of: ofCustomers,
    rows: `SELECT subject, k, id, hit FROM customer WHERE class = 'core'`,
  },
  coveragePotential: {
    of: ofCustomers,
    rows: `SELECT subject, k, id, hit FROM customer WHERE class = 'corePotential'`,
  },
  promises: { of: ['plan'], rows: 'SELECT subject, k, id, hit FROM plan' },
  overdue: { of: ['step'], rows: 'SELECT subject, k, id, hit FROM step' },
  feedbackIn: {
    of: ['said'],
    rows: `SELECT f.subject, p.k, f.id, true AS hit FROM said f
      JOIN period p ON f."saidOn" BETWEEN p."from" AND p.until AND f."createdAt" <= p.at`,
  },
  feedbackAnswered: {
    of: ['said'],
    rows: `SELECT f.subject, p.k, f.id, f."answeredAt" <= p.at AND f."answeredAt" IS NOT NULL AS hit FROM said f
      JOIN period p ON f."createdAt" <= p.at AND (f."answeredAt" IS NULL OR f."answeredAt" >= p.begins)`,
  },
  feedbackOpen: {
    of: ['said'],
    rows: `SELECT f.subject, p.k, f.id, true AS hit FROM said f
      JOIN period p ON f."createdAt" <= p.at AND (f."answeredAt" IS NULL OR f."answeredAt" > p.at)`,
  },
  advances: {
    of: ['made', 'visit'],
    rows: `SELECT subject, k, id, outcome = 'advance' AS hit FROM visit WHERE outcome IS NOT NULL`,
  },
  score: { of: ['survey'], rows: 'SELECT subject, k, id, true AS hit FROM survey' },
};

/** All figures but coverage, of all subjects and periods: subject, k, figure, value, of. */
export const factsSql = `${withSets('made', 'visit', 'prompt', 'plan', 'step', 'said', 'survey')}
${(['visits', 'prompts', 'promises', 'overdue', 'feedbackIn', 'feedbackAnswered', 'feedbackOpen', 'advances'] as const)
  .map(
    (name) => `SELECT subject, k, '${name}' AS figure, count(*) FILTER (WHERE hit)::float AS value, count(*)::int AS of
FROM (${definitions[name].rows}) r GROUP BY subject, k`,
  )
  .join('\nUNION ALL\n')}
UNION ALL
SELECT subject, k, 'score', avg(score)::float, count(*)::int FROM survey GROUP BY subject, k
UNION ALL
SELECT m.subject, 0, 'missed', count(*)::float, count(*)::int FROM period p
CROSS JOIN LATERAL (${byIndex(`SELECT "personId" FROM "Prompt"
  WHERE "organizationId" = $1 AND date BETWEEN p."from" AND p.until AND state = 'missed'`)}) q
JOIN member m ON m.id = q."personId" WHERE p.k = 0 GROUP BY m.subject`;

/** Customers seen within their interval, by class: subject, k, class, value, of. */
export const coverageSql = `${withSets(...ofCustomers)}
SELECT subject, k, class::text, count(*) FILTER (WHERE hit)::int AS value, count(*)::int AS of
FROM customer GROUP BY subject, k, class`;

/**
 * Customers that were there when the period began, by class and owner: what the intervals ask for depends on who was
 * there. And by class the visits that were made to them or to others: subject, class, ownerId, customers, visits.
 */
export const askedSql = `${withSets('made', 'visit')}
SELECT a.subject, a.class::text, a."ownerId", count(*)::int AS customers,
  count(*) FILTER (WHERE a."createdAt" < p.begins)::int AS before, 0 AS visits
FROM account a JOIN period p ON p.k = 0 GROUP BY a.subject, a.class, a."ownerId"
UNION ALL
SELECT v.subject, a.class::text, NULL, 0, 0, count(*)::int
FROM visit v JOIN "Account" a ON a."organizationId" = $1 AND a.id = v."accountId"
WHERE v.k = 0 GROUP BY v.subject, a.class`;
