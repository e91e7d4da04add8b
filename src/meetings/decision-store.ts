import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { addAction, dropAction, type NewAction, type Queries } from '../actions/index.ts';
import type { OutboxRow } from '../chat/outbox.ts';
import { putIntoOutbox } from '../chat/outbox-insert.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Database } from '../database.ts';
import type { Decision, SalesDay } from './decision.ts';

/** A decision as it is to be stored. */
export interface NewDecision {
  organizationId: string;
  id: string;
  occurrenceId: string;
  text: string;
  accountId: string | null;
  ownerId: string | null;
  dueOn: Temporal.PlainDate | null;
  createdById: string;
  createdAt: Temporal.Instant;
  /** The form that it was noted in: the same again is the same decision. */
  requestKey: string;
}

/** Everything of a decision `d` that is shown. */
const decisionJson = `json_build_object('id', d.id, 'text', d.text, 'dueOn', d."dueOn",
  'account', (SELECT json_build_object('id', c.id, 'name', c.name) FROM "Account" c
    WHERE c."organizationId" = d."organizationId" AND c.id = d."accountId"),
  'owner', (SELECT json_build_object('id', p.id, 'name', p.name) FROM "Person" p
    WHERE p."organizationId" = d."organizationId" AND p.id = d."ownerId"),
  'createdBy', (SELECT json_build_object('id', p.id, 'name', p.name) FROM "Person" p
    WHERE p."organizationId" = d."organizationId" AND p.id = d."createdById"))`;

/** What a meeting's day `o` has decided, in the order in which it was noted; null: nothing. */
export const decisionsOf = `(SELECT json_agg(${decisionJson} ORDER BY d."createdAt", d.id) FROM "Decision" d
  WHERE d."organizationId" = o."organizationId" AND d."occurrenceId" = o.id AND d."undoneAt" IS NULL)`;

const named = z.object({ id: z.string(), name: z.string() });
const date = z.string().transform((day) => Temporal.PlainDate.from(day));
export const decisionRow: z.ZodType<Decision> = z.object({
  id: z.string(),
  text: z.string(),
  dueOn: date.nullable(),
  account: named.nullable(),
  owner: named.nullable(),
  createdBy: named,
});

const place = z.object({ workspaceId: z.string(), conversation: z.string() }).nullable();
const dayRow = z.object({
  id: z.string(),
  date,
  meetingId: z.string(),
  name: z.string().nullable(),
  team: z.object({ id: z.string(), timeZone: z.string(), locale: z.string() }),
  channel: place,
});

/** A day of a sales meeting that is not put away, which may be the meeting's or its team's. */
const daySql = `
SELECT o.id, o.date::text, m.id AS "meetingId", m.name,
  json_build_object('id', t.id, 'timeZone', t."timeZone", 'locale', t.locale) AS team,
  CASE WHEN m."channelId" IS NOT NULL AND m."channelWorkspaceId" IS NOT NULL THEN
      json_build_object('workspaceId', m."channelWorkspaceId", 'conversation', m."channelId")
    WHEN t."channelId" IS NOT NULL AND t."channelWorkspaceId" IS NOT NULL THEN
      json_build_object('workspaceId', t."channelWorkspaceId", 'conversation', t."channelId") END AS channel
FROM "Occurrence" o
JOIN "Meeting" m ON m."organizationId" = o."organizationId" AND m.id = o."meetingId"
JOIN "Team" t ON t."organizationId" = m."organizationId" AND t.id = m."teamId"
WHERE o."organizationId" = $1 AND m.kind = 'sales' AND m."archivedAt" IS NULL AND t."archivedAt" IS NULL`;

const foundRow = z.object({
  decision: decisionRow,
  occurrenceId: z.string(),
  actionId: z.string().nullable(),
  undone: z.boolean(),
});
export type FoundDecision = z.infer<typeof foundRow>;

const foundSql = `SELECT ${decisionJson} AS decision, d."occurrenceId", d."actionId", d."undoneAt" IS NOT NULL AS undone
  FROM "Decision" d WHERE d."organizationId" = $1`;

const addSql = `
INSERT INTO "Decision" ("organizationId", id, "occurrenceId", text, "accountId", "ownerId", "dueOn", "actionId",
  "createdById", "createdAt", "requestKey")
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;

/** One form is about one day, whose row is locked: a second delivery finds what the first has stored. */
const againSql = `SELECT FROM "Decision" WHERE "organizationId" = $1 AND "requestKey" = $2`;

const lockSql = `SELECT FROM "Occurrence" WHERE "organizationId" = $1 AND id = $2 FOR NO KEY UPDATE`;

/** Minutes that were posted are drawn anew; those that had nothing to say at the close are posted after all. */
const minutesSql = `UPDATE "Occurrence" SET "summaryAt" = $3::timestamptz
  WHERE "organizationId" = $1 AND id = $2 AND ("postedAt" IS NOT NULL OR "summaryAt" IS NULL)`;

/** Decisions of sales meetings. */
export function decisionStore({ pool }: Pick<Database, 'pool'>) {
  /** Work on the decisions of a meeting's day. Its minutes are either not being posted now or know what is stored here. */
  async function changing<T>(
    { organizationId, occurrenceId, at }: { organizationId: string; occurrenceId: string; at: Temporal.Instant },
    work: (through: Queries) => Promise<T | null>,
  ): Promise<T | null> {
    return inTransaction(pool, async (client) => {
      await client.query(lockSql, [organizationId, occurrenceId]);
      const done = await work(client);
      if (done !== null) await client.query(minutesSql, [organizationId, occurrenceId, at.toString()]);
      return done;
    });
  }

  return {
    /** Null: no such day of a sales meeting here, or the meeting was put away. */
    async day(organizationId: string, occurrenceId: string): Promise<SalesDay | null> {
      const { rows } = await pool.query(`${daySql} AND o.id = $2`, [organizationId, occurrenceId]);
      return rows[0] === undefined ? null : dayRow.parse(rows[0]);
    },

    /** Null: no such decision here. Also one that was taken back. */
    async find(organizationId: string, id: string): Promise<FoundDecision | null> {
      const { rows } = await pool.query(`${foundSql} AND d.id = $2`, [organizationId, id]);
      return rows[0] === undefined ? null : foundRow.parse(rows[0]);
    },

    /** What this person has noted in a form; null: nothing yet. */
    async notedIn(organizationId: string, requestKey: string, personId: string): Promise<FoundDecision | null> {
      const values = [organizationId, requestKey, personId];
      const { rows } = await pool.query(`${foundSql} AND d."requestKey" = $2 AND d."createdById" = $3`, values);
      return rows[0] === undefined ? null : foundRow.parse(rows[0]);
    },

    /** Stores a decision, the next step that it becomes and what is said of it. False: the form was saved before. */
    async add(
      decision: NewDecision,
      {
        action,
        handedOver,
        tell,
      }: { action: NewAction | null; handedOver: OutboxRow | null; tell: readonly OutboxRow[] },
    ): Promise<boolean> {
      const { organizationId, occurrenceId, createdAt: at } = decision;
      const added = await changing({ organizationId, occurrenceId, at }, async (through) => {
        const again = await through.query(againSql, [organizationId, decision.requestKey]);
        if (again.rows.length > 0) return null;
        if (action) await addAction(through, action, handedOver);
        await through.query(addSql, [
          ...[organizationId, decision.id, occurrenceId, decision.text, decision.accountId, decision.ownerId],
          ...[decision.dueOn?.toString() ?? null, action?.id ?? null, decision.createdById, at.toString()],
          decision.requestKey,
        ]);
        await putIntoOutbox(through, tell);
        return true;
      });
      return added !== null;
    },

    /** Takes a decision back, and drops the next step that it became, if that is open. False: it was taken back before. */
    async undo(
      { decision, occurrenceId, actionId }: FoundDecision,
      by: { organizationId: string; id: string; at: Temporal.Instant },
      tell: readonly OutboxRow[],
    ): Promise<boolean> {
      const { organizationId, at } = by;
      const undone = await changing({ organizationId, occurrenceId, at }, async (through) => {
        const { rows } = await through.query(
          `UPDATE "Decision" SET "undoneAt" = $3 WHERE "organizationId" = $1 AND id = $2 AND "undoneAt" IS NULL
           RETURNING id`,
          [organizationId, decision.id, at.toString()],
        );
        if (rows.length === 0) return null;
        if (actionId !== null) await dropAction(through, { organizationId, id: actionId, by: by.id, at });
        await putIntoOutbox(through, tell);
        return true;
      });
      return undone !== null;
    },
  };
}
