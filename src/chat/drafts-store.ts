import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Database } from '../database.ts';
import type { Draft, Drafts } from './drafts.ts';
import { isPointer } from './pointer.ts';

/** After this a draft is nobody's any more: the day it was about is over. */
const kept = Temporal.Duration.from({ hours: 24 });

const draftRow = z
  .object({ id: z.string(), context: z.record(z.string(), z.string()), answers: z.record(z.string(), z.unknown()) })
  .transform(({ id, context, answers }): Draft => ({ id, about: context, answers }));

/** Keeps drafts in the database; each of its answers is one statement. */
export function createDrafts({ database, clock }: { database: Pick<Database, 'pool'>; clock: Clock }): Drafts {
  const { pool } = database;
  const since = () => clock.now().subtract(kept).toString();
  return {
    async keep(organizationId, personId, { form, formId, about, answers }) {
      if (!isPointer(formId)) return;
      // The person's drafts of yesterday go with the first one of today.
      await pool.query({
        name: 'drafts.keep',
        text: `WITH old AS (
            DELETE FROM "Draft" WHERE "organizationId" = $1 AND "personId" = $3 AND "savedAt" < $8 AND id <> $2
          )
          INSERT INTO "Draft" ("organizationId", id, "personId", form, context, answers, "savedAt")
          VALUES ($1, $2, $3, $4, $5, $6, $7)
          ON CONFLICT ("organizationId", id) DO UPDATE
            SET context = EXCLUDED.context, answers = EXCLUDED.answers, "savedAt" = EXCLUDED."savedAt"
            WHERE "Draft"."personId" = EXCLUDED."personId"`,
        values: [
          ...[organizationId, formId, personId, form, JSON.stringify(about), JSON.stringify(answers)],
          ...[clock.now().toString(), since()],
        ],
      });
    },

    async offer(organizationId, personId, form) {
      const { rows } = await pool.query({
        name: 'drafts.offer',
        text: `UPDATE "Draft" d SET "offeredAt" = $4
          WHERE d."organizationId" = $1 AND d.id = (
            SELECT id FROM "Draft" WHERE "organizationId" = $1 AND "personId" = $2 AND form = $3
              AND "offeredAt" IS NULL AND "savedAt" >= $5
            ORDER BY "savedAt" DESC, id DESC LIMIT 1 FOR UPDATE SKIP LOCKED)
          RETURNING d.id, d.context, d.answers`,
        values: [organizationId, personId, form, clock.now().toString(), since()],
      });
      return rows.length === 0 ? null : draftRow.parse(rows[0]);
    },

    async offerAgain(organizationId, personId, id) {
      await pool.query({
        name: 'drafts.offerAgain',
        text: `UPDATE "Draft" SET "offeredAt" = NULL WHERE "organizationId" = $1 AND "personId" = $2 AND id = $3`,
        values: [organizationId, personId, id],
      });
    },

    async take(organizationId, personId, id) {
      if (!isPointer(id)) return null;
      const { rows } = await pool.query({
        name: 'drafts.take',
        text: `SELECT id, context, answers FROM "Draft"
          WHERE "organizationId" = $1 AND "personId" = $2 AND id = $3 AND "savedAt" >= $4`,
        values: [organizationId, personId, id, since()],
      });
      return rows.length === 0 ? null : draftRow.parse(rows[0]);
    },

    async drop(organizationId, personId, id) {
      if (!isPointer(id)) return;
      await pool.query({
        name: 'drafts.drop',
        text: `DELETE FROM "Draft" WHERE "organizationId" = $1 AND "personId" = $2 AND id = $3`,
        values: [organizationId, personId, id],
      });
    },
  };
}
