import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { OutboxRow } from '../chat/outbox.ts';
import { outboxInsert } from '../chat/outbox-insert.ts';
import { type Some, type TakenSome, takeMany } from '../database/transaction.ts';
import type { Database } from '../database.ts';
import type { Meeting, MeetingKind } from './meeting.ts';
import { meetingColumns, readMeeting } from './meeting-row.ts';
import { promptKey } from './prompt-messages.ts';
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

/** Of the same for two meetings that ask a person in one prompt. */
export const keyOf = ({ organizationId, personId, slot, date }: AskedBefore): string =>
  `${organizationId} ${personId} ${slot} ${date}`;

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
  /** What is said, by the key of one of `prompts`; not said when that person was asked already. */
  tell: readonly OutboxRow[];
  /** When each is looked at again. */
  next: readonly { organizationId: string; id: string; nextAt: Temporal.Instant }[];
}

/** Meetings in one transaction: their people's cards are in memory until it ends. */
export const batch = 30;

const takenRow = z.object({
  plannedFor: z.date(),
  teamZone: z.string(),
  questions: z.unknown(),
  people: z.array(z.object({ id: z.string(), timeZone: z.string(), locale: z.string() })),
});

/** How many is part of the text: as a parameter the server guesses a tenth of all, and sorts them. */
const dueSql = (most: number) => `
  SELECT m.* FROM "Meeting" m WHERE m."nextAt" <= $1::timestamptz AND m.id <> ALL ($2::uuid[])
  ORDER BY m."nextAt", m.id LIMIT ${most} FOR NO KEY UPDATE SKIP LOCKED`;

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

/**
 * In one order for all: two processes that make the same people's prompts wait for each other instead of blocking. Gives
 * the ids of the prompts that it made, and the rows of the days.
 */
const askSql = `
WITH occurrence AS (
  INSERT INTO "Occurrence" AS o ("organizationId", id, "meetingId", date, "closesAt", "summaryAt")
  SELECT "organizationId", (array_agg("occurrenceId"))[1], "meetingId", date, max("closesAt"), max("closesAt")
  FROM jsonb_to_recordset($2::jsonb) AS r("organizationId" uuid, "meetingId" uuid, date date, "occurrenceId" uuid,
    "closesAt" timestamptz)
  GROUP BY "organizationId", "meetingId", date ORDER BY 1, 3, 4
  ON CONFLICT ("organizationId", "meetingId", date) DO UPDATE SET
    "closesAt" = greatest(o."closesAt", EXCLUDED."closesAt"),
    "summaryAt" = CASE WHEN o."postedAt" IS NULL THEN greatest(o."closesAt", EXCLUDED."closesAt") ELSE o."summaryAt" END
  RETURNING id, "meetingId", date
), asked AS (
  INSERT INTO "Prompt" ("organizationId", id, "personId", kind, slot, date, "opensAt", "closesAt", "dueAt", state,
    "questionsOfId", "questionsVersion")
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS r("organizationId" uuid, id uuid, "personId" uuid, kind "MeetingKind",
    slot text, date date, "opensAt" timestamptz, "closesAt" timestamptz, "dueAt" timestamptz, state "PromptState",
    "questionsOfId" uuid, "questionsVersion" int)
  ORDER BY "organizationId", "personId", slot, date
  ON CONFLICT ("organizationId", "personId", slot, date, nth) DO NOTHING
  RETURNING id
), planned AS (
  UPDATE "Meeting" m SET "nextAt" = r."nextAt"
  FROM jsonb_to_recordset($3::jsonb) AS r("organizationId" uuid, id uuid, "nextAt" timestamptz)
  WHERE m."organizationId" = r."organizationId" AND m.id = r.id AND m."nextAt" IS NOT NULL
)
SELECT ARRAY(SELECT id::text FROM asked) AS made,
  ARRAY(SELECT json_build_object('id', id, 'meetingId', "meetingId", 'date', date) FROM occurrence) AS occurrences`;

const askedRow = z.object({
  made: z.array(z.string()),
  occurrences: z.array(z.object({ id: z.string(), meetingId: z.string(), date: z.string() })),
});

/** Prompts by their keys, one by one: a join is planned for as few as the server guesses that are given. */
const promptsSql = `
SELECT k."organizationId", k."personId", k.slot, k.date::text, p.id
FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::date[]) AS k("organizationId", "personId", slot, date)
CROSS JOIN LATERAL (SELECT p.id FROM "Prompt" p WHERE p."organizationId" = k."organizationId"
  AND p."personId" = k."personId" AND p.slot = k.slot AND p.date = k.date AND p.nth = 1 LIMIT 1) p`;

const linkSql = `
WITH linked AS (
  INSERT INTO "PromptMeeting" ("organizationId", "promptId", "occurrenceId")
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS r("organizationId" uuid, "promptId" uuid, "occurrenceId" uuid)
  ON CONFLICT DO NOTHING
)
${outboxInsert('$2')}`;

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

/** The planner's half of the storage. */
export function planningStore({ pool }: Pick<Database, 'pool'>) {
  /** In one transaction; whoever dies in between has taken nothing. */
  async function take(
    { name, taken, values }: { name: string; taken: string; values: unknown[] },
    decide: (taken: readonly TakenMeeting[]) => Promise<Plan>,
  ): Promise<TakenSome & { told: number }> {
    let told = 0;
    const became = await takeMany(
      pool,
      async (client) => (await client.query<{ id: string }>({ name, text: takeSql(taken), values })).rows,
      async (client, rows) => {
        told = await storePlan(client, await decide(rows.map(takenOf)));
      },
      ({ id }) => id,
    );
    return { ...became, told: 'taken' in became ? told : 0 };
  }

  return {
    /**
     * Takes meetings that are to be looked at, at most so many and none of those `but`, asks what becomes of them and
     * stores that. `told`: how many people are.
     */
    take: (now: Temporal.Instant, { most, but }: Some, decide: (taken: readonly TakenMeeting[]) => Promise<Plan>) =>
      take({ name: `meetings.take.${most}`, taken: dueSql(most), values: [now.toString(), but] }, decide),

    /** The same with the meetings of a person's teams, due or not. */
    takeOf: (
      person: { organizationId: string; id: string },
      decide: (taken: readonly TakenMeeting[]) => Promise<Plan>,
    ) => take({ name: 'meetings.takeOf', taken: ofPersonSql, values: [person.organizationId, person.id] }, decide),

    /** Which of these prompts there are already. */
    askedBefore: (keys: readonly AskedBefore[]): Promise<readonly AskedBefore[]> => promptsOf(pool, keys),
  };
}

export type PlanningStore = ReturnType<typeof planningStore>;

type Through = Pick<Database['pool'], 'query'>;

async function promptsOf(through: Through, keys: readonly AskedBefore[]): Promise<(AskedBefore & { id: string })[]> {
  if (keys.length === 0) return [];
  const { rows } = await through.query<AskedBefore & { id: string }>(promptsSql, [
    keys.map(({ organizationId }) => organizationId),
    keys.map(({ personId }) => personId),
    keys.map(({ slot }) => slot),
    keys.map(({ date }) => date),
  ]);
  return rows;
}

/** Stores what was decided, and gives how many are told. */
async function storePlan(through: Through, { prompts, counted, tell, next }: Plan): Promise<number> {
  const time = timeWriter();
  const asking = [
    prompts.map((prompt) => ({
      ...prompt,
      opensAt: time(prompt.opensAt),
      closesAt: time(prompt.closesAt),
      dueAt: prompt.dueAt && time(prompt.dueAt),
    })),
    counted.map((one) => ({ ...one, closesAt: time(one.closesAt) })),
    next,
  ];
  const values = asking.map((each) => JSON.stringify(each));
  const asked = await through.query({ name: 'meetings.ask', text: askSql, values });
  const { made, occurrences } = askedRow.parse(asked.rows[0]);
  const isMade = new Set(made);
  const promptIds = new Map(prompts.filter(({ id }) => isMade.has(id)).map((prompt) => [keyOf(prompt), prompt.id]));
  // Whom another of their teams asks at this very moment, or has asked before, has that one's prompt.
  const others = await promptsOf(
    through,
    counted.filter((one) => !promptIds.has(keyOf(one))),
  );
  for (const other of others) promptIds.set(keyOf(other), other.id);
  const days = new Map(occurrences.map(({ id, meetingId, date }) => [`${meetingId} ${date}`, id]));
  const links = counted.map((one) => ({
    organizationId: one.organizationId,
    promptId: promptIds.get(keyOf(one)),
    occurrenceId: days.get(`${one.meetingId} ${one.date}`),
  }));
  const isTold = new Set(made.map((id) => `${promptKey}${id}`));
  const told = tell.filter(({ key }) => isTold.has(key));
  await through.query({
    name: 'meetings.link',
    text: linkSql,
    values: [JSON.stringify(links), JSON.stringify(told)],
  });
  return told.length;
}

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
