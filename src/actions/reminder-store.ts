import { Temporal } from 'temporal-polyfill';
import type { OutboxRow } from '../chat/outbox.ts';
import { outboxInsert } from '../chat/outbox-insert.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Database } from '../database.ts';
import { earliestZone } from './action.ts';

/** An action whose reminder may be due, with its owner. */
export interface DueRow {
  organizationId: string;
  id: string;
  text: string;
  accountId: string;
  accountName: string;
  dueOn: Temporal.PlainDate;
  owner: Reader & { active: boolean; name: string };
  /** The manager who reads it instead when the owner has left; null when there is none. */
  manager: Reader | null;
}

/** Whom the bot tells something: in which zone and language, and by which teams' calendars they work. */
export interface Reader {
  id: string;
  teamIds: readonly string[];
  timeZone: string;
  locale: string;
}

/** What becomes of the claimed ones: their next reminder, and what is told. */
export interface Decision {
  remind: readonly { organizationId: string; id: string; remindAt: Temporal.Instant | null }[];
  tell: readonly OutboxRow[];
}

/** How many people's reminders one transaction takes. */
const batch = 100;

/** A person belongs to one claim: everything of theirs goes into one message, however many processes look at once. */
const claimSql = `
SELECT p."organizationId", p.id FROM "Person" p
WHERE (p."organizationId", p.id) IN (
  SELECT a."organizationId", a."ownerId" FROM "Action" a WHERE a."remindAt" <= $1::timestamptz AND a.state = 'open')
ORDER BY p.id LIMIT ${batch} FOR NO KEY UPDATE SKIP LOCKED`;

const reader = (person: string) => `json_build_object('id', ${person}.id, 'name', ${person}.name,
  'timeZone', ${person}."timeZone", 'locale', coalesce(${person}."chosenLocale", ${person}.locale, org.locale),
  'active', ${person}."deactivatedAt" IS NULL,
  'teamIds', ARRAY(SELECT team.id FROM "Team" team
    WHERE team."organizationId" = ${person}."organizationId" AND team."archivedAt" IS NULL
      AND (team."managerId" = ${person}.id OR team.id IN (SELECT own."teamId" FROM "Membership" own
        WHERE own."organizationId" = ${person}."organizationId" AND own."personId" = ${person}.id))))`;

const dueSql = `
SELECT a."organizationId", a.id, a.text, a."accountId", c.name AS "accountName", a."dueOn"::text, ${reader('o')} AS owner,
  CASE WHEN o."deactivatedAt" IS NOT NULL THEN (
    SELECT ${reader('m')} FROM "Membership" s
    JOIN "Team" t ON t."organizationId" = s."organizationId" AND t.id = s."teamId" AND t."archivedAt" IS NULL
    JOIN "Person" m ON m."organizationId" = t."organizationId" AND m.id = t."managerId" AND m."deactivatedAt" IS NULL
    WHERE s."organizationId" = a."organizationId" AND s."personId" = a."ownerId" AND m.id <> a."ownerId"
    ORDER BY t.id IS NOT DISTINCT FROM c."teamId" DESC, t.id LIMIT 1) END AS manager
FROM "Action" a
JOIN "Person" o ON o."organizationId" = a."organizationId" AND o.id = a."ownerId"
JOIN "Account" c ON c."organizationId" = a."organizationId" AND c.id = a."accountId"
JOIN "Organization" org ON org.id = a."organizationId"
WHERE a."remindAt" <= $1::timestamptz AND a.state = 'open' AND a."dueOn" IS NOT NULL
  AND (a."organizationId", a."ownerId") IN (SELECT * FROM unnest($2::uuid[], $3::uuid[]))
ORDER BY a."dueOn", a.id
FOR NO KEY UPDATE OF a`;

/** The reminders' half of the storage. */
export function reminderStore({ pool }: Pick<Database, 'pool'>) {
  return {
    /**
     * Claims what is due, asks what becomes of it and stores that, in one transaction. True when there may be more.
     * Whoever dies in between has claimed nothing.
     */
    async claim(now: Temporal.Instant, decide: (due: readonly DueRow[]) => Promise<Decision>): Promise<boolean> {
      return inTransaction(pool, async (client) => {
        const people = (await client.query<{ organizationId: string; id: string }>(claimSql, [now.toString()])).rows;
        if (people.length > 0) {
          const found = await client.query<Omit<DueRow, 'dueOn'> & { dueOn: string }>(dueSql, [
            now.toString(),
            people.map((person) => person.organizationId),
            people.map((person) => person.id),
          ]);
          const { remind, tell } = await decide(
            found.rows.map((row) => ({ ...row, dueOn: Temporal.PlainDate.from(row.dueOn) })),
          );
          await client.query(
            `WITH told AS (${outboxInsert('$2')})
             UPDATE "Action" a SET "remindAt" = r."remindAt"
             FROM jsonb_to_recordset($1::jsonb) AS r("organizationId" uuid, id uuid, "remindAt" timestamptz)
             WHERE a."organizationId" = r."organizationId" AND a.id = r.id`,
            [JSON.stringify(remind), JSON.stringify(tell)],
          );
        }
        return people.length === batch;
      });
    },

    /**
     * Reminders to come that these people read, or who belongs to these teams, are kept for the earliest moment that they
     * can be anywhere: they are set right when they are claimed.
     */
    async lookAgain(
      organizationId: string,
      { teamIds, personIds }: { teamIds: readonly string[]; personIds: readonly string[] },
    ): Promise<void> {
      await pool.query(
        `WITH reader AS (
           SELECT unnest($2::uuid[]) AS id
           UNION SELECT "personId" FROM "Membership" WHERE "organizationId" = $1 AND "teamId" = ANY ($3::uuid[])
           UNION SELECT "managerId" FROM "Team" WHERE "organizationId" = $1 AND id = ANY ($3::uuid[])
         )
         UPDATE "Action" a SET "remindAt" = (a."dueOn" + time '08:30') AT TIME ZONE $4
         WHERE a."organizationId" = $1 AND a.state = 'open' AND a."remindAt" IS NOT NULL AND a."dueOn" IS NOT NULL
           AND a."ownerId" IN (SELECT id FROM reader UNION SELECT s."personId" FROM "Membership" s JOIN "Team" t
             ON t."organizationId" = s."organizationId" AND t.id = s."teamId"
             WHERE s."organizationId" = $1 AND t."managerId" IN (SELECT id FROM reader))`,
        [organizationId, personIds, teamIds, earliestZone],
      );
    },
  };
}

export type ReminderStore = ReturnType<typeof reminderStore>;
