import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Database } from '../database.ts';
import type { Meeting } from './meeting.ts';
import { meetingColumns, readMeeting } from './meeting-row.ts';
import { promptedKey } from './preview.ts';
import { type Question, readQuestions } from './question.ts';

/** A meeting with everything that its form says. */
export interface SetMeeting {
  meeting: Meeting;
  questions: readonly Question[];
  /** Members of the team who read it and are not asked. */
  observerIds: readonly string[];
  /** Who changed it last, and when; null: nobody since it was made. */
  changed: Changed | null;
}

/** Who has changed a meeting, and when. */
export interface Changed {
  by: { id: string; name: string };
  at: Temporal.Instant;
}

/** What a person says about a meeting. */
export type MeetingContent = Pick<
  Meeting,
  'name' | 'rule' | 'startsOn' | 'startsAt' | 'clock' | 'windowMinutes' | 'remindAfter' | 'channel' | 'namesSilent'
> & { observerIds: readonly string[] };

/** A meeting as it is to be made. */
export interface NewMeeting extends MeetingContent, Pick<Meeting, 'organizationId' | 'id' | 'teamId' | 'kind'> {
  questions: readonly Question[];
  /** The request that makes it: the same one again makes nothing. */
  requestKey: string;
}

/** Who changes a meeting, and when. */
export interface By {
  personId: string;
  at: Temporal.Instant;
}

const changedColumn = `(SELECT json_build_object('by', json_build_object('id', p.id, 'name', p.name),
  'at', m."changedAt") FROM "Person" p WHERE p."organizationId" = m."organizationId" AND p.id = m."changedById") AS changed`;

const setSql = `
SELECT ${meetingColumns('m')}, q.questions, ARRAY(SELECT o."personId"::text FROM "MeetingObserver" o
  WHERE o."organizationId" = m."organizationId" AND o."meetingId" = m.id ORDER BY 1) AS "observerIds", ${changedColumn}
FROM "Meeting" m
JOIN "MeetingQuestions" q ON q."organizationId" = m."organizationId" AND q."meetingId" = m.id
  AND q.version = m."questionsVersion"
WHERE m."organizationId" = $1 AND m."archivedAt" IS NULL`;

const promptedSql = `
SELECT p."personId", p.slot, p.date::text FROM unnest($2::uuid[]) AS k(id)
JOIN "Prompt" p ON p."organizationId" = $1 AND p."personId" = k.id AND p.date >= $3::date`;

const addSql = `
WITH given AS (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS r("organizationId" uuid, id uuid, "teamId" uuid, kind "MeetingKind",
    name text, rule text, "startsOn" date, "startsAt" text, clock "MeetingClock", "windowMinutes" int,
    "remindAfter" int, "channelWorkspaceId" uuid, "channelId" text, "namesSilent" boolean, "requestKey" text,
    questions jsonb, "observerIds" uuid[])
), added AS (
  INSERT INTO "Meeting" ("organizationId", id, "teamId", kind, name, rule, "startsOn", "startsAt", clock,
    "windowMinutes", "remindAfter", "channelWorkspaceId", "channelId", "namesSilent", "requestKey", "createdAt", "nextAt")
  SELECT "organizationId", id, "teamId", kind, name, rule, "startsOn", "startsAt", clock, "windowMinutes",
    "remindAfter", "channelWorkspaceId", "channelId", "namesSilent", "requestKey", $2, $2
  FROM given ORDER BY "requestKey" ON CONFLICT DO NOTHING RETURNING id
), asked AS (
  INSERT INTO "MeetingQuestions" ("organizationId", "meetingId", version, questions, "createdAt", "createdById")
  SELECT g."organizationId", g.id, 1, g.questions, $2, $3 FROM given g JOIN added USING (id)
), observed AS (
  INSERT INTO "MeetingObserver" ("organizationId", "meetingId", "personId")
  SELECT g."organizationId", g.id, unnest(g."observerIds") FROM given g JOIN added USING (id)
)
SELECT id FROM added`;

const changeSql = `
WITH changed AS (
  UPDATE "Meeting" SET name = $4, rule = $5, "startsOn" = $6, "startsAt" = $7, clock = $8::"MeetingClock",
    "windowMinutes" = $9, "remindAfter" = $10, "channelWorkspaceId" = $11, "channelId" = $12, "namesSilent" = $13,
    "questionsVersion" = "questionsVersion" + CASE WHEN $15::jsonb IS NULL THEN 0 ELSE 1 END, version = version + 1,
    "nextAt" = CASE WHEN "pausedAt" IS NULL THEN $16::timestamptz END, "changedAt" = $16, "changedById" = $17
  WHERE "organizationId" = $1 AND id = $2 AND version = $3 AND "archivedAt" IS NULL
  RETURNING "organizationId", id, "questionsVersion"
), asked AS (
  INSERT INTO "MeetingQuestions" ("organizationId", "meetingId", version, questions, "createdAt", "createdById")
  SELECT "organizationId", id, "questionsVersion", $15, $16, $17 FROM changed WHERE $15::jsonb IS NOT NULL
), left_out AS (
  DELETE FROM "MeetingObserver" o USING changed
  WHERE o."organizationId" = changed."organizationId" AND o."meetingId" = changed.id AND o."personId" <> ALL ($14::uuid[])
), observed AS (
  INSERT INTO "MeetingObserver" ("organizationId", "meetingId", "personId")
  SELECT "organizationId", id, unnest($14::uuid[]) FROM changed ON CONFLICT DO NOTHING
)
SELECT id FROM changed`;

const changing = 'version = version + 1, "changedAt" = $3, "changedById" = $4';

/** A change that is there already is made once. */
const turns = {
  pause: `"pausedAt" = $3, "nextAt" = NULL, ${changing} WHERE "pausedAt" IS NULL`,
  resume: `"pausedAt" = NULL, "nextAt" = $3, ${changing} WHERE "pausedAt" IS NOT NULL`,
  archive: `"archivedAt" = $3, "nextAt" = NULL, ${changing} WHERE true`,
};
export type Turn = keyof typeof turns;

/** Meetings as people set them up. */
export function setupStore({ pool }: Pick<Database, 'pool'>) {
  return {
    /** The meetings of these teams that are not archived, in the order of the day. */
    async ofTeams(organizationId: string, teamIds: readonly string[]): Promise<SetMeeting[]> {
      const { rows } = await pool.query({
        name: 'meetings.ofTeams',
        text: `${setSql} AND m."teamId" = ANY ($2::uuid[]) ORDER BY m."startsAt", m.id`,
        values: [organizationId, teamIds],
      });
      return rows.map(setMeetingOf);
    },

    /** What these people were asked from a day on, or have answered ahead; by person, then by `promptedKey`. */
    async prompted(
      organizationId: string,
      personIds: readonly string[],
      from: Temporal.PlainDate,
    ): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
      const { rows } = await pool.query<{ personId: string; slot: string; date: string }>({
        name: 'meetings.prompted',
        text: promptedSql,
        values: [organizationId, personIds, from.toString()],
      });
      const each = new Map<string, Set<string>>();
      for (const { personId, slot, date } of rows) {
        const theirs = each.get(personId) ?? new Set();
        each.set(personId, theirs.add(promptedKey(slot, date)));
      }
      return each;
    },

    /** Null: no such meeting, or archived. */
    async find(organizationId: string, id: string): Promise<SetMeeting | null> {
      const { rows } = await pool.query(`${setSql} AND m.id = $2`, [organizationId, id]);
      return rows[0] === undefined ? null : setMeetingOf(rows[0]);
    },

    /** How many meetings of a team were archived. */
    async archived(organizationId: string, teamId: string): Promise<number> {
      const { rows } = await pool.query<{ archived: number }>(
        `SELECT count(*)::int AS archived FROM "Meeting"
         WHERE "organizationId" = $1 AND "teamId" = $2 AND "archivedAt" IS NOT NULL`,
        [organizationId, teamId],
      );
      return rows[0]?.archived ?? 0;
    },

    /** Makes meetings that are looked at now, each request key once. Whether any of them is new. */
    async add(meetings: readonly NewMeeting[], by: By): Promise<boolean> {
      const given = meetings.map(({ channel, ...meeting }) => ({
        ...meeting,
        startsAt: clockTime(meeting.startsAt),
        channelWorkspaceId: channel?.workspaceId ?? null,
        channelId: channel?.conversation ?? null,
      }));
      const { rows } = await pool.query(addSql, [JSON.stringify(given), by.at.toString(), by.personId]);
      return rows.length > 0;
    },

    /** The id of what a request made; null: nothing. */
    async madeBy(organizationId: string, requestKey: string): Promise<string | null> {
      const { rows } = await pool.query<{ id: string }>(
        'SELECT id FROM "Meeting" WHERE "organizationId" = $1 AND "requestKey" = $2',
        [organizationId, requestKey],
      );
      return rows[0]?.id ?? null;
    },

    /** Changes a meeting that still has the version; false when it has not. `questions` null: they stay as they are. */
    async change(
      before: Pick<Meeting, 'organizationId' | 'id' | 'version'>,
      to: MeetingContent & { questions: readonly Question[] | null },
      by: By,
    ): Promise<boolean> {
      const { rows } = await pool.query(changeSql, [
        ...[before.organizationId, before.id, before.version, to.name, to.rule, to.startsOn.toString()],
        ...[clockTime(to.startsAt), to.clock, to.windowMinutes, to.remindAfter, to.channel?.workspaceId ?? null],
        ...[to.channel?.conversation ?? null, to.namesSilent, to.observerIds],
        ...[to.questions && JSON.stringify(to.questions), by.at.toString(), by.personId],
      ]);
      return rows.length > 0;
    },

    /** Pauses a meeting, lets it go on, or puts it away; nothing when it is so already. */
    async turn({ organizationId, id }: Pick<Meeting, 'organizationId' | 'id'>, turn: Turn, by: By): Promise<void> {
      await pool.query(
        `UPDATE "Meeting" SET ${turns[turn]} AND "organizationId" = $1 AND id = $2 AND "archivedAt" IS NULL`,
        [organizationId, id, by.at.toString(), by.personId],
      );
    },

    /** Who put a meeting away, and of which team it is; null: nobody did, or there is none. */
    async putAway(organizationId: string, id: string): Promise<{ teamId: string; changed: Changed } | null> {
      const { rows } = await pool.query<{ teamId: string }>(
        `SELECT m."teamId", ${changedColumn} FROM "Meeting" m
         WHERE m."organizationId" = $1 AND m.id = $2 AND m."archivedAt" IS NOT NULL`,
        [organizationId, id],
      );
      const [row] = rows;
      const changed = row && changedRow.parse(row).changed;
      return row && changed ? { teamId: row.teamId, changed } : null;
    },

    /**
     * Lets the planner look again, now, at the meetings of these teams and of these people's teams: a calendar, an
     * absence, a clock or a membership has changed.
     */
    async touch(
      organizationId: string,
      { teamIds = [], personIds = [] }: { teamIds?: readonly string[]; personIds?: readonly string[] },
      now: Temporal.Instant,
    ): Promise<void> {
      await pool.query({
        name: 'meetings.touch',
        // What is due already stays due since then.
        text: `UPDATE "Meeting" SET "nextAt" = $4
          WHERE "organizationId" = $1 AND "nextAt" > $4::timestamptz AND ("teamId" = ANY ($2::uuid[]) OR "teamId" IN (
            SELECT "teamId" FROM "Membership" WHERE "organizationId" = $1 AND "personId" = ANY ($3::uuid[])))`,
        values: [organizationId, teamIds, personIds, now.toString()],
      });
    },
  };
}

export type SetupStore = ReturnType<typeof setupStore>;

const clockTime = (time: Temporal.PlainTime): string => time.toString({ smallestUnit: 'minute' });

const changedRow = z.object({
  changed: z
    .object({
      by: z.object({ id: z.string(), name: z.string() }),
      at: z.string().transform((at) => Temporal.Instant.from(at)),
    })
    .nullable(),
});
const setRow = changedRow.extend({ questions: z.unknown(), observerIds: z.array(z.string()) });

function setMeetingOf(row: unknown): SetMeeting {
  const { questions, observerIds, changed } = setRow.parse(row);
  return { meeting: readMeeting(row), questions: readQuestions(questions), observerIds, changed };
}
