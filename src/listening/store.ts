import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { OutboxRow } from '../chat/outbox.ts';
import { outboxInsert } from '../chat/outbox-insert.ts';
import type { Database } from '../database.ts';
import { type Listening, listeningStates } from './listening.ts';

const named = z.object({ id: z.string(), name: z.string() });
const day = z.string().transform((written) => Temporal.PlainDate.from(written));
const listeningRow = z
  .object({
    organizationId: z.string(),
    id: z.string(),
    account: named,
    accountOwnerId: z.string().nullable(),
    memberIds: z.array(z.string()),
    teamIds: z.array(z.string()),
    manager: named.extend({ timeZone: z.string() }),
    plannedOn: day,
    state: z.enum(listeningStates),
    purpose: z.string().nullable(),
    heard: z.string().nullable(),
    improve: z.string().nullable(),
    visitId: z.string().nullable(),
    surveyId: z.string().nullable(),
    heldOn: day.nullable(),
    visitUndone: z.boolean(),
    recordKey: z.string().nullable(),
    version: z.int(),
  })
  .transform(({ memberIds, teamIds, ...row }): Listening => {
    const owner = row.accountOwnerId === null ? [] : [row.accountOwnerId];
    const personIds = [...new Set([...owner, ...memberIds])];
    return {
      ...row,
      accountBelongs: { personIds, teamIds },
      belongs: { personIds: [...new Set([row.manager.id, ...personIds])], teamIds },
    };
  });

/** The teams of an account are the one it is assigned to and those of who looks after it, as the accounts have it. */
export const wholeListening = `
SELECT l."organizationId", l.id, json_build_object('id', a.id, 'name', a.name) AS account, a."ownerId" AS "accountOwnerId",
  ARRAY(SELECT m."personId"::text FROM "AccountMember" m
    WHERE m."organizationId" = l."organizationId" AND m."accountId" = a.id) AS "memberIds",
  ARRAY(SELECT a."teamId"::text WHERE a."teamId" IS NOT NULL
    UNION SELECT t."teamId"::text FROM "Membership" t WHERE t."organizationId" = l."organizationId"
      AND (t."personId" = a."ownerId" OR t."personId" IN (SELECT m."personId" FROM "AccountMember" m
        WHERE m."organizationId" = l."organizationId" AND m."accountId" = a.id))) AS "teamIds",
  json_build_object('id', p.id, 'name', p.name, 'timeZone', p."timeZone") AS manager, l."plannedOn"::text,
  l.state::text, l.purpose, l.heard, l.improve, l."visitId", l."surveyId", v.date::text AS "heldOn",
  v."undoneAt" IS NOT NULL AS "visitUndone", v."requestKey" AS "recordKey", l.version`;
export const joinedListening = `
JOIN "Account" a ON a."organizationId" = l."organizationId" AND a.id = l."accountId"
JOIN "Person" p ON p."organizationId" = l."organizationId" AND p.id = l."managerId"
LEFT JOIN "Visit" v ON v."organizationId" = l."organizationId" AND v.id = l."visitId"`;
export const whole = `${wholeListening} FROM "Listening" l ${joinedListening}`;

export const readListening = (row: unknown): Listening => listeningRow.parse(row);

/** A visit as it is planned. */
export interface NewListening {
  organizationId: string;
  /** Its form's own id, which is its request key too. */
  id: string;
  accountId: string;
  managerId: string;
  plannedOn: Temporal.PlainDate;
  purpose: string | null;
  remindAt: Temporal.Instant | null;
  at: Temporal.Instant;
}

/** What a visit is, as the person who changes it saw it. */
export interface Seen {
  organizationId: string;
  id: string;
  version: number;
}

/** Whose may be seen: everybody's, or what belongs to this person and these teams. */
export type SeenBy = 'all' | { personId: string; teamIds: readonly string[] };

const seenIf = (
  person: string,
  teams: string,
) => `(${person}::uuid IS NULL OR ${person}::uuid IN (l."managerId", a."ownerId")
  OR a."teamId" = ANY (${teams}::uuid[]) OR EXISTS (SELECT FROM "AccountMember" m
    WHERE m."organizationId" = l."organizationId" AND m."accountId" = a.id AND m."personId" = ${person}::uuid)
  OR EXISTS (SELECT FROM "Membership" t WHERE t."organizationId" = l."organizationId" AND t."teamId" = ANY (${teams}::uuid[])
    AND (t."personId" = a."ownerId" OR t."personId" IN (SELECT m."personId" FROM "AccountMember" m
      WHERE m."organizationId" = l."organizationId" AND m."accountId" = a.id))))`;

/** Managers' visits as they are stored; every question is asked within one organisation. */
export function listeningStore({ pool }: Pick<Database, 'pool'>) {
  const read = async (text: string, values: readonly unknown[]): Promise<Listening[]> => {
    const { rows } = await pool.query(text, [...values]);
    return rows.map(readListening);
  };

  return {
    async find(organizationId: string, id: string): Promise<Listening | null> {
      return (await read(`${whole} WHERE l."organizationId" = $1 AND l.id = $2`, [organizationId, id]))[0] ?? null;
    },

    /** Those in a state that this person may see: what is planned by its day, what was done the latest first. */
    async list(
      organizationId: string,
      seenBy: SeenBy,
      state: 'planned' | 'done',
      limit: number,
    ): Promise<{ shown: Listening[]; total: number }> {
      const [person, teams] = seenBy === 'all' ? [null, []] : [seenBy.personId, seenBy.teamIds];
      const order = state === 'planned' ? 'l."plannedOn", l.id' : 'v.date DESC NULLS LAST, l.id DESC';
      const { rows } = await pool.query<{ total: number }>(
        `${wholeListening}, (count(*) OVER ())::int AS total FROM "Listening" l ${joinedListening}
         WHERE l."organizationId" = $1 AND l.state = $2::"ListeningState" AND v."undoneAt" IS NULL AND ${seenIf('$3', '$4')}
         ORDER BY ${order} LIMIT $5`,
        [organizationId, state, person, teams, limit],
      );
      return { shown: rows.map(readListening), total: rows[0]?.total ?? 0 };
    },

    /** Of an account: what is planned comes first, then what was done last; dropped ones are left out. */
    ofAccount: (organizationId: string, accountId: string, limit: number): Promise<Listening[]> =>
      read(
        `${whole} WHERE l."organizationId" = $1 AND l."accountId" = $2 AND l.state <> 'dropped' AND v."undoneAt" IS NULL
         ORDER BY l.state, coalesce(v.date, l."plannedOn") DESC, l.id DESC LIMIT $3`,
        [organizationId, accountId, limit],
      ),

    /** The day of the last one of an account; null: there was none. */
    async lastOf(organizationId: string, accountId: string): Promise<Temporal.PlainDate | null> {
      const { rows } = await pool.query<{ last: string | null }>(
        `SELECT max(v.date)::text AS last FROM "Listening" l
         JOIN "Visit" v ON v."organizationId" = l."organizationId" AND v.id = l."visitId" AND v."undoneAt" IS NULL
         WHERE l."organizationId" = $1 AND l."accountId" = $2`,
        [organizationId, accountId],
      );
      const last = rows[0]?.last ?? null;
      return last === null ? null : Temporal.PlainDate.from(last);
    },

    /** Plans one; the same form again plans nothing. What is planned by this form then, or null: no such account. */
    async plan(one: NewListening, tell: readonly OutboxRow[]): Promise<Listening | null> {
      await pool.query(
        `WITH planned AS (
           INSERT INTO "Listening" ("organizationId", id, "accountId", "managerId", "plannedOn", purpose, "remindAt",
             "createdAt", "requestKey")
           SELECT $1::uuid, $2::uuid, a.id, $4::uuid, $5::date, $6, $7::timestamptz, $8::timestamptz, $2::uuid::text
           FROM "Account" a WHERE a."organizationId" = $1 AND a.id = $3 AND a."archivedAt" IS NULL
           ON CONFLICT DO NOTHING RETURNING id
         ), told AS (${outboxInsert('$9', 'WHERE EXISTS (SELECT FROM planned)')})
         SELECT FROM planned`,
        [
          ...[one.organizationId, one.id, one.accountId, one.managerId, one.plannedOn.toString(), one.purpose],
          ...[one.remindAt?.toString() ?? null, one.at.toString(), JSON.stringify(tell)],
        ],
      );
      const [made] = await read(
        `${whole} WHERE l."organizationId" = $1 AND l."requestKey" = $2 AND l."managerId" = $3`,
        [one.organizationId, one.id, one.managerId],
      );
      return made ?? null;
    },

    /** Changes what is planned and still as it was seen; false when it is not. */
    async replan(
      { organizationId, id, version }: Seen,
      to: {
        state: 'planned' | 'dropped';
        plannedOn: Temporal.PlainDate;
        purpose: string | null;
        remindAt: Temporal.Instant | null;
      },
      tell: readonly OutboxRow[],
    ): Promise<boolean> {
      const { rows } = await pool.query(
        `WITH changed AS (
           UPDATE "Listening" SET state = $4::"ListeningState", "plannedOn" = $5::date, purpose = $6,
             "remindAt" = $7::timestamptz, version = version + 1
           WHERE "organizationId" = $1 AND id = $2 AND version = $3 AND state = 'planned' RETURNING id
         ), told AS (${outboxInsert('$8', 'WHERE EXISTS (SELECT FROM changed)')})
         SELECT id FROM changed`,
        [
          ...[organizationId, id, version, to.state, to.plannedOn.toString(), to.purpose],
          ...[to.remindAt?.toString() ?? null, JSON.stringify(tell)],
        ],
      );
      return rows.length > 0;
    },
  };
}

export type ListeningStore = ReturnType<typeof listeningStore>;
