import type { Temporal } from 'temporal-polyfill';
import { v7 as uuid } from 'uuid';
import type { PlatformUser } from '../chat/gesture.ts';
import type { Database } from '../database.ts';

/** A workspace with its organisation, and the person behind one of its users when there is one. */
export interface IdentityRow {
  organizationId: string;
  workspaceId: string;
  removed: boolean;
  organizationName: string;
  organizationLocale: string;
  organizationTimeZone: string;
  currency: string;
  isSetUp: boolean;
  hasAdministrator: boolean;
  /** Null: nobody here speaks as this user, or no more. */
  person: PersonOfUser | null;
}

export interface PersonOfUser {
  id: string;
  name: string;
  timeZone: string;
  locale: string | null;
  chosenLocale: string | null;
  administrator: boolean;
  observer: boolean;
  mayAdminister: boolean;
  refreshedAt: Date;
  manages: string[];
  memberOf: string[];
}

/** What is kept of a platform's profile. */
export interface KeptProfile {
  name: string;
  /** Lower case. */
  email: string | null;
  timeZone: string;
  /** `en`, `zh-CN` or nothing. */
  locale: string | null;
  mayAdminister: boolean;
}

const findSql = `
  SELECT w."organizationId", w.id AS "workspaceId", w."removedAt" IS NOT NULL AS removed,
    o.name AS "organizationName", o.locale AS "organizationLocale", o."timeZone" AS "organizationTimeZone",
    o.currency, o."setUpAt" IS NOT NULL AS "isSetUp",
    EXISTS (SELECT FROM "Person" a WHERE a."organizationId" = o.id AND a.administrator AND NOT a.observer
      AND a."deactivatedAt" IS NULL) AS "hasAdministrator",
    CASE WHEN p.id IS NULL THEN NULL ELSE json_build_object(
      'id', p.id, 'name', p.name, 'timeZone', p."timeZone", 'locale', p.locale, 'chosenLocale', p."chosenLocale",
      'administrator', p.administrator, 'observer', p.observer, 'mayAdminister', i."mayAdminister",
      'manages', ARRAY(SELECT t.id FROM "Team" t
        WHERE t."organizationId" = p."organizationId" AND t."managerId" = p.id AND t."archivedAt" IS NULL ORDER BY t.id),
      'memberOf', ARRAY(SELECT t.id FROM "Membership" m
        JOIN "Team" t ON t."organizationId" = m."organizationId" AND t.id = m."teamId"
        WHERE m."organizationId" = p."organizationId" AND m."personId" = p.id AND t."archivedAt" IS NULL ORDER BY t.id)
    ) END AS person, p."refreshedAt"
  FROM "Workspace" w
  JOIN "Organization" o ON o.id = w."organizationId"
  LEFT JOIN "Identity" i ON i."organizationId" = w."organizationId" AND i."workspaceId" = w.id
    AND i."externalId" = $3 AND i."leftAt" IS NULL
  LEFT JOIN "Person" p ON p."organizationId" = i."organizationId" AND p.id = i."personId" AND p."deactivatedAt" IS NULL
  WHERE w.platform = $1 AND w."externalId" = $2`;

// The identity comes first: who loses the race for it makes no person either.
const addSql = `
  WITH same AS (
    SELECT id FROM "Person" WHERE "organizationId" = $1 AND email = $5
  ), identity AS (
    INSERT INTO "Identity" ("organizationId", id, "personId", "workspaceId", "externalId", "mayAdminister")
    VALUES ($1, $9, COALESCE((SELECT id FROM same), $10), $2, $3, $8)
    ON CONFLICT ("organizationId", "workspaceId", "externalId")
      DO UPDATE SET "leftAt" = NULL, "mayAdminister" = EXCLUDED."mayAdminister"
    RETURNING "personId"
  ), made AS (
    INSERT INTO "Person" ("organizationId", id, name, email, "timeZone", locale, "createdAt", "refreshedAt")
    SELECT $1, "personId", $4, $5, $6, $7, $11, $11 FROM identity
    WHERE "personId" = $10
  ), back AS (
    UPDATE "Person" p SET "deactivatedAt" = NULL FROM identity
    WHERE p."organizationId" = $1 AND p.id = identity."personId" AND p."deactivatedAt" IS NOT NULL
  )
  SELECT "personId" FROM identity`;

const refreshSql = `
  WITH identity AS (
    UPDATE "Identity" SET "mayAdminister" = $8
    WHERE "organizationId" = $1 AND "workspaceId" = $2 AND "externalId" = $3 AND "leftAt" IS NULL
    RETURNING "personId"
  )
  UPDATE "Person" p SET name = $4, "timeZone" = $6, locale = $7, "refreshedAt" = $9,
    email = CASE WHEN $5::text IS NULL OR EXISTS (
        SELECT FROM "Person" other WHERE other."organizationId" = $1 AND other.email = $5 AND other.id <> p.id)
      THEN p.email ELSE $5 END
  FROM identity WHERE p."organizationId" = $1 AND p.id = identity."personId"`;

// The last identity takes the person along, and the person's power with it.
const leaveSql = `
  WITH gone AS (
    UPDATE "Identity" SET "leftAt" = $4, "mayAdminister" = false
    WHERE "organizationId" = $1 AND "workspaceId" = $2 AND "externalId" = $3 AND "leftAt" IS NULL
    RETURNING id, "personId"
  )
  UPDATE "Person" p SET "deactivatedAt" = $4, administrator = false
  FROM gone WHERE p."organizationId" = $1 AND p.id = gone."personId" AND NOT EXISTS (
    SELECT FROM "Identity" i
    JOIN "Workspace" w ON w."organizationId" = i."organizationId" AND w.id = i."workspaceId" AND w."removedAt" IS NULL
    WHERE i."organizationId" = $1 AND i."personId" = gone."personId" AND i."leftAt" IS NULL AND i.id <> gone.id)`;

const uniqueViolation = '23505';

/** Which platform user is which person. */
export function identityStore({ pool }: Pick<Database, 'pool'>) {
  return {
    /** Null: the bot knows no such workspace. */
    async find({ platform, workspace, user }: PlatformUser): Promise<IdentityRow | null> {
      const { rows } = await pool.query<
        Omit<IdentityRow, 'person'> & { person: Omit<PersonOfUser, 'refreshedAt'> | null; refreshedAt: Date }
      >({ name: 'people.find', text: findSql, values: [platform, workspace, user] });
      const [row] = rows;
      if (row === undefined) return null;
      const { person, refreshedAt, ...rest } = row;
      return { ...rest, person: person === null ? null : { ...person, refreshedAt } };
    },

    /** Makes the user known and returns the person's id: the same one, however many try at once and wherever. */
    async add(
      where: { organizationId: string; workspaceId: string },
      user: string,
      profile: KeptProfile,
      now: Temporal.Instant,
    ): Promise<string> {
      const { name, email, timeZone, locale, mayAdminister } = profile;
      const instant = new Date(now.epochMilliseconds);
      for (let attempt = 1; ; attempt += 1) {
        try {
          const values = [where.organizationId, where.workspaceId, user, name, email, timeZone, locale, mayAdminister];
          const { rows } = await pool.query<{ personId: string }>(addSql, [...values, uuid(), uuid(), instant]);
          const [row] = rows;
          if (row === undefined) throw new Error('an identity was neither made nor found');
          return row.personId;
        } catch (error) {
          // Another workspace's user with the same address was quicker: the next look finds them.
          const lostRace = error instanceof Error && 'code' in error && error.code === uniqueViolation;
          if (!lostRace || attempt === 3) throw error;
        }
      }
    },

    /** The people behind several users of one workspace; unknown users and those who left are not among them. */
    async personIds(
      where: { organizationId: string; workspaceId: string },
      users: readonly string[],
    ): Promise<Map<string, string>> {
      const { rows } = await pool.query<{ externalId: string; personId: string }>(
        `SELECT i."externalId", i."personId" FROM "Identity" i
         JOIN "Person" p ON p."organizationId" = i."organizationId" AND p.id = i."personId"
         WHERE i."organizationId" = $1 AND i."workspaceId" = $2 AND i."externalId" = ANY($3)
           AND i."leftAt" IS NULL AND p."deactivatedAt" IS NULL`,
        [where.organizationId, where.workspaceId, users],
      );
      return new Map(rows.map((row) => [row.externalId, row.personId]));
    },

    /** The users by which people are known in one workspace. */
    async userIds(
      where: { organizationId: string; workspaceId: string },
      personIds: readonly string[],
    ): Promise<Map<string, string>> {
      const { rows } = await pool.query<{ externalId: string; personId: string }>(
        `SELECT DISTINCT ON ("personId") "externalId", "personId" FROM "Identity"
         WHERE "organizationId" = $1 AND "workspaceId" = $2 AND "personId" = ANY($3::uuid[]) AND "leftAt" IS NULL
         ORDER BY "personId", id DESC`,
        [where.organizationId, where.workspaceId, personIds],
      );
      return new Map(rows.map((row) => [row.personId, row.externalId]));
    },

    /** Brings a person in line with the platform; whoever is not known stays unknown. */
    async refresh(
      where: { organizationId: string; workspaceId: string },
      user: string,
      profile: KeptProfile,
      now: Temporal.Instant,
    ): Promise<void> {
      const { name, email, timeZone, locale, mayAdminister } = profile;
      const values = [where.organizationId, where.workspaceId, user, name, email, timeZone, locale, mayAdminister];
      await pool.query(refreshSql, [...values, new Date(now.epochMilliseconds)]);
    },

    /** The platform's user is gone or no full member any more. */
    async leave(
      where: { organizationId: string; workspaceId: string },
      user: string,
      now: Temporal.Instant,
    ): Promise<void> {
      const instant = new Date(now.epochMilliseconds);
      await pool.query(leaveSql, [where.organizationId, where.workspaceId, user, instant]);
    },

    async removeWorkspace({ platform, workspace }: PlatformUser, now: Temporal.Instant): Promise<void> {
      await pool.query(
        'UPDATE "Workspace" SET "removedAt" = $3 WHERE platform = $1 AND "externalId" = $2 AND "removedAt" IS NULL',
        [platform, workspace, new Date(now.epochMilliseconds)],
      );
    },

    /** Makes the workspace, with an organisation of its own when it is new; a removed one is back. */
    async ensureWorkspace(
      workspace: { platform: string; externalId: string; name: string; locale: string },
      now: Temporal.Instant,
    ): Promise<{ organizationId: string; workspaceId: string }> {
      const { platform, externalId, name, locale } = workspace;
      for (let attempt = 1; ; attempt += 1) {
        const found = await pool.query<{ organizationId: string; workspaceId: string }>(
          `UPDATE "Workspace" SET name = $3, "removedAt" = NULL WHERE platform = $1 AND "externalId" = $2
           RETURNING "organizationId", id AS "workspaceId"`,
          [platform, externalId, name],
        );
        const [row] = found.rows;
        if (row !== undefined) return row;
        try {
          await pool.query(
            `WITH organization AS (
               INSERT INTO "Organization" (id, name, locale, "createdAt") VALUES ($4, $3, $6, $7) RETURNING id
             )
             INSERT INTO "Workspace" ("organizationId", id, platform, "externalId", name)
             SELECT id, $5, $1, $2, $3 FROM organization`,
            [platform, externalId, name, uuid(), uuid(), locale, new Date(now.epochMilliseconds)],
          );
        } catch (error) {
          // Another process was quicker: neither of this statement's rows was stored, and the next look finds theirs.
          const lostRace = error instanceof Error && 'code' in error && error.code === uniqueViolation;
          if (!lostRace || attempt === 3) throw error;
        }
      }
    },
  };
}

export type IdentityStore = ReturnType<typeof identityStore>;
