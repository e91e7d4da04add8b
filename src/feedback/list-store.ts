import { Temporal } from 'temporal-polyfill';
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
