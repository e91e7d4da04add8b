import type { Database } from '../database.ts';
import { meetingColumns, readMeeting } from './meeting-row.ts';
import type { MorningMeeting } from './plan-ahead.ts';
import { readQuestions } from './question.ts';

/** The morning meetings `m` that ask a person, of teams `t`: `FROM` and `WHERE`, with more `joins` between them. */
export const morningsOf = (organizationId: string, personId: string, joins = ''): string => `
FROM "Membership" s
JOIN "Team" t ON t."organizationId" = s."organizationId" AND t.id = s."teamId" AND t."archivedAt" IS NULL
JOIN "Meeting" m ON m."organizationId" = s."organizationId" AND m."teamId" = s."teamId" AND m.kind = 'morning'
  AND m."pausedAt" IS NULL AND m."archivedAt" IS NULL ${joins}
WHERE s."organizationId" = ${organizationId} AND s."personId" = ${personId} AND NOT EXISTS (SELECT FROM "MeetingObserver" o
  WHERE o."organizationId" = m."organizationId" AND o."meetingId" = m.id AND o."personId" = s."personId")`;

const questionsOf = `JOIN "MeetingQuestions" k ON k."organizationId" = m."organizationId" AND k."meetingId" = m.id
  AND k.version = m."questionsVersion"`;

const morningsSql = `
SELECT ${meetingColumns('m')}, t."timeZone" AS "teamZone", k.questions
${morningsOf('$1', '$2', questionsOf)}
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
