import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Database } from '../database.ts';
import { type Figures, readFigures } from './figures.ts';
import type { Period } from './period.ts';
import type { ProposalPointer } from './proposal-pointer.ts';
import { type DigestTeam, digestTeam, ofTeam, teamJson } from './team-row.ts';

/** What was posted. */
export interface Posted {
  asOf: Temporal.Instant;
  figures: Figures;
  /** To the team's manager alone. Where that is no longer known, a channel may read it. */
  toManager: boolean;
}

/** A team's week, planned or posted. */
export interface KeptDigest {
  id: string;
  team: DigestTeam;
  week: Period;
  postAt: Temporal.Instant | null;
  /** What was posted; null: nothing yet. */
  posted: Posted | null;
}

const instant = z
  .date()
  .nullable()
  .transform((at) => (at === null ? null : Temporal.Instant.fromEpochMilliseconds(at.getTime())));
const day = z.string().transform((date) => Temporal.PlainDate.from(date));
const keptRow = z.object({
  id: z.string(),
  fromDay: day,
  toDay: day,
  postAt: instant,
  asOf: instant,
  figures: z.unknown(),
  toManager: z.boolean(),
  team: digestTeam,
});

const keptSql = `
SELECT d.id, d."fromDay"::text, d."toDay"::text, d."postAt", d."asOf", d.figures, ${teamJson} AS team,
  coalesce((SELECT x.message->'to' ? 'personId' FROM "Outbox" x
    WHERE x."organizationId" = d."organizationId" AND x.key = 'digest:' || d.id), false) AS "toManager"
FROM "Digest" d JOIN "Team" t ON t."organizationId" = d."organizationId" AND t.id = d."teamId" ${ofTeam}
WHERE d."organizationId" = $1 AND d.id = $2 AND d.period = 'week' AND t."archivedAt" IS NULL`;

/** Connections and transactions alike. */
export type Through = { query(text: string, values: unknown[]): Promise<{ rows: unknown[] }> };

/** Null: no such week here, or its team was put away. */
export async function findDigest(
  through: Through,
  organizationId: string,
  id: string,
  lock = '',
): Promise<KeptDigest | null> {
  const { rows } = await through.query(`${keptSql} ${lock}`, [organizationId, id]);
  if (rows[0] === undefined) return null;
  const { fromDay: from, toDay: to, asOf, figures, toManager, ...row } = keptRow.parse(rows[0]);
  const posted = asOf === null ? null : readFigures(figures);
  return {
    ...row,
    week: { kind: 'week', from, to },
    posted: asOf === null || posted === null ? null : { asOf, figures: posted, toManager },
  };
}

/** The figures that were posted of a team's period; null: none were, or they can no longer be read. */
export async function postedFigures(
  { pool }: Pick<Database, 'pool'>,
  organizationId: string,
  { teamId, kind, from }: Pick<ProposalPointer, 'teamId' | 'kind' | 'from'>,
): Promise<Figures | null> {
  const { rows } = await pool.query<{ figures: unknown }>(
    `SELECT figures FROM "Digest" WHERE "organizationId" = $1 AND "teamId" = $2 AND period = $3::"DigestPeriod"
       AND "fromDay" = $4::date AND "asOf" IS NOT NULL`,
    [organizationId, teamId, kind, from.toString()],
  );
  return rows[0] === undefined ? null : readFigures(rows[0].figures);
}
