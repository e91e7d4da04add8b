import type { Temporal } from 'temporal-polyfill';
import type { Database } from '../database.ts';
import { earliestZone } from '../reminders/morning.ts';
import { earliestMorning } from '../reminders/reminding-store.ts';

/** What a statement is sent through: the pool, or the client of a transaction that is under way. */
export type Queries = Pick<Database['pool'], 'query'>;

/** A visit that is taken back or restored, by whom and when. */
export interface VisitTurn {
  organizationId: string;
  visitId: string;
  by: string;
  at: Temporal.Instant;
}

/**
 * A reminder for the earliest moment that it can be anywhere; it is set right when it is claimed. None where the day
 * has begun somewhere: whoever reopens something that is due knows of it.
 */
const earliestReminder = `CASE WHEN a."dueOn" > ($4::timestamptz AT TIME ZONE '${earliestZone}')::date
  THEN ${earliestMorning('a."dueOn"')} END`;

/** Parameters: organisation, visit, person, instant. How many rows there are is not known, so the database makes the ids. */
const turn = (ofVisit: { set: string; where: string; changes: string }, fulfilled: typeof ofVisit) => `
WITH promised AS (
  UPDATE "Action" a SET ${ofVisit.set}
  WHERE a."organizationId" = $1::uuid AND ${ofVisit.where} RETURNING a."organizationId", a.id
), fulfilled AS (
  UPDATE "Action" a SET ${fulfilled.set}
  WHERE a."organizationId" = $1::uuid AND ${fulfilled.where} RETURNING a."organizationId", a.id
)
INSERT INTO "ActionChange" ("organizationId", id, "actionId", "changedById", at, changes)
SELECT "organizationId", gen_random_uuid(), id, $3::uuid, $4::timestamptz, ${ofVisit.changes} FROM promised
UNION ALL
SELECT "organizationId", gen_random_uuid(), id, $3::uuid, $4::timestamptz, ${fulfilled.changes} FROM fulfilled`;

const undone = `jsonb_build_object('state', jsonb_build_array('done', 'open'),
  'fulfilledById', jsonb_build_array($2::text, NULL))`;

const dropSql = turn(
  {
    set: `state = 'dropped', "closedAt" = $4::timestamptz, "remindAt" = NULL`,
    where: `a."visitId" = $2::uuid AND a.state = 'open'`,
    changes: `'{"state": ["open", "dropped"]}'::jsonb`,
  },
  {
    set: `state = 'open', "closedAt" = NULL, "fulfilledById" = NULL, "remindAt" = ${earliestReminder}`,
    where: `a."fulfilledById" = $2::uuid AND a.state = 'done'`,
    changes: undone,
  },
);

const restoreSql = turn(
  {
    set: `state = 'open', "closedAt" = NULL, "remindAt" = ${earliestReminder}`,
    where: `a."visitId" = $2::uuid AND a.state = 'dropped'`,
    changes: `'{"state": ["dropped", "open"]}'::jsonb`,
  },
  {
    set: `state = 'done', "closedAt" = $4::timestamptz, "fulfilledById" = $2::uuid, "remindAt" = NULL`,
    where: `a.state = 'open'
      AND a."accountId" = (SELECT v."accountId" FROM "Visit" v WHERE v."organizationId" = $1::uuid AND v.id = $2::uuid)
      AND (SELECT c.changes FROM "ActionChange" c
        WHERE c."organizationId" = a."organizationId" AND c."actionId" = a.id AND c.changes ? 'state'
        ORDER BY c.at DESC LIMIT 1) = ${undone}`,
    changes: `jsonb_build_object('state', jsonb_build_array('open', 'done'),
      'fulfilledById', jsonb_build_array(NULL, $2::text))`,
  },
);

const values = ({ organizationId, visitId, by, at }: VisitTurn) => [organizationId, visitId, by, at.toString()];

/** The open next steps that were promised in the visit are dropped, what it fulfilled is open again. */
export async function dropOfVisit(through: Queries, visit: VisitTurn): Promise<void> {
  await through.query(dropSql, values(visit));
}

/** The other way round. What was closed again in the meantime stays as it is. */
export async function restoreOfVisit(through: Queries, visit: VisitTurn): Promise<void> {
  await through.query(restoreSql, values(visit));
}
