import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { OutboxRow } from '../chat/outbox.ts';
import { putIntoOutbox } from '../chat/outbox-insert.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Database } from '../database.ts';
import { newId } from '../ids.ts';
import { isFigure } from './figures.ts';
import { findDigest, type KeptDigest, type Posted, type Through } from './kept-store.ts';
import type { Period } from './period.ts';
import type { Remark } from './remark.ts';

const remarkRow = z.object({
  id: z.string(),
  person: z.object({ id: z.string(), name: z.string() }),
  figure: z.string(),
  words: z.string(),
  version: z.number(),
});

/** Without those that were taken back: a row without words, so that a late request is known to be late. */
async function remarksOf(through: Through, organizationId: string, digestId: string): Promise<Remark[]> {
  const { rows } = await through.query(
    `SELECT r.id, json_build_object('id', p.id, 'name', p.name) AS person, r.figure, r.words, r.version
     FROM "DigestRemark" r JOIN "Person" p ON p."organizationId" = r."organizationId" AND p.id = r."personId"
     WHERE r."organizationId" = $1 AND r."digestId" = $2 AND r.words <> '' ORDER BY r.at, r.id`,
    [organizationId, digestId],
  );
  return z
    .array(remarkRow)
    .parse(rows)
    .flatMap(({ figure, ...remark }) => (isFigure(figure) ? [{ ...remark, figure }] : []));
}

/** What became of a remark that was to be stored. `changed`: another one was made, or taken back, since it was seen. */
export type RemarkSaved =
  | { became: 'saved' }
  | { became: 'gone' }
  | { became: 'changed'; version: number; words: string | null };

const earlierRow = z.object({
  figure: z.string(),
  words: z.string(),
  version: z.number(),
  requestKey: z.string(),
});

/** What people say of their figures. */
export function remarkStore({ pool }: Pick<Database, 'pool'>) {
  return {
    /** Null: no such week here, or its team was put away. */
    find: (organizationId: string, id: string) => findDigest(pool, organizationId, id),

    /** Everybody's, in the order in which they were made. */
    of: (organizationId: string, digestId: string) => remarksOf(pool, organizationId, digestId),

    /** Everybody's, of a team's period; none where that is neither planned nor posted. */
    async ofPeriod(organizationId: string, { teamId, period }: { teamId: string; period: Period }): Promise<Remark[]> {
      const { rows } = await pool.query<{ id: string }>(
        `SELECT id FROM "Digest" WHERE "organizationId" = $1 AND "teamId" = $2 AND period = $3::"DigestPeriod"
           AND "fromDay" = $4::date`,
        [organizationId, teamId, period.kind, period.from.toString()],
      );
      return rows[0] === undefined ? [] : remarksOf(pool, organizationId, rows[0].id);
    },

    /** How often a person's remark on a figure has changed, also where it was taken back. */
    async versions(organizationId: string, digestId: string, personId: string): Promise<ReadonlyMap<string, number>> {
      const { rows } = await pool.query<{ figure: string; version: number }>(
        `SELECT figure, version FROM "DigestRemark"
         WHERE "organizationId" = $1 AND "digestId" = $2 AND "personId" = $3`,
        [organizationId, digestId, personId],
      );
      return new Map(rows.map(({ figure, version }) => [figure, version]));
    },

    /**
     * Stores a person's remark on a figure in the place of the one that they have seen; `words` null takes it back,
     * `seen` is its version, 0 where there was none. Where the evaluation is posted already, `redraw` says what becomes
     * of the post. The same request again changes nothing more.
     */
    async save(
      remark: {
        organizationId: string;
        digestId: string;
        personId: string;
        figure: string;
        words: string | null;
        seen: number;
        at: Temporal.Instant;
        requestKey: string;
      },
      redraw: (digest: KeptDigest & { posted: Posted }, remarks: readonly Remark[]) => Promise<OutboxRow>,
    ): Promise<RemarkSaved> {
      const { organizationId, digestId, personId, figure, seen, at, requestKey } = remark;
      const words = remark.words ?? '';
      return inTransaction(pool, async (client) => {
        // Whoever posts it at this moment is waited for: the remark is either in the post, or changes it.
        const digest = await findDigest(client, organizationId, digestId, 'FOR NO KEY UPDATE OF d');
        if (digest === null) return { became: 'gone' };
        const { rows } = await client.query(
          `SELECT figure, words, version, "requestKey" FROM "DigestRemark"
           WHERE "organizationId" = $1 AND "digestId" = $2 AND "personId" = $3`,
          [organizationId, digestId, personId],
        );
        const all = z.array(earlierRow).parse(rows);
        const before = all.find((one) => one.figure === figure) ?? { words: '', version: 0 };
        if (before.words === words || all.some((one) => one.requestKey === requestKey)) return { became: 'saved' };
        if (before.version !== seen)
          return { became: 'changed', version: before.version, words: before.words === '' ? null : before.words };
        await client.query(
          `INSERT INTO "DigestRemark" AS r ("organizationId", id, "digestId", "personId", figure, words, at, "requestKey")
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
           ON CONFLICT ("organizationId", "digestId", "personId", figure) DO UPDATE
             SET words = $6, at = $7, "requestKey" = $8, version = r.version + 1`,
          [organizationId, newId(), digestId, personId, figure, words, at.toString(), requestKey],
        );
        const { posted } = digest;
        if (posted !== null) {
          const remarks = await remarksOf(client, organizationId, digestId);
          await putIntoOutbox(client, [await redraw({ ...digest, posted }, remarks)]);
        }
        return { became: 'saved' };
      });
    },
  };
}

export type RemarkStore = ReturnType<typeof remarkStore>;
