import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { accountClasses } from '../accounts/index.ts';
import type { Database } from '../database.ts';
import { attentionSql, winsSql } from './attention-sql.ts';
import { figureNames } from './figures.ts';
import { askedSql, coverageSql, factsSql, type Scope, valuesOf } from './figures-sql.ts';

const teamRow = z.object({
  timeZone: z.string(),
  ranksPeople: z.boolean(),
  members: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      leftAt: z
        .string()
        .nullable()
        .transform((at) => (at === null ? null : Temporal.Instant.from(at))),
    }),
  ),
});
const named = z.object({ id: z.string(), name: z.string() });
const accountClass = z.enum(accountClasses);
const factRow = z.object({
  subject: z.number(),
  k: z.number(),
  figure: z.enum([...figureNames, 'missed']),
  value: z.number().nullable(),
  of: z.number(),
});
const coverageRow = z.object({
  subject: z.number(),
  k: z.number(),
  class: accountClass,
  value: z.number(),
  of: z.number(),
});
const askedRow = z.object({
  subject: z.number(),
  class: accountClass,
  ownerId: z.string().nullable(),
  customers: z.number(),
  before: z.number(),
  visits: z.number(),
});
const attentionRow = z.object({
  subject: z.number(),
  ...named.shape,
  class: accountClass,
  named: z.boolean(),
  reasons: z.array(
    z.object({
      why: z.enum(['overdue', 'promise', 'problem', 'score']),
      days: z.number().nullable(),
      count: z.number(),
      score: z.number().nullable(),
    }),
  ),
  owner: named.nullable(),
  lastSeen: z.number().nullable(),
  silent: z.boolean(),
  problem: z.boolean(),
  low: z.boolean(),
  total: z.number(),
  silentTotal: z.number(),
  problemTotal: z.number(),
  lowTotal: z.number(),
});
const winRow = z.object({
  subject: z.number(),
  kind: z.enum(['advances', 'praise']),
  count: z.number(),
  customers: z.array(named),
  more: z.boolean(),
});

export type FactRow = z.infer<typeof factRow>;
export type CoverageRow = z.infer<typeof coverageRow>;
export type AskedRow = z.infer<typeof askedRow>;
export type AttentionRow = z.infer<typeof attentionRow>;
export type WinRow = z.infer<typeof winRow>;

/** What figures are made of; each question is one statement, planned for its own values. */
export function figuresStore({ pool }: Pick<Database, 'pool'>) {
  const rowsOf = async <T>(row: z.ZodType<T>, sql: string, scope: Scope): Promise<T[]> =>
    z.array(row).parse((await pool.query(sql, valuesOf(scope))).rows);
  return {
    /** The team with those of its members who do not only observe; null: no such team, or archived. */
    async team(organizationId: string, teamId: string): Promise<z.infer<typeof teamRow> | null> {
      const { rows } = await pool.query({
        name: 'digest.team',
        text: `SELECT t."timeZone", o."ranksPeople", (
            SELECT coalesce(json_agg(json_build_object('id', p.id, 'name', p.name, 'leftAt', p."deactivatedAt")
              ORDER BY p.name, p.id), '[]')
            FROM "Membership" m JOIN "Person" p ON p."organizationId" = m."organizationId" AND p.id = m."personId"
            WHERE m."organizationId" = t."organizationId" AND m."teamId" = t.id AND NOT p.observer) AS members
          FROM "Team" t JOIN "Organization" o ON o.id = t."organizationId"
          WHERE t."organizationId" = $1 AND t.id = $2 AND t."archivedAt" IS NULL`,
        values: [organizationId, teamId],
      });
      return rows[0] === undefined ? null : teamRow.parse(rows[0]);
    },
    facts: (scope: Scope) => rowsOf(factRow, factsSql, scope),
    coverage: (scope: Scope) => rowsOf(coverageRow, coverageSql, scope),
    asked: (scope: Scope) => rowsOf(askedRow, askedSql, scope),
    attention: (scope: Scope) => rowsOf(attentionRow, attentionSql, scope),
    wins: (scope: Scope) => rowsOf(winRow, winsSql, scope),
  };
}
