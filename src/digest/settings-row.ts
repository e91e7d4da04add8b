import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type DigestSettings, usualSettings } from './settings.ts';

const instant = z
  .string()
  .nullable()
  .transform((at) => (at === null ? null : Temporal.Instant.from(at)));

const settingsRow = z
  .object({
    weekday: z.number(),
    at: z.string().transform((time) => Temporal.PlainTime.from(time)),
    channelWorkspaceId: z.string().nullable(),
    channelId: z.string().nullable(),
    pausedAt: instant,
    version: z.number(),
    changedById: z.string().nullable(),
  })
  .transform(({ channelWorkspaceId, channelId, ...row }) => {
    const hasChannel = channelWorkspaceId !== null && channelId !== null;
    return { ...row, channel: hasChannel ? { workspaceId: channelWorkspaceId, conversation: channelId } : null };
  });

/** A team's row of DigestSettings `s` as JSON; null where it has none. For `readSettings`. */
export const settingsJson = (s: string): string => `
  CASE WHEN ${s}."teamId" IS NOT NULL THEN json_build_object('weekday', ${s}.weekday, 'at', ${s}.at,
    'channelWorkspaceId', ${s}."channelWorkspaceId", 'channelId', ${s}."channelId", 'pausedAt', ${s}."pausedAt",
    'version', ${s}.version, 'changedById', ${s}."changedById") END`;

/** What a team said, or the usual. Throws when this program did not write it. */
export function readSettings(of: Pick<DigestSettings, 'organizationId' | 'teamId'>, row: unknown): DigestSettings {
  const { organizationId, teamId } = of;
  return { ...(row === null ? usualSettings : settingsRow.parse(row)), organizationId, teamId };
}
