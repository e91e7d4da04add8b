import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Database } from '../database.ts';
import { type Remark, type Span, type SumRow, sides, spanBefore } from './report.ts';

const sumRow = z.object({
  dimensionId: z.string().nullable(),
  side: z.enum(sides),
  now: z.boolean(),
  answers: z.int(),
  sum: z.int(),
});
const remarkRow = z.object({
  account: z.string(),
  side: z.enum(sides),
  words: z.string(),
  scoredOn: z.string().transform((day) => Temporal.PlainDate.from(day)),
});
const scoreRow = z.object({
  teamId: z.string(),
  answers: z.int(),
  customers: z.int(),
  average: z.number().nullable(),
  asked: z.int(),
  recommend: z.int().nullable(),
});

/** Accounts of teams: assigned to one of them, or to none and owned by somebody in it; `$2`: null for all. */
const accountsOf = `SELECT a.id, a.name FROM "Account" a WHERE a."organizationId" = $1
  AND ($2::uuid[] IS NULL OR a."teamId" = ANY ($2) OR (a."teamId" IS NULL AND EXISTS (SELECT FROM "Membership" m
    WHERE m."organizationId" = $1 AND m."personId" = a."ownerId" AND m."teamId" = ANY ($2))))`;
const side = `CASE WHEN s.source = 'customer' THEN 'customers' ELSE 'us' END`;
const net = `CASE WHEN s.recommend >= 9 THEN 1 WHEN s.recommend <= 6 THEN -1 ELSE 0 END`;

/** How our service to a team's accounts was scored in a period. */
export interface ServiceScore {
  /** Mean of the means of each answer, from 1 to 5; null under three answers. */
  average: number | null;
  /** Answers with at least one score. */
  answers: number;
  /** How many of these are customers' own. */
  customers: number;
  /** Net recommendation, from −100 to 100; null under three answers. */
  recommend: number | null;
  /** Answers that say whether they would recommend us. */
  recommendAnswers: number;
}

/** Figures over surveys; each question is one statement, whatever the number of accounts. */
export function reportStore({ pool }: Pick<Database, 'pool'>) {
  return {
    async sums(organizationId: string, teamIds: readonly string[] | null, period: Span): Promise<SumRow[]> {
      const { rows } = await pool.query(
        `WITH account AS (${accountsOf}), survey AS (
           SELECT s.id, ${side} AS side, s."scoredOn" >= $4::date AS now, s.recommend IS NOT NULL AS recommends, ${net} AS net
           FROM "Survey" s JOIN account ON account.id = s."accountId"
           WHERE s."organizationId" = $1 AND s.state = 'answered' AND s."scoredOn" BETWEEN $3::date AND $5::date
         )
         SELECT x."dimensionId", side, now, count(*)::int AS answers, sum(x.score)::int AS sum
         FROM survey JOIN "SurveyScore" x ON x."organizationId" = $1 AND x."surveyId" = survey.id
         GROUP BY x."dimensionId", side, now
         UNION ALL
         SELECT NULL, side, now, count(*)::int, sum(net)::int FROM survey WHERE recommends GROUP BY side, now`,
        [organizationId, teamIds, spanBefore(period).from.toString(), period.from.toString(), period.to.toString()],
      );
      return rows.map((row) => sumRow.parse(row));
    },

    /** What was written beside scores, the latest first. */
    async remarks(
      organizationId: string,
      teamIds: readonly string[] | null,
      period: Span,
      limit: number,
    ): Promise<Remark[]> {
      const { rows } = await pool.query(
        `WITH account AS (${accountsOf})
         SELECT account.name AS account, ${side} AS side, s.remark AS words, s."scoredOn"::text
         FROM "Survey" s JOIN account ON account.id = s."accountId"
         WHERE s."organizationId" = $1 AND s.state = 'answered' AND s.remark IS NOT NULL
           AND s."scoredOn" BETWEEN $3::date AND $4::date
         ORDER BY s."scoredOn" DESC, s.id DESC LIMIT $5`,
        [organizationId, teamIds, period.from.toString(), period.to.toString(), limit],
      );
      return rows.map((row) => remarkRow.parse(row));
    },

    /** By team; teams without any answer are left out. */
    async scoresOf(
      organizationId: string,
      teamIds: readonly string[],
      period: Span,
      fewest: number,
    ): Promise<Map<string, ServiceScore>> {
      const { rows } = await pool.query(
        `WITH belongs AS (
           SELECT a.id, a."teamId" FROM "Account" a WHERE a."organizationId" = $1 AND a."teamId" = ANY ($2::uuid[])
           UNION
           SELECT a.id, m."teamId" FROM "Membership" m
           JOIN "Account" a ON a."organizationId" = $1 AND a."ownerId" = m."personId"
           WHERE m."organizationId" = $1 AND m."teamId" = ANY ($2::uuid[]) AND a."teamId" IS NULL
         ), answer AS (
           SELECT b."teamId", s.source = 'customer' AS "isCustomer", s.recommend, ${net} AS net,
             (SELECT avg(x.score) FROM "SurveyScore" x WHERE x."organizationId" = $1 AND x."surveyId" = s.id) AS mean
           FROM "Survey" s JOIN belongs b ON b.id = s."accountId"
           WHERE s."organizationId" = $1 AND s.state = 'answered' AND s."scoredOn" BETWEEN $3::date AND $4::date
         )
         SELECT "teamId", count(mean)::int AS answers, (count(mean) FILTER (WHERE "isCustomer"))::int AS customers,
           CASE WHEN count(mean) >= $5 THEN round(avg(mean), 2)::float8 END AS average, count(recommend)::int AS asked,
           CASE WHEN count(recommend) >= $5
             THEN round(100.0 * (sum(net) FILTER (WHERE recommend IS NOT NULL)) / count(recommend))::int END AS recommend
         FROM answer GROUP BY "teamId"`,
        [organizationId, teamIds, period.from.toString(), period.to.toString(), fewest],
      );
      return new Map(
        rows.map((row) => {
          const { teamId, asked, ...score } = scoreRow.parse(row);
          return [teamId, { ...score, recommendAnswers: asked }];
        }),
      );
    },
  };
}

export type ReportStore = ReturnType<typeof reportStore>;
