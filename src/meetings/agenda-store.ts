import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type AccountClass, accountClasses, visitInterval } from '../accounts/index.ts';
import type { OutboxRow } from '../chat/outbox.ts';
import { putIntoOutbox } from '../chat/outbox-insert.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Database } from '../database.ts';
import { newId } from '../ids.ts';
import type { Listed } from './day.ts';
import { type ItemRow, itemJson, readItem } from './day-store.ts';
import type { Meeting } from './meeting.ts';
import { meetingColumns, readMeeting } from './meeting-row.ts';
import type { PlanItem } from './plan-item.ts';
import type { Named } from './summary.ts';

/** A sales meeting that somebody can read of. */
export interface SalesMeeting {
  meeting: Meeting;
  team: { timeZone: string; locale: string };
  channel: { workspaceId: string; conversation: string };
}

/** What a sales meeting has to talk about: of the team's customers, since it was held last. */
export interface Agenda {
  since: Temporal.PlainDate;
  /** The most important customers, where the visit that their class asks for is overdue. */
  risk: Listed<{ account: Named; lastVisitOn: Temporal.PlainDate | null; overdue: number }>;
  /** Next steps that are overdue. Their words are for those who may see them. */
  steps: Listed<{ account: Named; owner: Named; dueOn: Temporal.PlainDate }>;
  /** What was planned and moved or dropped. */
  plans: Listed<{ item: PlanItem; owner: Named }>;
  /** Visits that brought progress. */
  wins: Listed<{ account: Named; people: readonly Named[]; date: Temporal.PlainDate }>;
}

/** So many of each list are said. */
export const most = 5;
const batch = 500;

const salesSql = `
SELECT ${meetingColumns('m')}, json_build_object('timeZone', t."timeZone", 'locale', t.locale) AS team,
  CASE WHEN t."channelId" IS NOT NULL AND t."channelWorkspaceId" IS NOT NULL THEN
    json_build_object('workspaceId', t."channelWorkspaceId", 'conversation', t."channelId") END AS "teamChannel"
FROM "Meeting" m JOIN "Team" t ON t."organizationId" = m."organizationId" AND t.id = m."teamId"
WHERE m.kind = 'sales' AND m."nextAt" IS NOT NULL AND m.id > $1::uuid
  AND m."archivedAt" IS NULL AND m."pausedAt" IS NULL AND t."archivedAt" IS NULL
ORDER BY m.id LIMIT ${batch}`;

const salesRow = z.object({
  team: z.object({ timeZone: z.string(), locale: z.string() }),
  teamChannel: z.object({ workspaceId: z.string(), conversation: z.string() }).nullable(),
});

/** The first ones of a list, and how many there are. */
const listed = (one: string, from: string, order: string) => `(
  SELECT json_build_object('shown', coalesce(json_agg(one ORDER BY nth) FILTER (WHERE nth <= ${most}), '[]'),
    'total', count(*)) FROM (SELECT row_number() OVER (ORDER BY ${order}) AS nth, ${one} AS one ${from}) found)`;

const named = (table: string) => `json_build_object('id', ${table}.id, 'name', ${table}.name)`;

/** A team's customers are those assigned to it, and those of its members that are assigned to none. */
const agendaSql = `
WITH since AS (
  SELECT coalesce(max(o.date), $4::date - 7) AS day FROM "Occurrence" o
  WHERE o."organizationId" = $1 AND o."meetingId" = $3 AND o.date < $5::date
), account AS (
  SELECT a.id, a.name, a.class FROM "Account" a
  WHERE a."organizationId" = $1 AND a."archivedAt" IS NULL AND (a."teamId" = $2 OR a."teamId" IS NULL AND a."ownerId" IN (
    SELECT s."personId" FROM "Membership" s WHERE s."organizationId" = $1 AND s."teamId" = $2))
)
SELECT since.day::text AS since,
${listed(
  `json_build_object('account', ${named('c')}, 'lastVisitOn', v.last, 'overdue', coalesce($4::date - v.last - k.days, 0))`,
  `FROM account c
    JOIN unnest($6::text[], $7::int[]) WITH ORDINALITY AS k(class, days, rank) ON k.class = c.class::text
    CROSS JOIN LATERAL (SELECT max(v.date) AS last FROM "Visit" v WHERE v."organizationId" = $1
      AND v."accountId" = c.id AND v."undoneAt" IS NULL) v
    WHERE v.last IS NULL OR v.last + k.days < $4::date`,
  'v.last IS NULL, v.last + k.days, k.rank, c.name, c.id',
)} AS risk,
${listed(
  `json_build_object('account', ${named('c')}, 'owner', ${named('p')}, 'dueOn', s."dueOn")`,
  `FROM account c JOIN "Action" s ON s."organizationId" = $1 AND s."accountId" = c.id AND s.state = 'open'
      AND s."dueOn" < $4::date
    JOIN "Person" p ON p."organizationId" = $1 AND p.id = s."ownerId"`,
  's."dueOn", s.id',
)} AS steps,
${listed(
  `json_build_object('item', ${itemJson}, 'owner', ${named('owner')})`,
  `FROM "PlanItem" i JOIN account c ON c.id = i."accountId"
    JOIN "Person" owner ON owner."organizationId" = i."organizationId" AND owner.id = i."personId"
    WHERE i."organizationId" = $1 AND i.date >= since.day AND i.date <= $4::date AND i.state IN ('moved', 'dropped')
      AND i."personId" IN (SELECT s."personId" FROM "Membership" s WHERE s."organizationId" = $1 AND s."teamId" = $2)`,
  'i.date DESC, i.id',
)} AS plans,
${listed(
  `json_build_object('account', ${named('c')}, 'date', v.date, 'people', (
    SELECT json_agg(${named('p')} ORDER BY p.id <> v."authorId", p.name, p.id) FROM "VisitPerson" u
    JOIN "Person" p ON p."organizationId" = u."organizationId" AND p.id = u."personId"
    WHERE u."organizationId" = $1 AND u."visitId" = v.id))`,
  `FROM account c JOIN "Visit" v ON v."organizationId" = $1 AND v."accountId" = c.id AND v."undoneAt" IS NULL
      AND v.outcome = 'advance' AND v.date >= since.day AND v.date <= $4::date`,
  'v.date DESC, v.id',
)} AS wins
FROM since`;

/** What was planned of it already stays; its summary is due at the close, for there may be decisions though nobody is asked. */
const occurrenceSql = `
INSERT INTO "Occurrence" AS o ("organizationId", id, "meetingId", date, "closesAt", "summaryAt")
VALUES ($1, $2, $3, $4, $5, $5)
ON CONFLICT ("organizationId", "meetingId", date) DO UPDATE SET date = o.date RETURNING id`;
const occurrenceRow = z.object({ id: z.string() });

const person = z.object({ id: z.string(), name: z.string() });
const date = z.string().transform((day) => Temporal.PlainDate.from(day));
const list = <T>(one: z.ZodType<T>) => z.object({ shown: z.array(one), total: z.number() });
const agendaRow = z.object({
  since: date,
  risk: list(z.object({ account: person, lastVisitOn: date.nullable(), overdue: z.number() })),
  steps: list(z.object({ account: person, owner: person, dueOn: date })),
  // Written by itemJson of this same program.
  plans: list(
    z.object({
      item: z.custom<ItemRow>((value) => typeof value === 'object' && value !== null).transform(readItem),
      owner: person,
    }),
  ),
  wins: list(z.object({ account: person, people: z.array(person).nullable(), date })),
});

/** The classes that are worth a word, the first one first, and how many days may lie between two visits. */
const watched: readonly AccountClass[] = accountClasses.filter((one) => one === 'core' || one === 'corePotential');

/** Storage of what a sales meeting talks about. */
export function agendaStore(database: Database) {
  const { pool } = database;
  return {
    /** Sales meetings that take place and have a channel, behind an id; `next` is null when these were the last. */
    async sales(behind: string): Promise<{ meetings: readonly SalesMeeting[]; next: string | null }> {
      const { rows } = await pool.query({ name: 'agendas.sales', text: salesSql, values: [behind] });
      const meetings = rows.flatMap((row): SalesMeeting[] => {
        const meeting = readMeeting(row);
        const { team, teamChannel } = salesRow.parse(row);
        const channel = meeting.channel ?? teamChannel;
        return channel === null ? [] : [{ meeting, team, channel }];
      });
      const last = z.object({ id: z.string() }).optional().parse(rows.at(-1));
      return { meetings, next: last === undefined || rows.length < batch ? null : last.id };
    },

    /** Which of these messages were decided before. */
    async known(keys: readonly { organizationId: string; key: string }[]): Promise<ReadonlySet<string>> {
      if (keys.length === 0) return new Set();
      const { rows } = await pool.query<{ key: string }>({
        name: 'agendas.known',
        text: `SELECT key FROM "Outbox" WHERE ("organizationId", key) IN (SELECT * FROM unnest($1::uuid[], $2::text[]))`,
        values: [keys.map((one) => one.organizationId), keys.map((one) => one.key)],
      });
      return new Set(rows.map(({ key }) => key));
    },

    /** What a team's sales meeting of a day has to talk about, as things stand today. */
    async agenda(
      { organizationId, teamId, id }: Pick<Meeting, 'organizationId' | 'teamId' | 'id'>,
      day: { date: Temporal.PlainDate; today: Temporal.PlainDate },
    ): Promise<Agenda> {
      const { rows } = await pool.query({
        name: 'agendas.agenda',
        text: agendaSql,
        values: [
          ...[organizationId, teamId, id, day.today.toString(), day.date.toString()],
          ...[watched, watched.map((one) => visitInterval[one])],
        ],
      });
      const { wins, ...agenda } = agendaRow.parse(rows[0]);
      return { ...agenda, wins: { ...wins, shown: wins.shown.map((one) => ({ ...one, people: one.people ?? [] })) } };
    },

    /** Puts the agenda of a meeting's day into the outbox, once, and makes the row of that day where there is none. */
    async post(
      { organizationId, id }: Pick<Meeting, 'organizationId' | 'id'>,
      day: { date: Temporal.PlainDate; closesAt: Temporal.Instant },
      agendaOf: (occurrenceId: string) => OutboxRow,
    ): Promise<void> {
      await inTransaction(pool, async (client) => {
        const values = [organizationId, newId(), id, day.date.toString(), day.closesAt.toString()];
        const { rows } = await client.query(occurrenceSql, values);
        await putIntoOutbox(client, [agendaOf(occurrenceRow.parse(rows[0]).id)]);
      });
    },
  };
}

export type AgendaStore = ReturnType<typeof agendaStore>;
