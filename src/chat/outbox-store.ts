import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Database } from '../database.ts';
import type { Card } from './card.ts';
import type { Address, OutboxRow, Outgoing, SendTo, ThingCard } from './outbox.ts';
import { putIntoOutbox } from './outbox-insert.ts';

/** A row taken by this worker: nobody else sends it before the claim ends. */
export interface Claimed {
  organizationId: string;
  id: string;
  key: string;
  attempts: number;
  /** It has waited before, for its turn or after a refusal. */
  waited: boolean;
  createdAt: Temporal.Instant;
  message: Outgoing['content'] & { to: Address };
}

/** How a lane stands: nothing to send now, or held for so many milliseconds. */
export type LaneState = { due: false } | { due: true; heldFor: number };

const claimedRow = z.object({
  organizationId: z.string(),
  id: z.string(),
  key: z.string(),
  attempts: z.number(),
  waited: z.boolean(),
  createdAt: z.date(),
  // Written by outboxRow of this same program.
  message: z.custom<Claimed['message']>((value) => typeof value === 'object' && value !== null),
});

const standsRow = z.object({ platform: z.string(), workspace: z.string(), workspaceId: z.string() });

/** A place that a message can go to, with the platform that leads there. */
export type Destination = SendTo & { platform: string; workspaceId: string };

/** For how many milliseconds from now a lane is held. */
const heldFor = (lane: string) => `coalesce((SELECT extract(epoch FROM max(held."claimedUntil") - now())::float8 * 1000
  FROM "Outbox" held WHERE held.lane = ${lane} AND held."claimedUntil" >= now()), 0)`;

export function outboxStore(database: Database) {
  const { pool } = database;
  return {
    /** Writes rows; a key that is already there stays as it is. For decisions that need no other row with them. */
    add: (rows: readonly OutboxRow[]): Promise<void> => putIntoOutbox(pool, rows),

    /** Lanes in which something is due, at most 5,000 of those free first, and for how many milliseconds each is held. */
    async dueLanes(now: Temporal.Instant): Promise<{ lane: string; heldFor: number }[]> {
      // From lane to lane through the index: one that thousands of messages wait in costs no more than any other.
      const { rows } = await pool.query<{ lane: string; heldFor: number }>(
        `WITH RECURSIVE due AS (
           (SELECT lane FROM "Outbox" WHERE state IN ('waiting', 'sending') AND "notBefore" <= $1 ORDER BY lane LIMIT 1)
           UNION ALL
           SELECT (SELECT o.lane FROM "Outbox" o
             WHERE o.state IN ('waiting', 'sending') AND o."notBefore" <= $1 AND o.lane > due.lane ORDER BY o.lane LIMIT 1)
           FROM due WHERE due.lane IS NOT NULL
         )
         SELECT due.lane, ${heldFor('due.lane')} AS "heldFor" FROM due WHERE due.lane IS NOT NULL
         ORDER BY "heldFor" LIMIT 5000`,
        [now.toString()],
      );
      return rows;
    },

    /** Takes the next row of a lane; null when none is due or the lane is held. The lane is held for `milliseconds`. */
    async claim(lane: string, now: Temporal.Instant, milliseconds: number): Promise<Claimed | null> {
      // Two workers may choose the same row from what each saw. The second waits for the row, and then reads it as the
      // first left it, which is why its own claim is asked here too and not only in what was seen before.
      const { rows } = await pool.query(
        `UPDATE "Outbox" o
         SET state = 'sending', attempts = attempts + 1, "claimedUntil" = now() + $3 * interval '1 millisecond'
         FROM (
           SELECT "organizationId", id, "claimedUntil" IS NOT NULL AS waited FROM "Outbox"
           WHERE lane = $1 AND state IN ('waiting', 'sending') AND "notBefore" <= $2
             AND NOT EXISTS (SELECT FROM "Outbox" held WHERE held.lane = $1 AND held."claimedUntil" >= now())
           ORDER BY "notBefore", "createdAt", id
           LIMIT 1
         ) AS next
         WHERE o."organizationId" = next."organizationId" AND o.id = next.id
           AND o.state IN ('waiting', 'sending') AND (o."claimedUntil" IS NULL OR o."claimedUntil" < now())
         RETURNING o."organizationId", o.id, o.key, o.attempts, next.waited, o."createdAt", o.message`,
        [lane, now.toString(), milliseconds],
      );
      if (rows.length === 0) return null;
      const row = claimedRow.parse(rows[0]);
      return { ...row, createdAt: Temporal.Instant.fromEpochMilliseconds(row.createdAt.getTime()) };
    },

    /** Whether a lane has something due, and for how long it is held. */
    async lane(lane: string, now: Temporal.Instant): Promise<LaneState> {
      const { rows } = await pool.query<{ due: boolean; heldFor: number }>(
        `SELECT EXISTS (SELECT FROM "Outbox" WHERE lane = $1 AND state IN ('waiting', 'sending') AND "notBefore" <= $2) AS due,
           ${heldFor('$1')} AS "heldFor"`,
        [lane, now.toString()],
      );
      return rows[0]?.due ? { due: true, heldFor: rows[0].heldFor } : { due: false };
    },

    /** It went out: the lane rests for `rest` milliseconds, and the place of the card is kept. */
    async sent(
      claimed: Claimed,
      now: Temporal.Instant,
      rest: number,
      stands: { workspaceId: string; conversation: string; message: string; as: ThingCard } | null,
    ): Promise<void> {
      await pool.query(
        `WITH done AS (
           UPDATE "Outbox" SET state = 'sent', "sentAt" = $3, failure = NULL,
             "claimedUntil" = now() + $4 * interval '1 millisecond'
           WHERE "organizationId" = $1 AND id = $2
         )
         INSERT INTO "Sent" ("organizationId", id, thing, "thingId", card, "workspaceId", conversation, message, "sentAt")
         SELECT $1, $2, $5::text, $6::uuid, $7::text, $8::uuid, $9::text, $10::text, $3 WHERE $5::text IS NOT NULL
         ON CONFLICT DO NOTHING`,
        [
          claimed.organizationId,
          claimed.id,
          now.toString(),
          rest,
          stands?.as.thing ?? null,
          stands?.as.id ?? null,
          stands?.as.card ?? null,
          stands?.workspaceId ?? null,
          stands?.conversation ?? null,
          stands?.message ?? null,
        ],
      );
    },

    /** It did not work yet: again after so many milliseconds; the lane waits. */
    async later(claimed: Claimed, milliseconds: number, reason: string): Promise<void> {
      await pool.query(
        `UPDATE "Outbox" SET state = 'waiting', failure = $3, "claimedUntil" = now() + $4 * interval '1 millisecond'
         WHERE "organizationId" = $1 AND id = $2`,
        [claimed.organizationId, claimed.id, reason, milliseconds],
      );
    },

    /** It was not tried, because it is not its turn: again after so many milliseconds. */
    async hold(claimed: Claimed, milliseconds: number): Promise<void> {
      await pool.query(
        `UPDATE "Outbox" SET state = 'waiting', attempts = attempts - 1,
           "claimedUntil" = now() + $3 * interval '1 millisecond'
         WHERE "organizationId" = $1 AND id = $2`,
        [claimed.organizationId, claimed.id, milliseconds],
      );
    },

    /** It will never work. */
    async failed(claimed: Claimed, reason: string): Promise<void> {
      await pool.query(
        `UPDATE "Outbox" SET state = 'failed', failure = $3, "claimedUntil" = NULL WHERE "organizationId" = $1 AND id = $2`,
        [claimed.organizationId, claimed.id, reason],
      );
    },

    /** Where a person is reached: their direct conversation in the workspace with the bot where they were last. */
    async reachOf(organizationId: string, personId: string): Promise<Destination | null> {
      const { rows } = await pool.query(
        `SELECT w.platform, w."externalId" AS workspace, w.id AS "workspaceId", i."externalId" AS conversation
         FROM "Identity" i
         JOIN "Workspace" w ON w."organizationId" = i."organizationId" AND w.id = i."workspaceId" AND w."removedAt" IS NULL
         JOIN "Person" p ON p."organizationId" = i."organizationId" AND p.id = i."personId" AND p."deactivatedAt" IS NULL
         WHERE i."organizationId" = $1 AND i."personId" = $2 AND i."leftAt" IS NULL
         ORDER BY i."seenAt" DESC NULLS LAST, i.id LIMIT 1`,
        [organizationId, personId],
      );
      return rows.length === 0 ? null : standsRow.extend({ conversation: z.string() }).parse(rows[0]);
    },

    /** A channel of one of the organisation's workspaces. */
    async channelOf(organizationId: string, workspaceId: string, conversation: string): Promise<Destination | null> {
      const { rows } = await pool.query(
        `SELECT platform, "externalId" AS workspace, id AS "workspaceId" FROM "Workspace"
         WHERE "organizationId" = $1 AND id = $2 AND "removedAt" IS NULL`,
        [organizationId, workspaceId],
      );
      return rows.length === 0 ? null : { ...standsRow.parse(rows[0]), conversation };
    },

    /** Every place where a card of a thing stands. */
    async standing(organizationId: string, of: ThingCard): Promise<(Destination & { message: string })[]> {
      const { rows } = await pool.query(
        `SELECT w.platform, w."externalId" AS workspace, w.id AS "workspaceId", s.conversation, s.message
         FROM "Sent" s JOIN "Workspace" w ON w."organizationId" = s."organizationId" AND w.id = s."workspaceId"
         WHERE s."organizationId" = $1 AND s.thing = $2 AND s."thingId" = $3 AND s.card = $4 AND w."removedAt" IS NULL`,
        [organizationId, of.thing, of.id, of.card],
      );
      return z.array(standsRow.extend({ conversation: z.string(), message: z.string() })).parse(rows);
    },

    /**
     * Puts a newer card into the post of a thing that has not gone out yet. True when the post is being sent at this
     * moment, so that its place is not known yet.
     */
    async renewWaiting(organizationId: string, of: ThingCard, card: Card): Promise<boolean> {
      const { rows } = await pool.query<{ state: string }>(
        `WITH unsent AS (
           SELECT id, state FROM "Outbox"
           WHERE "organizationId" = $1 AND state IN ('waiting', 'sending') AND message->'as' = $2::jsonb
         ), renewed AS (
           UPDATE "Outbox" o SET message = jsonb_set(message, '{card}', $3::jsonb) FROM unsent
           WHERE o."organizationId" = $1 AND o.id = unsent.id AND o.state = 'waiting'
         )
         SELECT state::text FROM unsent`,
        [organizationId, JSON.stringify(of), JSON.stringify(card)],
      );
      return rows.some((row) => row.state === 'sending');
    },

    /** For whom a message was; null: there is no such person here. */
    async recipient(organizationId: string, personId: string): Promise<{ name: string; active: boolean } | null> {
      const { rows } = await pool.query<{ name: string; active: boolean }>(
        `SELECT name, "deactivatedAt" IS NULL AS active FROM "Person" WHERE "organizationId" = $1 AND id = $2`,
        [organizationId, personId],
      );
      return rows[0] ?? null;
    },

    /** Who is told of what cannot be delivered. */
    async administrators(organizationId: string): Promise<{ id: string; locale: string | null }[]> {
      const { rows } = await pool.query<{ id: string; locale: string | null }>(
        `SELECT p.id, coalesce(p."chosenLocale", p.locale, o.locale) AS locale
         FROM "Person" p JOIN "Organization" o ON o.id = p."organizationId"
         WHERE p."organizationId" = $1 AND p.administrator AND p."deactivatedAt" IS NULL`,
        [organizationId],
      );
      return rows;
    },

    /** Forgets what was sent or given up before an instant. */
    async forget(before: Temporal.Instant): Promise<void> {
      await pool.query(`DELETE FROM "Outbox" WHERE state IN ('sent', 'failed') AND "createdAt" < $1`, [
        before.toString(),
      ]);
    },
  };
}

export type OutboxStore = ReturnType<typeof outboxStore>;
