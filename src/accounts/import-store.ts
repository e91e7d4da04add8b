import type pg from 'pg';
import type { Temporal } from 'temporal-polyfill';
import { inTransaction } from '../database/transaction.ts';
import type { Database } from '../database.ts';
import { newId } from '../ids.ts';
import type { Colleague } from './import.ts';
import type { Existing, Imported, Known, Step } from './import-plan.ts';
import { nameKey } from './name.ts';
import { searchTermsOf } from './search-terms.ts';

/** Cells that hold lists travel as one text each; the separator is in no name, names are tidied of it. */
const separator = '\u001f';

const existingSql = `SELECT a.id, a.name, a."nameKey", a.code, a.class, a."ownerId", a.city, a."timeZone", a."otherNames",
    a."archivedAt" IS NOT NULL AS archived,
    ARRAY(SELECT m."personId" FROM "AccountMember" m WHERE m."organizationId" = $1 AND m."accountId" = a.id) AS "memberIds",
    ARRAY(SELECT c.name FROM "Contact" c WHERE c."organizationId" = $1 AND c."accountId" = a.id
      AND c."archivedAt" IS NULL) AS contacts
  FROM "Account" a WHERE a."organizationId" = $1 AND (a."nameKey" = ANY($2) OR a.code = ANY($3))`;

const createSql = `INSERT INTO "Account" ("organizationId", "createdAt", id, name, "nameKey", code, class, "ownerId", city,
    "timeZone", "otherNames", "searchText", "searchGrams")
  SELECT $1, $2, n.id, n.name, n.key, n.code, n.class::"AccountClass", n.owner, n.city, n.zone,
    string_to_array(n.others, '${separator}'), n.text, n.grams::int[]
  FROM unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::text[], $10::text[], $11::text[],
    $12::text[], $13::text[]) AS n(id, name, key, code, class, owner, city, zone, others, text, grams)`;

const changeSql = `UPDATE "Account" a SET name = n.name, "nameKey" = n.key, code = n.code, class = n.class::"AccountClass",
    "ownerId" = n.owner, city = n.city, "timeZone" = n.zone, "otherNames" = string_to_array(n.others, '${separator}'),
    "searchText" = n.text, "searchGrams" = CASE WHEN a."archivedAt" IS NULL THEN n.grams::int[] ELSE '{}' END
  FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::uuid[], $8::text[], $9::text[], $10::text[],
    $11::text[], $12::text[]) AS n(id, name, key, code, class, owner, city, zone, others, text, grams)
  WHERE a."organizationId" = $1 AND a.id = n.id`;

const noteSql = `INSERT INTO "AccountChange" ("organizationId", "changedById", at, id, "accountId", changes)
  SELECT $1, $2, $3, n.id, n.account, n.changes FROM unnest($4::uuid[], $5::uuid[], $6::jsonb[]) AS n(id, account, changes)`;

const membersSql = `INSERT INTO "AccountMember" ("organizationId", "accountId", "personId")
  SELECT $1, n.account, n.person FROM unnest($2::uuid[], $3::uuid[]) AS n(account, person) ON CONFLICT DO NOTHING`;

const contactsSql = `INSERT INTO "Contact" ("organizationId", id, "accountId", name)
  SELECT $1, n.id, n.account, n.name FROM unnest($2::uuid[], $3::uuid[], $4::text[]) AS n(id, account, name)
  ON CONFLICT ("organizationId", "accountId", name) DO UPDATE SET "archivedAt" = NULL`;

/** One import's view of the database: all in one transaction. */
export interface ImportTransaction {
  known(keys: readonly string[], codes: readonly string[]): Promise<Known>;
  write(steps: readonly Step[], by: { personId: string | null; at: Temporal.Instant }): Promise<void>;
}

export function importStore(database: Pick<Database, 'pool'>) {
  return {
    /** Those who can own an account. */
    async colleagues(organizationId: string): Promise<Colleague[]> {
      const sql =
        'SELECT id, name, email FROM "Person" WHERE "organizationId" = $1 AND "deactivatedAt" IS NULL AND NOT observer';
      return (await database.pool.query<Colleague>(sql, [organizationId])).rows;
    },

    /** Runs one import; one at a time in an organisation. */
    run: <T>(organizationId: string, work: (tx: ImportTransaction) => Promise<T>): Promise<T> =>
      inTransaction(database.pool, async (client) => {
        await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('accounts.import:' || $1, 0))`, [
          organizationId,
        ]);
        return work({
          known: (keys, codes) => known(client, organizationId, keys, codes),
          write: (steps, by) => write(client, organizationId, steps, by),
        });
      }),
  };
}

async function known(
  client: pg.PoolClient,
  organizationId: string,
  keys: readonly string[],
  codes: readonly string[],
): Promise<Known> {
  const { rows } = await client.query<Existing>(existingSql, [organizationId, keys, codes]);
  return {
    byName: new Map(rows.map((row) => [row.nameKey, row])),
    byCode: new Map(rows.flatMap((row) => (row.code === null ? [] : [[row.code, row] as const]))),
  };
}

async function write(
  client: pg.PoolClient,
  organizationId: string,
  steps: readonly Step[],
  by: { personId: string | null; at: Temporal.Instant },
): Promise<void> {
  const at = new Date(by.at.epochMilliseconds);
  const created = steps.flatMap((step) => (step.do === 'create' ? [{ id: newId(), next: step.next }] : []));
  const changed = steps.flatMap((step) => (step.do === 'change' ? [step] : []));
  if (created.length > 0) await client.query(createSql, [organizationId, at, ...columns(organizationId, created)]);
  if (changed.length > 0) await client.query(changeSql, [organizationId, ...columns(organizationId, changed)]);
  const notes = [
    ...created.map(({ id, next }) => ({
      id,
      changes: Object.entries(next).map(([field, value]) => [field, [null, value]]),
    })),
    ...changed.map(({ id, difference }) => ({ id, changes: Object.entries(difference) })),
  ];
  if (notes.length === 0) return;
  await client.query(noteSql, [
    ...[organizationId, by.personId, at, notes.map(() => newId()), notes.map(({ id }) => id)],
    notes.map(({ changes }) => JSON.stringify(Object.fromEntries(changes))),
  ]);
  const all = [...created, ...changed];
  const members = all.flatMap(({ id, next }) => next.memberIds.map((person) => [id, person] as const));
  if (members.length > 0)
    await client.query(membersSql, [organizationId, members.map(([id]) => id), members.map(([, person]) => person)]);
  const contacts = all.flatMap(({ id, next }) => next.contacts.map((name) => [id, name] as const));
  if (contacts.length > 0)
    await client.query(contactsSql, [
      ...[organizationId, contacts.map(() => newId()), contacts.map(([id]) => id)],
      contacts.map(([, name]) => name),
    ]);
}

function columns(organizationId: string, accounts: readonly { id: string; next: Imported }[]): unknown[] {
  const terms = accounts.map(({ next }) => searchTermsOf(organizationId, next));
  const each = <T>(of: (next: Imported) => T) => accounts.map(({ next }) => of(next));
  return [
    accounts.map(({ id }) => id),
    each(({ name }) => name),
    each(({ name }) => nameKey(name)),
    each(({ code }) => code),
    each((next) => next.class),
    each(({ ownerId }) => ownerId),
    each(({ city }) => city),
    each(({ timeZone }) => timeZone),
    // string_to_array makes an empty list of an empty text.
    each(({ otherNames }) => otherNames.join(separator)),
    terms.map(({ text }) => text),
    terms.map(({ grams }) => `{${grams.join(',')}}`),
  ];
}
