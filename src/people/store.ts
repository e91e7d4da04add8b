import type { Temporal } from 'temporal-polyfill';
import type { Me } from '../chat/slice.ts';
import type { Database } from '../database.ts';
import { newId } from '../ids.ts';
import type { Colleague } from './colleagues.ts';

/** A person as they are stored, with their organisation's language and zone. */
export interface PersonRow {
  id: string;
  name: string;
  timeZone: string;
  locale: string | null;
  chosenLocale: string | null;
  organizationLocale: string;
  organizationTimeZone: string;
  administrator: boolean;
  observer: boolean;
  active: boolean;
  /** Whether they manage a team that is not archived. */
  managesTeams: boolean;
}

export interface OrganizationRow {
  id: string;
  name: string;
  locale: string;
  timeZone: string;
  currency: string;
  isSetUp: boolean;
}

export interface TeamRow {
  id: string;
  name: string;
  managerId: string | null;
  memberIds: string[];
  timeZone: string;
  locale: string;
  channelWorkspaceId: string | null;
  channelId: string | null;
  announceVisits: boolean;
}

/** What a person says about a team. */
export interface TeamContent {
  name: string;
  managerId: string | null;
  memberIds: readonly string[];
  timeZone: string;
  locale: string;
  channelWorkspaceId: string | null;
  channelId: string | null;
  announceVisits: boolean;
}

/** Who looks for a colleague, and the teams that are theirs. */
export type Looking = Pick<Me, 'organizationId' | 'id' | 'manages' | 'memberOf'>;

const personColumns = `
  p.id, p.name, p."timeZone", p.locale, p."chosenLocale", o.locale AS "organizationLocale",
  o."timeZone" AS "organizationTimeZone", p.administrator, p.observer, p."deactivatedAt" IS NULL AS active,
  EXISTS (SELECT FROM "Team" t WHERE t."organizationId" = p."organizationId" AND t."managerId" = p.id
    AND t."archivedAt" IS NULL) AS "managesTeams"
  FROM "Person" p JOIN "Organization" o ON o.id = p."organizationId"`;

const teamColumns = `
  t.id, t.name, t."managerId", t."timeZone", t.locale, t."channelWorkspaceId", t."channelId", t."announceVisits",
  ARRAY(SELECT m."personId" FROM "Membership" m
    JOIN "Person" p ON p."organizationId" = m."organizationId" AND p.id = m."personId"
    WHERE m."organizationId" = t."organizationId" AND m."teamId" = t.id AND p."deactivatedAt" IS NULL
    ORDER BY p.name, p.id) AS "memberIds"
  FROM "Team" t`;

const isAdministrator = 'administrator AND NOT observer AND "deactivatedAt" IS NULL';

/** Organisations, people and teams. */
export function peopleStore({ pool }: Pick<Database, 'pool'>) {
  return {
    async organization(organizationId: string): Promise<OrganizationRow | null> {
      const { rows } = await pool.query<OrganizationRow>(
        `SELECT id, name, locale, "timeZone", currency, "setUpAt" IS NOT NULL AS "isSetUp"
         FROM "Organization" WHERE id = $1`,
        [organizationId],
      );
      return rows[0] ?? null;
    },

    async organizations(): Promise<{ id: string; name: string }[]> {
      const { rows } = await pool.query<{ id: string; name: string }>(
        'SELECT id, name FROM "Organization" ORDER BY id',
      );
      return rows;
    },

    async people(organizationId: string, ids: readonly string[]): Promise<PersonRow[]> {
      const { rows } = await pool.query<PersonRow>(
        `SELECT ${personColumns} WHERE p."organizationId" = $1 AND p.id = ANY($2::uuid[])`,
        [organizationId, ids],
      );
      return rows;
    },

    /** All who are active, by name. */
    async everybody(organizationId: string): Promise<PersonRow[]> {
      const { rows } = await pool.query<PersonRow>(
        `SELECT ${personColumns} WHERE p."organizationId" = $1 AND p."deactivatedAt" IS NULL ORDER BY p.name, p.id`,
        [organizationId],
      );
      return rows;
    },

    /** All who are active, by name, as somebody who looks for one of them knows them. */
    async colleagues({ organizationId, id, manages, memberOf }: Looking): Promise<Colleague[]> {
      const { rows } = await pool.query<Colleague>({
        name: 'people.colleagues',
        text: `WITH belongs AS (
           SELECT m."personId", t.id, t.name FROM "Membership" m
           JOIN "Team" t ON t."organizationId" = m."organizationId" AND t.id = m."teamId"
           WHERE m."organizationId" = $1 AND t."archivedAt" IS NULL
           UNION
           SELECT "managerId", id, name FROM "Team" WHERE "organizationId" = $1 AND "archivedAt" IS NULL
         )
         SELECT p.id, p.name, p.email, coalesce(b.teams, '{}') AS teams, p.id = $2 OR coalesce(b.near, false) AS near
         FROM "Person" p LEFT JOIN (
           SELECT "personId", array_agg(name ORDER BY name, id) AS teams, bool_or(id = ANY ($3::uuid[])) AS near
           FROM belongs GROUP BY "personId"
         ) b ON b."personId" = p.id
         WHERE p."organizationId" = $1 AND p."deactivatedAt" IS NULL ORDER BY p.name, p.id`,
        values: [organizationId, id, [...manages, ...memberOf]],
      });
      return rows;
    },

    /** The names of all who are or were there, the active first. */
    async allNames(organizationId: string): Promise<{ id: string; name: string }[]> {
      const { rows } = await pool.query<{ id: string; name: string }>(
        `SELECT id, name FROM "Person" WHERE "organizationId" = $1 ORDER BY "deactivatedAt" IS NOT NULL, name, id`,
        [organizationId],
      );
      return rows;
    },

    async administrators(organizationId: string): Promise<{ id: string; name: string }[]> {
      const { rows } = await pool.query<{ id: string; name: string }>(
        `SELECT id, name FROM "Person" WHERE "organizationId" = $1 AND ${isAdministrator} ORDER BY name, id`,
        [organizationId],
      );
      return rows;
    },

    /** For each person the teams they belong to or manage; archived teams do not count. */
    async teamsOf(organizationId: string, personIds: readonly string[]): Promise<Map<string, string[]>> {
      const { rows } = await pool.query<{ personId: string; teamIds: string[] }>(
        `SELECT "personId", array_agg(DISTINCT "teamId") AS "teamIds" FROM (
           SELECT m."personId", t.id AS "teamId" FROM "Membership" m
           JOIN "Team" t ON t."organizationId" = m."organizationId" AND t.id = m."teamId" AND t."archivedAt" IS NULL
           WHERE m."organizationId" = $1 AND m."personId" = ANY($2::uuid[])
           UNION ALL
           SELECT "managerId", id FROM "Team"
           WHERE "organizationId" = $1 AND "managerId" = ANY($2::uuid[]) AND "archivedAt" IS NULL
         ) AS belongs GROUP BY "personId"`,
        [organizationId, personIds],
      );
      return new Map(rows.map((row) => [row.personId, row.teamIds]));
    },

    /** For each person the managers of the teams they belong to, themselves left out. */
    async managersOf(organizationId: string, personIds: readonly string[]): Promise<Map<string, string[]>> {
      const { rows } = await pool.query<{ personId: string; managerIds: string[] }>(
        `SELECT m."personId", array_agg(DISTINCT t."managerId") AS "managerIds" FROM "Membership" m
         JOIN "Team" t ON t."organizationId" = m."organizationId" AND t.id = m."teamId" AND t."archivedAt" IS NULL
         JOIN "Person" p ON p."organizationId" = t."organizationId" AND p.id = t."managerId" AND p."deactivatedAt" IS NULL
         WHERE m."organizationId" = $1 AND m."personId" = ANY($2::uuid[]) AND t."managerId" <> m."personId"
         GROUP BY m."personId"`,
        [organizationId, personIds],
      );
      return new Map(rows.map((row) => [row.personId, row.managerIds]));
    },

    async team(organizationId: string, teamId: string): Promise<TeamRow | null> {
      const { rows } = await pool.query<TeamRow>(
        `SELECT ${teamColumns} WHERE t."organizationId" = $1 AND t.id = $2 AND t."archivedAt" IS NULL`,
        [organizationId, teamId],
      );
      return rows[0] ?? null;
    },

    /** The teams by name: all of them, or those with the ids. */
    async teams(organizationId: string, ids: readonly string[] | 'all'): Promise<TeamRow[]> {
      const { rows } = await pool.query<TeamRow>(
        `SELECT ${teamColumns} WHERE t."organizationId" = $1 AND t."archivedAt" IS NULL
           AND ($2::uuid[] IS NULL OR t.id = ANY($2::uuid[])) ORDER BY t.name, t.id`,
        [organizationId, ids === 'all' ? null : ids],
      );
      return rows;
    },

    /** Makes a team. The same request again finds the first one's team. */
    async addTeam(organizationId: string, requestKey: string, team: TeamContent): Promise<string> {
      const { rows } = await pool.query<{ id: string }>(
        `WITH made AS (
           INSERT INTO "Team" ("organizationId", id, name, "managerId", "timeZone", locale, "channelWorkspaceId",
             "channelId", "announceVisits", "requestKey")
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
           ON CONFLICT ("organizationId", "requestKey") DO NOTHING RETURNING id
         ), joined AS (
           INSERT INTO "Membership" ("organizationId", "teamId", "personId")
           SELECT $1, made.id, p.id FROM made, "Person" p
           WHERE p."organizationId" = $1 AND p.id = ANY($11::uuid[]) AND p."deactivatedAt" IS NULL
         )
         SELECT id FROM made
         UNION ALL SELECT id FROM "Team" WHERE "organizationId" = $1 AND "requestKey" = $10`,
        [organizationId, newId(), ...columnsOf(team), requestKey, team.memberIds],
      );
      if (rows[0]) return rows[0].id;
      // Made at this very moment by the same request, delivered twice: it is committed now.
      const again = await pool.query<{ id: string }>(
        'SELECT id FROM "Team" WHERE "organizationId" = $1 AND "requestKey" = $2',
        [organizationId, requestKey],
      );
      if (again.rows[0]) return again.rows[0].id;
      throw new Error('a team was neither made nor found');
    },

    /** False: there is no such team any more. */
    async changeTeam(organizationId: string, teamId: string, team: TeamContent): Promise<boolean> {
      const { rows } = await pool.query(
        `WITH changed AS (
           UPDATE "Team" SET name = $3, "managerId" = $4, "timeZone" = $5, locale = $6, "channelWorkspaceId" = $7,
             "channelId" = $8, "announceVisits" = $9
           WHERE "organizationId" = $1 AND id = $2 AND "archivedAt" IS NULL RETURNING id
         ), parted AS (
           DELETE FROM "Membership" m USING changed
           WHERE m."organizationId" = $1 AND m."teamId" = changed.id AND m."personId" <> ALL($10::uuid[])
         ), joined AS (
           INSERT INTO "Membership" ("organizationId", "teamId", "personId")
           SELECT $1, changed.id, p.id FROM changed, "Person" p
           WHERE p."organizationId" = $1 AND p.id = ANY($10::uuid[]) AND p."deactivatedAt" IS NULL
           ON CONFLICT DO NOTHING
         )
         SELECT id FROM changed`,
        [organizationId, teamId, ...columnsOf(team), team.memberIds],
      );
      return rows.length > 0;
    },

    async archiveTeam(organizationId: string, teamId: string, now: Temporal.Instant): Promise<boolean> {
      const { rowCount } = await pool.query(
        'UPDATE "Team" SET "archivedAt" = $3 WHERE "organizationId" = $1 AND id = $2 AND "archivedAt" IS NULL',
        [organizationId, teamId, new Date(now.epochMilliseconds)],
      );
      return rowCount === 1;
    },

    /** The person's own language; null: the platform's word counts again. Answers that word and the organisation's. */
    async chooseLocale(
      organizationId: string,
      personId: string,
      locale: string | null,
    ): Promise<{ platform: string | null; organization: string } | null> {
      const { rows } = await pool.query<{ platform: string | null; organization: string }>(
        `UPDATE "Person" p SET "chosenLocale" = $3 FROM "Organization" o
         WHERE p."organizationId" = $1 AND p.id = $2 AND o.id = p."organizationId"
         RETURNING p.locale AS platform, o.locale AS organization`,
        [organizationId, personId, locale],
      );
      return rows[0] ?? null;
    },

    /**
     * Makes somebody administrator whom the workspace lets set up the bot, as long as the organisation is not set up or
     * nobody runs it. False: it is and somebody does.
     */
    async claim(organizationId: string, personId: string): Promise<boolean> {
      const { rowCount } = await pool.query(
        `UPDATE "Person" p SET administrator = true, observer = false FROM "Organization" o
         WHERE p."organizationId" = $1 AND p.id = $2 AND p."deactivatedAt" IS NULL AND o.id = p."organizationId"
           AND (o."setUpAt" IS NULL
             OR NOT EXISTS (SELECT FROM "Person" WHERE "organizationId" = $1 AND ${isAdministrator}))`,
        [organizationId, personId],
      );
      return rowCount === 1;
    },

    /** What the organisation speaks, where its day begins, what it counts in. Set up from now on. */
    async setUp(
      organizationId: string,
      settings: { locale: string; timeZone: string; currency: string },
      now: Temporal.Instant,
    ): Promise<void> {
      await pool.query(
        `UPDATE "Organization" SET locale = $2, "timeZone" = $3, currency = $4, "setUpAt" = COALESCE("setUpAt", $5)
         WHERE id = $1`,
        [organizationId, settings.locale, settings.timeZone, settings.currency, new Date(now.epochMilliseconds)],
      );
    },

    /**
     * Changes what a person may, decided by an administrator. All administrators are locked first and in one order, so
     * that of two who take each other's role one finds that they are the last.
     */
    async changeRole(
      organizationId: string,
      actorId: string,
      personId: string,
      role: { administrator: boolean; observer: boolean },
    ): Promise<'changed' | 'last' | 'not allowed' | 'not found'> {
      const { rows } = await pool.query<{ allowed: boolean; remains: boolean; found: boolean; changed: boolean }>(
        `WITH administrators AS MATERIALIZED (
           SELECT id FROM "Person" WHERE "organizationId" = $1 AND ${isAdministrator} ORDER BY id FOR UPDATE
         ), judged AS MATERIALIZED (
           SELECT count(*) FILTER (WHERE id = $2) > 0 AS allowed,
             count(*) FILTER (WHERE id <> $3) > 0 OR ($4 AND NOT $5) AS remains FROM administrators
         ), changed AS (
           UPDATE "Person" SET administrator = $4, observer = $5 FROM judged
           WHERE "organizationId" = $1 AND id = $3 AND "deactivatedAt" IS NULL AND allowed AND remains RETURNING id
         )
         SELECT allowed, remains, EXISTS (SELECT FROM changed) AS changed,
           EXISTS (SELECT FROM "Person" WHERE "organizationId" = $1 AND id = $3 AND "deactivatedAt" IS NULL) AS found
         FROM judged`,
        [organizationId, actorId, personId, role.administrator, role.observer],
      );
      const [row] = rows;
      if (row?.changed) return 'changed';
      if (!row?.allowed) return 'not allowed';
      return row.found ? 'last' : 'not found';
    },
  };
}

const columnsOf = (team: TeamContent) => [
  team.name,
  team.managerId,
  team.timeZone,
  team.locale,
  team.channelWorkspaceId,
  team.channelId,
  team.announceVisits,
];

export type PeopleStore = ReturnType<typeof peopleStore>;
