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

/** What speaks against a change of the list, as a sentence; null: nothing. */
type Rule = (all: readonly Dimension[]) => string | null;

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

  /** All of them, and whoever else changes the list waits: what a rule says of it still holds when it is written. */
  async function held(client: Queries, organizationId: string): Promise<Dimension[]> {
    await client.query(`SELECT FROM "ServiceDimension" WHERE "organizationId" = $1 ORDER BY id FOR UPDATE`, [
      organizationId,
    ]);
    return read(client, organizationId);
  }

  const changed = (
    organizationId: string,
    refused: Rule,
    statement: { text: string; values: unknown[] },
  ): Promise<string | null> =>
    inTransaction(pool, async (client) => {
      const why = refused(await held(client, organizationId));
      if (why === null) await client.query(statement);
      return why;
    });

  return {
    all,

    /** Adds one at the end, unless the list as it is then refuses it: why. The same id again changes nothing. */
    add(organizationId: string, { id, name }: { id: string; name: string }, refused: Rule): Promise<string | null> {
      return inTransaction(pool, async (client) => {
        const all = await held(client, organizationId);
        if (all.some((one) => one.id === id)) return null;
        const why = refused(all);
        if (why !== null) return why;
        await client.query(
          `INSERT INTO "ServiceDimension" ("organizationId", id, name, position)
           SELECT $1, $2, $3, coalesce(max(position), 0) + 1 FROM "ServiceDimension" WHERE "organizationId" = $1`,
          [organizationId, id, name],
        );
        return null;
      });
    },

    /** Names one anew, unless the list as it is then refuses it: why. */
    rename(organizationId: string, { id, name }: { id: string; name: string }, refused: Rule): Promise<string | null> {
      return changed(organizationId, refused, {
        text: `UPDATE "ServiceDimension" SET name = $3 WHERE "organizationId" = $1 AND id = $2`,
        values: [organizationId, id, name],
      });
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

    /** Asks for it again, unless the list as it is then refuses it: why. */
    restore(organizationId: string, id: string, refused: Rule): Promise<string | null> {
      return changed(organizationId, refused, {
        text: `UPDATE "ServiceDimension" SET "archivedAt" = NULL WHERE "organizationId" = $1 AND id = $2`,
        values: [organizationId, id],
      });
    },

    /** Lets one change places with the one before it, when it still stands behind `after`: a second delivery does nothing. */
    moveUp(organizationId: string, id: string, after: string): Promise<void> {
      return inTransaction(pool, async (client) => {
        const all = await held(client, organizationId);
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
