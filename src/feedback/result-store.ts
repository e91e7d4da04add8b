import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Database } from '../database.ts';
import type { Result } from './result.ts';

const named = z.object({ id: z.string(), name: z.string() });
const day = z.string().transform((written) => Temporal.PlainDate.from(written));
const resultRow = z.discriminatedUnion('of', [
  z.object({
    of: z.literal('visit'),
    id: z.string(),
    kind: z.enum(['visit', 'call', 'onlineMeeting', 'event']),
    date: day,
    author: named,
  }),
  z.object({
    of: z.literal('action'),
    id: z.string(),
    text: z.string(),
    owner: named,
    dueOn: day.nullable(),
    state: z.enum(['open', 'done', 'dropped']),
  }),
]);

/** More than this nobody follows up on one remark of a customer. */
const most = 20;

const resultsSql = `
SELECT result FROM (
  SELECT r."createdAt", r.id, json_build_object('of', 'visit', 'id', v.id, 'kind', v.kind, 'date', v.date,
    'author', json_build_object('id', p.id, 'name', p.name)) AS result
  FROM "FeedbackResult" r
  JOIN "Visit" v ON v."organizationId" = r."organizationId" AND v.id = r."visitId" AND v."undoneAt" IS NULL
  JOIN "Person" p ON p."organizationId" = v."organizationId" AND p.id = v."authorId"
  WHERE r."organizationId" = $1 AND r."feedbackId" = $2
  UNION ALL
  SELECT r."createdAt", r.id, json_build_object('of', 'action', 'id', a.id, 'text', a.text, 'state', a.state,
    'dueOn', a."dueOn", 'owner', json_build_object('id', p.id, 'name', p.name))
  FROM "FeedbackResult" r
  JOIN "Action" a ON a."organizationId" = r."organizationId" AND a.id = r."actionId"
  JOIN "Person" p ON p."organizationId" = a."organizationId" AND p.id = a."ownerId"
  WHERE r."organizationId" = $1 AND r."feedbackId" = $2
) found ORDER BY "createdAt", id LIMIT ${most}`;

/** What came of a feedback, in the order in which it came. */
export const resultStore = ({ pool }: Pick<Database, 'pool'>) => ({
  async of(organizationId: string, feedbackId: string): Promise<Result[]> {
    const { rows } = await pool.query<{ result: unknown }>(resultsSql, [organizationId, feedbackId]);
    return rows.map(({ result }) => resultRow.parse(result));
  },
});

export type ResultStore = ReturnType<typeof resultStore>;
