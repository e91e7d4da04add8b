import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { accountClasses } from '../accounts/index.ts';
import type { OutboxRow } from '../chat/outbox.ts';
import { outboxInsert } from '../chat/outbox-insert.ts';
import type { Database } from '../database.ts';
import { builtInDimensions } from './dimension.ts';
import {
  type FeedbackItem,
  type FeedbackKind,
  type FeedbackState,
  feedbackKinds,
  feedbackStates,
  type Named,
  type Severity,
  severities,
} from './feedback.ts';

const named = z.object({ id: z.string(), name: z.string() });
const person = named.extend({ timeZone: z.string() });
const day = z.string().transform((written) => Temporal.PlainDate.from(written));
const moment = z.date().transform((at) => Temporal.Instant.fromEpochMilliseconds(at.getTime()));

const feedbackRow = z
  .object({
    organizationId: z.string(),
    id: z.string(),
    account: named,
    accountOwnerId: z.string().nullable(),
    memberIds: z.array(z.string()),
    contact: named.nullable(),
    kind: z.enum(feedbackKinds),
    dimension: named.extend({ key: z.enum(builtInDimensions).nullable(), name: z.string().nullable() }).nullable(),
    severity: z.enum(severities),
    words: z.string(),
    sourceLink: z.string().nullable(),
    saidOn: day,
    author: person,
    owner: person.nullable(),
    dueOn: day.nullable(),
    state: z.enum(feedbackStates),
    accountClass: z.enum(accountClasses),
    classThen: z.enum(accountClasses),
    openActions: z.number(),
    lastVisitOn: day.nullable(),
    answer: z.string().nullable(),
    outcome: z.string().nullable(),
    visitId: z.string().nullable(),
    undone: z.boolean(),
    version: z.number(),
    createdAt: moment,
    teamIds: z.array(z.string()),
  })
  .transform(({ classThen, openActions, lastVisitOn, teamIds, memberIds, ...row }): FeedbackItem => {
    const people = [row.author.id, row.owner?.id ?? null, row.accountOwnerId, ...memberIds];
    const personIds = [...new Set(people.filter((id) => id !== null))];
    return {
      ...row,
      atThatTime: { accountClass: classThen, openActions, lastVisitOn },
      belongs: { personIds, teamIds },
    };
  });

/** Everything of feedback `f` that is shown or decides who may. */
export const wholeFeedback = `
SELECT f."organizationId", f.id, json_build_object('id', a.id, 'name', a.name) AS account,
  a."ownerId" AS "accountOwnerId", a.class::text AS "accountClass",
  ARRAY(SELECT m."personId"::text FROM "AccountMember" m
    WHERE m."organizationId" = f."organizationId" AND m."accountId" = f."accountId") AS "memberIds",
  CASE WHEN c.id IS NOT NULL THEN json_build_object('id', c.id, 'name', c.name) END AS contact, f.kind::text,
  CASE WHEN d.id IS NOT NULL THEN json_build_object('id', d.id, 'key', d.key, 'name', d.name) END AS dimension,
  f.severity::text, f.words, f."sourceLink", f."saidOn"::text,
  json_build_object('id', au.id, 'name', au.name, 'timeZone', au."timeZone") AS author,
  CASE WHEN o.id IS NOT NULL THEN json_build_object('id', o.id, 'name', o.name, 'timeZone', o."timeZone") END AS owner,
  f."dueOn"::text, f.state::text, f."accountClass"::text AS "classThen", f."openActions", f."lastVisitOn"::text, f.answer, f.outcome,
  f."visitId", f."undoneAt" IS NOT NULL AS undone, f.version, f."createdAt",
  ARRAY(SELECT t.id::text FROM "Team" t WHERE t."organizationId" = f."organizationId" AND t."archivedAt" IS NULL
    AND (t.id = a."teamId" OR t."managerId" IN (f."authorId", f."ownerId", a."ownerId") OR EXISTS (
      SELECT FROM "Membership" m WHERE m."organizationId" = t."organizationId" AND m."teamId" = t.id
        AND m."personId" IN (f."authorId", f."ownerId", a."ownerId")))) AS "teamIds"`;
export const joinedFeedback = `
JOIN "Account" a ON a."organizationId" = f."organizationId" AND a.id = f."accountId"
JOIN "Person" au ON au."organizationId" = f."organizationId" AND au.id = f."authorId"
LEFT JOIN "Person" o ON o."organizationId" = f."organizationId" AND o.id = f."ownerId"
LEFT JOIN "Contact" c ON c."organizationId" = f."organizationId" AND c.id = f."contactId"
LEFT JOIN "ServiceDimension" d ON d."organizationId" = f."organizationId" AND d.id = f."dimensionId"`;

export const readFeedback = (row: unknown): FeedbackItem => feedbackRow.parse(row);

/** What a change leaves a feedback as; what is not named stays. */
export interface Settable {
  kind: FeedbackKind;
  dimensionId: string | null;
  severity: Severity;
  words: string;
  contactId: string | null;
  saidOn: Temporal.PlainDate;
  ownerId: string | null;
  dueOn: Temporal.PlainDate | null;
  state: FeedbackState;
  answer: string | null;
  outcome: string | null;
  undone: boolean;
  remindAt: Temporal.Instant | null;
  raiseAt: Temporal.Instant | null;
}

/** Feedback as it is to be stored. Ids are pointers: the statement checks them. */
export interface NewFeedback extends Omit<Settable, 'answer' | 'outcome' | 'undone'> {
  organizationId: string;
  id: string;
  accountId: string;
  sourceLink: string | null;
  authorId: string;
  visitId: string | null;
  createdAt: Temporal.Instant;
  requestKey: string;
}

/** One change, and who is told of it. */
export interface Change {
  set: Partial<Settable>;
  /** What the history keeps: field name -> [before, after]. */
  changes: Readonly<Record<string, readonly [string | null, string | null]>>;
  /** The idempotency key: a form's own id, or made from the press. */
  requestKey: string;
  changeId: string;
  by: string;
  at: Temporal.Instant;
  tell: readonly OutboxRow[];
}

/** Stored only where every pointer leads to something of the same organisation, and of the account. */
const addSql = `
WITH account AS (
  SELECT id, class FROM "Account" WHERE "organizationId" = $1::uuid AND id = $3::uuid AND "archivedAt" IS NULL
), added AS (
  INSERT INTO "Feedback" ("organizationId", id, "accountId", "contactId", kind, "dimensionId", severity, words,
    "sourceLink", "saidOn", "authorId", "ownerId", "dueOn", state, "closedAt", "remindAt", "raiseAt", "visitId",
    "createdAt", "requestKey", "accountClass", "openActions", "lastVisitOn")
  SELECT $1::uuid, $2::uuid, account.id, $4::uuid, $5::"FeedbackKind", $6::uuid, $7::"FeedbackSeverity", $8, $9, $10::date,
    $11::uuid, $12::uuid, $13::date, $14::"FeedbackState", CASE WHEN $14 = 'closed' THEN $18::timestamptz END,
    $15::timestamptz, $16::timestamptz, $17::uuid, $18::timestamptz, $19, account.class,
    (SELECT count(*) FROM "Action" o WHERE o."organizationId" = $1::uuid AND o."accountId" = account.id
      AND o.state = 'open'),
    (SELECT max(v.date) FROM "Visit" v WHERE v."organizationId" = $1::uuid AND v."accountId" = account.id
      AND v."undoneAt" IS NULL AND v.date <= $10::date AND v.id IS DISTINCT FROM $17::uuid)
  FROM account
  WHERE ($4::uuid IS NULL OR EXISTS (SELECT FROM "Contact" c WHERE c."organizationId" = $1::uuid AND c.id = $4::uuid
      AND c."accountId" = account.id))
    AND ($6::uuid IS NULL OR EXISTS (SELECT FROM "ServiceDimension" d WHERE d."organizationId" = $1::uuid
      AND d.id = $6::uuid))
    AND ($12::uuid IS NULL OR EXISTS (SELECT FROM "Person" p WHERE p."organizationId" = $1::uuid AND p.id = $12::uuid
      AND p."deactivatedAt" IS NULL AND NOT p.observer))
    AND ($17::uuid IS NULL OR EXISTS (SELECT FROM "Visit" v WHERE v."organizationId" = $1::uuid AND v.id = $17::uuid
      AND v."accountId" = account.id AND v."undoneAt" IS NULL))
  ON CONFLICT DO NOTHING RETURNING id
), told AS (${outboxInsert('$20', 'WHERE EXISTS (SELECT FROM added)')})
SELECT id FROM added`;

const changeSql = `
WITH earlier AS (
  SELECT FROM "FeedbackChange" WHERE "organizationId" = $1::uuid AND "requestKey" = $5 AND "feedbackId" = $2::uuid
), changed AS (
  UPDATE "Feedback" SET kind = $9::"FeedbackKind", "dimensionId" = $10::uuid, severity = $11::"FeedbackSeverity",
    words = $12, "contactId" = $13::uuid, "saidOn" = $14::date, "ownerId" = $15::uuid, "dueOn" = $16::date,
    state = $17::"FeedbackState", answer = $18, outcome = $19,
    "answeredAt" = CASE WHEN $18::text IS NULL THEN NULL ELSE coalesce("answeredAt", $6::timestamptz) END,
    "closedAt" = CASE WHEN $17 = 'closed' THEN coalesce("closedAt", $6::timestamptz) END,
    "undoneAt" = CASE WHEN $20::boolean THEN coalesce("undoneAt", $6::timestamptz) END,
    "remindAt" = CASE WHEN $21::boolean THEN $22::timestamptz ELSE "remindAt" END,
    "raiseAt" = CASE WHEN $21::boolean THEN $23::timestamptz ELSE "raiseAt" END, version = version + 1
  WHERE "organizationId" = $1::uuid AND id = $2::uuid AND version = $3 AND NOT EXISTS (SELECT FROM earlier)
  RETURNING "organizationId", id
), kept AS (
  INSERT INTO "FeedbackChange" ("organizationId", id, "feedbackId", "changedById", at, changes, "requestKey")
  SELECT "organizationId", $4::uuid, id, $7::uuid, $6::timestamptz, $8::jsonb, $5 FROM changed ON CONFLICT DO NOTHING
), told AS (${outboxInsert('$24', 'WHERE EXISTS (SELECT FROM changed)')})
SELECT 'changed' AS became FROM changed UNION ALL SELECT 'earlier' FROM earlier`;

/** What customers said; each question and each change is one statement within one organisation. */
export function feedbackStore({ pool }: Pick<Database, 'pool'>) {
  /** Whether this person made this change. */
  const hasChanged = async (organizationId: string, id: string, requestKey: string, by: string): Promise<boolean> => {
    const { rows } = await pool.query(
      `SELECT FROM "FeedbackChange"
       WHERE "organizationId" = $1 AND "feedbackId" = $2 AND "requestKey" = $3 AND "changedById" = $4`,
      [organizationId, id, requestKey, by],
    );
    return rows.length > 0;
  };

  return {
    hasChanged,

    /** Who changed it last, and what of it; null when nobody has. */
    async lastChange(organizationId: string, id: string): Promise<{ by: Named; fields: string[] } | null> {
      const { rows } = await pool.query<{ by: Named; fields: string[] }>(
        `SELECT json_build_object('id', p.id, 'name', p.name) AS by, ARRAY(SELECT jsonb_object_keys(c.changes)) AS fields
         FROM "FeedbackChange" c JOIN "Person" p ON p."organizationId" = c."organizationId" AND p.id = c."changedById"
         WHERE c."organizationId" = $1 AND c."feedbackId" = $2 ORDER BY c.at DESC, c.id DESC LIMIT 1`,
        [organizationId, id],
      );
      return rows[0] ?? null;
    },

    /** Null: not in this organisation. Undone ones too. */
    async find(organizationId: string, id: string): Promise<FeedbackItem | null> {
      const { rows } = await pool.query(
        `${wholeFeedback} FROM "Feedback" f ${joinedFeedback} WHERE f."organizationId" = $1 AND f.id = $2`,
        [organizationId, id],
      );
      return rows[0] === undefined ? null : readFeedback(rows[0]);
    },

    /** What a form or a line has made; null when nothing has come of it yet. */
    async made(organizationId: string, requestKey: string): Promise<{ id: string; authorId: string } | null> {
      const { rows } = await pool.query<{ id: string; authorId: string }>(
        `SELECT id, "authorId" FROM "Feedback" WHERE "organizationId" = $1 AND "requestKey" = $2`,
        [organizationId, requestKey],
      );
      return rows[0] ?? null;
    },

    /** False: something it points at is not there, or the same request made it before. */
    async add(one: NewFeedback, tell: readonly OutboxRow[]): Promise<boolean> {
      const { rows } = await pool.query(addSql, [
        ...[one.organizationId, one.id, one.accountId, one.contactId, one.kind, one.dimensionId, one.severity],
        ...[one.words, one.sourceLink, one.saidOn.toString(), one.authorId, one.ownerId],
        ...[one.dueOn?.toString() ?? null, one.state, one.remindAt?.toString() ?? null],
        ...[one.raiseAt?.toString() ?? null, one.visitId, one.createdAt.toString(), one.requestKey],
        JSON.stringify(tell),
      ]);
      return rows.length > 0;
    },

    /** Changes what still is as it was read; false when it is not. The same change again is true and nothing. */
    async change(before: FeedbackItem, change: Change): Promise<boolean> {
      const { set, changes, requestKey, changeId, by, at, tell } = change;
      const after = {
        kind: before.kind,
        dimensionId: before.dimension?.id ?? null,
        severity: before.severity,
        words: before.words,
        contactId: before.contact?.id ?? null,
        saidOn: before.saidOn,
        ownerId: before.owner?.id ?? null,
        dueOn: before.dueOn,
        state: before.state,
        answer: before.answer,
        outcome: before.outcome,
        undone: before.undone,
        ...set,
      };
      const remembers = set.remindAt !== undefined || set.raiseAt !== undefined;
      const { rows } = await pool.query(changeSql, [
        ...[before.organizationId, before.id, before.version, changeId, requestKey, at.toString(), by],
        ...[JSON.stringify(changes), after.kind, after.dimensionId, after.severity, after.words, after.contactId],
        ...[after.saidOn.toString(), after.ownerId, after.dueOn?.toString() ?? null, after.state, after.answer],
        ...[after.outcome, after.undone, remembers, set.remindAt?.toString() ?? null, set.raiseAt?.toString() ?? null],
        JSON.stringify(tell),
      ]);
      // The same form delivered twice at one moment: the other one's change is committed now.
      return rows.length > 0 || hasChanged(before.organizationId, before.id, requestKey, by);
    },
  };
}

export type FeedbackStore = ReturnType<typeof feedbackStore>;
