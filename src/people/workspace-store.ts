import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../database.ts';
import { newId } from '../ids.ts';

/** A workspace as its platform names it. */
export interface PlatformWorkspace {
  platform: string;
  externalId: string;
}

/** Where a workspace belongs. `elsewhere`: not where it was to be, because it is known in another organisation. */
export interface Ensured {
  organizationId: string;
  workspaceId: string;
  elsewhere?: true;
}

const uniqueViolation = '23505';

/** Which workspace belongs to which organisation. */
export function workspaceStore({ pool }: Pick<Database, 'pool'>) {
  return {
    /** Null: the workspace is not known, also not as a removed one. */
    async organizationOf({ platform, externalId }: PlatformWorkspace): Promise<string | null> {
      const { rows } = await pool.query<{ organizationId: string }>(
        'SELECT "organizationId" FROM "Workspace" WHERE platform = $1 AND "externalId" = $2',
        [platform, externalId],
      );
      return rows[0]?.organizationId ?? null;
    },

    /**
     * Makes the workspace when it is new, in the organisation or, where none is given, in one of its own; a removed one is
     * back. Throws when there is no such organisation.
     */
    async ensure(
      workspace: PlatformWorkspace & { name: string; locale: string; organizationId?: string },
      now: Temporal.Instant,
    ): Promise<Ensured> {
      const { platform, externalId, name, locale, organizationId } = workspace;
      for (let attempt = 1; ; attempt += 1) {
        const found = await pool.query<{ organizationId: string; workspaceId: string }>(
          `UPDATE "Workspace" SET name = $3, "removedAt" = NULL WHERE platform = $1 AND "externalId" = $2
           RETURNING "organizationId", id AS "workspaceId"`,
          [platform, externalId, name],
        );
        const [row] = found.rows;
        if (row !== undefined) {
          const elsewhere = organizationId !== undefined && organizationId !== row.organizationId;
          return elsewhere ? { ...row, elsewhere } : row;
        }
        try {
          if (organizationId === undefined) {
            await pool.query(
              `WITH organization AS (
                 INSERT INTO "Organization" (id, name, locale, "createdAt") VALUES ($4, $3, $6, $7) RETURNING id
               )
               INSERT INTO "Workspace" ("organizationId", id, platform, "externalId", name)
               SELECT id, $5, $1, $2, $3 FROM organization`,
              [platform, externalId, name, newId(), newId(), locale, new Date(now.epochMilliseconds)],
            );
          } else {
            await pool.query(
              'INSERT INTO "Workspace" ("organizationId", id, platform, "externalId", name) VALUES ($1, $2, $3, $4, $5)',
              [organizationId, newId(), platform, externalId, name],
            );
          }
        } catch (error) {
          // Another process was quicker: nothing of this statement was stored, and the next look finds theirs.
          const lostRace = error instanceof Error && 'code' in error && error.code === uniqueViolation;
          if (!lostRace || attempt === 3) throw error;
        }
      }
    },
  };
}

export type WorkspaceStore = ReturnType<typeof workspaceStore>;
