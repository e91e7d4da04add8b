import { Temporal } from 'temporal-polyfill';
import type { OutboxRow } from '../chat/outbox.ts';
import { putIntoOutbox } from '../chat/outbox-insert.ts';
import type { Database } from '../database.ts';
import { newId } from '../ids.ts';
import type { Account, AccountClass, AccountLine, Contact } from './account.ts';
import { nameKey } from './name.ts';
import { searchTermsOf } from './search-terms.ts';

/** What is known of a customer before it has an id. */
export interface AccountFacts {
  name: string;
  otherNames: readonly string[];
  code: string | null;
  class: AccountClass;
  ownerId: string | null;
  teamId: string | null;
  city: string | null;
  timeZone: string | null;
}

export type Added =
  | { added: true; id: string }
  /** Which of its names or its code is another account's already. */
  | { added: false; taken: 'name' | 'code'; by: { id: string; name: string } };

interface AccountRow extends Omit<Account, 'archivedAt'> {
  archivedAt: Date | null;
}

const accountColumns = `a."organizationId", a.id, a.name, a."otherNames", a.code, a.class, a."ownerId", a."teamId",
  a.city, a."timeZone", a."archivedAt",
  ARRAY(SELECT m."personId" FROM "AccountMember" m WHERE m."organizationId" = a."organizationId" AND m."accountId" = a.id
    ORDER BY m."personId") AS "memberIds",
  ARRAY(SELECT a."teamId" WHERE a."teamId" IS NOT NULL
    UNION SELECT t."teamId" FROM "Membership" t WHERE t."organizationId" = a."organizationId" AND (t."personId" = a."ownerId"
      OR t."personId" IN (SELECT m."personId" FROM "AccountMember" m
        WHERE m."organizationId" = a."organizationId" AND m."accountId" = a.id))) AS "teamIds"`;

const contactColumns = 'c.id, c."accountId", c.name, c.title, c.role, c.attitude';

const accountOf = (row: AccountRow): Account => ({
  ...row,
  archivedAt: row.archivedAt && Temporal.Instant.fromEpochMilliseconds(row.archivedAt.getTime()),
});

/** Accounts and contacts as they are stored; every question is asked within one organisation. */
export function accountStore({ pool }: Pick<Database, 'pool'>) {
  return {
    /** Archived ones too. */
    async get(organizationId: string, id: string): Promise<Account | null> {
      const sql = `SELECT ${accountColumns} FROM "Account" a WHERE a."organizationId" = $1 AND a.id = $2`;
      const [row] = (await pool.query<AccountRow>(sql, [organizationId, id])).rows;
      return row === undefined ? null : accountOf(row);
    },

    async named(organizationId: string, ids: readonly string[]): Promise<Map<string, string>> {
      if (ids.length === 0) return new Map();
      const sql = 'SELECT id, name FROM "Account" WHERE "organizationId" = $1 AND id = ANY($2::uuid[])';
      const { rows } = await pool.query<{ id: string; name: string }>(sql, [organizationId, ids]);
      return new Map(rows.map(({ id, name }) => [id, name]));
    },

    /** What a person owns or looks after, by class and name; archived ones not. */
    async ownedBy(organizationId: string, personId: string, limit: number): Promise<AccountLine[]> {
      const sql = `SELECT a.id, a.name, a.code, a.class, a.city, a."ownerId", true AS mine FROM "Account" a
        WHERE a."organizationId" = $1 AND a."archivedAt" IS NULL AND a.id IN (
          SELECT o.id FROM "Account" o WHERE o."organizationId" = $1 AND o."ownerId" = $2
          UNION ALL SELECT m."accountId" FROM "AccountMember" m WHERE m."organizationId" = $1 AND m."personId" = $2)
        ORDER BY a.class, a."nameKey" LIMIT $3`;
      return (await pool.query<AccountLine>(sql, [organizationId, personId, limit])).rows;
    },

    async contacts(organizationId: string, accountId: string): Promise<Contact[]> {
      const sql = `SELECT ${contactColumns} FROM "Contact" c
        WHERE c."organizationId" = $1 AND c."accountId" = $2 AND c."archivedAt" IS NULL
        ORDER BY c.role NULLS LAST, c.name LIMIT 200`;
      return (await pool.query<Contact>(sql, [organizationId, accountId])).rows;
    },

    /** Also one who was taken off the list. */
    async contact(organizationId: string, id: string): Promise<Contact | null> {
      const sql = `SELECT ${contactColumns} FROM "Contact" c WHERE c."organizationId" = $1 AND c.id = $2`;
      return (await pool.query<Contact>(sql, [organizationId, id])).rows[0] ?? null;
    },

    /**
     * Stores a new account with the first line of its history. A retry with the same request key finds the first one.
     */
    async add(
      organizationId: string,
      facts: AccountFacts,
      by: { personId: string; at: Temporal.Instant; requestKey: string },
    ): Promise<Added> {
      const key = nameKey(facts.name);
      const terms = searchTermsOf(organizationId, facts);
      const at = new Date(by.at.epochMilliseconds);
      const sql = `WITH added AS (
        INSERT INTO "Account" ("organizationId", id, name, "nameKey", "otherNames", code, class, "ownerId", "teamId", city,
          "timeZone", "searchText", "searchGrams", "createdAt", "requestKey")
        VALUES ($1, $2, $3, $4, $5, $6, $7::"AccountClass", $8, $9, $10, $11, $12, $13, $14, $15)
        ON CONFLICT DO NOTHING RETURNING id
      ), noted AS (
        INSERT INTO "AccountChange" ("organizationId", id, "accountId", "changedById", at, changes)
        SELECT $1, $16, id, $17, $14, $18 FROM added
      ) SELECT id FROM added`;
      const changes = Object.fromEntries(Object.entries(facts).map(([field, value]) => [field, [null, value]]));
      const values = [
        ...[organizationId, newId(), facts.name, key, facts.otherNames, facts.code, facts.class, facts.ownerId],
        ...[facts.teamId, facts.city, facts.timeZone, terms.text, terms.grams, at, by.requestKey],
        ...[newId(), by.personId, JSON.stringify(changes)],
      ];
      const [row] = (await pool.query<{ id: string }>(sql, values)).rows;
      if (row) return { added: true, id: row.id };
      const inTheWay = `SELECT id, name, "requestKey" = $2 AS same, "nameKey" = $3 AS "sameName" FROM "Account"
        WHERE "organizationId" = $1 AND ("requestKey" = $2 OR "nameKey" = $3 OR code = $4)
        ORDER BY same DESC NULLS LAST, "sameName" DESC`;
      const found = await pool.query<{ id: string; name: string; same: boolean | null; sameName: boolean }>(inTheWay, [
        ...[organizationId, by.requestKey, key, facts.code],
      ]);
      const [other] = found.rows;
      if (!other) throw new Error('an account was neither added nor found in the way');
      if (other.same === true) return { added: true, id: other.id };
      return { added: false, taken: other.sameName ? 'name' : 'code', by: { id: other.id, name: other.name } };
    },

    /** All there are, for the command line. */
    async organizations(): Promise<{ id: string; name: string }[]> {
      const sql = 'SELECT id, name FROM "Organization" ORDER BY name, id LIMIT 50';
      return (await pool.query<{ id: string; name: string }>(sql)).rows;
    },

    /** What is to be said later. */
    say: (row: OutboxRow): Promise<void> => putIntoOutbox(pool, [row]),

    /** Finds contacts by name, adding those who are new and taking back those who were archived. In the names' order. */
    async ensureContacts(organizationId: string, accountId: string, names: readonly string[]): Promise<string[]> {
      if (names.length === 0) return [];
      const values = [organizationId, accountId, names.map(() => newId()), names];
      const { rows } = await pool.query<{ id: string; name: string }>(
        ensureContactsSql(['$1', '$2', '$3', '$4']),
        values,
      );
      const ids = new Map(rows.map(({ id, name }) => [name, id]));
      return names.map((name) => ids.get(name)).filter((id) => id !== undefined);
    },
  };
}

export type AccountStore = ReturnType<typeof accountStore>;

/**
 * The statement that finds contacts by name, adding those who are new: for other statements to begin with, as
 * `WITH met AS (…)`, which then has `id` and `name`. Takes the gaps' own names, in this order: organisation, account, as
 * many new ids as names (`uuid[]`), names (`text[]`, tidied with `contactNames`, none twice).
 */
export function ensureContactsSql([organization, account, ids, names]: readonly [string, string, string, string]) {
  return `INSERT INTO "Contact" ("organizationId", id, "accountId", name)
    SELECT ${organization}::uuid, new.id, ${account}::uuid, new.name
    FROM unnest(${ids}::uuid[], ${names}::text[]) AS new(id, name)
    ON CONFLICT ("organizationId", "accountId", name) DO UPDATE SET "archivedAt" = NULL RETURNING id, name`;
}
