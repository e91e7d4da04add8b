import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { OutboxRow } from '../chat/outbox.ts';
import { outboxInsert } from '../chat/outbox-insert.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Database } from '../database.ts';

/** A blocker that may not have moved for long enough, with the manager of its owner's team. */
export interface Unmoved {
  organizationId: string;
  id: string;
  text: string;
  since: Temporal.PlainDate;
  owner: { id: string; name: string };
  /** Null when there is nobody to raise it with: no manager, the owner manages the team, or the owner has left. */
  raise: {
    team: { id: string; timeZone: string };
    manager: { id: string; timeZone: string; locale: string };
  } | null;
}

/** What becomes of those that were claimed. The others are looked at again later. */
export interface Raised {
  /** Never looked at again: told, or there was nobody to tell. */
  settled: readonly { organizationId: string; id: string }[];
  tell: readonly OutboxRow[];
}

/** Where the last look ended; the oldest are looked at first. */
export interface Place {
  since: string;
  id: string;
}
export const beginning: Place = { since: '0001-01-01', id: '00000000-0000-0000-0000-000000000000' };

const batch = 200;

/** Of several teams the one in whose meeting it was said. */
const claimSql = `
SELECT b."organizationId", b.id, b.text, b.since::text, json_build_object('id', p.id, 'name', p.name) AS owner,
  CASE WHEN p."deactivatedAt" IS NULL AND NOT p.observer THEN (
    SELECT json_build_object('team', json_build_object('id', t.id, 'timeZone', t."timeZone"), 'manager',
      json_build_object('id', m.id, 'timeZone', m."timeZone", 'locale', coalesce(m."chosenLocale", m.locale, org.locale)))
    FROM "Membership" s
    JOIN "Team" t ON t."organizationId" = s."organizationId" AND t.id = s."teamId" AND t."archivedAt" IS NULL
    JOIN "Person" m ON m."organizationId" = t."organizationId" AND m.id = t."managerId" AND m."deactivatedAt" IS NULL
    WHERE s."organizationId" = b."organizationId" AND s."personId" = b."personId" AND m.id <> b."personId"
    ORDER BY EXISTS (SELECT FROM "PromptMeeting" pm
      JOIN "Occurrence" o ON o."organizationId" = pm."organizationId" AND o.id = pm."occurrenceId"
      JOIN "Meeting" held ON held."organizationId" = o."organizationId" AND held.id = o."meetingId"
      WHERE pm."organizationId" = b."organizationId" AND pm."promptId" = b."promptId" AND held."teamId" = t.id) DESC, t.id
    LIMIT 1) END AS raise
FROM "Blocker" b
JOIN "Person" p ON p."organizationId" = b."organizationId" AND p.id = b."personId"
JOIN "Organization" org ON org.id = b."organizationId"
WHERE b."resolvedAt" IS NULL AND b."raisedAt" IS NULL AND b.since <= $1::date AND (b.since, b.id) > ($2::date, $3::uuid)
ORDER BY b.since, b.id LIMIT ${batch} FOR NO KEY UPDATE OF b SKIP LOCKED`;

const unmovedRow = z.object({
  organizationId: z.string(),
  id: z.string(),
  text: z.string(),
  since: z.string().transform((day) => Temporal.PlainDate.from(day)),
  owner: z.object({ id: z.string(), name: z.string() }),
  raise: z
    .object({
      team: z.object({ id: z.string(), timeZone: z.string() }),
      manager: z.object({ id: z.string(), timeZone: z.string(), locale: z.string() }),
    })
    .nullable(),
});

const storeSql = `
WITH told AS (${outboxInsert('$2')})
UPDATE "Blocker" b SET "raisedAt" = $3::timestamptz
FROM jsonb_to_recordset($1::jsonb) AS r("organizationId" uuid, id uuid)
WHERE b."organizationId" = r."organizationId" AND b.id = r.id`;

/** Storage of what is raised with managers. */
export function raisingStore({ pool }: Pick<Database, 'pool'>) {
  return {
    /**
     * Claims what was said by a day and stands behind a place, asks what becomes of it and stores that, in one
     * transaction. Where to go on; null when nothing is left.
     */
    async claim(
      said: { by: Temporal.PlainDate; behind: Place },
      now: Temporal.Instant,
      decide: (unmoved: readonly Unmoved[]) => Promise<Raised>,
    ): Promise<Place | null> {
      return inTransaction(pool, async (client) => {
        const { rows } = await client.query({
          name: 'blockers.claim',
          text: claimSql,
          values: [said.by.toString(), said.behind.since, said.behind.id],
        });
        const unmoved = z.array(unmovedRow).parse(rows);
        const { settled, tell } = unmoved.length === 0 ? { settled: [], tell: [] } : await decide(unmoved);
        if (settled.length > 0)
          await client.query(storeSql, [JSON.stringify(settled), JSON.stringify(tell), now.toString()]);
        const last = unmoved.at(-1);
        return last === undefined || unmoved.length < batch ? null : { since: last.since.toString(), id: last.id };
      });
    },
  };
}
