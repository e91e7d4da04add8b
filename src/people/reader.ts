import { z } from 'zod';

/** A row of `readerSql`. */
export const readerRow = z.object({
  id: z.string(),
  name: z.string(),
  timeZone: z.string(),
  locale: z.string(),
  active: z.boolean(),
  teamIds: z.array(z.string()),
});

/** Whom the bot tells something by itself: in which zone and language, and by which teams' calendars they work. */
export type Reader = z.infer<typeof readerRow>;

/** SQL of a person as a `Reader`; their organisation is `org` where it stands. */
export const readerSql = (person: string): string => `json_build_object('id', ${person}.id, 'name', ${person}.name,
  'timeZone', ${person}."timeZone", 'locale', coalesce(${person}."chosenLocale", ${person}.locale, org.locale),
  'active', ${person}."deactivatedAt" IS NULL,
  'teamIds', ARRAY(SELECT team.id FROM "Team" team
    WHERE team."organizationId" = ${person}."organizationId" AND team."archivedAt" IS NULL
      AND (team."managerId" = ${person}.id OR team.id IN (SELECT own."teamId" FROM "Membership" own
        WHERE own."organizationId" = ${person}."organizationId" AND own."personId" = ${person}.id))))`;
