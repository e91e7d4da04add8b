import type { Temporal } from 'temporal-polyfill';
import type { PlatformUser } from '../chat/gesture.ts';
import type { Database } from '../database.ts';
import { newId } from '../ids.ts';
import type { Named } from './find-name.ts';

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
  /** When they last did something as this user, to the hour; null: never yet. */
  seenAt: Date | null;
  manages: string[];
  memberOf: string[];
}

/** What is kept of a platform's profile. */
export interface KeptProfile {
  name: string;
  /** Lower case; one that the platform vouches for, since it alone says who somebody is. */
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
    ) END AS person, p."refreshedAt", i."seenAt"
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

// An address that is somebody else's already stays theirs: whether the two are one, only the person can say.
const refreshSql = `
  WITH identity AS (
    UPDATE "Identity" SET "mayAdminister" = $8
    WHERE "organizationId" = $1 AND "workspaceId" = $2 AND "externalId" = $3 AND "leftAt" IS NULL
    RETURNING "personId"
  ), other AS (
    SELECT o.id, o.name, o."deactivatedAt" IS NULL AND NOT EXISTS (
        SELECT FROM "Identity" a JOIN "Identity" b ON b."organizationId" = a."organizationId"
          AND b."workspaceId" = a."workspaceId" AND b."leftAt" IS NULL
        WHERE a."organizationId" = $1 AND a."personId" = o.id AND b."personId" = identity."personId"
          AND a."leftAt" IS NULL) AS "mayBeOne"
    FROM identity, "Person" o WHERE o."organizationId" = $1 AND o.email = $5 AND o.id <> identity."personId"
  ), refreshed AS (
    UPDATE "Person" p SET name = $4, "timeZone" = $6, locale = $7, "refreshedAt" = $9,
      email = CASE WHEN $5::text IS NULL OR EXISTS (SELECT FROM other) THEN p.email ELSE $5 END
    FROM identity WHERE p."organizationId" = $1 AND p.id = identity."personId"
  )
  SELECT id, name FROM other WHERE "mayBeOne"`;

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

const valuesOf = (
  { organizationId, workspaceId }: { organizationId: string; workspaceId: string },
  user: string,
  { name, email, timeZone, locale, mayAdminister }: KeptProfile,
) => [organizationId, workspaceId, user, name, email, timeZone, locale, mayAdminister];

const uniqueViolation = '23505';
const foreignKeyViolation = '23503';

/**
 * Tries again when somebody was quicker, and the next look finds what they did: the same address came from another
 * workspace, or the person whose address it is has just become one with another.
 */
async function despiteRaces<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if ((code !== uniqueViolation && code !== foreignKeyViolation) || attempt === 3) throw error;
    }
  }
}

/** Which platform user is which person. */
export function identityStore({ pool }: Pick<Database, 'pool'>) {
  return {
    /** Null: the bot knows no such workspace. */
    async find({ platform, workspace, user }: PlatformUser): Promise<IdentityRow | null> {
      const { rows } = await pool.query<
        Omit<IdentityRow, 'person'> & {
          person: Omit<PersonOfUser, 'refreshedAt' | 'seenAt'> | null;
          refreshedAt: Date;
          seenAt: Date | null;
        }
      >({ name: 'people.find', text: findSql, values: [platform, workspace, user] });
      const [row] = rows;
      if (row === undefined) return null;
      const { person, refreshedAt, seenAt, ...rest } = row;
      return { ...rest, person: person === null ? null : { ...person, refreshedAt, seenAt } };
    },

    /** Makes the user known and returns the person's id: the same one, however many try at once and wherever. */
    async add(
      where: { organizationId: string; workspaceId: string },
      user: string,
      profile: KeptProfile,
      now: Temporal.Instant,
    ): Promise<string> {
      const values = valuesOf(where, user, profile);
      const { rows } = await despiteRaces(() =>
        pool.query<{ personId: string }>(addSql, [...values, newId(), newId(), new Date(now.epochMilliseconds)]),
      );
      const [row] = rows;
      if (row === undefined) throw new Error('an identity was neither made nor found');
      return row.personId;
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

    /** The names of those among the people who are active. */
    async colleagues(organizationId: string, ids: readonly string[]): Promise<Map<string, string>> {
      const { rows } = await pool.query<Named>(
        `SELECT id, name FROM "Person" WHERE "organizationId" = $1 AND id = ANY ($2::uuid[]) AND "deactivatedAt" IS NULL`,
        [organizationId, ids],
      );
      return new Map(rows.map(({ id, name }) => [id, name]));
    },

    /**
     * Brings a person in line with the platform; whoever is not known stays unknown. Answers who else has the profile's
     * address, where the two have no workspace in common and so may be one.
     */
    async refresh(
      where: { organizationId: string; workspaceId: string },
      user: string,
      profile: KeptProfile,
      now: Temporal.Instant,
    ): Promise<Named | null> {
      const values = [...valuesOf(where, user, profile), new Date(now.epochMilliseconds)];
      const { rows } = await despiteRaces(() => pool.query<Named>(refreshSql, values));
      return rows[0] ?? null;
    },

    /** They did something as this user. */
    async seen(
      where: { organizationId: string; workspaceId: string },
      user: string,
      now: Temporal.Instant,
    ): Promise<void> {
      await pool.query(
        `UPDATE "Identity" SET "seenAt" = $4
         WHERE "organizationId" = $1 AND "workspaceId" = $2 AND "externalId" = $3`,
        [where.organizationId, where.workspaceId, user, new Date(now.epochMilliseconds)],
      );
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
  };
}

export type IdentityStore = ReturnType<typeof identityStore>;
