import type { Database } from '../../src/database.ts';

/** How large a company is, and how long its history. */
export interface History {
  /** People and customers of the team that is evaluated. */
  people: number;
  accounts: number;
  /** The same of the teams beside it. */
  othersPeople: number;
  othersAccounts: number;
  visits: number;
  /** Days that the history goes back from `today` (YYYY-MM-DD). */
  days: number;
  today: string;
}

/** What the rows of a history are inserted between: without them a million rows take minutes. */
const tables = ['Visit', 'VisitPerson', 'Action', 'Prompt', 'PlanItem', 'Feedback', 'Survey', 'SurveyScore'];

/**
 * An organisation with one large team and as many more people as are asked for, everybody with their customers. Its id
 * and the team's.
 */
export async function makeCompany(
  { pool }: Pick<Database, 'pool'>,
  { people, accounts, othersPeople, othersAccounts }: History,
): Promise<{ organizationId: string; teamId: string }> {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO "Organization" (id, name, "setUpAt") VALUES (gen_random_uuid(), 'Company', now()) RETURNING id`,
  );
  const organizationId = rows[0]?.id ?? '';
  const sized = [
    { name: 'Large', people, accounts },
    { name: 'Others', people: othersPeople, accounts: othersAccounts },
  ];
  const ids: string[] = [];
  for (const one of sized) {
    const team = await pool.query<{ id: string }>(
      `INSERT INTO "Team" ("organizationId", id, name, "timeZone", locale)
       VALUES ($1, gen_random_uuid(), $2, 'Europe/Berlin', 'en') RETURNING id`,
      [organizationId, one.name],
    );
    const teamId = team.rows[0]?.id ?? '';
    ids.push(teamId);
    await pool.query(
      `WITH person AS (
         INSERT INTO "Person" ("organizationId", id, name, "timeZone", "createdAt")
         SELECT $1, gen_random_uuid(), $3 || ' ' || n, 'Europe/Berlin', '2000-01-01' FROM generate_series(1, $4::int) n
         RETURNING "organizationId", id)
       INSERT INTO "Membership" ("organizationId", "teamId", "personId") SELECT "organizationId", $2, id FROM person`,
      [organizationId, teamId, one.name, one.people],
    );
    await pool.query(
      `WITH owner AS (SELECT m."personId" AS id, row_number() OVER () - 1 AS n FROM "Membership" m WHERE m."teamId" = $2)
       INSERT INTO "Account" ("organizationId", id, name, "nameKey", "searchText", "searchGrams", "ownerId", class, "createdAt")
       SELECT $1, gen_random_uuid(), $3 || ' customer ' || c, $3 || c, '', '{}', owner.id,
         (ARRAY['core', 'core', 'corePotential', 'corePotential', 'corePotential', 'balanced', 'balanced', 'balanced',
           'general', 'general'])[c / $5::int % 10 + 1]::"AccountClass", '2000-01-01'
       FROM generate_series(0, $4::int - 1) c JOIN owner ON owner.n = c % $5::int`,
      [organizationId, teamId, one.name, one.accounts, one.people],
    );
  }
  return { organizationId, teamId: ids[0] ?? '' };
}

/**
 * What the company did between two days of its history (counted back from its last day; `from` is the earlier one): visits,
 * now and then with a colleague, next steps, prompts and plans, feedback and scores, at an even pace and without weekends.
 * References are not checked and indices are built afterwards, for speed alone.
 */
export async function addHistory(
  { pool }: Pick<Database, 'pool'>,
  organizationId: string,
  { visits, days, today }: History,
  { from, to }: { from: number; to: number },
): Promise<void> {
  const client = await pool.connect();
  const count = Math.round((visits * (from - to)) / days);
  try {
    await client.query(
      `SET session_replication_role = 'replica'; SET maintenance_work_mem = '512MB'; SET work_mem = '256MB'`,
    );
    const indices = await client.query<{ name: string; definition: string; key: string | null; table: string }>(
      `SELECT i.relname AS name, pg_get_indexdef(i.oid) AS definition, k.conname AS key, t.relname AS table
       FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
       LEFT JOIN pg_constraint k ON k.conindid = i.oid AND k.contype = 'p'
       WHERE t.relname = ANY ($1) AND k.conname IS NULL`,
      [tables],
    );
    for (const { name } of indices.rows) await client.query(`DROP INDEX "${name}"`);
    await client.query(`SELECT setseed(0.5)`);
    await client.query(
      `CREATE TEMP TABLE customer AS SELECT row_number() OVER (ORDER BY random()) - 1 AS n, id, "ownerId" FROM (
         SELECT a.id, a."ownerId" FROM "Account" a,
           generate_series(1, CASE a.class WHEN 'core' THEN 4 WHEN 'corePotential' THEN 4 WHEN 'balanced' THEN 2 ELSE 1 END)
         WHERE a."organizationId" = '${organizationId}') weighted;
       CREATE UNIQUE INDEX ON customer (n);
       CREATE TEMP TABLE day AS SELECT row_number() OVER (ORDER BY date) - 1 AS n, date FROM (
         SELECT ('${today}'::date - d)::date AS date FROM generate_series(${to}, ${from - 1}) d) all_days
         WHERE extract(isodow FROM date) <= 5;
       ANALYZE customer; ANALYZE day;
       CREATE TEMP TABLE made AS
       SELECT gen_random_uuid() AS id, c.id AS account, c."ownerId" AS owner, day.date, made.n,
         (random() * 100)::int AS chance
       FROM (SELECT n, floor(random() * (SELECT count(*) FROM customer))::bigint AS which,
           n * (SELECT count(*) FROM day) / ${count} AS at FROM generate_series(0, ${count} - 1) n) made
       JOIN customer c ON c.n = made.which JOIN day ON day.n = made.at;
       INSERT INTO "Visit" ("organizationId", id, "accountId", "authorId", date, outcome, "loggedAt", "requestKey")
       SELECT '${organizationId}', id, account, owner, date,
         CASE WHEN chance < 30 THEN 'advance' WHEN chance < 60 THEN 'noChange' WHEN chance < 65 THEN 'setback' END::"VisitOutcome",
         date + interval '12 hours', id::text FROM made ORDER BY n;
       INSERT INTO "VisitPerson" ("organizationId", "visitId", "personId")
       SELECT '${organizationId}', made.id, person FROM made, LATERAL (
         SELECT owner AS person UNION SELECT c."ownerId" FROM customer c WHERE chance < 10 AND c.n = made.n % 1000) present;
       INSERT INTO "Action" ("organizationId", id, "accountId", text, "ownerId", "createdById", "dueOn", state, "closedAt",
         "createdAt", "requestKey")
       SELECT '${organizationId}', id, account, 'Send the offer', owner, owner, date + 7,
         (CASE WHEN chance < 28 OR date + 10 < '${today}'::date AND chance < 30 THEN 'done' ELSE 'open' END)::"ActionState",
         CASE WHEN chance < 28 OR date + 10 < '${today}'::date AND chance < 30 THEN least(date + 5 + chance % 6, '${today}') END,
         date + interval '12 hours', id::text
       FROM made WHERE chance < 30 AND (chance < 29 OR date > '${today}'::date - 60);
       INSERT INTO "Feedback" ("organizationId", id, "accountId", kind, words, "saidOn", "authorId", state, "accountClass",
         "openActions", "answeredAt", "createdAt", "requestKey")
       SELECT '${organizationId}', id, account,
         (ARRAY['praise', 'problem', 'wish', 'price', 'competitor'])[n % 5 + 1]::"FeedbackKind", 'As they said it', date, owner,
         (CASE WHEN date + 14 < '${today}'::date OR n % 3 > 0 THEN 'answered' ELSE 'open' END)::"FeedbackState", 'core', 1,
         CASE WHEN date + 14 < '${today}'::date OR n % 3 > 0 THEN least(date + interval '36 hours', '${today} 12:00'::timestamp) END, date + interval '12 hours', id::text
       FROM made WHERE chance BETWEEN 30 AND 35;
       INSERT INTO "Survey" ("organizationId", id, "accountId", source, state, "authorId", "scoredOn", recommend, "createdAt",
         "requestKey")
       SELECT '${organizationId}', id, account, 'accountManager', 'answered', owner, date, n % 11, date, id::text
       FROM made WHERE chance BETWEEN 40 AND 41;
       INSERT INTO "SurveyScore" ("organizationId", "surveyId", "dimensionId", score)
       SELECT '${organizationId}', id, ('00000000-0000-7000-8000-00000000000' || d)::uuid, (n * 7 + d) % 4 + 2
       FROM made, (SELECT generate_series(1, 5) AS d) d WHERE chance BETWEEN 40 AND 41;
       CREATE TEMP TABLE asked AS SELECT gen_random_uuid() AS id, m."personId" AS person, day.date, (random() * 100)::int AS chance
       FROM "Membership" m, day WHERE m."organizationId" = '${organizationId}' ORDER BY day.date;
       INSERT INTO "Prompt" ("organizationId", id, "personId", kind, slot, date, "opensAt", "closesAt", state, "answeredAt",
         "questionsOfId", "questionsVersion")
       SELECT '${organizationId}', id, person, 'morning', 'morning', date, date + interval '8 hours', date + interval '10 hours',
         (CASE WHEN chance < 70 THEN 'answered' WHEN chance < 80 THEN 'nothing' ELSE 'closed' END)::"PromptState",
         CASE WHEN chance < 80 THEN date + interval '9 hours' END, id, 1 FROM asked;
       INSERT INTO "PlanItem" ("organizationId", id, "personId", date, "promptId", position, text, state, "closedAt")
       SELECT '${organizationId}', gen_random_uuid(), person, date, id, 0, 'See the customer',
         (CASE WHEN chance < 55 THEN 'done' WHEN chance < 65 THEN 'moved' ELSE 'planned' END)::"PlanState",
         CASE WHEN chance < 65 THEN date + interval '14 hours' END FROM asked WHERE chance < 70;
       DROP TABLE customer, day, made, asked`,
    );
    for (const { definition } of indices.rows) await client.query(definition);
    await client.query(`RESET session_replication_role`);
    await client.query(`VACUUM ANALYZE`);
  } finally {
    client.release(true);
  }
}
