import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { OutboxRow } from '../chat/outbox.ts';
import { outboxInsert } from '../chat/outbox-insert.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Database } from '../database.ts';
import { type MeetingKind, meetingKinds } from './meeting.ts';
import { promptKey, withdrawal } from './prompt-messages.ts';

/** A prompt that waits for an answer, with its person. */
export interface Waiting {
  organizationId: string;
  id: string;
  kind: MeetingKind;
  /** What the meeting is called; null: what its kind is called. */
  name: string | null;
  date: Temporal.PlainDate;
  opensAt: Temporal.Instant;
  closesAt: Temporal.Instant;
  reminders: number;
  /** Where the message that asks them is; null: there was none. */
  asked: 'waiting' | 'sent' | 'failed' | null;
  /** When that message reached them. */
  askedAt: Temporal.Instant | null;
  person: { id: string; timeZone: string; locale: string; active: boolean };
}

/** What becomes of prompts that were claimed: reminded of again, or closed. */
export interface Followed {
  next: readonly {
    organizationId: string;
    id: string;
    dueAt: Temporal.Instant | null;
    reminders: number;
    /** It ends without an answer: nobody gave one, or the bot could not ask. */
    ends: 'closed' | 'missed' | null;
  }[];
  tell: readonly OutboxRow[];
}

const batch = 500;

const row = z.object({
  organizationId: z.string(),
  id: z.string(),
  kind: z.enum(meetingKinds),
  name: z.string().nullable(),
  date: z.string().transform((date) => Temporal.PlainDate.from(date)),
  opensAt: z.date().transform((at) => Temporal.Instant.fromEpochMilliseconds(at.getTime())),
  closesAt: z.date().transform((at) => Temporal.Instant.fromEpochMilliseconds(at.getTime())),
  reminders: z.number(),
  asked: z.enum(['waiting', 'sent', 'failed']).nullable(),
  askedAt: z
    .date()
    .nullable()
    .transform((at) => at && Temporal.Instant.fromEpochMilliseconds(at.getTime())),
  person: z.object({ id: z.string(), timeZone: z.string(), locale: z.string(), active: z.boolean() }),
});

/** One of the meetings that a prompt `q` is of still asks its person. */
const stillAsked = `EXISTS (SELECT FROM "PromptMeeting" l
  JOIN "Occurrence" o ON o."organizationId" = l."organizationId" AND o.id = l."occurrenceId"
  JOIN "Meeting" held ON held."organizationId" = o."organizationId" AND held.id = o."meetingId"
  JOIN "Team" t ON t."organizationId" = held."organizationId" AND t.id = held."teamId"
  JOIN "Membership" s ON s."organizationId" = t."organizationId" AND s."teamId" = t.id AND s."personId" = q."personId"
  WHERE l."organizationId" = q."organizationId" AND l."promptId" = q.id
    AND held."archivedAt" IS NULL AND held."pausedAt" IS NULL AND t."archivedAt" IS NULL)`;

const claimSql = `
SELECT q."organizationId", q.id, q.kind, m.name, q.date::text, q."opensAt", q."closesAt", q.reminders,
  CASE x.state WHEN 'sending' THEN 'waiting' ELSE x.state::text END AS asked, x."sentAt" AS "askedAt",
  json_build_object('id', p.id, 'timeZone', p."timeZone", 'locale', coalesce(p."chosenLocale", p.locale, org.locale),
    'active', p."deactivatedAt" IS NULL AND NOT p.observer AND ${stillAsked}) AS person
FROM "Prompt" q
JOIN "Person" p ON p."organizationId" = q."organizationId" AND p.id = q."personId"
JOIN "Meeting" m ON m."organizationId" = q."organizationId" AND m.id = q."questionsOfId"
JOIN "Organization" org ON org.id = q."organizationId"
LEFT JOIN "Outbox" x ON x."organizationId" = q."organizationId" AND x.key = '${promptKey}' || q.id
WHERE q."dueAt" <= $1::timestamptz AND q.state = 'open'
ORDER BY q."dueAt", q.id LIMIT ${batch} FOR NO KEY UPDATE OF q SKIP LOCKED`;

/**
 * Whom the bot could not ask in time is not asked afterwards either, and nobody is reminded after the close. A summary
 * that was posted without knowing of it is drawn anew.
 */
const storeSql = `
WITH r AS (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS r("organizationId" uuid, id uuid, "dueAt" timestamptz, reminders int, ends text)
), told AS (
  ${outboxInsert('$2')}
), withdrawn AS (
  ${withdrawal('SELECT r."organizationId", r.id FROM r WHERE r.ends IS NOT NULL')}
), corrected AS (
  UPDATE "Occurrence" o SET "summaryAt" = $3::timestamptz
  FROM r JOIN "PromptMeeting" l ON l."organizationId" = r."organizationId" AND l."promptId" = r.id
  WHERE r.ends = 'missed' AND o."organizationId" = l."organizationId" AND o.id = l."occurrenceId"
    AND o."postedAt" IS NOT NULL
)
UPDATE "Prompt" q SET "dueAt" = r."dueAt", reminders = r.reminders, state = coalesce(r.ends::"PromptState", q.state)
FROM r WHERE q."organizationId" = r."organizationId" AND q.id = r.id`;

/** What follows a prompt that nobody has answered. */
export function followingStore({ pool }: Pick<Database, 'pool'>) {
  return {
    /** Claims what is due, asks what becomes of it and stores that, in one transaction. True when there may be more. */
    async claim(now: Temporal.Instant, decide: (waiting: readonly Waiting[]) => Promise<Followed>): Promise<boolean> {
      return inTransaction(pool, async (client) => {
        const { rows } = await client.query({ name: 'prompts.claim', text: claimSql, values: [now.toString()] });
        if (rows.length > 0) {
          const { next, tell } = await decide(z.array(row).parse(rows));
          await client.query(storeSql, [JSON.stringify(next), JSON.stringify(tell), now.toString()]);
        }
        return rows.length === batch;
      });
    },
  };
}

export type FollowingStore = ReturnType<typeof followingStore>;
