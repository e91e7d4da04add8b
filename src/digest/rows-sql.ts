import type { FigureName } from './figures.ts';
import { definitions, scopeValues, withSets } from './figures-sql.ts';

/** What is shown of a row: a day, a customer, a person, some words, a word that the card translates, a number. */
const columns = {
  visits: {
    join: `JOIN "Visit" x ON x."organizationId" = $1 AND x.id = r.id`,
    day: 'x.date',
    account: 'x."accountId"',
    person: 'x."authorId"',
    word: 'x.kind::text',
  },
  prompts: {
    join: `JOIN "Prompt" x ON x."organizationId" = $1 AND x.id = r.id`,
    day: 'x.date',
    person: 'x."personId"',
    word: 'x.kind::text',
  },
  customers: {
    join: `JOIN account x ON x.id = r.id AND x.subject = r.subject`,
    day: `(SELECT max(v.date) FROM "Visit" v WHERE v."organizationId" = $1 AND v."accountId" = r.id
      AND v."undoneAt" IS NULL AND v.date <= (SELECT until FROM period WHERE k = 0))`,
    account: 'x.id',
    person: 'x."ownerId"',
  },
  plans: {
    join: `JOIN "PlanItem" x ON x."organizationId" = $1 AND x.id = r.id`,
    day: 'x.date',
    account: 'x."accountId"',
    person: 'x."personId"',
    words: 'x.text',
  },
  steps: {
    join: `JOIN "Action" x ON x."organizationId" = $1 AND x.id = r.id`,
    day: 'x."dueOn"',
    account: 'x."accountId"',
    person: 'x."ownerId"',
    words: 'x.text',
  },
  feedback: {
    join: `JOIN "Feedback" x ON x."organizationId" = $1 AND x.id = r.id`,
    day: 'x."saidOn"',
    account: 'x."accountId"',
    words: 'x.words',
    word: 'x.kind::text',
  },
  surveys: {
    join: `JOIN "Survey" x ON x."organizationId" = $1 AND x.id = r.id`,
    day: 'x."scoredOn"',
    account: 'x."accountId"',
    word: 'x.source::text',
    score: `(SELECT avg(score)::float FROM "SurveyScore" s WHERE s."organizationId" = $1 AND s."surveyId" = r.id)`,
  },
} as const satisfies Record<string, Columns>;

interface Columns {
  join: string;
  day: string;
  account?: string;
  person?: string;
  words?: string;
  word?: string;
  score?: string;
}

export const rowKinds = {
  visits: 'visits',
  prompts: 'prompts',
  coverageCore: 'customers',
  coveragePotential: 'customers',
  promises: 'plans',
  overdue: 'steps',
  feedbackIn: 'feedback',
  feedbackAnswered: 'feedback',
  feedbackOpen: 'feedback',
  advances: 'visits',
  score: 'surveys',
} as const satisfies Record<FigureName, keyof typeof columns>;

/** What somebody can do something about stands first: overdue steps, and what was missed. */
const hitsFirst: readonly FigureName[] = ['overdue', 'advances'];

/**
 * The rows behind a figure of period 0, the only one given, and how many they and the hits among them are: the very rows
 * that the figure counts. Three values follow the scope's: a person whose rows alone are shown (null: everybody's), how
 * many, and how many are skipped.
 */
export function rowsSql(figure: FigureName): string {
  const { of, rows } = definitions[figure];
  const shown: Columns = columns[rowKinds[figure]];
  const [only, limit, skip] = [1, 2, 3].map((place) => `$${scopeValues + place}`);
  const mine =
    shown.person === undefined ? `${only}::uuid IS NULL` : `(${only}::uuid IS NULL OR ${shown.person} = ${only})`;
  return `${withSets(...of)},
row AS (
  SELECT r.id, r.hit, ${shown.day} AS day, ${shown.account ?? 'NULL::uuid'} AS "accountId",
    ${shown.person ?? 'NULL::uuid'} AS "personId", ${shown.words ?? 'NULL::text'} AS words,
    ${shown.word ?? 'NULL::text'} AS word, ${shown.score ?? 'NULL::float'} AS score
  FROM (${rows}) r ${shown.join}
  WHERE r.k = 0 AND ${mine}),
page AS (
  SELECT * FROM row ORDER BY coalesce(hit, false) ${hitsFirst.includes(figure) ? 'DESC' : 'ASC'}, day DESC NULLS LAST, id
  LIMIT ${limit}::int OFFSET ${skip}::int)
SELECT (SELECT count(*)::int FROM row) AS total, (SELECT count(*)::int FROM row WHERE hit) AS hits,
  coalesce((SELECT json_agg(json_build_object('id', q.id, 'hit', coalesce(q.hit, false), 'day', q.day, 'account', a.name,
      'person', CASE WHEN p.id IS NOT NULL THEN json_build_object('id', p.id, 'name', p.name) END,
      'words', left(q.words, 200), 'word', q.word, 'score', q.score)
      ORDER BY coalesce(q.hit, false) ${hitsFirst.includes(figure) ? 'DESC' : 'ASC'}, q.day DESC NULLS LAST, q.id)
    FROM page q
    LEFT JOIN "Account" a ON a."organizationId" = $1 AND a.id = q."accountId"
    LEFT JOIN "Person" p ON p."organizationId" = $1 AND p.id = q."personId"), '[]') AS rows`;
}
