import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { OutboxRow } from '../chat/outbox.ts';
import { outboxInsert } from '../chat/outbox-insert.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Database } from '../database.ts';
import type { Meeting, MeetingKind } from './meeting.ts';
import { meetingColumns, readMeeting } from './meeting-row.ts';
import { type Question, readQuestions } from './question.ts';

/** A meeting that was taken to be looked at, with whom it may ask. */
export interface TakenMeeting {
  meeting: Meeting;
  questions: readonly Question[];
  team: { timeZone: string };
  people: readonly TakenPerson[];
  plannedFor: Temporal.Instant;
}

/** A member of the team who may be asked. */
export interface TakenPerson {
  id: string;
  timeZone: string;
  locale: string;
}

/** What a person was asked already on a day. */
export interface AskedBefore {
  organizationId: string;
  personId: string;
  slot: string;
  date: string;
}

/** A prompt to be made, unless the person was asked on that day already. */
export interface NewPrompt extends AskedBefore {
  id: string;
  kind: MeetingKind;
  opensAt: Temporal.Instant;
  closesAt: Temporal.Instant;
  dueAt: Temporal.Instant | null;
  state: 'open' | 'missed';
  questionsOfId: string;
  questionsVersion: number;
}

/** In which meeting a person counts on a day. */
export interface Counted extends AskedBefore {
  meetingId: string;
  /** The id of the meeting's row for that day, where there is none yet. */
  occurrenceId: string;
  /** When its window closes for the last of them. */
  closesAt: Temporal.Instant;
}

/** What becomes of the meetings that were taken. */
export interface Plan {
  prompts: readonly NewPrompt[];
  counted: readonly Counted[];
  /** What is said, by the key `prompt:<id>` of one of `prompts`; not said when that person was asked already. */
  tell: readonly OutboxRow[];
  /** When each is looked at again. */
  next: readonly { organizationId: string; id: string; nextAt: Temporal.Instant }[];
}

/** Meetings in one transaction: their people's cards are in memory until it ends. */
const batch = 20;

const takenRow = z.object({
  plannedFor: z.date(),
  teamZone: z.string(),
  questions: z.unknown(),
  people: z.array(z.object({ id: z.string(), timeZone: z.string(), locale: z.string() })),
});

const dueSql = `
  SELECT m.* FROM "Meeting" m WHERE m."nextAt" <= $1::timestamptz
  ORDER BY m."nextAt", m.id LIMIT ${batch} FOR NO KEY UPDATE SKIP LOCKED`;

const ofPersonSql = `
  SELECT m.* FROM "Meeting" m
  WHERE m."organizationId" = $1::uuid AND m."nextAt" IS NOT NULL AND m."teamId" IN (SELECT s."teamId" FROM "Membership" s
    WHERE s."organizationId" = $1::uuid AND s."personId" = $2::uuid)
  ORDER BY m."nextAt", m.id FOR NO KEY UPDATE`;

const takeSql = (taken: string) => `
WITH taken AS (${taken})
SELECT ${meetingColumns('m')}, m."nextAt" AS "plannedFor", t."timeZone" AS "teamZone", q.questions,
  coalesce((
    SELECT json_agg(json_build_object('id', p.id, 'timeZone', p."timeZone",
      'locale', coalesce(p."chosenLocale", p.locale, org.locale)) ORDER BY p.id)
    FROM "Membership" s JOIN "Person" p ON p."organizationId" = s."organizationId" AND p.id = s."personId"
    WHERE s."organizationId" = m."organizationId" AND s."teamId" = m."teamId" AND p."deactivatedAt" IS NULL
      AND NOT p.observer AND t."archivedAt" IS NULL AND NOT EXISTS (SELECT FROM "MeetingObserver" o
        WHERE o."organizationId" = m."organizationId" AND o."meetingId" = m.id AND o."personId" = p.id)
  ), '[]') AS people
FROM taken m
JOIN "Team" t ON t."organizationId" = m."organizationId" AND t.id = m."teamId"
JOIN "Organization" org ON org.id = m."organizationId"
JOIN "MeetingQuestions" q ON q."organizationId" = m."organizationId" AND q."meetingId" = m.id
  AND q.version = m."questionsVersion"`;

/** One order for all: two processes that make the same people's prompts wait for each other instead of blocking. */
const storeSql = `
WITH given AS (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS r("organizationId" uuid, id uuid, "personId" uuid, kind "MeetingKind",
    slot text, date date, "opensAt" timestamptz, "closesAt" timestamptz, "dueAt" timestamptz, state "PromptState",
    "questionsOfId" uuid, "questionsVersion" int)
  ORDER BY "organizationId", "personId", slot, date
), counted AS (
  SELECT * FROM jsonb_to_recordset($2::jsonb) AS r("organizationId" uuid, "personId" uuid, slot text, date date,
    "meetingId" uuid, "occurrenceId" uuid, "closesAt" timestamptz)
), occurrence AS (
  INSERT INTO "Occurrence" AS o ("organizationId", id, "meetingId", date, "closesAt", "summaryAt")
  SELECT "organizationId", (array_agg("occurrenceId"))[1], "meetingId", date, max("closesAt"), max("closesAt")
  FROM counted GROUP BY "organizationId", "meetingId", date ORDER BY 1, 3, 4
  ON CONFLICT ("organizationId", "meetingId", date) DO UPDATE SET
    "closesAt" = greatest(o."closesAt", EXCLUDED."closesAt"),
    "summaryAt" = CASE WHEN o."postedAt" IS NULL THEN greatest(o."closesAt", EXCLUDED."closesAt") ELSE o."summaryAt" END
  RETURNING "organizationId", id, "meetingId", date
), asked AS (
  INSERT INTO "Prompt" AS p ("organizationId", id, "personId", kind, slot, date, "opensAt", "closesAt", "dueAt", state,
    "questionsOfId", "questionsVersion")
  SELECT "organizationId", id, "personId", kind, slot, date, "opensAt", "closesAt", "dueAt", state, "questionsOfId",
    "questionsVersion" FROM given
  ON CONFLICT ("organizationId", "personId", slot, date, nth) DO UPDATE SET nth = p.nth
  RETURNING "organizationId", id, "personId", slot, date
), prompt AS (
  SELECT * FROM asked
  UNION SELECT p."organizationId", p.id, p."personId", p.slot, p.date
  FROM "Prompt" p JOIN counted USING ("organizationId", "personId", slot, date) WHERE p.nth = 1
), linked AS (
  INSERT INTO "PromptMeeting" ("organizationId", "promptId", "occurrenceId")
  SELECT prompt."organizationId", prompt.id, occurrence.id
  FROM counted
  JOIN prompt USING ("organizationId", "personId", slot, date)
  JOIN occurrence USING ("organizationId", "meetingId", date)
  ON CONFLICT DO NOTHING
), told AS (
  ${outboxInsert('$3', `JOIN asked ON asked."organizationId" = r."organizationId" AND r.key = 'prompt:' || asked.id`)}
  RETURNING id
), planned AS (
  UPDATE "Meeting" m SET "nextAt" = r."nextAt"
  FROM jsonb_to_recordset($4::jsonb) AS r("organizationId" uuid, id uuid, "nextAt" timestamptz)
  WHERE m."organizationId" = r."organizationId" AND m.id = r.id AND m."nextAt" IS NOT NULL
)
SELECT count(*)::int AS told FROM told`;

/** Writes times: thousands of rows have the same few, and writing one costs more than looking it up. */
function timeWriter(): (at: Temporal.Instant) => string {
  const known = new Map<number, string>();
  return (at) => {
    const moment = at.epochMilliseconds;
    const time = known.get(moment) ?? at.toString();
    known.set(moment, time);
    return time;
  };
}

/** How many were told, and whether there may be more meetings to look at. */
export interface Taken {
  more: boolean;
  told: number;
}

/** The planner's half of the storage. */
export function planningStore({ pool }: Pick<Database, 'pool'>) {
  /** In one transaction; whoever dies in between has taken nothing. */
  async function take(
    { name, taken, values }: { name: string; taken: string; values: unknown[] },
    decide: (taken: readonly TakenMeeting[]) => Promise<Plan>,
  ): Promise<Taken | null> {
    return inTransaction(pool, async (client) => {
      const { rows } = await client.query({ name, text: takeSql(taken), values });
      let told = 0;
      if (rows.length > 0) {
        const { prompts, counted, tell, next } = await decide(rows.map(takenOf));
        const time = timeWriter();
        const written = [
          prompts.map((prompt) => ({
            ...prompt,
            opensAt: time(prompt.opensAt),
            closesAt: time(prompt.closesAt),
            dueAt: prompt.dueAt && time(prompt.dueAt),
          })),
          counted.map((one) => ({ ...one, closesAt: time(one.closesAt) })),
          tell,
          next,
        ];
        const stored = await client.query<{ told: number }>({
          name: 'meetings.plan',
          text: storeSql,
          values: written.map((each) => JSON.stringify(each)),
        });
        told = stored.rows[0]?.told ?? 0;
      }
      return rows.length === 0 ? null : { more: rows.length === batch, told };
    });
  }

  return {
    /** Takes meetings that are to be looked at, asks what becomes of them and stores that. Null when nothing is due. */
    take: (now: Temporal.Instant, decide: (taken: readonly TakenMeeting[]) => Promise<Plan>) =>
      take({ name: 'meetings.take', taken: dueSql, values: [now.toString()] }, decide),

    /** The same with the meetings of a person's teams, due or not. */
    takeOf: (
      person: { organizationId: string; id: string },
      decide: (taken: readonly TakenMeeting[]) => Promise<Plan>,
    ) => take({ name: 'meetings.takeOf', taken: ofPersonSql, values: [person.organizationId, person.id] }, decide),

    /** What these people were asked from a day on. */
    async askedSince(
      people: readonly { organizationId: string; personId: string }[],
      from: Temporal.PlainDate,
    ): Promise<readonly AskedBefore[]> {
      const { rows } = await pool.query<AskedBefore>({
        name: 'meetings.asked',
        text: `SELECT p."organizationId", p."personId", p.slot, p.date::text FROM "Prompt" p
          WHERE (p."organizationId", p."personId") IN (SELECT * FROM unnest($1::uuid[], $2::uuid[])) AND p.date >= $3::date`,
        values: [people.map((one) => one.organizationId), people.map((one) => one.personId), from.toString()],
      });
      return rows;
    },
  };
}

export type PlanningStore = ReturnType<typeof planningStore>;

function takenOf(row: unknown): TakenMeeting {
  const { plannedFor, teamZone, questions, people } = takenRow.parse(row);
  return {
    meeting: readMeeting(row),
    questions: readQuestions(questions),
    team: { timeZone: teamZone },
    people,
    plannedFor: Temporal.Instant.fromEpochMilliseconds(plannedFor.getTime()),
  };
}
