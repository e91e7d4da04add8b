import type { Temporal } from 'temporal-polyfill';
import type { Queries } from '../actions/index.ts';
import { withdrawal } from './prompt-messages.ts';

const withdrawSql = withdrawal('SELECT $1::uuid AS "organizationId", $2::uuid AS id');

/**
 * When summaries are due. Parameters: organisation, prompt, instant. One that was posted is drawn anew; one that waits is
 * posted as soon as nobody is left to answer: everybody's window has opened, and every member who is asked and not away
 * has answered. A sales meeting's waits for the close, for until then it decides.
 */
const summarySql = `
UPDATE "Occurrence" o SET "summaryAt" = $3::timestamptz
FROM "PromptMeeting" l, "Meeting" m
WHERE l."organizationId" = $1 AND l."promptId" = $2 AND o."organizationId" = $1 AND o.id = l."occurrenceId"
  AND m."organizationId" = $1 AND m.id = o."meetingId" AND (o."postedAt" IS NOT NULL OR m.kind <> 'sales' AND o."summaryAt" > $3::timestamptz
  AND NOT EXISTS (SELECT FROM "PromptMeeting" s JOIN "Prompt" q ON q."organizationId" = $1 AND q.id = s."promptId"
    WHERE s."organizationId" = $1 AND s."occurrenceId" = o.id AND (q.state = 'open' OR q."opensAt" > $3::timestamptz))
  AND NOT EXISTS (SELECT FROM "Membership" b JOIN "Person" p ON p."organizationId" = $1 AND p.id = b."personId"
    WHERE b."organizationId" = $1 AND b."teamId" = m."teamId" AND p."deactivatedAt" IS NULL AND NOT p.observer
      AND NOT EXISTS (SELECT FROM "MeetingObserver" w WHERE w."organizationId" = $1 AND w."meetingId" = m.id
        AND w."personId" = p.id)
      AND NOT EXISTS (SELECT FROM "Absence" a WHERE a."organizationId" = $1 AND a."personId" = p.id AND a.half IS NULL
        AND a."cancelledAt" IS NULL AND o.date BETWEEN a."fromDay" AND a."toDay")
      AND NOT EXISTS (SELECT FROM "PromptMeeting" s JOIN "Prompt" q ON q."organizationId" = $1 AND q.id = s."promptId"
        WHERE s."organizationId" = $1 AND s."occurrenceId" = o.id AND q."personId" = p.id)))`;

/** A summary that was posted is drawn anew. */
const postedAgainSql = `UPDATE "Occurrence" o SET "summaryAt" = $3::timestamptz FROM "PromptMeeting" l
  WHERE l."organizationId" = $1 AND l."promptId" = $2 AND o."organizationId" = $1 AND o.id = l."occurrenceId"
    AND o."postedAt" IS NOT NULL`;

const lockSql = `SELECT FROM "PromptMeeting" l
  JOIN "Occurrence" o ON o."organizationId" = l."organizationId" AND o.id = l."occurrenceId"
  WHERE l."organizationId" = $1 AND l."promptId" = $2 ORDER BY o.id FOR NO KEY UPDATE OF o`;

/**
 * What follows from an answer, in its transaction: nothing asks for it any more, and the summaries that it counts in are
 * due. A summary that is being posted at this moment is waited for: it does not know of the answer yet, and is drawn anew.
 * `answered`: the prompt was answered now, and not only changed in what came of its plan.
 */
export async function afterAnswer(
  through: Queries,
  prompt: { organizationId: string; id: string },
  { answered, now }: { answered: boolean; now: Temporal.Instant },
): Promise<void> {
  const of = [prompt.organizationId, prompt.id];
  if (answered) await through.query(withdrawSql, of);
  await through.query(lockSql, of);
  await through.query(answered ? summarySql : postedAgainSql, [...of, now.toString()]);
}
