import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../../src/database.ts';
import { defaults } from '../../src/meetings/meeting.ts';
import { standardOf } from '../../src/meetings/question.ts';

const { morning } = defaults;

/** Gives each team of the crowd a morning meeting on each day of the year, which begins when it is told to. */
export async function giveMornings({ pool }: Database): Promise<void> {
  await pool.query(`INSERT INTO "TeamCalendar" ("organizationId", "teamId", weekdays)
    SELECT "organizationId", id, '{1,2,3,4,5,6,7}' FROM "Team"`);
  await pool.query(
    `INSERT INTO "Meeting" ("organizationId", id, "teamId", kind, rule, "startsOn", "startsAt", clock, "windowMinutes",
       "remindAfter", "createdAt")
     SELECT "organizationId", gen_random_uuid(), id, 'morning', 'FREQ=DAILY', '2026-01-01', '00:00', 'person', $1, 0, now()
     FROM "Team"`,
    [morning.windowMinutes],
  );
  await pool.query(
    `INSERT INTO "MeetingQuestions" ("organizationId", "meetingId", version, questions, "createdAt")
     SELECT "organizationId", id, 1, $1, now() FROM "Meeting"`,
    [JSON.stringify(standardOf.morning)],
  );
}

/** Lets the morning of so many teams begin at this minute of their people's day; fewer when fewer are left. */
export async function letBegin(
  { pool }: Database,
  { teams, now, zone }: { teams: number; now: Temporal.Instant; zone: string },
): Promise<number> {
  const { rowCount } = await pool.query(
    `UPDATE "Meeting" m SET "startsAt" = $1, "nextAt" = $2
     FROM (SELECT "organizationId", id FROM "Meeting" WHERE "nextAt" IS NULL LIMIT $3) AS next
     WHERE m."organizationId" = next."organizationId" AND m.id = next.id`,
    [now.toZonedDateTimeISO(zone).toPlainTime().toString({ smallestUnit: 'minute' }), now.toString(), teams],
  );
  return rowCount ?? 0;
}
