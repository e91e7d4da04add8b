import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { OutboxRow } from '../chat/outbox.ts';
import { putIntoOutbox } from '../chat/outbox-insert.ts';
import { inTransaction, takeOne } from '../database/transaction.ts';
import type { Database } from '../database.ts';
import { isFigure } from './figures.ts';
import type { Improvement } from './improvement.ts';
import { proposalRules } from './proposal.ts';

const instant = z
  .date()
  .nullable()
  .transform((at) => (at === null ? null : Temporal.Instant.fromEpochMilliseconds(at.getTime())));

const improvementRow = z
  .object({
    organizationId: z.string(),
    id: z.string(),
    team: z.object({ id: z.string(), name: z.string(), timeZone: z.string(), managerId: z.string().nullable() }),
    rule: z.enum(proposalRules).nullable().catch(null),
    text: z.string(),
    accountIds: z.array(z.string()),
    owner: z.object({ id: z.string(), name: z.string() }),
    createdById: z.string(),
    dueOn: z
      .string()
      .nullable()
      .transform((day) => (day === null ? null : Temporal.PlainDate.from(day))),
    state: z.enum(['open', 'done', 'dropped']),
    closedAt: instant,
    figure: z.string().nullable(),
    before: z.number().nullable(),
    after: z.number().nullable(),
    measureAt: instant,
    version: z.number(),
  })
  .transform(({ figure, ...row }): Improvement => ({ ...row, figure: isFigure(figure) ? figure : null }));

const readImprovement = (row: unknown): Improvement => improvementRow.parse(row);

const whole = `
SELECT i."organizationId", i.id, json_build_object('id', t.id, 'name', t.name, 'timeZone', t."timeZone",
    'managerId', t."managerId") AS team, i.rule, i.text, i."accountIds"::text[], json_build_object('id', p.id,
    'name', p.name) AS owner, i."createdById", i."dueOn"::text, i.state::text, i."closedAt", i.figure, i.before, i.after,
  i."measureAt", i.version
FROM "Improvement" i
JOIN "Team" t ON t."organizationId" = i."organizationId" AND t.id = i."teamId"
JOIN "Person" p ON p."organizationId" = i."organizationId" AND p.id = i."ownerId"`;

/** An improvement as it is to be stored. */
export interface NewImprovement
  extends Pick<
    Improvement,
    'organizationId' | 'id' | 'rule' | 'text' | 'accountIds' | 'createdById' | 'dueOn' | 'figure' | 'before'
  > {
  teamId: string;
  ownerId: string;
  createdAt: Temporal.Instant;
  requestKey: string;
}

/** A next step that is planned with it. */
export interface NewStep {
  id: string;
  accountId: string;
  ownerId: string;
  text: string;
  dueOn: Temporal.PlainDate;
  remindAt: Temporal.Instant | null;
}

/** What is written with an improvement. */
export interface WrittenWith {
  steps: readonly NewStep[];
  tell: readonly OutboxRow[];
}

/** Improvements of these teams, and those that are a person's own; null: theirs do not matter. */
export interface ImprovementSearch {
  teamIds: readonly string[] | 'all';
  personId: string | null;
}

const seen = `i."organizationId" = $1 AND ($2::uuid[] IS NULL OR i."teamId" = ANY ($2::uuid[]) OR i."ownerId" = $3::uuid
  OR i."createdById" = $3::uuid)`;

/** So many are listed. */
const mostOpen = 100;
const mostClosed = 5;

/** Improvements that were decided on. */
export function improvementStore({ pool }: Pick<Database, 'pool'>) {
  const valuesOf = (organizationId: string, { teamIds, personId }: ImprovementSearch) => [
    ...[organizationId, teamIds === 'all' ? null : teamIds, personId],
  ];
  return {
    /** Null: not in this organisation. */
    async find(organizationId: string, id: string): Promise<Improvement | null> {
      const { rows } = await pool.query(`${whole} WHERE i."organizationId" = $1 AND i.id = $2`, [organizationId, id]);
      return rows[0] === undefined ? null : readImprovement(rows[0]);
    },

    /** What a request made; null: nothing. */
    async madeBy(organizationId: string, requestKey: string): Promise<Improvement | null> {
      const { rows } = await pool.query(`${whole} WHERE i."organizationId" = $1 AND i."requestKey" = $2`, [
        ...[organizationId, requestKey],
      ]);
      return rows[0] === undefined ? null : readImprovement(rows[0]);
    },

    /** What is open, the earliest due first; at most 100. */
    async open(organizationId: string, search: ImprovementSearch): Promise<Improvement[]> {
      const { rows } = await pool.query(
        `${whole} WHERE ${seen} AND i.state = 'open' AND t."archivedAt" IS NULL
         ORDER BY i."dueOn" NULLS LAST, i.id LIMIT ${mostOpen}`,
        valuesOf(organizationId, search),
      );
      return rows.map(readImprovement);
    },

    /** What was closed since an instant, the last ones first; at most 5. */
    async closed(organizationId: string, search: ImprovementSearch, since: Temporal.Instant): Promise<Improvement[]> {
      const { rows } = await pool.query(
        `${whole} WHERE ${seen} AND i.state <> 'open' AND i."closedAt" > $4::timestamptz
         ORDER BY i."closedAt" DESC, i.id LIMIT ${mostClosed}`,
        [...valuesOf(organizationId, search), since.toString()],
      );
      return rows.map(readImprovement);
    },

    /** A team's improvements that are open, or were closed since so long that they may have been measured since then. */
    async became({ organizationId, id }: { organizationId: string; id: string }, since: Temporal.Instant) {
      const { rows } = await pool.query(
        `${whole} WHERE i."organizationId" = $1 AND i."teamId" = $2
           AND (i.state = 'open' OR i."closedAt" > $3::timestamptz - interval '30 days')
         ORDER BY i.state = 'open', i."closedAt" DESC, i."dueOn" NULLS LAST, i.id LIMIT ${mostOpen}`,
        [organizationId, id, since.toString()],
      );
      return rows.map(readImprovement);
    },

    /**
     * Stores it with its next steps and what people are told; the same request again changes nothing. `written` says what
     * those are, given the customers for whom an improvement of the same rule has a next step that is still open: the
     * button stands in a channel, and several may press it. Null: the request was there already.
     */
    async add<W extends WrittenWith>(
      improvement: NewImprovement,
      written: (planned: ReadonlySet<string>) => W,
    ): Promise<W | null> {
      const { organizationId, createdById, createdAt, requestKey, teamId, rule, accountIds } = improvement;
      return inTransaction(pool, async (client) => {
        // One after the other within a team: each sees what the one before has planned.
        await client.query('SELECT id FROM "Team" WHERE "organizationId" = $1 AND id = $2 FOR NO KEY UPDATE', [
          organizationId,
          teamId,
        ]);
        const planned = await client.query<{ accountId: string }>(
          `SELECT a."accountId" FROM "Improvement" i JOIN "Action" a ON a."organizationId" = i."organizationId"
             AND a."accountId" = ANY ($4::uuid[]) AND a.state = 'open'
             AND a."requestKey" = i."requestKey" || ':' || a."accountId"
           WHERE i."organizationId" = $1 AND i."teamId" = $2 AND i.rule = $3`,
          [organizationId, teamId, rule, accountIds],
        );
        const what = written(new Set(planned.rows.map(({ accountId }) => accountId)));
        const { steps, tell } = what;
        const added = await client.query(
          `INSERT INTO "Improvement" ("organizationId", id, "teamId", rule, text, "accountIds", "ownerId", "createdById",
             "dueOn", figure, before, "createdAt", "requestKey")
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT DO NOTHING RETURNING id`,
          [
            ...[organizationId, improvement.id, improvement.teamId, improvement.rule, improvement.text],
            ...[improvement.accountIds, improvement.ownerId, createdById, improvement.dueOn?.toString() ?? null],
            ...[improvement.figure, improvement.before, createdAt.toString(), requestKey],
          ],
        );
        if (added.rows.length === 0) return null;
        await client.query(
          `INSERT INTO "Action" ("organizationId", id, "accountId", text, "ownerId", "createdById", "dueOn", "remindAt",
             "createdAt", "requestKey")
           SELECT $1::uuid, r.id, r."accountId", r.text, r."ownerId", $2::uuid, r."dueOn", r."remindAt", $3::timestamptz,
             $4::text || ':' || r."accountId"
           FROM jsonb_to_recordset($5::jsonb) AS r(id uuid, "accountId" uuid, text text, "ownerId" uuid, "dueOn" date,
             "remindAt" timestamptz)`,
          [organizationId, createdById, createdAt.toString(), requestKey, JSON.stringify(steps)],
        );
        await putIntoOutbox(client, tell);
        return what;
      });
    },

    /** Closes or reopens what still has its version; false when it has not. */
    async turn(
      { organizationId, id, version }: Pick<Improvement, 'organizationId' | 'id' | 'version'>,
      to: { state: Improvement['state']; closedAt: Temporal.Instant | null; measureAt: Temporal.Instant | null },
    ): Promise<boolean> {
      const { rows } = await pool.query(
        `UPDATE "Improvement" SET state = $4::"ImprovementState", "closedAt" = $5, "measureAt" = $6, after = NULL,
           version = version + 1
         WHERE "organizationId" = $1 AND id = $2 AND version = $3 RETURNING id`,
        [...[organizationId, id, version, to.state, to.closedAt?.toString() ?? null], to.measureAt?.toString() ?? null],
      );
      return rows.length > 0;
    },

    /** Takes one that is to be measured again, asks for its measure and stores that with what is told; null: none. */
    claim: (
      now: Temporal.Instant,
      but: readonly string[],
      decide: (improvement: Improvement) => Promise<{ after: number | null; tell: readonly OutboxRow[] }>,
    ) =>
      takeOne(
        pool,
        async (client) => {
          const text = `${whole} WHERE i."measureAt" <= $1::timestamptz AND i.id <> ALL ($2::uuid[])
            ORDER BY i."measureAt", i.id LIMIT 1 FOR NO KEY UPDATE OF i SKIP LOCKED`;
          const query = { name: 'improvements.claim', text, values: [now.toString(), but] };
          return (await client.query<{ id: string }>(query)).rows[0];
        },
        async (client, found) => {
          const improvement = readImprovement(found);
          const { after, tell } = await decide(improvement);
          await client.query(
            `UPDATE "Improvement" SET after = $3, "measureAt" = NULL WHERE "organizationId" = $1 AND id = $2`,
            [improvement.organizationId, improvement.id, after],
          );
          await putIntoOutbox(client, tell);
        },
      ),
  };
}

export type ImprovementStore = ReturnType<typeof improvementStore>;
