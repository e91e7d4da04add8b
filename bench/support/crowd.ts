import type { Database } from '../../src/database.ts';
import { defaults } from '../../src/meetings/meeting.ts';
import { standardOf } from '../../src/meetings/question.ts';

/**
 * Organisations with a team that has a morning meeting on everybody's own clock, all due at one moment: so many people in
 * each, and for each of them five customers with a visit, a next step that is due, and something in their way.
 */
export async function makeCrowd({ pool }: Database, organizations: number, people: number): Promise<void> {
  await pool.query(
    `INSERT INTO "Organization" (id, name, "setUpAt") SELECT gen_random_uuid(), 'Company ' || o, now()
     FROM generate_series(1, ${organizations}) o;
     INSERT INTO "Workspace" ("organizationId", id, platform, "externalId", name)
     SELECT id, gen_random_uuid(), 'slack', 'T' || id, name FROM "Organization";
     INSERT INTO "Person" ("organizationId", id, name, "timeZone")
     SELECT id, gen_random_uuid(), 'Rep ' || n, 'UTC' FROM "Organization", generate_series(1, ${people}) n;
     INSERT INTO "Identity" ("organizationId", id, "personId", "workspaceId", "externalId")
     SELECT p."organizationId", gen_random_uuid(), p.id, w.id, 'U' || p.id
     FROM "Person" p JOIN "Workspace" w USING ("organizationId");
     INSERT INTO "Team" ("organizationId", id, name, "timeZone", locale)
     SELECT id, gen_random_uuid(), 'Team', 'UTC', 'en' FROM "Organization";
     INSERT INTO "Membership" ("organizationId", "teamId", "personId")
     SELECT p."organizationId", t.id, p.id FROM "Person" p JOIN "Team" t USING ("organizationId");
     INSERT INTO "Account" ("organizationId", id, name, "nameKey", "searchText", "searchGrams", "ownerId", "createdAt")
     SELECT p."organizationId", gen_random_uuid(), 'Customer ' || n || ' of ' || p.id, 'customer' || n || p.id, '', '{}', p.id, now()
     FROM "Person" p, generate_series(1, 5) n;
     INSERT INTO "Visit" ("organizationId", id, "accountId", "authorId", date, "loggedAt", "requestKey")
     SELECT a."organizationId", gen_random_uuid(), a.id, a."ownerId", now() - interval '40 days', now(), 'visit ' || a.id
     FROM "Account" a;
     INSERT INTO "Action" ("organizationId", id, "accountId", text, "ownerId", "createdById", "dueOn", "createdAt", "requestKey")
     SELECT DISTINCT ON (a."ownerId") a."organizationId", gen_random_uuid(), a.id, 'Send the offer', a."ownerId", a."ownerId",
       now(), now(), 'step ' || a.id FROM "Account" a;`,
  );
  const { morning } = defaults;
  await pool.query(
    `INSERT INTO "Meeting" ("organizationId", id, "teamId", kind, rule, "startsOn", "startsAt", clock, "windowMinutes",
       "remindAfter", "createdAt")
     SELECT "organizationId", gen_random_uuid(), id, 'morning', $1, '2026-01-01', $2, 'person', $3, $4, now() FROM "Team"`,
    [morning.rule, morning.startsAt, morning.windowMinutes, morning.remindAfter],
  );
  await pool.query(
    `INSERT INTO "MeetingQuestions" ("organizationId", "meetingId", version, questions, "createdAt")
     SELECT "organizationId", id, 1, $1, now() FROM "Meeting"`,
    [JSON.stringify(standardOf.morning)],
  );
  await pool.query('VACUUM ANALYZE');
}
