import type { Temporal } from 'temporal-polyfill';
import type { Queries } from '../actions/index.ts';
import type { Step } from './visit.ts';

/** What is to become of the one open next step of a visit. */
export interface StepChange {
  organizationId: string;
  visitId: string;
  accountId: string;
  by: string;
  at: Temporal.Instant;
  requestKey: string;
  /** The step as it was; null when the visit has none. */
  was: Pick<Step, 'id' | 'text' | 'ownerId' | 'dueOn'> | null;
  /** The step as it is to be; null when there is none any more. */
  is: {
    id: string;
    text: string;
    ownerId: string;
    dueOn: Temporal.PlainDate | null;
    remindAt: Temporal.Instant | null;
  } | null;
}

/** Adds, changes or drops the next step of a visit that is being corrected. One that is closed already stays as it is. */
export async function changeStep(through: Queries, change: StepChange): Promise<void> {
  const { organizationId, visitId, accountId, by, at, requestKey, was, is } = change;
  if (was === null) {
    if (is === null) return;
    await through.query(
      `INSERT INTO "Action" ("organizationId", id, "accountId", "visitId", text, "ownerId", "createdById", "dueOn",
         "remindAt", "createdAt", "requestKey")
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[organizationId, is.id, accountId, visitId, is.text, is.ownerId, by, is.dueOn?.toString() ?? null],
        ...[is.remindAt?.toString() ?? null, at.toString(), requestKey],
      ],
    );
    return;
  }
  const changes = changesOf(was, is);
  if (Object.keys(changes).length === 0) return;
  await through.query(
    `WITH changed AS (
       UPDATE "Action" SET text = coalesce($4, text), "ownerId" = coalesce($5::uuid, "ownerId"),
         "dueOn" = CASE WHEN $4 IS NULL THEN "dueOn" ELSE $6::date END, "remindAt" = $7,
         state = CASE WHEN $4 IS NULL THEN 'dropped' ELSE state END,
         "closedAt" = CASE WHEN $4 IS NULL THEN $9::timestamptz END
       WHERE "organizationId" = $1 AND id = $2 AND "visitId" = $3 AND state = 'open'
       RETURNING "organizationId", id
     )
     INSERT INTO "ActionChange" ("organizationId", id, "actionId", "changedById", at, changes)
     SELECT "organizationId", gen_random_uuid(), id, $8::uuid, $9::timestamptz, $10::jsonb FROM changed`,
    [
      ...[organizationId, was.id, visitId, is?.text ?? null, is?.ownerId ?? null, is?.dueOn?.toString() ?? null],
      ...[is?.remindAt?.toString() ?? null, by, at.toString(), JSON.stringify(changes)],
    ],
  );
}

type Changes = Record<string, [string | null, string | null]>;

function changesOf(was: StepChange['was'] & {}, is: StepChange['is']): Changes {
  if (is === null) return { state: ['open', 'dropped'] };
  const changes: Changes = {
    text: [was.text, is.text],
    ownerId: [was.ownerId, is.ownerId],
    dueOn: [was.dueOn?.toString() ?? null, is.dueOn?.toString() ?? null],
  };
  return Object.fromEntries(Object.entries(changes).filter(([, [before, after]]) => before !== after));
}
