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
const seenIf = (person: string, teams: string) => {
  // Asked once for all rows, and not for each of them.
  const members = `(SELECT m."personId" FROM "Membership" m
    WHERE m."organizationId" = $1 AND m."teamId" = ANY (${teams}::uuid[]))`;
  const managers = `(SELECT t."managerId" FROM "Team" t
    WHERE t."organizationId" = $1 AND t.id = ANY (${teams}::uuid[]) AND t."managerId" IS NOT NULL)`;
  const own = ['f."authorId"', 'f."ownerId"', 'a."ownerId"'];
  return `(${person}::uuid IS NULL
  OR ${person}::uuid IN (${own.join(', ')}) OR a."teamId" = ANY (${teams}::uuid[])
  OR f."accountId" IN (SELECT m."accountId" FROM "AccountMember" m
    WHERE m."organizationId" = $1 AND m."personId" = ${person}::uuid)
  OR ${own.map((one) => `${one} IN ${members} OR ${one} IN ${managers}`).join('\n  OR ')})`;
};

/** An account is a team's when it is assigned to it; one that is assigned to none, when its owner is in the team. */
const ofTeam = (team: string) => `(a."teamId" = ${team}::uuid OR (a."teamId" IS NULL AND EXISTS (
  SELECT FROM "Membership" m WHERE m."organizationId" = a."organizationId" AND m."personId" = a."ownerId"
    AND m."teamId" = ${team}::uuid)))`;

/** A page of those that are meant, in their order; only what is on it is read as a whole. */
const whole = (where: string, order: string) => `
WITH page AS MATERIALIZED (
  SELECT f.id, (count(*) OVER ())::int AS total
  FROM "Feedback" f JOIN "Account" a ON a."organizationId" = f."organizationId" AND a.id = f."accountId"
  WHERE f."organizationId" = $1 AND f."undoneAt" IS NULL AND ${where}
  ${order} LIMIT $2 OFFSET $3
)
${wholeFeedback}, page.total FROM page JOIN "Feedback" f ON f."organizationId" = $1 AND f.id = page.id ${joinedFeedback}
${order}`;

const byClassAndAge = 'ORDER BY a.class, f.state, f."saidOn", f.id';

/** What somebody has to see to: they owe the answer, or noted it while nobody does, or the customer is theirs. */
const mineSql = whole(
  `f.id = ANY (ARRAY(
     SELECT o.id FROM "Feedback" o WHERE o."organizationId" = $1 AND o."ownerId" = $4 AND o.state <> 'closed'
     UNION SELECT o.id FROM "Feedback" o
     WHERE o."organizationId" = $1 AND o."authorId" = $4 AND o."ownerId" IS NULL AND o.state <> 'closed'
     UNION SELECT o.id FROM "Account" c
     JOIN "Feedback" o ON o."organizationId" = c."organizationId" AND o."accountId" = c.id AND o.state <> 'closed'
     WHERE c."organizationId" = $1 AND c."ownerId" = $4)) AND ${seenIf('$5', '$6')}`,
  byClassAndAge,
);
const allSql = whole(`f.state <> 'closed' AND ${seenIf('$4', '$5')}`, byClassAndAge);
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
      mineOf === null
        ? page(allSql, [organizationId, limit, skip, ...seer(seenBy)])
        : page(mineSql, [organizationId, limit, skip, mineOf, ...seer(seenBy)]),

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
