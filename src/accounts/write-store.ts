import type { Temporal } from 'temporal-polyfill';
import { inTransaction } from '../database/transaction.ts';
import type { Database } from '../database.ts';
import { newId } from '../ids.ts';
import type { ContactAttitude, ContactRole } from './account.ts';
import { differenceOf } from './difference.ts';
import { nameKey } from './name.ts';
import { searchTermsOf } from './search-terms.ts';
import type { AccountFacts } from './store.ts';

/** Who changes something, and when. */
export interface ChangedBy {
  personId: string;
  at: Temporal.Instant;
}

/** What can be changed of an account; what is left out stays. */
export type AccountChanges = Partial<AccountFacts> & { memberIds?: readonly string[]; archived?: boolean };

export interface ContactFacts {
  name: string;
  title: string | null;
  role: ContactRole | null;
  attitude: ContactAttitude;
  archived: boolean;
}

export type Changed = { changed: true } | { changed: false; taken: 'name' | 'code'; by: string };
export type ContactChanged = { changed: true } | { changed: false; taken: 'name' };

interface Before extends AccountFacts {
  archivedAt: Date | null;
  memberIds: string[];
}

const beforeSql = `SELECT a.name, a."otherNames", a.code, a.class, a."ownerId", a."teamId", a.city, a."timeZone", a."archivedAt",
    ARRAY(SELECT m."personId" FROM "AccountMember" m WHERE m."organizationId" = $1 AND m."accountId" = $2
      ORDER BY m."personId") AS "memberIds"
  FROM "Account" a WHERE a."organizationId" = $1 AND a.id = $2 FOR UPDATE`;

const noteSql = `INSERT INTO "AccountChange" ("organizationId", id, "accountId", "changedById", at, changes)
  VALUES ($1, $2, $3, $4, $5, $6)`;

const isTaken = (error: unknown) => error instanceof Error && 'code' in error && error.code === '23505';

/** Corrections of accounts and contacts; each leaves a line in the account's history. */
export function accountWriteStore(database: Pick<Database, 'pool'>) {
  const { pool } = database;

  async function inTheWay(organizationId: string, id: string, changes: AccountChanges): Promise<Changed> {
    const sql = `SELECT name, "nameKey" = $3 AS "sameName" FROM "Account"
      WHERE "organizationId" = $1 AND id <> $2 AND ("nameKey" = $3 OR code = $4) ORDER BY "sameName" DESC LIMIT 1`;
    const values = [organizationId, id, nameKey(changes.name ?? ''), changes.code ?? null];
    const [other] = (await pool.query<{ name: string; sameName: boolean }>(sql, values)).rows;
    if (!other) throw new Error('an account could not be changed, and nothing is in its way');
    return { changed: false, taken: other.sameName ? 'name' : 'code', by: other.name };
  }

  return {
    /** Stores what differs, and the difference. The account must exist. */
    async change(organizationId: string, id: string, changes: AccountChanges, by: ChangedBy): Promise<Changed> {
      try {
        await inTransaction(database.pool, async (client) => {
          const [before] = (await client.query<Before>(beforeSql, [organizationId, id])).rows;
          if (!before) throw new Error('no such account');
          const was = { ...before, archived: before.archivedAt !== null };
          const next = { ...was, ...changes };
          const difference = differenceOf(was, changes);
          if (Object.keys(difference).length === 0) return;
          const at = new Date(by.at.epochMilliseconds);
          const terms = searchTermsOf(organizationId, next);
          const archivedAt = next.archived ? (before.archivedAt ?? at) : null;
          await client.query(
            `UPDATE "Account" SET name = $3, "nameKey" = $4, "otherNames" = $5, code = $6, class = $7::"AccountClass",
              "ownerId" = $8, "teamId" = $9, city = $10, "timeZone" = $11, "archivedAt" = $12, "searchText" = $13,
              "searchGrams" = $14
            WHERE "organizationId" = $1 AND id = $2`,
            [
              ...[organizationId, id, next.name, nameKey(next.name), next.otherNames, next.code, next.class],
              ...[next.ownerId, next.teamId, next.city, next.timeZone, archivedAt, terms.text],
              // What is archived is not to be found.
              next.archived ? [] : terms.grams,
            ],
          );
          if ('memberIds' in difference) {
            await client.query(
              'DELETE FROM "AccountMember" WHERE "organizationId" = $1 AND "accountId" = $2 AND "personId" <> ALL($3::uuid[])',
              [organizationId, id, next.memberIds],
            );
            await client.query(
              `INSERT INTO "AccountMember" ("organizationId", "accountId", "personId")
               SELECT $1, $2, unnest($3::uuid[]) ON CONFLICT DO NOTHING`,
              [organizationId, id, next.memberIds],
            );
          }
          await client.query(noteSql, [organizationId, newId(), id, by.personId, at, JSON.stringify(difference)]);
        });
        return { changed: true };
      } catch (error) {
        if (!isTaken(error)) throw error;
        return inTheWay(organizationId, id, changes);
      }
    },

    /**
     * Stores a contact under an id chosen by the form, so that a retry finds the first one; one who was taken off the
     * list comes back.
     */
    async saveContact(
      organizationId: string,
      ids: { accountId: string; contactId: string },
      facts: ContactFacts,
      by: ChangedBy,
    ): Promise<ContactChanged> {
      const { accountId, contactId } = ids;
      const at = new Date(by.at.epochMilliseconds);
      try {
        return await inTransaction(database.pool, async (client): Promise<ContactChanged> => {
          const found = await client.query<ContactFacts & { id: string }>(
            `SELECT id, name, title, role, attitude, "archivedAt" IS NOT NULL AS archived FROM "Contact"
             WHERE "organizationId" = $1 AND "accountId" = $2 AND (id = $3 OR name = $4) FOR UPDATE`,
            [organizationId, accountId, contactId, facts.name],
          );
          const own = found.rows.find(({ id }) => id === contactId);
          const same = found.rows.find(({ id, name }) => id !== contactId && name === facts.name);
          if (same && (own || !same.archived)) return { changed: false, taken: 'name' };
          const before = own ?? same;
          const difference = differenceOf(before ?? {}, { ...facts });
          if (Object.keys(difference).length === 0) return { changed: true };
          const archivedAt = facts.archived ? at : null;
          await client.query(
            before
              ? `UPDATE "Contact" SET name = $4, title = $5, role = $6::"ContactRole", attitude = $7::"ContactAttitude",
                  "archivedAt" = $8 WHERE "organizationId" = $1 AND id = $2 AND "accountId" = $3`
              : `INSERT INTO "Contact" ("organizationId", id, "accountId", name, title, role, attitude, "archivedAt")
                 VALUES ($1, $2, $3, $4, $5, $6::"ContactRole", $7::"ContactAttitude", $8)`,
            [
              ...[organizationId, before?.id ?? contactId, accountId, facts.name, facts.title, facts.role],
              ...[facts.attitude, archivedAt],
            ],
          );
          const changes = { contact: [before?.name ?? null, difference] };
          await client.query(noteSql, [organizationId, newId(), accountId, by.personId, at, JSON.stringify(changes)]);
          return { changed: true };
        });
      } catch (error) {
        if (!isTaken(error)) throw error;
        return { changed: false, taken: 'name' };
      }
    },
  };
}
