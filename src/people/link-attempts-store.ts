import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { newId } from '../ids.ts';
import type { Named } from './find-name.ts';
import type { Queries } from './join-store.ts';
import { linkTime, mostWrongCodes } from './link-code.ts';

/** Who typed a code when, and the gesture that brought it. */
export interface Attempt {
  organizationId: string;
  personId: string;
  requestKey: string;
  now: Temporal.Instant;
}

const earlierRow = z.object({ joined: z.boolean(), id: z.string(), name: z.string() });
const wrongRow = z.object({ at: z.date() });

/** What became of the same gesture when it was delivered before, and whose it is by now. */
export async function earlierAttempt(
  through: Queries,
  { organizationId, requestKey }: Attempt,
): Promise<{ joined: boolean; by: Named } | null> {
  const { rows } = await through.query(
    `SELECT a.joined, p.id, p.name FROM "LinkAttempt" a
     JOIN "Person" p ON p."organizationId" = a."organizationId" AND p.id = a."personId"
     WHERE a."organizationId" = $1 AND a."requestKey" = $2`,
    [organizationId, requestKey],
  );
  if (rows.length === 0) return null;
  const { joined, id, name } = earlierRow.parse(rows[0]);
  return { joined, by: { id, name } };
}

/** When the person typed the wrong codes that still count: the newest first, as many as are allowed. */
export async function wrongAttempts(
  through: Queries,
  { organizationId, personId, now }: Attempt,
): Promise<Temporal.Instant[]> {
  const { rows } = await through.query(
    `SELECT at FROM "LinkAttempt" WHERE "organizationId" = $1 AND "personId" = $2 AND NOT joined AND at > $3
     ORDER BY at DESC LIMIT $4`,
    [organizationId, personId, now.subtract(linkTime).toString(), mostWrongCodes],
  );
  return rows.map((row) => Temporal.Instant.fromEpochMilliseconds(wrongRow.parse(row).at.getTime()));
}

/** Keeps what was typed; of yesterday nothing is kept. False: who typed it is not there any more. */
export async function noteAttempt(through: Queries, attempt: Attempt, joined: boolean): Promise<boolean> {
  const { organizationId, personId, requestKey, now } = attempt;
  const { rowCount } = await through.query(
    `WITH old AS (
       DELETE FROM "LinkAttempt" WHERE "organizationId" = $1 AND "personId" = $3 AND at < $7
     )
     INSERT INTO "LinkAttempt" ("organizationId", id, "personId", at, joined, "requestKey")
     SELECT $1, $2, p.id, $4, $5, $6 FROM "Person" p
     WHERE p."organizationId" = $1 AND p.id = $3 AND p."deactivatedAt" IS NULL`,
    [
      ...[organizationId, newId(), personId, now.toString(), joined, requestKey],
      now.subtract({ hours: 24 }).toString(),
    ],
  );
  return rowCount === 1;
}
