import type { Temporal } from 'temporal-polyfill';
import type { Queries } from '../actions/index.ts';
import type { Database } from '../database.ts';
import { newId } from '../ids.ts';
import { afterAnswer } from './answer-after-store.ts';
import type { AnswerSaveStore, By, Redraw } from './answer-save-store.ts';
import { answerStore, type StoredPrompt } from './answer-store.ts';
import type { PlanState } from './plan-item.ts';

/** What is done to an item of the plan: it is closed in one of three ways, or open again. */
export type Turn =
  | { to: 'done' | 'dropped' | 'planned' }
  /** Moved to that day, where it is planned anew. */
  | { to: 'moved'; day: Temporal.PlainDate };

/** `movedOn`: the day that it was moved to has dealt with it, so it cannot come back. */
export type Turned = { turned: true; prompt: StoredPrompt } | { turned: false; why: 'gone' | 'movedOn' };

/** Closing the items of a plan, one by one. */
export function planTurnStore({ pool }: Pick<Database, 'pool'>, { storing }: Pick<AnswerSaveStore, 'storing'>) {
  return {
    /** The day and the state of one of the person's items; null: no such item. */
    async item(organizationId: string, personId: string, itemId: string) {
      const { rows } = await pool.query<{ date: string; state: PlanState; teamId: string }>(itemSql, [
        organizationId,
        personId,
        itemId,
      ]);
      return rows[0] ?? null;
    },

    /** Turns an item that is shown on a prompt's card. What is so already stays so: pressed twice is done once. */
    async turn(by: By, which: { itemId: string; promptId: string }, turn: Turn, redraw: Redraw): Promise<Turned> {
      const { organizationId, personId, now } = by;
      let why: 'gone' | 'movedOn' = 'gone';
      const done = await storing(by, redraw, async (through) => {
        const store = answerStore({ pool: through });
        const before = await store.prompt(organizationId, personId, { id: which.promptId });
        if (!before?.items.some(({ id }) => id === which.itemId)) return null;
        if (turn.to === 'planned' && !(await takeBack(through, by, which.itemId))) {
          why = 'movedOn';
          return null;
        }
        const values = [organizationId, personId, which.itemId, now.toString()];
        if (turn.to === 'planned') await through.query(reopenSql, values.slice(0, 3));
        else if (turn.to === 'moved') await through.query(moveSql, [...values, newId(), turn.day.toString()]);
        else await through.query(closeSql, [...values, turn.to]);
        const closed = await through.query(allClosedSql, [organizationId, personId, which.promptId, now.toString()]);
        const answered = closed.rows.length > 0;
        await afterAnswer(through, { organizationId, id: which.promptId }, { answered, now });
        const prompt = await store.prompt(organizationId, personId, { id: which.promptId });
        return prompt && { prompt };
      });
      return done === null ? { turned: false, why } : { turned: true, prompt: done.prompt };
    },
  };
}

export type PlanTurnStore = ReturnType<typeof planTurnStore>;

/** Takes away what moving an item made of it; false when that is planned no longer, whatever became of it. */
async function takeBack(through: Queries, { organizationId, personId }: By, itemId: string): Promise<boolean> {
  const { rows } = await through.query<{ state: PlanState }>(takeBackSql, [organizationId, personId, itemId]);
  return rows.every(({ state }) => state === 'planned');
}

const itemSql = `SELECT i.date::text, i.state, m."teamId" FROM "PlanItem" i
  JOIN "Prompt" q ON q."organizationId" = i."organizationId" AND q.id = i."promptId"
  JOIN "Meeting" m ON m."organizationId" = q."organizationId" AND m.id = q."questionsOfId"
  WHERE i."organizationId" = $1 AND i."personId" = $2 AND i.id = $3`;

const closeSql = `UPDATE "PlanItem" i SET state = $5::"PlanState", "closedAt" = $4::timestamptz,
    "visitId" = CASE WHEN $5 = 'done' THEN (
      SELECT v.id FROM "Visit" v JOIN "VisitPerson" p ON p."organizationId" = v."organizationId" AND p."visitId" = v.id
      WHERE v."organizationId" = i."organizationId" AND v."accountId" = i."accountId" AND v.date = i.date
        AND v."undoneAt" IS NULL AND p."personId" = i."personId" ORDER BY v."loggedAt", v.id LIMIT 1) END
  WHERE i."organizationId" = $1 AND i."personId" = $2 AND i.id = $3 AND i.state = 'planned'`;

const reopenSql = `UPDATE "PlanItem" SET state = 'planned', "closedAt" = NULL, "visitId" = NULL
  WHERE "organizationId" = $1 AND "personId" = $2 AND id = $3`;

/** Whoever has said of everything what became of it has answered their evening, without a word. */
const allClosedSql = `UPDATE "Prompt" q SET state = 'answered', "answeredAt" = coalesce(q."answeredAt", $4::timestamptz),
    version = q.version + 1, "dueAt" = NULL
  WHERE q."organizationId" = $1 AND q."personId" = $2 AND q.id = $3 AND q.kind = 'evening'
    AND q.state IN ('open', 'closed', 'missed') AND NOT EXISTS (SELECT FROM "PlanItem" i
      WHERE i."organizationId" = $1 AND i."personId" = $2 AND i.date = q.date AND i.state = 'planned')
  RETURNING q.id`;

/** It belongs to the other day's prompt once there is one; until then to the one that it was moved from. */
const moveSql = `
WITH moved AS (
  UPDATE "PlanItem" SET state = 'moved', "closedAt" = $4::timestamptz
  WHERE "organizationId" = $1 AND "personId" = $2 AND id = $3 AND state = 'planned' RETURNING *
)
INSERT INTO "PlanItem" ("organizationId", id, "personId", date, "promptId", position, "accountId", text, "movedFromId")
SELECT i."organizationId", $5::uuid, i."personId", $6::date,
  coalesce((SELECT q.id FROM "Prompt" q WHERE q."organizationId" = $1 AND q."personId" = $2 AND q.slot = 'morning'
    AND q.date = $6::date ORDER BY q.nth DESC LIMIT 1), i."promptId"),
  (SELECT coalesce(max(o.position), -1) + 1 FROM "PlanItem" o WHERE o."organizationId" = $1 AND o."personId" = $2
    AND o.date = $6::date),
  i."accountId", i.text, i.id
FROM moved i`;

/** Rows of what was moved on, those that are planned still taken away. */
const takeBackSql = `
WITH next AS (
  SELECT n.id, n.state FROM "PlanItem" i JOIN "PlanItem" n ON n."organizationId" = i."organizationId"
    AND n."personId" = i."personId" AND n.date > i.date AND n."movedFromId" = i.id
  WHERE i."organizationId" = $1 AND i."personId" = $2 AND i.id = $3 AND i.state = 'moved' FOR UPDATE OF i, n
), taken AS (
  DELETE FROM "PlanItem" WHERE "organizationId" = $1 AND id IN (SELECT id FROM next WHERE state = 'planned')
)
SELECT state::text FROM next`;
