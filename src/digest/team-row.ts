import { z } from 'zod';
import { type Locale, nearestLocale } from '../text/locale.ts';
import type { Channel } from './settings.ts';

/** A team as its evaluation needs it. */
export interface DigestTeam {
  organizationId: string;
  id: string;
  name: string;
  timeZone: string;
  locale: Locale;
  archived: boolean;
  /** Whom it goes to where there is no channel; null: nobody, or they have left. */
  manager: { id: string; locale: Locale } | null;
  channel: Channel | null;
}

/** A team `t` with its manager `m` as JSON, in a statement that has `ofTeam`. */
export const teamJson = `json_build_object('organizationId', t."organizationId", 'id', t.id, 'name', t.name,
  'timeZone', t."timeZone", 'locale', t.locale, 'archived', t."archivedAt" IS NOT NULL,
  'manager', CASE WHEN m.id IS NOT NULL THEN
    json_build_object('id', m.id, 'locale', coalesce(m."chosenLocale", m.locale, o.locale)) END,
  'channel', CASE WHEN t."channelId" IS NOT NULL AND t."channelWorkspaceId" IS NOT NULL THEN
    json_build_object('workspaceId', t."channelWorkspaceId", 'conversation', t."channelId") END)`;

/** What belongs to a team `t`: its organisation `o`, its manager `m`, its settings `s`. */
export const ofTeam = `
  JOIN "Organization" o ON o.id = t."organizationId"
  LEFT JOIN "Person" m ON m."organizationId" = t."organizationId" AND m.id = t."managerId" AND m."deactivatedAt" IS NULL
  LEFT JOIN "DigestSettings" s ON s."organizationId" = t."organizationId" AND s."teamId" = t.id`;

/** The language of a reader, whatever was stored. */
export const readerLocale = z
  .string()
  .nullable()
  .transform((spoken) => nearestLocale(spoken ?? undefined) ?? ('en' as const));
/** Reads `teamJson`. */
export const digestTeam = z.object({
  organizationId: z.string(),
  id: z.string(),
  name: z.string(),
  timeZone: z.string(),
  locale: readerLocale,
  archived: z.boolean(),
  manager: z.object({ id: z.string(), locale: readerLocale }).nullable(),
  channel: z.object({ workspaceId: z.string(), conversation: z.string() }).nullable(),
});
