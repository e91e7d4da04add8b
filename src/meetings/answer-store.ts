import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Queries } from '../actions/index.ts';
import type { Blocker } from './blocker.ts';
import { mostShown } from './day.ts';
import { dayStore, type ItemRow, itemJson, readItem } from './day-store.ts';
import { type MeetingKind, meetingKinds } from './meeting.ts';
import { mostItems, type PlanItem } from './plan-item.ts';
import { type PromptShown, type PromptState, promptStates } from './prompt-cards.ts';
import { type Question, readQuestions } from './question.ts';

/** A prompt of a person as it is stored, with everything that its form and its card are drawn from. */
export interface StoredPrompt {
  organizationId: string;
  id: string;
  personId: string;
  kind: MeetingKind;
  date: Temporal.PlainDate;
  closesAt: Temporal.Instant;
  state: PromptState;
  answeredAt: Temporal.Instant | null;
  /** Counts answers and their changes. */
  version: number;
  answers: Readonly<Record<string, string>>;
  questions: readonly Question[];
  /** The meeting whose questions these are. */
  meetingName: string | null;
  teamId: string;
  /** The plan of its day, whatever became of it. */
  items: readonly PlanItem[];
  /** Everything that is in the person's way. */
  blockers: readonly Blocker[];
}

/** Which of a person's prompts: this one, or that of the morning of a day. */
export type WhichPrompt = { id: string } | { morningOf: Temporal.PlainDate };

const instant = z.date().transform((at) => Temporal.Instant.fromEpochMilliseconds(at.getTime()));
const plainDate = z.string().transform((written) => Temporal.PlainDate.from(written));

const promptRow = z.object({
  organizationId: z.string(),
  id: z.string(),
  personId: z.string(),
  kind: z.enum(meetingKinds),
  date: plainDate,
  closesAt: instant,
  state: z.enum(promptStates),
  answeredAt: instant.nullable(),
  version: z.number(),
  answers: z.record(z.string(), z.string()),
  questions: z.unknown().transform(readQuestions),
  meetingName: z.string().nullable(),
  teamId: z.string(),
  // Written by itemJson.
  items: z.array(z.custom<ItemRow>((item) => typeof item === 'object' && item !== null).transform(readItem)),
  blockers: z.array(z.object({ id: z.string(), text: z.string(), since: plainDate, promptId: z.string() })),
}) satisfies z.ZodType<StoredPrompt>;

const promptSql = (which: string) => `
SELECT q."organizationId", q.id, q."personId", q.kind, q.date::text, q."closesAt", q.state, q."answeredAt", q.version,
  coalesce(q.answers, '{}') AS answers, k.questions, m.name AS "meetingName", m."teamId",
  coalesce((
    SELECT json_agg(${itemJson} ORDER BY i.position, i.id) FROM "PlanItem" i
    LEFT JOIN "Account" c ON c."organizationId" = i."organizationId" AND c.id = i."accountId"
    WHERE i."organizationId" = q."organizationId" AND i."personId" = q."personId" AND i.date = q.date
      AND q.kind IN ('morning', 'evening')), '[]') AS items,
  coalesce((
    SELECT json_agg(json_build_object('id', b.id, 'text', b.text, 'since', b.since, 'promptId', b."promptId")
      ORDER BY b.since, b.id) FROM "Blocker" b
    WHERE b."organizationId" = q."organizationId" AND b."personId" = q."personId" AND b."resolvedAt" IS NULL), '[]')
    AS blockers
FROM "Prompt" q
JOIN "Meeting" m ON m."organizationId" = q."organizationId" AND m.id = q."questionsOfId"
JOIN "MeetingQuestions" k ON k."organizationId" = q."organizationId" AND k."meetingId" = q."questionsOfId"
  AND k.version = q."questionsVersion"
WHERE q."organizationId" = $1 AND q."personId" = $2 AND ${which} ORDER BY q.nth DESC LIMIT 1`;

const statements = {
  byId: promptSql('q.id = $3::uuid'),
  morning: promptSql(`q.slot = 'morning' AND q.date = $3::date`),
};

/** Prompts as their own people read them; through the pool, or inside of a transaction. */
export function answerStore({ pool }: { pool: Queries }) {
  const days = dayStore({ pool });
  return {
    /** Null: no such prompt of this person. */
    async prompt(organizationId: string, personId: string, which: WhichPrompt): Promise<StoredPrompt | null> {
      const [how, value] = 'id' in which ? (['byId', which.id] as const) : (['morning', which.morningOf] as const);
      const { rows } = await pool.query({
        name: `prompts.${how}`,
        text: statements[how],
        values: [organizationId, personId, value.toString()],
      });
      return rows[0] === undefined ? null : promptRow.parse(rows[0]);
    },

    /** What its card shows in the person's zone: the day as it is now, and the plan with what became of it. */
    async shown(prompt: StoredPrompt, timeZone: string): Promise<PromptShown> {
      const { organizationId, personId, date, items, blockers, kind } = prompt;
      const found = (await days.daysOf([{ organizationId, personId, date }], kind)).get(personId);
      if (found === undefined) throw new Error('a day that was asked for is missing');
      const isMorning = kind === 'morning';
      const day = {
        ...found,
        items: { shown: items.slice(0, mostItems), total: items.length },
        blockers: isMorning ? { shown: blockers.slice(0, mostShown), total: blockers.length } : found.blockers,
      };
      const { meetingName, questions, answers } = prompt;
      return { prompt, meetingName, questions, answers, day, timeZone };
    },
  };
}

export type AnswerStore = ReturnType<typeof answerStore>;
