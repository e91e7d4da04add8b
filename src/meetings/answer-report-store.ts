import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Database } from '../database.ts';
import type { Period } from '../visits/index.ts';
import type { WhichMeeting } from './answer-report.ts';
import type { ReportEntry } from './answer-report-card.ts';
import { type ItemRow, itemJson, readItem } from './day-store.ts';
import { meetingKinds } from './meeting.ts';
import { promptStates } from './prompt-cards.ts';
import { readQuestions } from './question.ts';

/** Whose answers: one person's, those of teams, or everybody's. */
export type Whose = { personId: string } | { teamIds: readonly string[] } | 'all';

const entryRow = z.object({
  person: z.object({ id: z.string(), name: z.string() }),
  kind: z.enum(meetingKinds),
  meetingName: z.string().nullable(),
  date: z.string().transform((written) => Temporal.PlainDate.from(written)),
  state: z.enum(promptStates),
  questions: z.unknown().transform(readQuestions),
  answers: z.record(z.string(), z.string()),
  // Written by itemJson.
  items: z.array(z.custom<ItemRow>((item) => typeof item === 'object' && item !== null).transform(readItem)),
}) satisfies z.ZodType<ReportEntry>;

const entriesSql = `
SELECT json_build_object('id', p.id, 'name', p.name) AS person, q.kind, m.name AS "meetingName", q.date::text, q.state,
  k.questions, coalesce(q.answers, '{}') AS answers,
  coalesce((
    SELECT json_agg(${itemJson} ORDER BY i.position, i.id) FROM "PlanItem" i
    LEFT JOIN "Account" c ON c."organizationId" = i."organizationId" AND c.id = i."accountId"
    WHERE i."organizationId" = q."organizationId" AND i."personId" = q."personId" AND i.date = q.date
      AND q.kind = 'morning'), '[]') AS items
FROM "Prompt" q
JOIN "Person" p ON p."organizationId" = q."organizationId" AND p.id = q."personId"
JOIN "Meeting" m ON m."organizationId" = q."organizationId" AND m.id = q."questionsOfId"
JOIN "MeetingQuestions" k ON k."organizationId" = q."organizationId" AND k."meetingId" = q."questionsOfId"
  AND k.version = q."questionsVersion"
WHERE q."organizationId" = $1 AND q.date BETWEEN $2::date AND $3::date AND ($4::uuid IS NULL OR q."personId" = $4)
  AND ($5::uuid[] IS NULL OR q."personId" IN (SELECT s."personId" FROM "Membership" s
    WHERE s."organizationId" = $1 AND s."teamId" = ANY ($5::uuid[])))
  AND ($6::text IS NULL OR q.kind::text = $6)
  AND ($7::uuid IS NULL OR q."questionsOfId" = $7 OR EXISTS (SELECT FROM "PromptMeeting" l
    JOIN "Occurrence" o ON o."organizationId" = l."organizationId" AND o.id = l."occurrenceId"
    WHERE l."organizationId" = $1 AND l."promptId" = q.id AND o."meetingId" = $7))
ORDER BY q.date DESC, q."opensAt" DESC, p.name, q.id LIMIT $8 OFFSET $9`;

/** Reading what was answered. */
export function answerReportStore({ pool }: Pick<Database, 'pool'>) {
  return {
    /** The newest first. */
    async entries(
      organizationId: string,
      on: { whose: Whose; which: WhichMeeting; period: Period; limit: number; skip: number },
    ): Promise<readonly ReportEntry[]> {
      const { whose, which, period, limit, skip } = on;
      const { rows } = await pool.query(entriesSql, [
        ...[organizationId, period.from.toString(), period.to.toString()],
        whose !== 'all' && 'personId' in whose ? whose.personId : null,
        whose !== 'all' && 'teamIds' in whose ? whose.teamIds : null,
        which !== null && 'kind' in which ? which.kind : null,
        which !== null && 'meetingId' in which ? which.meetingId : null,
        ...[limit, skip],
      ]);
      return z.array(entryRow).parse(rows);
    },

    /** Meetings with a name of their own, archived ones too; the longest names that there can be are few. */
    async named(organizationId: string): Promise<readonly { id: string; name: string }[]> {
      const { rows } = await pool.query<{ id: string; name: string }>(
        `SELECT id, name FROM "Meeting" WHERE "organizationId" = $1 AND name IS NOT NULL ORDER BY id DESC LIMIT 500`,
        [organizationId],
      );
      return rows;
    },
  };
}

export type AnswerReportStore = ReturnType<typeof answerReportStore>;
