import type { Database } from '../database.ts';
import { meetingColumns, readMeeting } from './meeting-row.ts';
import type { MorningMeeting } from './plan-ahead.ts';
import { readQuestions } from './question.ts';

const morningsSql = `
SELECT ${meetingColumns('m')}, t."timeZone" AS "teamZone", k.questions
FROM "Membership" s
JOIN "Team" t ON t."organizationId" = s."organizationId" AND t.id = s."teamId" AND t."archivedAt" IS NULL
JOIN "Meeting" m ON m."organizationId" = s."organizationId" AND m."teamId" = s."teamId" AND m.kind = 'morning'
  AND m."pausedAt" IS NULL AND m."archivedAt" IS NULL
JOIN "MeetingQuestions" k ON k."organizationId" = m."organizationId" AND k."meetingId" = m.id
  AND k.version = m."questionsVersion"
WHERE s."organizationId" = $1 AND s."personId" = $2 AND NOT EXISTS (SELECT FROM "MeetingObserver" o
  WHERE o."organizationId" = m."organizationId" AND o."meetingId" = m.id AND o."personId" = s."personId")
ORDER BY m.id`;

/** Which morning meetings ask a person. */
export function planAheadStore({ pool }: Pick<Database, 'pool'>) {
  return {
    async mornings(organizationId: string, personId: string): Promise<readonly MorningMeeting[]> {
      const { rows } = await pool.query<{ teamZone: string; questions: unknown }>({
        name: 'meetings.mornings',
        text: morningsSql,
        values: [organizationId, personId],
      });
      return rows.map((row) => ({
        meeting: readMeeting(row),
        questions: readQuestions(row.questions),
        timeZone: row.teamZone,
      }));
    },
  };
}

export type PlanAheadStore = ReturnType<typeof planAheadStore>;
