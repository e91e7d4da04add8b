import type pg from 'pg';
import type { Database } from '../database.ts';
import type { AccountLine } from './account.ts';
import type { SearchQuery } from './search-terms.ts';

interface Searcher {
  organizationId: string;
  personId: string;
}

/** How many rows are ranked: a search for "公司" must not read every account. */
const rankedOwn = 100;
const rankedByName = 50;
const rankedByAnything = 120;

const line = `a.id, a.name, a.code, a.class, a.city, a."ownerId"`;
const isMine = `(a."ownerId" IS NOT DISTINCT FROM $2 OR EXISTS (SELECT FROM "AccountMember" m
  WHERE m."organizationId" = a."organizationId" AND m."accountId" = a.id AND m."personId" = $2))`;
const matches = `a."organizationId" = $1 AND a."archivedAt" IS NULL
  AND a."searchGrams" @> $3::int[] AND a."searchText" LIKE ALL ($4::text[])`;

/**
 * The statement behind the look-up. Candidates are the person's own accounts, those whose name begins with the query
 * and the first that have it anywhere; then the person's own stand first, then the better match, then the shorter name.
 * $1 organisation, $2 person, $3 grams, $4 patterns, $5 the query as a pattern, $6 how many.
 */
const searchSql = `WITH candidates AS (
  (SELECT a.id FROM "Account" a WHERE a."ownerId" = $2 AND ${matches} LIMIT ${rankedOwn})
  UNION
  (SELECT a.id FROM "AccountMember" m JOIN "Account" a ON a."organizationId" = m."organizationId" AND a.id = m."accountId"
    WHERE m."organizationId" = $1 AND m."personId" = $2 AND ${matches} LIMIT ${rankedOwn})
  UNION
  (SELECT a.id FROM "Account" a WHERE a."organizationId" = $1 AND a."archivedAt" IS NULL AND a."nameKey" LIKE $5 || '%'
    ORDER BY a."nameKey" USING ~<~ LIMIT ${rankedByName})
  UNION
  (SELECT a.id FROM "Account" a WHERE ${matches} LIMIT ${rankedByAnything})
)
SELECT ${line}, ${isMine} AS mine
FROM candidates JOIN "Account" a ON a."organizationId" = $1 AND a.id = candidates.id
ORDER BY mine DESC,
  CASE WHEN a."searchText" LIKE E'%\\n' || $5 || E'\\n%' THEN 0 WHEN a."searchText" LIKE E'\\n' || $5 || '%' THEN 1
    WHEN a."searchText" LIKE E'%\\n' || $5 || '%' THEN 2 ELSE 3 END,
  length(a."nameKey"), a."nameKey"
LIMIT $6`;

/** Without a query: the person's own accounts first, then the others by name. */
const browseSql = `WITH mine AS (
  (SELECT a.id FROM "Account" a WHERE a."organizationId" = $1 AND a."ownerId" = $2 AND a."archivedAt" IS NULL
    ORDER BY a."nameKey" LIMIT $3)
  UNION
  (SELECT a.id FROM "AccountMember" m JOIN "Account" a ON a."organizationId" = m."organizationId" AND a.id = m."accountId"
    WHERE m."organizationId" = $1 AND m."personId" = $2 AND a."archivedAt" IS NULL ORDER BY a."nameKey" LIMIT $3)
), others AS (
  SELECT a.id FROM "Account" a WHERE a."organizationId" = $1 AND a."archivedAt" IS NULL ORDER BY a."nameKey" LIMIT $3
)
SELECT ${line}, a.id IN (SELECT id FROM mine) AS mine
FROM (SELECT id FROM mine UNION SELECT id FROM others) found JOIN "Account" a ON a."organizationId" = $1 AND a.id = found.id
ORDER BY mine DESC, a."nameKey" LIMIT $3`;

/** Every form with a customer in it begins with these: one value is read in a fraction of the time of a hundred rows. */
const browseInOneSql = `SELECT coalesce(json_agg(line), '[]') AS lines FROM (${browseSql}) line`;

const guessSql = (way: number) => `(SELECT ${line}, a."searchText", ${isMine} AS mine FROM "Account" a
  WHERE a."organizationId" = $1 AND a."archivedAt" IS NULL AND a."searchGrams" @> $${way}::int[] LIMIT 250)`;

const beginningSql = `(SELECT ${line}, ${isMine} AS mine, a."otherNames" FROM "Account" a
    WHERE a."organizationId" = $1 AND a."archivedAt" IS NULL AND a."searchGrams" && $3::int[] LIMIT 50)
  UNION
  (SELECT ${line}, ${isMine} AS mine, a."otherNames" FROM "Account" a
    WHERE a."organizationId" = $1 AND a."archivedAt" IS NULL AND a."searchGrams" && $4::int[] LIMIT 100)`;

/** A line and what it was found by. */
export type Candidate = AccountLine & { searchText: string };
/** A line and its other names. */
export type Beginning = AccountLine & { otherNames: string[] };

/** In a pattern, only `%`, `_` and `\` mean something else than themselves. */
const literally = (words: string) => words.replace(/[\\%_]/g, '\\$&');

/** Questions to the search index; each is one statement. */
export function searchStore(database: Pick<Database, 'pool'>) {
  const { pool } = database;
  return {
    async browse(by: Searcher, limit: number): Promise<AccountLine[]> {
      const values = [by.organizationId, by.personId, limit];
      const query = { name: 'accounts.browse', text: browseInOneSql, values };
      return (await pool.query<{ lines: AccountLine[] }>(query)).rows[0]?.lines ?? [];
    },

    async find(by: Searcher, query: SearchQuery, limit: number): Promise<AccountLine[]> {
      return (await pool.query<AccountLine>(searchStatement(by, query, limit))).rows;
    },

    /** Candidates for a mistyped word, to be compared letter by letter. */
    async guess(by: Searcher, ways: readonly number[][]): Promise<Candidate[]> {
      if (ways.length === 0) return [];
      const sql = ways.map((_, index) => guessSql(index + 3)).join(' UNION ');
      return (await pool.query<Candidate>(sql, [by.organizationId, by.personId, ...ways])).rows;
    },

    /** Accounts whose name, other name or code is one of these, or which one of these is short for. */
    async beginning(by: Searcher, keys: { whole: number[]; short: number[] }): Promise<Beginning[]> {
      const values = [by.organizationId, by.personId, keys.whole, keys.short];
      return (await pool.query<Beginning>(beginningSql, values)).rows;
    },
  };
}

/**
 * The look-up's statement with its values. Not prepared by name: how common the typed pieces are decides how to look,
 * and a plan made once for all of them reads every account for some (100 ms instead of 3).
 */
export function searchStatement(by: Searcher, query: SearchQuery, limit: number): pg.QueryConfig {
  const patterns = query.parts.map((part) => `%${literally(part)}%`);
  const values = [by.organizationId, by.personId, query.grams, patterns, literally(query.key), limit];
  return { text: searchSql, values };
}
