import { outboxInsert } from '../chat/outbox-insert.ts';
import { takeMany } from '../database/transaction.ts';
import type { Database } from '../database.ts';
import { earliestZone, reminderTime } from './morning.ts';
import type { Claim, Decision, Due, Thing } from './reminding.ts';

type Pool = Pick<Database, 'pool'>;

/** SQL of the earliest moment that the reminder of a day can be, anywhere. */
export const earliestMorning = (day: string): string =>
  `(${day} + time '${reminderTime}') AT TIME ZONE '${earliestZone}'`;

/** SQL that keeps when the rows of a table are looked at again ($1, a `Decision`'s), and what is told ($2). */
const settleSql = (table: string, column: string) => `
WITH told AS (${outboxInsert('$2')})
UPDATE "${table}" t SET "${column}" = r.at
FROM jsonb_to_recordset($1::jsonb) AS r("organizationId" uuid, id uuid, at timestamptz)
WHERE t."organizationId" = r."organizationId" AND t.id = r.id`;

const settled = ({ again, tell }: Decision) => [JSON.stringify(again), JSON.stringify(tell)];

/**
 * Takes things one by one, whoever reads them. `column` holds the moment of each; `dueSql` reads and locks at most $2
 * whose moment is not after $1, which are none of $3 and which nobody else has locked.
 */
export function claimThings<Item extends Thing>(
  { pool }: Pool,
  { table, column, dueSql, read }: { table: string; column: string; dueSql: string; read(row: unknown): Due<Item> },
): Claim<Item> {
  return (now, { most, but }, decide) =>
    takeMany(
      pool,
      async (client) => (await client.query<Thing>(dueSql, [now.toString(), most, but])).rows,
      async (client, rows) => {
        await client.query(settleSql(table, column), settled(await decide(rows.map(read))));
      },
      ({ id }) => id,
    );
}

/** The reminders kept in the column `remindAt` of one table. Names of columns are without their quotes. */
export interface Reminded<Item extends Thing> {
  table: string;
  /** The column of who is reminded. */
  person: string;
  /** The column of the day of which they are reminded. */
  day: string;
  /** Only in this state is a row looked at; without it in every one. */
  state?: string;
  /** Whether managers are reminded of what those leave behind who are in their teams. */
  managersStandIn?: true;
  /**
   * SQL that reads and locks what is due at $1 of the people who were claimed: $2 are their organisations, $3 their ids,
   * in the same order.
   */
  dueSql: string;
  read(row: unknown): Due<Item>;
}

/** People, by themselves or by the teams that they belong to or manage. */
export interface Whom {
  personIds?: readonly string[] | undefined;
  teamIds?: readonly string[] | undefined;
}

export function remindingStore<Item extends Thing>({ pool }: Pool, of: Reminded<Item>) {
  const { table, person, day, state, managersStandIn = false, dueSql, read } = of;
  const inState = state === undefined ? '' : `AND r.state = '${state}'`;

  // A person belongs to one claim: all of theirs goes into one message, however many processes look at once.
  const peopleSql = `
SELECT p."organizationId", p.id FROM "Person" p
WHERE (p."organizationId", p.id) IN (
  SELECT r."organizationId", r."${person}" FROM "${table}" r WHERE r."remindAt" <= $1::timestamptz ${inState})
  AND p.id <> ALL ($3::uuid[])
ORDER BY p.id LIMIT $2 FOR NO KEY UPDATE SKIP LOCKED`;

  const leftBehind = `UNION SELECT s."personId" FROM "Membership" s
  JOIN "Team" t ON t."organizationId" = s."organizationId" AND t.id = s."teamId"
  WHERE s."organizationId" = $1 AND t."managerId" IN (SELECT id FROM reader)`;
  const againSql = `
WITH reader AS (
  SELECT unnest($2::uuid[]) AS id
  UNION SELECT "personId" FROM "Membership" WHERE "organizationId" = $1 AND "teamId" = ANY ($3::uuid[])
  UNION SELECT "managerId" FROM "Team" WHERE "organizationId" = $1 AND id = ANY ($3::uuid[])
)
UPDATE "${table}" r SET "remindAt" = ${earliestMorning(`r."${day}"`)}
WHERE r."organizationId" = $1 AND r."remindAt" IS NOT NULL AND r."${day}" IS NOT NULL ${inState}
  AND r."${person}" IN (SELECT id FROM reader ${managersStandIn ? leftBehind : ''})`;

  const claim: Claim<Item> = (now, { most, but }, decide) =>
    takeMany(
      pool,
      async (client) => (await client.query<Thing>(peopleSql, [now.toString(), most, but])).rows,
      async (client, people) => {
        const { rows } = await client.query(dueSql, [
          now.toString(),
          people.map((one) => one.organizationId),
          people.map((one) => one.id),
        ]);
        if (rows.length > 0) await client.query(settleSql(table, 'remindAt'), settled(await decide(rows.map(read))));
      },
      ({ id }) => id,
    );

  return {
    claim,
    /**
     * The zone or the days of these people have changed: their reminders are kept for the earliest moment that they can
     * be anywhere, and are set right when they are claimed.
     */
    async lookAgain(organizationId: string, { personIds = [], teamIds = [] }: Whom): Promise<void> {
      await pool.query(againSql, [organizationId, personIds, teamIds]);
    },
  };
}
