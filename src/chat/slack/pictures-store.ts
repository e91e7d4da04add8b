import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Database } from '../../database.ts';
import { newId } from '../../ids.ts';

/** A picture that the workspace has as a file; `ready`: messages may show it. */
export interface Uploaded {
  file: string;
  ready: boolean;
}

const row = z.object({ file: z.string(), ready: z.boolean() });

/** The pictures that one workspace has, by what can be seen on them. */
export function picturesStore({ pool }: Pick<Database, 'pool'>, of: { organizationId: string; workspaceId: string }) {
  const ours = [of.organizationId, of.workspaceId];
  return {
    async find(hash: string): Promise<Uploaded | null> {
      const { rows } = await pool.query(
        `SELECT file, "readyAt" IS NOT NULL AS ready FROM "UploadedPicture"
         WHERE "organizationId" = $1 AND "workspaceId" = $2 AND hash = $3`,
        [...ours, hash],
      );
      return rows.length === 0 ? null : row.parse(rows[0]);
    },

    /** Remembers an upload. Answers the file that counts: another process may have been quicker. */
    async keep(hash: string, file: string, now: Temporal.Instant): Promise<string> {
      const { rows } = await pool.query(
        `INSERT INTO "UploadedPicture" ("organizationId", "workspaceId", id, hash, file, "uploadedAt")
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT ("organizationId", "workspaceId", hash) DO UPDATE SET hash = EXCLUDED.hash
         RETURNING file`,
        [...ours, newId(), hash, file, now.toString()],
      );
      return z.object({ file: z.string() }).parse(rows[0]).file;
    },

    async isReady(file: string, now: Temporal.Instant): Promise<void> {
      await pool.query(
        `UPDATE "UploadedPicture" SET "readyAt" = $4 WHERE "organizationId" = $1 AND "workspaceId" = $2 AND file = $3`,
        [...ours, file, now.toString()],
      );
    },

    /** The workspace shows these files no more: next time they are uploaded anew. */
    async forget(files: readonly string[]): Promise<void> {
      await pool.query(
        `DELETE FROM "UploadedPicture" WHERE "organizationId" = $1 AND "workspaceId" = $2 AND file = ANY ($3)`,
        [...ours, files],
      );
    },
  };
}

export type PicturesStore = ReturnType<typeof picturesStore>;
