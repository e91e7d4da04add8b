import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { OutboxRow } from '../chat/outbox.ts';
import { outboxInsert } from '../chat/outbox-insert.ts';
import { type Some, type TakenSome, takeMany } from '../database/transaction.ts';
import type { Database } from '../database.ts';
import { type ItemRow, itemJson, readItem } from './day-store.ts';
import type { Decision } from './decision.ts';
import { decisionRow, decisionsOf } from './decision-store.ts';
import type { Meeting } from './meeting.ts';
import { meetingColumns, readMeeting } from './meeting-row.ts';
import { promptStates } from './prompt-cards.ts';
import { readQuestions } from './question.ts';
import type { Contribution, Named } from './summary.ts';

/** A meeting's day whose summary is due. */
export interface DueSummary {
  id: string;
  date: Temporal.PlainDate;
  meeting: Meeting;
  team: { timeZone: string; locale: string; archived: boolean };
  /** Where it is posted: the meeting's channel, else the team's; null: nowhere. */
  channel: { workspaceId: string; conversation: string } | null;
  /** Its card was posted before. */
  posted: boolean;
  members: readonly Named[];
  contributions: readonly Contribution[];
  decisions: readonly Decision[];
}

/** What becomes of those that were claimed; of all of them, none is due any more. */
export interface Summarized {
  /** Ids of those that are posted now. */
  post: readonly string[];
  tell: readonly OutboxRow[];
}

/** Meetings in one transaction: what all their people said is in memory until it ends. */
export const batch = 20;

/** After an outage it is planned first whom the bot could not ask: the agenda has made the day's row before that. */
const claimSql = (most: number) => `
SELECT ${meetingColumns('m')}, o.id AS "occurrenceId", o.date::text AS "heldOn", o."postedAt" IS NOT NULL AS posted,
  json_build_object('timeZone', t."timeZone", 'locale', t.locale, 'archived', t."archivedAt" IS NOT NULL) AS team,
  CASE WHEN t."channelId" IS NOT NULL AND t."channelWorkspaceId" IS NOT NULL THEN
    json_build_object('workspaceId', t."channelWorkspaceId", 'conversation', t."channelId") END AS "teamChannel"
FROM "Occurrence" o
JOIN "Meeting" m ON m."organizationId" = o."organizationId" AND m.id = o."meetingId"
JOIN "Team" t ON t."organizationId" = m."organizationId" AND t.id = m."teamId"
WHERE o."summaryAt" <= $1::timestamptz AND (o."postedAt" IS NOT NULL OR m."nextAt" IS NULL OR m."nextAt" > $1::timestamptz)
  AND o.id <> ALL ($2::uuid[])
ORDER BY o."summaryAt", o.id LIMIT ${most} FOR NO KEY UPDATE OF o SKIP LOCKED`;

const claimedRow = z.object({
  occurrenceId: z.string(),
  heldOn: z.string().transform((day) => Temporal.PlainDate.from(day)),
  posted: z.boolean(),
  team: z.object({ timeZone: z.string(), locale: z.string(), archived: z.boolean() }),
  teamChannel: z.object({ workspaceId: z.string(), conversation: z.string() }).nullable(),
});

const claimedOnes = `FROM unnest($1::uuid[], $2::uuid[]) AS claimed("organizationId", id)
JOIN "Occurrence" o ON o."organizationId" = claimed."organizationId" AND o.id = claimed.id
JOIN "Meeting" m ON m."organizationId" = o."organizationId" AND m.id = o."meetingId"`;

/** A person `p` whom the meeting `m` is for: neither an observer, there or here, nor gone. */
const expected = `(p."deactivatedAt" IS NULL AND NOT p.observer AND NOT EXISTS (SELECT FROM "MeetingObserver" w
  WHERE w."organizationId" = m."organizationId" AND w."meetingId" = m.id AND w."personId" = p.id))`;

const membersSql = `
SELECT o.id AS "occurrenceId", p.id, p.name
${claimedOnes}
JOIN "Membership" s ON s."organizationId" = m."organizationId" AND s."teamId" = m."teamId"
JOIN "Person" p ON p."organizationId" = s."organizationId" AND p.id = s."personId"
WHERE ${expected}`;

const decisionsSql = `SELECT o.id AS "occurrenceId", ${decisionsOf} AS decisions ${claimedOnes} WHERE m.kind = 'sales'`;

/** Only what is shown is read: of who did not answer, what is in their way; of a meeting that plans nothing, no plans. */
const contributionsSql = `
SELECT o.id AS "occurrenceId", json_build_object('id', p.id, 'name', p.name) AS person, q.state::text, ${expected} AS expected,
  qs.questions, coalesce(q.answers, '{}') AS answers,
  CASE WHEN q.state = 'answered' AND q.kind IN ('morning', 'evening') THEN (
    SELECT json_agg(${itemJson} ORDER BY i.position, i.id) FROM "PlanItem" i
    LEFT JOIN "Account" c ON c."organizationId" = i."organizationId" AND c.id = i."accountId"
    WHERE i."organizationId" = q."organizationId" AND i."personId" = q."personId" AND i.date = q.date) END AS items,
  CASE WHEN q.state = 'answered' AND q.kind = 'evening' THEN (
    SELECT json_agg(json_build_object('id', c.id, 'name', c.name) ORDER BY c.name, c.id) FROM "Account" c
    WHERE c."organizationId" = q."organizationId" AND c.id IN (
      SELECT v."accountId" FROM "VisitPerson" u
      JOIN "Visit" v ON v."organizationId" = u."organizationId" AND v.id = u."visitId"
      WHERE u."organizationId" = q."organizationId" AND u."personId" = q."personId" AND v.date = q.date
        AND v."undoneAt" IS NULL)) END AS visited,
  CASE WHEN q.kind IN ('morning', 'evening') OR qs.questions @> '[{"role": "blockers"}]' THEN (
    SELECT json_agg(json_build_object('id', b.id, 'text', b.text, 'since', b.since)) FROM "Blocker" b
    WHERE b."organizationId" = q."organizationId" AND b."personId" = q."personId" AND b."resolvedAt" IS NULL
      AND b.since <= q.date) END AS blockers
${claimedOnes}
JOIN "PromptMeeting" pm ON pm."organizationId" = o."organizationId" AND pm."occurrenceId" = o.id
JOIN "Prompt" q ON q."organizationId" = pm."organizationId" AND q.id = pm."promptId"
JOIN "Person" p ON p."organizationId" = q."organizationId" AND p.id = q."personId"
JOIN "MeetingQuestions" qs ON qs."organizationId" = q."organizationId" AND qs."meetingId" = q."questionsOfId"
  AND qs.version = q."questionsVersion"`;

const named = z.object({ id: z.string(), name: z.string() });
const listOf = <T>(one: z.ZodType<T>) =>
  z
    .array(one)
    .nullable()
    .transform((list) => list ?? []);

const contributionRow = z.object({
  occurrenceId: z.string(),
  person: named,
  state: z.enum(promptStates),
  expected: z.boolean(),
  questions: z.unknown().transform(readQuestions),
  answers: z.record(z.string(), z.string()),
  // Written by itemJson of this same program.
  items: listOf(z.custom<ItemRow>((value) => typeof value === 'object' && value !== null)).transform((items) =>
    items.map(readItem),
  ),
  visited: listOf(named),
  blockers: listOf(z.object({ id: z.string(), text: z.string(), since: z.string() })).transform((blockers) =>
    blockers.map((one) => ({ ...one, since: Temporal.PlainDate.from(one.since) })),
  ),
});

const decidedRow = z.object({ occurrenceId: z.string(), decisions: listOf(decisionRow) });

const storeSql = `
WITH told AS (${outboxInsert('$4')})
UPDATE "Occurrence" o SET "summaryAt" = NULL,
  "postedAt" = CASE WHEN o.id = ANY ($3::uuid[]) THEN coalesce(o."postedAt", $5::timestamptz) ELSE o."postedAt" END
FROM unnest($1::uuid[], $2::uuid[]) AS claimed("organizationId", id)
WHERE o."organizationId" = claimed."organizationId" AND o.id = claimed.id`;

/** The summaries' half of the storage. */
export function summaryStore({ pool }: Pick<Database, 'pool'>) {
  return {
    /** Claims some of what is due, asks what becomes of it and stores that, in one transaction. */
    claim(
      now: Temporal.Instant,
      { most, but }: Some,
      decide: (due: readonly DueSummary[]) => Promise<Summarized>,
    ): Promise<TakenSome> {
      const due = { name: `summaries.claim.${most}`, text: claimSql(most), values: [now.toString(), but] };
      return takeMany(
        pool,
        async (client) => (await client.query<{ occurrenceId: string }>(due)).rows,
        async (client, rows) => {
          const claimed = rows.map((row) => ({ ...claimedRow.parse(row), meeting: readMeeting(row) }));
          const keys = [claimed.map((one) => one.meeting.organizationId), claimed.map((one) => one.occurrenceId)];
          // Asked after the claim: whoever has answered before it is seen, whoever answers now waits for its end.
          const members = await client.query({ name: 'summaries.members', text: membersSql, values: keys });
          const said = await client.query({ name: 'summaries.said', text: contributionsSql, values: keys });
          const decided = await client.query({ name: 'summaries.decided', text: decisionsSql, values: keys });
          const whole = dueOf(claimed, { members: members.rows, said: said.rows, decided: decided.rows });
          const { post, tell } = await decide(whole);
          await client.query(storeSql, [...keys, post, JSON.stringify(tell), now.toString()]);
        },
        ({ occurrenceId }) => occurrenceId,
      );
    },
  };
}

export type SummaryStore = ReturnType<typeof summaryStore>;

function dueOf(
  claimed: readonly (z.infer<typeof claimedRow> & { meeting: Meeting })[],
  rows: { members: unknown; said: unknown; decided: unknown },
): DueSummary[] {
  const members = Map.groupBy(
    z.array(named.extend({ occurrenceId: z.string() })).parse(rows.members),
    (one) => one.occurrenceId,
  );
  const contributions = Map.groupBy(z.array(contributionRow).parse(rows.said), (one) => one.occurrenceId);
  const decided = z.array(decidedRow).parse(rows.decided);
  const decisions = new Map(decided.map((one) => [one.occurrenceId, one.decisions]));
  return claimed.map(({ occurrenceId: id, heldOn: date, meeting, team, teamChannel, posted }) => ({
    id,
    date,
    meeting,
    team,
    posted,
    channel: meeting.channel ?? teamChannel,
    members: members.get(id) ?? [],
    contributions: contributions.get(id) ?? [],
    decisions: decisions.get(id) ?? [],
  }));
}
