import type { Temporal } from 'temporal-polyfill';
import type { OutboxRow } from '../chat/outbox.ts';
import { outboxInsert } from '../chat/outbox-insert.ts';
import type { Queries } from './visit-store.ts';

/** A new action as it is to be stored. */
export interface NewAction {
  organizationId: string;
  id: string;
  accountId: string;
  visitId: string | null;
  /** What a customer said that it answers. */
  feedbackId?: string | null;
  text: string;
  ownerId: string;
  createdById: string;
  dueOn: Temporal.PlainDate | null;
  remindAt: Temporal.Instant | null;
  createdAt: Temporal.Instant;
  requestKey: string;
}

const addSql = `
WITH added AS (
  INSERT INTO "Action" ("organizationId", id, "accountId", "visitId", text, "ownerId", "createdById", "dueOn",
    "remindAt", "createdAt", "requestKey")
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING RETURNING id
), answers AS (
  INSERT INTO "FeedbackResult" ("organizationId", id, "feedbackId", "actionId", "createdById", "createdAt")
  SELECT f."organizationId", gen_random_uuid(), f.id, added.id, $7, $10 FROM added JOIN "Feedback" f
    ON f."organizationId" = $1 AND f.id = $13 AND f."accountId" = $3 AND f."undoneAt" IS NULL
), told AS (${outboxInsert('$12', 'WHERE EXISTS (SELECT FROM added)')})
SELECT id FROM added`;

/** Stores a new action and what its owner is told; the same request again changes nothing. */
export async function addAction(through: Queries, action: NewAction, tell: OutboxRow | null): Promise<void> {
  await through.query(addSql, [
    ...[action.organizationId, action.id, action.accountId, action.visitId, action.text, action.ownerId],
    ...[action.createdById, action.dueOn?.toString() ?? null, action.remindAt?.toString() ?? null],
    ...[action.createdAt.toString(), action.requestKey, JSON.stringify(tell ? [tell] : []), action.feedbackId ?? null],
  ]);
}

const dropSql = `
WITH dropped AS (
  UPDATE "Action" SET state = 'dropped', "closedAt" = $4::timestamptz, "remindAt" = NULL
  WHERE "organizationId" = $1::uuid AND id = $2::uuid AND state = 'open' RETURNING "organizationId", id
)
INSERT INTO "ActionChange" ("organizationId", id, "actionId", "changedById", at, changes)
SELECT "organizationId", gen_random_uuid(), id, $3::uuid, $4::timestamptz, '{"state": ["open", "dropped"]}'::jsonb
FROM dropped`;

/** What it came from is taken back: an action that is open is dropped, one that is closed stays as it is. */
export async function dropAction(
  through: Queries,
  { organizationId, id, by, at }: { organizationId: string; id: string; by: string; at: Temporal.Instant },
): Promise<void> {
  await through.query(dropSql, [organizationId, id, by, at.toString()]);
}
