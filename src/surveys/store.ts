import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { OutboxRow } from '../chat/outbox.ts';
import { putIntoOutbox } from '../chat/outbox-insert.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Database } from '../database.ts';
import {
  type OldAnswers,
  type Survey,
  type SurveyContent,
  type SurveySource,
  sameContent,
  surveySources,
} from './survey.ts';

export const named = z.object({ id: z.string(), name: z.string() });
const day = z.string().transform((written) => Temporal.PlainDate.from(written));
const moment = z.date().transform((at) => Temporal.Instant.fromEpochMilliseconds(at.getTime()));
const scores = z
  .array(z.object({ dimensionId: z.string(), score: z.int() }))
  .transform((all) => new Map(all.map(({ dimensionId, score }) => [dimensionId, score])));

const surveyRow = z
  .object({
    organizationId: z.string(),
    id: z.string(),
    account: named,
    contact: named.nullable(),
    visitId: z.string().nullable(),
    source: z.enum(surveySources),
    state: z.enum(['asked', 'answered', 'revoked', 'declined']),
    author: named,
    scoredOn: day,
    recommend: z.int().nullable(),
    remark: z.string().nullable(),
    locale: z.string().nullable(),
    expiresAt: moment.nullable(),
    linkVersion: z.int(),
    openedAt: moment.nullable(),
    answeredAt: moment.nullable(),
    version: z.int(),
    scores,
  })
  .transform((row): Survey => row);

export const wholeSurvey = `
SELECT s."organizationId", s.id, json_build_object('id', a.id, 'name', a.name) AS account,
  CASE WHEN c.id IS NOT NULL THEN json_build_object('id', c.id, 'name', c.name) END AS contact, s."visitId",
  s.source::text, s.state::text, json_build_object('id', p.id, 'name', p.name) AS author, s."scoredOn"::text,
  s.recommend, s.remark, s.locale, s."expiresAt", s."linkVersion", s."openedAt", s."answeredAt", s.version,
  (SELECT coalesce(json_agg(json_build_object('dimensionId', x."dimensionId", 'score', x.score)), '[]')
   FROM "SurveyScore" x WHERE x."organizationId" = s."organizationId" AND x."surveyId" = s.id) AS scores
FROM "Survey" s
JOIN "Account" a ON a."organizationId" = s."organizationId" AND a.id = s."accountId"
JOIN "Person" p ON p."organizationId" = s."organizationId" AND p.id = s."authorId"
LEFT JOIN "Contact" c ON c."organizationId" = s."organizationId" AND c.id = s."contactId"`;

export const readSurvey = (row: unknown): Survey => surveyRow.parse(row);

const contentJson = z
  .object({ scoredOn: day, recommend: z.int().nullable(), remark: z.string().nullable(), scores })
  .strip();
const versionRow = z
  .object({ version: z.int(), content: contentJson, replacedAt: moment, by: named.nullable() })
  .transform(({ content, ...row }): OldAnswers => ({ ...row, ...content }));

export type Queries = Pick<Database['pool'], 'query'>;

/** Scores that are entered by us. */
export interface NewSurvey extends SurveyContent {
  organizationId: string;
  /** Its form's own id, which is its request key too. */
  id: string;
  accountId: string;
  visitId: string | null;
  source: SurveySource;
  authorId: string;
  scoredOn: Temporal.PlainDate;
  at: Temporal.Instant;
}

/** What is stored in place of what was answered; `by`: null for the customer. */
export interface Replacement extends SurveyContent {
  organizationId: string;
  id: string;
  /** The version that the person saw. */
  version: number;
  scoredOn: Temporal.PlainDate;
  by: string | null;
  at: Temporal.Instant;
  requestKey: string | null;
}

/** `same`: it is so already; `changed`: somebody else was faster. */
export type Replaced = { became: 'replaced' | 'same' | 'changed'; survey: Survey } | { became: 'gone' };

/** Stores scores of one survey; what is there is replaced. */
export async function putScores(
  through: Queries,
  organizationId: string,
  surveyId: string,
  given: ReadonlyMap<string, number>,
): Promise<void> {
  await through.query('DELETE FROM "SurveyScore" WHERE "organizationId" = $1 AND "surveyId" = $2', [
    organizationId,
    surveyId,
  ]);
  await through.query(
    `INSERT INTO "SurveyScore" ("organizationId", "surveyId", "dimensionId", score)
     SELECT $1, $2, d.id, one.score FROM unnest($3::uuid[], $4::int[]) AS one (id, score)
     JOIN "ServiceDimension" d ON d."organizationId" = $1 AND d.id = one.id`,
    [organizationId, surveyId, [...given.keys()], [...given.values()]],
  );
}

/** Keeps the answers as they are, before others take their place. */
export async function keepVersion(
  through: Queries,
  survey: Survey,
  by: { personId: string | null; at: Temporal.Instant; requestKey: string | null },
): Promise<void> {
  const { organizationId, id, version, scoredOn, recommend, remark } = survey;
  const kept = [...survey.scores].map(([dimensionId, score]) => ({ dimensionId, score }));
  const content = { scoredOn: scoredOn.toString(), recommend, remark, scores: kept };
  await through.query(
    `INSERT INTO "SurveyVersion" ("organizationId", "surveyId", version, content, "replacedAt", "replacedById", "requestKey")
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [organizationId, id, version, JSON.stringify(content), by.at.toString(), by.personId, by.requestKey],
  );
}

/**
 * A survey, held until the transaction ends; null: there is none. Held first and read then: a statement that waits for
 * the row would still see its scores as they were before it waited.
 */
export async function hold(through: Queries, organizationId: string, id: string): Promise<Survey | null> {
  await through.query('SELECT FROM "Survey" WHERE "organizationId" = $1 AND id = $2 FOR UPDATE', [organizationId, id]);
  const { rows } = await through.query(`${wholeSurvey} WHERE s."organizationId" = $1 AND s.id = $2`, [
    organizationId,
    id,
  ]);
  return rows[0] === undefined ? null : readSurvey(rows[0]);
}

/** Adds scores that we entered, in a transaction: `SurveyStore.add`. */
export async function addSurvey(through: Queries, survey: NewSurvey): Promise<boolean> {
  const { organizationId, id, accountId, visitId, source, authorId, scoredOn, recommend, remark, at } = survey;
  const { rowCount } = await through.query(
    `INSERT INTO "Survey" ("organizationId", id, "accountId", "visitId", source, state, "authorId", "scoredOn", recommend,
       remark, "answeredAt", "createdAt", "requestKey")
     SELECT $1, $2::uuid, a.id, v.id, $5::"SurveySource", 'answered', $6, $7, $8, $9, $10, $10, $2::uuid::text
     FROM "Account" a LEFT JOIN "Visit" v ON v."organizationId" = $1 AND v.id = $4::uuid AND v."accountId" = a.id
     WHERE a."organizationId" = $1 AND a.id = $3 AND a."archivedAt" IS NULL ON CONFLICT DO NOTHING`,
    [
      ...[organizationId, id, accountId, visitId, source, authorId, scoredOn.toString(), recommend, remark],
      at.toString(),
    ],
  );
  if (rowCount === 1) {
    await putScores(through, organizationId, id, survey.scores);
    return true;
  }
  // A form's id is a pointer as well: somebody else's leads to nothing.
  const { rows } = await through.query(
    `SELECT FROM "Survey" WHERE "organizationId" = $1 AND "requestKey" = $2 AND "authorId" = $3 AND "accountId" = $4`,
    [organizationId, id, authorId, accountId],
  );
  return rows.length > 0;
}

/** Puts other answers in the place of those that the person saw, in a transaction. */
export async function replaceSurvey(
  through: Queries,
  given: Replacement,
  tell: readonly OutboxRow[] = [],
): Promise<Replaced> {
  const { organizationId, id, version, scoredOn, recommend, remark, by, at, requestKey } = given;
  const before = await hold(through, organizationId, id);
  if (before === null) return { became: 'gone' };
  const isSame = sameContent(before, given) && before.scoredOn.equals(scoredOn);
  if (isSame) return { became: 'same', survey: before };
  if (before.version !== version) return { became: 'changed', survey: before };
  await keepVersion(through, before, { personId: by, at, requestKey });
  await through.query(
    `UPDATE "Survey" SET "scoredOn" = $3, recommend = $4, remark = $5, version = version + 1
     WHERE "organizationId" = $1 AND id = $2`,
    [organizationId, id, scoredOn.toString(), recommend, remark],
  );
  await putScores(through, organizationId, id, given.scores);
  await putIntoOutbox(through, tell);
  const after = await hold(through, organizationId, id);
  if (after === null) throw new Error('a survey vanished while it was changed');
  return { became: 'replaced', survey: after };
}

/** Surveys as they are stored; every question is asked within one organisation. */
export function surveyStore({ pool }: Pick<Database, 'pool'>) {
  const find = async (organizationId: string, id: string): Promise<Survey | null> => {
    const { rows } = await pool.query(`${wholeSurvey} WHERE s."organizationId" = $1 AND s.id = $2`, [
      organizationId,
      id,
    ]);
    return rows[0] === undefined ? null : readSurvey(rows[0]);
  };

  return {
    find,

    /** What was entered by this form; null: nothing yet. */
    async ofRequest(organizationId: string, requestKey: string): Promise<Survey | null> {
      const { rows } = await pool.query(`${wholeSurvey} WHERE s."organizationId" = $1 AND s."requestKey" = $2`, [
        organizationId,
        requestKey,
      ]);
      return rows[0] === undefined ? null : readSurvey(rows[0]);
    },

    /** Earlier answers, the newest first. */
    async versions(organizationId: string, id: string): Promise<OldAnswers[]> {
      const { rows } = await pool.query(
        `SELECT v.version, v.content, v."replacedAt",
           CASE WHEN p.id IS NOT NULL THEN json_build_object('id', p.id, 'name', p.name) END AS by
         FROM "SurveyVersion" v LEFT JOIN "Person" p ON p."organizationId" = v."organizationId" AND p.id = v."replacedById"
         WHERE v."organizationId" = $1 AND v."surveyId" = $2 ORDER BY v.version DESC LIMIT 20`,
        [organizationId, id],
      );
      return rows.map((row) => versionRow.parse(row));
    },

    /** Of an account: what was answered, the latest first, and what the customer has been asked and may still answer. */
    async ofAccount(
      organizationId: string,
      accountId: string,
      now: Temporal.Instant,
      limit: number,
    ): Promise<Survey[]> {
      const { rows } = await pool.query(
        `${wholeSurvey} WHERE s."organizationId" = $1 AND s."accountId" = $2
           AND (s.state = 'answered' OR (s.state = 'asked' AND s."expiresAt" > $3))
         ORDER BY s."scoredOn" DESC, s.id DESC LIMIT $4`,
        [organizationId, accountId, now.toString(), limit],
      );
      return rows.map(readSurvey);
    },

    /** Adds scores that we entered; the same form again adds nothing. False: the account or the visit is not there. */
    add: (survey: NewSurvey): Promise<boolean> => inTransaction(pool, (client) => addSurvey(client, survey)),

    /** Puts other answers in the place of those that the person saw. */
    replace: (given: Replacement, tell: readonly OutboxRow[] = []): Promise<Replaced> =>
      inTransaction(pool, (client) => replaceSurvey(client, given, tell)),

    /** The latest answers of each side about an account, the customer's first; a side without answers is left out. */
    async lastOfSources(organizationId: string, accountId: string): Promise<Survey[]> {
      const { rows } = await pool.query(
        `SELECT DISTINCT ON (source) * FROM (${wholeSurvey}
           WHERE s."organizationId" = $1 AND s."accountId" = $2 AND s.state = 'answered') s
         ORDER BY source, "scoredOn" DESC, id DESC`,
        [organizationId, accountId],
      );
      const surveys = rows.map(readSurvey);
      return surveySources.flatMap((source) => surveys.filter((one) => one.source === source));
    },
  };
}

export type SurveyStore = ReturnType<typeof surveyStore>;
