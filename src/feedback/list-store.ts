import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Database } from '../database.ts';
import type { FeedbackItem } from './feedback.ts';
import { joinedFeedback, readFeedback, wholeFeedback } from './store.ts';

/** Whose may be seen: everybody's, or what belongs to this person and these teams. */
export type SeenBy = 'all' | { personId: string; teamIds: readonly string[] };

/** A page of feedback, and how many there are in all. */
export interface FeedbackList {
  items: readonly FeedbackItem[];
  total: number;
}

/** A span of time for figures. `on` is the day, in the team's zone, on which it is judged what is past due. */
export interface FeedbackPeriod {
  from: Temporal.Instant;
  /** The first instant after it. */
  to: Temporal.Instant;
  on: Temporal.PlainDate;
}

/** What a period's figure counts; `open` and `pastDue` are as they stood at its end. */
export const figureNames = ['came', 'praise', 'answered', 'closed', 'open', 'pastDue'] as const;
export type FigureName = (typeof figureNames)[number];
export type FeedbackFigures = Readonly<Record<FigureName, number>>;

/** What of an account is still open. */
export interface OpenFeedback {
  count: number;
  oldestOn: Temporal.PlainDate;
}

/** Who is in a row's own people: who noted it, who owes the answer, who owns the account. Teams as an array parameter. */
const seenIf = (person: string, teams: string) => `(${person}::uuid IS NULL
  OR ${person}::uuid IN (f."authorId", f."ownerId", a."ownerId") OR a."teamId" = ANY (${teams}::uuid[])
  OR EXISTS (SELECT FROM "AccountMember" m WHERE m."organizationId" = f."organizationId"
    AND m."accountId" = f."accountId" AND m."personId" = ${person}::uuid)
  OR EXISTS (SELECT FROM "Membership" m WHERE m."organizationId" = f."organizationId"
    AND m."personId" IN (f."authorId", f."ownerId", a."ownerId") AND m."teamId" = ANY (${teams}::uuid[]))
  OR EXISTS (SELECT FROM "Team" t WHERE t."organizationId" = f."organizationId" AND t.id = ANY (${teams}::uuid[])
    AND t."managerId" IN (f."authorId", f."ownerId", a."ownerId")))`;

/** An account is a team's when it is assigned to it; one that is assigned to none, when its owner is in the team. */
const ofTeam = (team: string) => `(a."teamId" = ${team}::uuid OR (a."teamId" IS NULL AND EXISTS (
  SELECT FROM "Membership" m WHERE m."organizationId" = a."organizationId" AND m."personId" = a."ownerId"
    AND m."teamId" = ${team}::uuid)))`;

/** When the customer was answered, or told what was done. */
const settledAt = `least(f."answeredAt", CASE WHEN f.outcome IS NOT NULL OR f.kind = 'praise' THEN f."closedAt" END)`;

/** What each figure counts of feedback `f` in a period `p`. Praise that nobody has to answer was never open. */
const counts: Readonly<Record<FigureName, string>> = {
  came: `f."createdAt" >= p.begins AND f."createdAt" < p.ends`,
  praise: `f.kind = 'praise' AND f."createdAt" >= p.begins AND f."createdAt" < p.ends`,
  answered: `least(f."answeredAt", CASE WHEN f.outcome IS NOT NULL THEN f."closedAt" END) >= p.begins
    AND least(f."answeredAt", CASE WHEN f.outcome IS NOT NULL THEN f."closedAt" END) < p.ends`,
  closed: `f.outcome IS NOT NULL AND f."closedAt" >= p.begins AND f."closedAt" < p.ends`,
  open: `f."createdAt" < p.ends AND coalesce(${settledAt} >= p.ends, true)`,
  pastDue: `f."createdAt" < p.ends AND coalesce(${settledAt} >= p.ends, true) AND f."dueOn" < p.judged`,
};

const figuresSql = `
WITH f AS MATERIALIZED (
  SELECT f.kind, f."createdAt", f."answeredAt", f."closedAt", f.outcome, f."dueOn"
  FROM "Feedback" f JOIN "Account" a ON a."organizationId" = f."organizationId" AND a.id = f."accountId"
  WHERE f."organizationId" = $1 AND f."undoneAt" IS NULL AND ${ofTeam('$2')}
)
SELECT ${figureNames.map((name) => `(count(f."createdAt") FILTER (WHERE ${counts[name]}))::int AS "${name}"`).join(',\n  ')}
FROM unnest($3::timestamptz[], $4::timestamptz[], $5::date[]) WITH ORDINALITY AS p (begins, ends, judged, nth)
LEFT JOIN f ON true GROUP BY p.nth ORDER BY p.nth`;

const figuresRow = z.object({
  ...{ came: z.number(), praise: z.number(), answered: z.number() },
  ...{ closed: z.number(), open: z.number(), pastDue: z.number() },
});

const whole = (where: string, order: string) => `
${wholeFeedback}, (count(*) OVER ())::int AS total FROM "Feedback" f ${joinedFeedback}
WHERE f."organizationId" = $1 AND f."undoneAt" IS NULL AND ${where}
${order} LIMIT $2 OFFSET $3`;

const byClassAndAge = 'ORDER BY a.class, f.state, f."saidOn", f.id';

const inboxSql = whole(
  `f.state <> 'closed' AND ($4::uuid IS NULL OR f."ownerId" = $4 OR a."ownerId" = $4
     OR (f."ownerId" IS NULL AND f."authorId" = $4)) AND ${seenIf('$5', '$6')}`,
  byClassAndAge,
);
const ofAccountSql = whole(
  `f."accountId" = $4 AND ${seenIf('$5', '$6')}`,
  `ORDER BY f.state = 'closed', f."saidOn" DESC, f.id DESC`,
);
const openInTeamSql = whole(`f.state = 'open' AND ${ofTeam('$4')}`, byClassAndAge);
const figureSql = (name: FigureName) =>
  `WITH p AS (SELECT $7::timestamptz AS begins, $8::timestamptz AS ends, $9::date AS judged)
   ${whole(`${ofTeam('$4')} AND ${seenIf('$5', '$6')} AND EXISTS (SELECT FROM p WHERE ${counts[name]})`, byClassAndAge)}`;

interface Page {
  limit: number;
  skip: number;
}

/** Lists and counts of what customers said; each is one statement, whatever the number of accounts. */
export function listStore({ pool }: Pick<Database, 'pool'>) {
  async function page(text: string, values: readonly unknown[]): Promise<FeedbackList> {
    const { rows } = await pool.query<{ total: number }>(text, [...values]);
    return { items: rows.map(readFeedback), total: rows[0]?.total ?? 0 };
  }
  const seer = (seenBy: SeenBy) => (seenBy === 'all' ? [null, []] : [seenBy.personId, seenBy.teamIds]);

  return {
    /** What is not closed: the highest class first, and in it what waits longest. `mineOf`: what a person has to see to. */
    inbox: (organizationId: string, seenBy: SeenBy, mineOf: string | null, { limit, skip }: Page) =>
      page(inboxSql, [organizationId, limit, skip, mineOf, ...seer(seenBy)]),

    /** All that an account has said; what is closed comes last. */
    ofAccount: (organizationId: string, seenBy: SeenBy, accountId: string, { limit, skip }: Page) =>
      page(ofAccountSql, [organizationId, limit, skip, accountId, ...seer(seenBy)]),

    /** What nobody has answered yet among the accounts of a team, in the order of the inbox. */
    openInTeam: (organizationId: string, teamId: string, { limit, skip }: Page) =>
      page(openInTeamSql, [organizationId, limit, skip, teamId]),

    /** The rows behind a figure, as far as they may be seen. */
    behind: (
      organizationId: string,
      seenBy: SeenBy,
      figure: { name: FigureName; teamId: string; period: FeedbackPeriod },
      { limit, skip }: Page,
    ) => {
      const { from, to, on } = figure.period;
      const period = [from.toString(), to.toString(), on.toString()];
      return page(figureSql(figure.name), [organizationId, limit, skip, figure.teamId, ...seer(seenBy), ...period]);
    },

    /** The figures of a team for each of the periods, in their order. */
    async figures(
      organizationId: string,
      teamId: string,
      periods: readonly FeedbackPeriod[],
    ): Promise<FeedbackFigures[]> {
      const { rows } = await pool.query(figuresSql, [
        ...[organizationId, teamId, periods.map(({ from }) => from.toString())],
        ...[periods.map(({ to }) => to.toString()), periods.map(({ on }) => on.toString())],
      ]);
      return z.array(figuresRow).parse(rows);
    },

    /** What nobody has answered yet, by account; accounts without it are left out. */
    async openOf(organizationId: string, accountIds: readonly string[]): Promise<Map<string, OpenFeedback>> {
      const { rows } = await pool.query<{ accountId: string; count: number; oldestOn: string }>({
        name: 'feedback.openOf',
        text: `SELECT f."accountId", count(*)::int AS count, min(f."saidOn")::text AS "oldestOn" FROM "Feedback" f
          WHERE f."organizationId" = $1 AND f."accountId" = ANY ($2::uuid[]) AND f.state = 'open' AND f."undoneAt" IS NULL
          GROUP BY f."accountId"`,
        values: [organizationId, accountIds],
      });
      return new Map(
        rows.map((row) => [row.accountId, { count: row.count, oldestOn: Temporal.PlainDate.from(row.oldestOn) }]),
      );
    },
  };
}

export type ListStore = ReturnType<typeof listStore>;
