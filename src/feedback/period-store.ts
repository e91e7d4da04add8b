import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Database } from '../database.ts';
import { feedbackKinds, feedbackStates } from './feedback.ts';

/** What a customer said, as far as a report of a period shows it. */
const saidRow = z.object({
  account: z.string(),
  kind: z.enum(feedbackKinds),
  dimensionId: z.string().nullable(),
  words: z.string(),
  saidOn: z.string().transform((day) => Temporal.PlainDate.from(day)),
  state: z.enum(feedbackStates),
  answer: z.string().nullable(),
  outcome: z.string().nullable(),
});
export type SaidInPeriod = z.output<typeof saidRow>;

/** Feedback over accounts, for reports. */
export function periodStore({ pool }: Pick<Database, 'pool'>) {
  return {
    /**
     * What customers of these teams (their accounts, and those of their members that are assigned to no team; null: everybody's) were not content with
     * or wished for, what weighs most first; praise is left out.
     */
    async saidIn(
      organizationId: string,
      teamIds: readonly string[] | null,
      { from, to }: { from: Temporal.PlainDate; to: Temporal.PlainDate },
      limit: number,
    ): Promise<SaidInPeriod[]> {
      const { rows } = await pool.query(
        `SELECT a.name AS account, f.kind::text, f."dimensionId", f.words, f."saidOn"::text, f.state::text, f.answer, f.outcome
         FROM "Feedback" f JOIN "Account" a ON a."organizationId" = f."organizationId" AND a.id = f."accountId"
         WHERE f."organizationId" = $1 AND f."undoneAt" IS NULL AND f.kind <> 'praise'
           AND f."saidOn" BETWEEN $3::date AND $4::date
           AND ($2::uuid[] IS NULL OR a."teamId" = ANY ($2) OR (a."teamId" IS NULL AND EXISTS (SELECT FROM "Membership" m
             WHERE m."organizationId" = $1 AND m."personId" = a."ownerId" AND m."teamId" = ANY ($2))))
         ORDER BY f.severity DESC, f."saidOn" DESC, f.id DESC LIMIT $5`,
        [organizationId, teamIds, from.toString(), to.toString(), limit],
      );
      return rows.map((row) => saidRow.parse(row));
    },
  };
}
