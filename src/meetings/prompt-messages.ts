/** The key in the outbox of what asks somebody begins with it; the prompt's id follows. */
export const promptKey = 'prompt:';

/** The key of one of a prompt's reminders, counted from one; `id` may be SQL's. */
export const reminderKey = (id: string, nth: number): string => `prompt-reminder:${id}:${nth}`;

/** Nobody is reminded more often of one prompt. */
export const mostReminders = 2;

const reminders = Array.from(
  { length: mostReminders },
  (_, index) => `('${reminderKey("' || gone.id || '", index + 1)}')`,
);

/**
 * SQL that withdraws what asks and reminds people of prompts and still waits to be sent: whoever has answered is asked
 * nothing any more, and after the close nobody is. `prompts`: a query of "organizationId" and id.
 */
export const withdrawal = (prompts: string): string => `
  UPDATE "Outbox" x SET state = 'failed', failure = 'too_late'
  FROM (${prompts}) gone
  CROSS JOIN LATERAL (VALUES ('${promptKey}' || gone.id), ${reminders.join(', ')}) AS said(key)
  WHERE x."organizationId" = gone."organizationId" AND x.key = said.key AND x.state = 'waiting'`;
