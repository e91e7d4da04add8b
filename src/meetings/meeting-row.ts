import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type Meeting, meetingKinds } from './meeting.ts';

/** The columns of a meeting, for `readMeeting`; `m` is what the table is called in the query. */
export const meetingColumns = (m: string): string =>
  `${m}."organizationId", ${m}.id, ${m}."teamId", ${m}.kind::text, ${m}.name, ${m}.rule, ${m}."startsOn"::text,
  ${m}."startsAt", ${m}.clock::text, ${m}."windowMinutes", ${m}."remindAfter", ${m}."channelWorkspaceId",
  ${m}."channelId", ${m}."namesSilent", ${m}."questionsVersion", ${m}."pausedAt", ${m}."archivedAt", ${m}.version`;

const instant = z
  .date()
  .nullable()
  .transform((at) => at && Temporal.Instant.fromEpochMilliseconds(at.getTime()));

const meetingRow = z
  .object({
    organizationId: z.string(),
    id: z.string(),
    teamId: z.string(),
    kind: z.enum(meetingKinds),
    name: z.string().nullable(),
    rule: z.string(),
    startsOn: z.string().transform((day) => Temporal.PlainDate.from(day)),
    startsAt: z.string().transform((time) => Temporal.PlainTime.from(time)),
    clock: z.enum(['person', 'team']),
    windowMinutes: z.number(),
    remindAfter: z.number(),
    channelWorkspaceId: z.string().nullable(),
    channelId: z.string().nullable(),
    namesSilent: z.boolean(),
    questionsVersion: z.number(),
    pausedAt: instant,
    archivedAt: instant,
    version: z.number(),
  })
  .transform(({ channelWorkspaceId, channelId, ...row }): Meeting => {
    const hasChannel = channelWorkspaceId !== null && channelId !== null;
    return { ...row, channel: hasChannel ? { workspaceId: channelWorkspaceId, conversation: channelId } : null };
  });

/** A row that has `meetingColumns`, and maybe more. Throws when this program did not write it. */
export const readMeeting = (row: unknown): Meeting => meetingRow.parse(row);
