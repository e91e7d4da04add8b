import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Activity } from '../accounts/index.ts';
import type { OutboxRow } from '../chat/outbox.ts';
import { outboxInsert } from '../chat/outbox-insert.ts';
import type { Database } from '../database.ts';
import type { Action, ActionList } from './action.ts';
import { addAction, type NewAction } from './add-store.ts';

const named = z.object({ id: z.string(), name: z.string() });
const actionRow = z
  .object({
    organizationId: z.string(),
    id: z.string(),
    text: z.string(),
    account: named,
    owner: named.extend({ timeZone: z.string() }),
    createdById: z.string(),
    visitId: z.string().nullable(),
    feedbackId: z.string().nullable(),
    dueOn: z.string().nullable(),
    state: z.enum(['open', 'done', 'dropped']),
    accountOwnerId: z.string().nullable(),
    teamIds: z.array(z.string()),
  })
  .transform(({ dueOn, accountOwnerId, teamIds, ...row }): Action => {
    const people = [row.owner.id, row.createdById, ...(accountOwnerId === null ? [] : [accountOwnerId])];
    return {
      ...row,
      dueOn: dueOn === null ? null : Temporal.PlainDate.from(dueOn),
      belongs: { personIds: people, teamIds },
    };
  });

/** Everything of an action `a` that is shown or decides who may. */
const wholeAction = `
SELECT a."organizationId", a.id, a.text, json_build_object('id', c.id, 'name', c.name) AS account,
  json_build_object('id', o.id, 'name', o.name, 'timeZone', o."timeZone") AS owner, a."createdById", a."visitId",
  (SELECT r."feedbackId" FROM "FeedbackResult" r WHERE r."organizationId" = a."organizationId" AND r."actionId" = a.id
   ORDER BY r."createdAt" LIMIT 1) AS "feedbackId",
  a."dueOn"::text, a.state::text, c."ownerId" AS "accountOwnerId",
  ARRAY(SELECT t.id::text FROM "Team" t WHERE t."organizationId" = a."organizationId" AND t."archivedAt" IS NULL
    AND (t.id = c."teamId" OR t."managerId" = o.id OR EXISTS (SELECT FROM "Membership" m
      WHERE m."organizationId" = t."organizationId" AND m."teamId" = t.id AND m."personId" = o.id))) AS "teamIds"`;
const joined = `
JOIN "Person" o ON o."organizationId" = a."organizationId" AND o.id = a."ownerId"
JOIN "Account" c ON c."organizationId" = a."organizationId" AND c.id = a."accountId"`;
const inOrder = 'ORDER BY a."dueOn" NULLS LAST, a.id';

/** What is due until a day among the members of teams, one person's left out; the values' places are given. */
const dueInTeams = (dueBy: string, but: string, teams: string): string => `a."organizationId" = $1 AND a.state = 'open'
  AND a."dueOn" <= ${dueBy}::date AND a."ownerId" <> ${but}
  AND a."ownerId" IN (SELECT m."personId" FROM "Membership" m
    WHERE m."organizationId" = $1 AND m."teamId" = ANY (${teams}::uuid[]))`;

const readAction = (row: unknown): Action => actionRow.parse(row);

/** Whose open actions, for which accounts. `dueBy` leaves out those that are due later or at no day. */
export interface Search {
  ownerIds?: readonly string[];
  accountId?: string;
  dueBy?: Temporal.PlainDate;
  /** Whose may be seen: everybody's, or those of this person and these teams. */
  seenBy: 'all' | { personId: string; teamIds: readonly string[] };
  limit: number;
}

/** What is changed of an action, and what the history keeps of it: field name -> [before, after]. */
export interface Change {
  set: { state?: 'open' | 'done'; dueOn?: Temporal.PlainDate; ownerId?: string };
  remindAt: Temporal.Instant | null;
  changes: Readonly<Record<string, readonly [string | null, string | null]>>;
  /** The idempotency key: a form's own id, or a new one. */
  changeId: string;
  by: string;
  at: Temporal.Instant;
  tell: OutboxRow | null;
}

const changeSql = `
WITH earlier AS (
  SELECT id FROM "ActionChange" WHERE "organizationId" = $1::uuid AND id = $9::uuid AND "actionId" = $2::uuid
), changed AS (
  UPDATE "Action" a SET
    state = coalesce($5::"ActionState", a.state), "dueOn" = coalesce($6::date, a."dueOn"),
    "ownerId" = coalesce($7::uuid, a."ownerId"), "remindAt" = $8::timestamptz,
    "closedAt" = CASE WHEN coalesce($5::"ActionState", a.state) = 'open' THEN NULL ELSE $11::timestamptz END,
    "fulfilledById" = CASE WHEN $5 = 'open' THEN NULL ELSE a."fulfilledById" END
  WHERE a."organizationId" = $1::uuid AND a.id = $2::uuid AND a.state = $3::"ActionState" AND a."ownerId" = $4::uuid
    AND NOT EXISTS (SELECT FROM earlier)
  RETURNING a."organizationId", a.id
), kept AS (
  INSERT INTO "ActionChange" ("organizationId", id, "actionId", "changedById", at, changes)
  SELECT "organizationId", $9::uuid, id, $10::uuid, $11::timestamptz, $12::jsonb FROM changed
  ON CONFLICT DO NOTHING
), told AS (${outboxInsert('$13', 'WHERE EXISTS (SELECT FROM changed)')})
SELECT id FROM changed UNION SELECT id FROM earlier`;

/** What a next step is added to, with what decides who may see it. */
export interface Origin {
  accountId: string;
  accountName: string;
  visitId: string | null;
  feedbackId: string | null;
  /** Who is credited with the visit, or whose the feedback is. */
  personIds: string[];
  teamIds: string[];
}

/** What an account's card says of its next steps. */
export type OpenActions = Pick<Activity, 'openActions' | 'openActionCount'>;
interface OpenRow {
  accountId: string;
  id: string;
  text: string;
  ownerId: string;
  dueOn: string | null;
  total: number;
}

/** Next steps; each question and each change is one statement. */
export function actionStore({ pool }: Pick<Database, 'pool'>) {
  return {
    /** Null: not in this organisation. */
    async find(organizationId: string, id: string): Promise<Action | null> {
      const { rows } = await pool.query(
        `${wholeAction} FROM "Action" a ${joined} WHERE a."organizationId" = $1 AND a.id = $2`,
        [organizationId, id],
      );
      return rows[0] === undefined ? null : readAction(rows[0]);
    },

    async open(organizationId: string, search: Search): Promise<ActionList> {
      const seen = search.seenBy === 'all' ? null : search.seenBy;
      const { rows } = await pool.query(
        `${wholeAction}, (count(*) OVER ())::int AS total FROM "Action" a ${joined}
         WHERE a."organizationId" = $1 AND a.state = 'open' AND ($2::uuid[] IS NULL OR a."ownerId" = ANY ($2::uuid[]))
           AND ($3::uuid IS NULL OR a."accountId" = $3::uuid) AND ($4::date IS NULL OR a."dueOn" <= $4::date)
           AND ($5::uuid IS NULL OR a."ownerId" = $5 OR a."createdById" = $5 OR c."ownerId" = $5
             OR c."teamId" = ANY ($6::uuid[]) OR EXISTS (SELECT FROM "Team" t WHERE t."organizationId" = $1
               AND t.id = ANY ($6::uuid[]) AND t."managerId" = a."ownerId")
             OR EXISTS (SELECT FROM "Membership" m WHERE m."organizationId" = $1 AND m."personId" = a."ownerId"
               AND m."teamId" = ANY ($6::uuid[])))
         ${inOrder} LIMIT $7`,
        [
          organizationId,
          search.ownerIds ?? null,
          search.accountId ?? null,
          search.dueBy?.toString() ?? null,
          seen?.personId ?? null,
          seen?.teamIds ?? [],
          search.limit,
        ],
      );
      return { actions: rows.map(readAction), total: rows[0]?.total ?? 0 };
    },

    /** What is due until a day among the members of the teams that this person manages, their own left out. */
    async dueInTeams(
      by: { organizationId: string; id: string; manages: readonly string[] },
      dueBy: Temporal.PlainDate,
      limit: number,
    ): Promise<ActionList> {
      const { rows } = await pool.query(
        `${wholeAction}, (count(*) OVER ())::int AS total FROM "Action" a ${joined}
         WHERE ${dueInTeams('$2', '$3', '$4')} ${inOrder} LIMIT $5`,
        [by.organizationId, dueBy.toString(), by.id, by.manages, limit],
      );
      return { actions: rows.map(readAction), total: rows[0]?.total ?? 0 };
    },

    /** A person's own open ones and, in the same statement, what `dueInTeams` finds: for who leads teams, and looks at both. */
    async ownAndDueInTeams(
      by: { organizationId: string; id: string; manages: readonly string[] },
      dueBy: Temporal.PlainDate,
      limits: { own: number; teams: number },
    ): Promise<{ own: ActionList; teams: ActionList }> {
      const { rows } = await pool.query<{ own: boolean; total: number }>(
        `SELECT * FROM (
           (${wholeAction}, (count(*) OVER ())::int AS total, true AS own FROM "Action" a ${joined}
             WHERE a."organizationId" = $1 AND a.state = 'open' AND a."ownerId" = $2 ${inOrder} LIMIT $3)
           UNION ALL
           (${wholeAction}, (count(*) OVER ())::int AS total, false AS own FROM "Action" a ${joined}
             WHERE ${dueInTeams('$4', '$2', '$5')} ${inOrder} LIMIT $6)
         ) a ${inOrder}`,
        [by.organizationId, by.id, limits.own, dueBy.toString(), by.manages, limits.teams],
      );
      const listOf = (those: typeof rows): ActionList => ({
        actions: those.map(readAction),
        total: those[0]?.total ?? 0,
      });
      return { own: listOf(rows.filter(({ own }) => own)), teams: listOf(rows.filter(({ own }) => !own)) };
    },

    /** For each account its open actions, at most five, and how many there are in all. */
    async openActionsOf(organizationId: string, accountIds: readonly string[]): Promise<Map<string, OpenActions>> {
      const { rows } = await pool.query<OpenRow>(
        `SELECT * FROM (
           SELECT a."accountId", a.id, a.text, a."ownerId", a."dueOn"::text,
             (count(*) OVER (PARTITION BY a."accountId"))::int AS total,
             row_number() OVER (PARTITION BY a."accountId" ${inOrder}) AS nth
           FROM "Action" a
           WHERE a."organizationId" = $1 AND a."accountId" = ANY ($2::uuid[]) AND a.state = 'open'
         ) found WHERE nth <= 5 ORDER BY nth`,
        [organizationId, accountIds],
      );
      const lists = new Map<string, OpenActions>();
      for (const { accountId, id, text, ownerId, dueOn, total } of rows) {
        const action = { id, text, ownerId, dueOn: dueOn === null ? null : Temporal.PlainDate.from(dueOn) };
        const before = lists.get(accountId)?.openActions ?? [];
        lists.set(accountId, { openActions: [...before, action], openActionCount: total });
      }
      return lists;
    },

    /** Changes an action that still is as it was read; false when it is not. The same change again is true and nothing. */
    async change(before: Action, change: Change): Promise<boolean> {
      const { set, remindAt, changes, changeId, by, at, tell } = change;
      const { rows } = await pool.query(changeSql, [
        before.organizationId,
        before.id,
        before.state,
        before.owner.id,
        set.state ?? null,
        set.dueOn?.toString() ?? null,
        set.ownerId ?? null,
        remindAt?.toString() ?? null,
        changeId,
        by,
        at.toString(),
        JSON.stringify(changes),
        JSON.stringify(tell ? [tell] : []),
      ]);
      if (rows.length > 0) return true;
      // The same form delivered twice at one moment: the other one's change is committed now.
      return this.hasChanged(before.organizationId, before.id, changeId, by);
    },

    /** Whether this person made this change to this action. */
    async hasChanged(organizationId: string, actionId: string, changeId: string, by: string): Promise<boolean> {
      const { rows } = await pool.query(
        `SELECT FROM "ActionChange" WHERE "organizationId" = $1 AND id = $2 AND "actionId" = $3 AND "changedById" = $4`,
        [organizationId, changeId, actionId, by],
      );
      return rows.length > 0;
    },

    /** Stores a new action and what its owner is told; the same request again changes nothing. */
    add: (action: NewAction, tell: OutboxRow | null): Promise<void> => addAction(pool, action, tell),

    /** Null: no such account here, or archived. */
    async account(organizationId: string, accountId: string): Promise<Origin | null> {
      const { rows } = await pool.query<Origin>(
        `SELECT c.id AS "accountId", c.name AS "accountName", NULL AS "visitId", NULL AS "feedbackId", ARRAY[]::text[] AS "personIds",
           ARRAY[]::text[] AS "teamIds"
         FROM "Account" c WHERE c."organizationId" = $1 AND c.id = $2 AND c."archivedAt" IS NULL`,
        [organizationId, accountId],
      );
      return rows[0] ?? null;
    },

    /** Null: no such feedback here, or taken back. */
    async feedback(organizationId: string, feedbackId: string): Promise<Origin | null> {
      const { rows } = await pool.query<Origin>(
        `SELECT c.id AS "accountId", c.name AS "accountName", NULL AS "visitId", f.id AS "feedbackId",
           ARRAY(SELECT p.id::text FROM "Person" p WHERE p."organizationId" = $1
             AND (p.id IN (f."authorId", f."ownerId", c."ownerId") OR EXISTS (SELECT FROM "AccountMember" m
               WHERE m."organizationId" = $1 AND m."accountId" = c.id AND m."personId" = p.id))) AS "personIds",
           ARRAY(SELECT t.id::text FROM "Team" t WHERE t."organizationId" = $1 AND t."archivedAt" IS NULL
             AND (t.id = c."teamId" OR t."managerId" IN (f."authorId", f."ownerId", c."ownerId") OR EXISTS (
               SELECT FROM "Membership" m WHERE m."organizationId" = $1 AND m."teamId" = t.id
                 AND m."personId" IN (f."authorId", f."ownerId", c."ownerId")))) AS "teamIds"
         FROM "Feedback" f JOIN "Account" c ON c."organizationId" = f."organizationId" AND c.id = f."accountId"
         WHERE f."organizationId" = $1 AND f.id = $2 AND f."undoneAt" IS NULL AND c."archivedAt" IS NULL`,
        [organizationId, feedbackId],
      );
      return rows[0] ?? null;
    },

    /** Null: no such visit here, or undone. */
    async visit(organizationId: string, visitId: string): Promise<Origin | null> {
      const { rows } = await pool.query<Origin>(
        `SELECT c.id AS "accountId", c.name AS "accountName", v.id AS "visitId", NULL AS "feedbackId",
           ARRAY(SELECT "personId"::text FROM "VisitPerson" p WHERE p."organizationId" = $1 AND p."visitId" = v.id)
             AS "personIds",
           ARRAY(SELECT m."teamId"::text FROM "Membership" m JOIN "VisitPerson" p
             ON p."organizationId" = m."organizationId" AND p."personId" = m."personId"
             WHERE m."organizationId" = $1 AND p."visitId" = v.id) AS "teamIds"
         FROM "Visit" v JOIN "Account" c ON c."organizationId" = v."organizationId" AND c.id = v."accountId"
         WHERE v."organizationId" = $1 AND v.id = $2 AND v."undoneAt" IS NULL`,
        [organizationId, visitId],
      );
      return rows[0] ?? null;
    },
  };
}

export type ActionStore = ReturnType<typeof actionStore>;
