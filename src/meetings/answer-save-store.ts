import type { Temporal } from 'temporal-polyfill';
import type { Queries } from '../actions/index.ts';
import type { OutboxRow } from '../chat/outbox.ts';
import { putIntoOutbox } from '../chat/outbox-insert.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Database } from '../database.ts';
import { newId } from '../ids.ts';
import { afterAnswer } from './answer-after-store.ts';
import { answerStore, type StoredPrompt } from './answer-store.ts';
import { changesOf } from './blocker.ts';
import { mergePlan, type Wanted } from './plan-item.ts';
import type { AnsweredState } from './prompt-cards.ts';

/** Whose answer it is, when it was given, and where. */
export interface By {
  organizationId: string;
  personId: string;
  now: Temporal.Instant;
  /** The platform's id of the message whose button led here: it is drawn anew by the reply. */
  message: string | null;
}

/** A prompt of the morning that is answered before the bot asks. */
export interface NewPrompt {
  id: string;
  date: Temporal.PlainDate;
  opensAt: Temporal.Instant;
  closesAt: Temporal.Instant;
  questionsOfId: string;
  questionsVersion: number;
}

/** An answer as it is stored. */
export interface Answer {
  prompt: { id: string } | { make: NewPrompt };
  /** The version that its form was drawn from. */
  version: number;
  state: 'answered' | 'nothing';
  /** Question id -> words. */
  answers: Readonly<Record<string, string>>;
  /** Null: the form asks for no plan. */
  plan: { shown: readonly string[]; wanted: readonly Wanted[] } | null;
  /** Null: the form asks for no blockers. */
  blockers: { shown: readonly string[]; still: readonly string[]; lines: readonly string[] } | null;
}

/** What became of an answer. `changed`: another one was given since the form was drawn, and this one is not stored. */
export type Saved =
  | { became: 'saved'; prompt: StoredPrompt; again: boolean }
  | { became: 'changed'; prompt: StoredPrompt }
  | { became: 'gone' };

/** Draws a prompt's card for the places where it stands besides the one that the reply redraws. */
export type Redraw = (prompt: StoredPrompt, through: Queries) => Promise<OutboxRow>;

/** Storing answers. */
export function answerSaveStore({ pool }: Pick<Database, 'pool'>) {
  /** Stores what `work` does and redraws the prompt wherever else it stands, in one transaction. */
  async function storing<T extends { prompt: StoredPrompt }>(
    by: By,
    redraw: Redraw,
    work: (through: Queries) => Promise<T | null>,
  ): Promise<T | null> {
    return inTransaction(
      pool,
      async (through) => {
        const done = await work(through);
        if (done === null) return null;
        const places = [by.organizationId, done.prompt.id, by.message];
        if ((await through.query(elsewhereSql, places)).rows.length > 0)
          await putIntoOutbox(through, [await redraw(done.prompt, through)]);
        return done;
      },
      { attempts },
    );
  }

  return {
    storing,

    /** Stores an answer. The same one again is stored already and changes nothing. */
    async save(by: By, answer: Answer, redraw: Redraw): Promise<Saved> {
      const { organizationId, personId, now } = by;
      let refused: Saved = { became: 'gone' };
      const saved = await storing(by, redraw, async (through) => {
        const which = await lock(through, by, answer);
        const store = answerStore({ pool: through });
        const before = which && (await store.prompt(organizationId, personId, { id: which }));
        if (!before) return null;
        if (before.version !== answer.version) {
          if (!isSame(before, answer)) refused = { became: 'changed', prompt: before };
          else return { prompt: before, again: true };
          return null;
        }
        if (answer.plan) await storePlan(through, before, answer.plan, now);
        if (answer.blockers) await storeBlockers(through, before, answer.blockers, now);
        await through.query(answeredSql, [
          organizationId,
          before.id,
          answer.state,
          now.toString(),
          JSON.stringify(answer.answers),
        ]);
        await afterAnswer(through, before, { answered: true, now });
        const prompt = await store.prompt(organizationId, personId, { id: before.id });
        return prompt && { prompt, again: false };
      });
      return saved === null ? refused : { became: 'saved', ...saved };
    },

    /** Skips a prompt, or says that there is nothing. An answer that was given stays; null: no such prompt. */
    async mark(
      by: By,
      promptId: string,
      state: Exclude<AnsweredState, 'answered'>,
      redraw: Redraw,
    ): Promise<StoredPrompt | null> {
      const { organizationId, personId, now } = by;
      const marked = await storing(by, redraw, async (through) => {
        const { rows } = await through.query(markSql, [organizationId, promptId, personId, state, now.toString()]);
        if (rows.length > 0) await afterAnswer(through, { organizationId, id: promptId }, { answered: true, now });
        const prompt = await answerStore({ pool: through }).prompt(organizationId, personId, { id: promptId });
        return prompt && { prompt };
      });
      return marked?.prompt ?? null;
    },
  };
}

export type AnswerSaveStore = ReturnType<typeof answerSaveStore>;

/** Locks the prompt that is answered, making it when it is answered ahead; null: no such prompt of this person. */
async function lock(through: Queries, { organizationId, personId }: By, { prompt }: Answer): Promise<string | null> {
  if ('id' in prompt) {
    const { rows } = await through.query<{ id: string }>(lockSql, [organizationId, personId, prompt.id]);
    return rows[0]?.id ?? null;
  }
  const { id, date, opensAt, closesAt, questionsOfId, questionsVersion } = prompt.make;
  await through.query(makeSql, [
    ...[organizationId, id, personId, date.toString(), opensAt.toString(), closesAt.toString()],
    ...[questionsOfId, questionsVersion],
  ]);
  const { rows } = await through.query<{ id: string }>(lockMorningSql, [organizationId, personId, date.toString()]);
  return rows[0]?.id ?? null;
}

/** The order of the questions is the same in both, since both are made from the same questions. */
const isSame = (stored: StoredPrompt, { state, answers }: Answer) =>
  stored.state === state && sorted(stored.answers) === sorted(answers);
const sorted = (answers: Readonly<Record<string, string>>) => JSON.stringify(Object.entries(answers).sort());

async function storePlan(
  through: Queries,
  prompt: StoredPrompt,
  { shown, wanted }: Answer['plan'] & {},
  now: Temporal.Instant,
) {
  const planned = prompt.items.filter(({ state }) => state === 'planned');
  const { keep, add, remove } = mergePlan(planned, new Set(shown), wanted);
  const added = add.map(({ account, text, position }) => ({
    id: newId(),
    accountId: account?.id ?? null,
    text,
    position,
  }));
  await through.query(planSql, [
    ...[prompt.organizationId, prompt.personId, prompt.id, prompt.date.toString()],
    ...[JSON.stringify(keep), JSON.stringify(added), remove, now.toString()],
  ]);
}

async function storeBlockers(
  through: Queries,
  prompt: StoredPrompt,
  { shown, ...said }: Answer['blockers'] & {},
  now: Temporal.Instant,
) {
  const known = prompt.blockers.filter(({ id }) => shown.includes(id));
  const { resolve, remove, add } = changesOf(known, prompt.id, said);
  await through.query(blockersSql, [
    ...[prompt.organizationId, prompt.personId, prompt.id, prompt.date.toString(), now.toString()],
    ...[resolve, remove, JSON.stringify(add.map((text) => ({ id: newId(), text })))],
  ]);
}

/** Only against other answers: the planner counts the prompt in further meetings meanwhile, and neither waits for the other. */
const lockSql = `SELECT id FROM "Prompt" WHERE "organizationId" = $1 AND "personId" = $2 AND id = $3 FOR NO KEY UPDATE`;
const lockMorningSql = `SELECT id FROM "Prompt" WHERE "organizationId" = $1 AND "personId" = $2 AND slot = 'morning'
  AND date = $3::date ORDER BY nth DESC LIMIT 1 FOR NO KEY UPDATE`;

const makeSql = `INSERT INTO "Prompt" ("organizationId", id, "personId", kind, slot, date, "opensAt", "closesAt",
    "questionsOfId", "questionsVersion")
  VALUES ($1, $2, $3, 'morning', 'morning', $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`;

const answeredSql = `UPDATE "Prompt" SET state = $3::"PromptState", "answeredAt" = coalesce("answeredAt", $4::timestamptz),
    answers = $5::jsonb, version = version + 1, "dueAt" = NULL
  WHERE "organizationId" = $1 AND id = $2`;

const markSql = `UPDATE "Prompt" SET state = $4::"PromptState", "answeredAt" = coalesce("answeredAt", $5::timestamptz),
    version = version + 1, "dueAt" = NULL
  WHERE "organizationId" = $1 AND id = $2 AND "personId" = $3 AND state NOT IN ('answered', $4::"PromptState")
  RETURNING id`;

/** What was moved here and is not wanted any more was promised on another day: it is dropped, not forgotten. */
const planSql = `
WITH kept AS (
  UPDATE "PlanItem" i SET position = r.position, "promptId" = $3
  FROM jsonb_to_recordset($5::jsonb) AS r(id uuid, position int)
  WHERE i."organizationId" = $1 AND i."personId" = $2 AND i.id = r.id
), dropped AS (
  UPDATE "PlanItem" SET state = 'dropped', "closedAt" = $8::timestamptz, "promptId" = $3
  WHERE "organizationId" = $1 AND "personId" = $2 AND id = ANY ($7::uuid[]) AND "movedFromId" IS NOT NULL
), removed AS (
  DELETE FROM "PlanItem"
  WHERE "organizationId" = $1 AND "personId" = $2 AND id = ANY ($7::uuid[]) AND "movedFromId" IS NULL
)
INSERT INTO "PlanItem" ("organizationId", id, "personId", date, "promptId", position, "accountId", text)
SELECT $1, r.id, $2, $4::date, $3, r.position, r."accountId", r.text
FROM jsonb_to_recordset($6::jsonb) AS r(id uuid, position int, "accountId" uuid, text text)`;

/** What the manager was told of cannot be taken back as if it had never been said. */
const blockersSql = `
WITH resolved AS (
  UPDATE "Blocker" SET "resolvedAt" = $5::timestamptz
  WHERE "organizationId" = $1 AND "personId" = $2
    AND (id = ANY ($6::uuid[]) OR id = ANY ($7::uuid[]) AND "raisedAt" IS NOT NULL)
), removed AS (
  DELETE FROM "Blocker" WHERE "organizationId" = $1 AND "personId" = $2 AND id = ANY ($7::uuid[]) AND "raisedAt" IS NULL
)
INSERT INTO "Blocker" ("organizationId", id, "personId", "promptId", text, since)
SELECT $1, r.id, $2, $3, r.text, $4::date FROM jsonb_to_recordset($8::jsonb) AS r(id uuid, text text)`;

const elsewhereSql = `SELECT FROM "Sent" WHERE "organizationId" = $1 AND thing = 'prompt' AND "thingId" = $2
  AND card = 'prompt' AND message IS DISTINCT FROM $3 LIMIT 1`;

/** Whoever plans a day takes its rows in another order; of two who wait for each other, this one begins again. */
const attempts = 3;
