import { z } from 'zod';
import { inTransaction } from '../database/transaction.ts';
import type { Database } from '../database.ts';
import { newId } from '../ids.ts';
import { builtInDimensions, type Dimension, movedUp } from './dimension.ts';

const dimensionRows = z.array(
  z.object({
    id: z.string(),
    key: z.enum(builtInDimensions).nullable(),
    name: z.string().nullable(),
    archived: z.boolean(),
  }),
);

const readSql = `SELECT id, key, name, "archivedAt" IS NOT NULL AS archived FROM "ServiceDimension"
  WHERE "organizationId" = $1 ORDER BY position, id`;

type Queries = Pick<Database['pool'], 'query'>;

/** Each organisation's own list of what customers speak of. */
export function dimensionStore({ pool }: Pick<Database, 'pool'>) {
  const read = async (through: Queries, organizationId: string): Promise<Dimension[]> =>
    dimensionRows.parse((await through.query(readSql, [organizationId])).rows);

  /** All of them in their order, archived ones too. Whoever asks first gives the organisation the five it begins with. */
  async function all(organizationId: string): Promise<Dimension[]> {
    const known = await read(pool, organizationId);
    if (known.length > 0) return known;
    await pool.query(
      `INSERT INTO "ServiceDimension" ("organizationId", id, key, position)
       SELECT $1, one.id, one.key, one.position
       FROM unnest($2::uuid[], $3::text[]) WITH ORDINALITY AS one (id, key, position) ON CONFLICT DO NOTHING`,
      [organizationId, builtInDimensions.map(() => newId()), builtInDimensions],
    );
    return read(pool, organizationId);
  }

  return {
    all,

    /** Adds one at the end; the same id again changes nothing. */
    async add(organizationId: string, { id, name }: { id: string; name: string }): Promise<void> {
      await pool.query(
        `INSERT INTO "ServiceDimension" ("organizationId", id, name, position)
         SELECT $1, $2, $3, coalesce(max(position), 0) + 1 FROM "ServiceDimension" WHERE "organizationId" = $1
         ON CONFLICT DO NOTHING`,
        [organizationId, id, name],
      );
    },

    /** Names one anew, when it still is called what the person saw; false when it is not, or is not there. */
    async rename(organizationId: string, id: string, was: string | null, name: string): Promise<boolean> {
      const { rowCount } = await pool.query(
        `UPDATE "ServiceDimension" SET name = $4
         WHERE "organizationId" = $1 AND id = $2 AND (name IS NOT DISTINCT FROM $3 OR name = $4)`,
        [organizationId, id, was, name],
      );
      return rowCount === 1;
    },

    /** Stops asking for one, but never for the last; false when it is the last that is asked, or is not there. */
    archive(organizationId: string, id: string, at: string): Promise<boolean> {
      return inTransaction(pool, async (client) => {
        const asked = await client.query<{ id: string }>(
          `SELECT id FROM "ServiceDimension" WHERE "organizationId" = $1 AND "archivedAt" IS NULL ORDER BY id FOR UPDATE`,
          [organizationId],
        );
        if (asked.rows.length === 1 && asked.rows[0]?.id === id) return false;
        const { rowCount } = await client.query(
          `UPDATE "ServiceDimension" SET "archivedAt" = coalesce("archivedAt", $3)
           WHERE "organizationId" = $1 AND id = $2`,
          [organizationId, id, at],
        );
        return rowCount === 1;
      });
    },

    /** Asks for it again; false when it is not there. */
    async restore(organizationId: string, id: string): Promise<boolean> {
      const { rowCount } = await pool.query(
        `UPDATE "ServiceDimension" SET "archivedAt" = NULL WHERE "organizationId" = $1 AND id = $2`,
        [organizationId, id],
      );
      return rowCount === 1;
    },

    /** Lets one change places with the one before it, when it still stands behind `after`: a second delivery does nothing. */
    moveUp(organizationId: string, id: string, after: string): Promise<void> {
      return inTransaction(pool, async (client) => {
        await client.query(`SELECT FROM "ServiceDimension" WHERE "organizationId" = $1 ORDER BY id FOR UPDATE`, [
          organizationId,
        ]);
        const all = await read(client, organizationId);
        const asked = all.filter((one) => !one.archived);
        const moved = asked[asked.findIndex((one) => one.id === id) - 1]?.id === after ? movedUp(all, id) : null;
        if (moved === null) return;
        await client.query(
          `UPDATE "ServiceDimension" d SET position = one.position
           FROM unnest($2::uuid[]) WITH ORDINALITY AS one (id, position) WHERE d."organizationId" = $1 AND d.id = one.id`,
          [organizationId, moved.map((one) => one.id)],
        );
      });
    },
  };
}

export type DimensionStore = ReturnType<typeof dimensionStore>;
