import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Database } from '../database.ts';
import { feedbackKinds } from '../feedback/index.ts';
import type { Period } from './period.ts';
import { type Named, type Step, type Visit, visitKinds, visitOutcomes } from './visit.ts';

const named = z.object({ id: z.string(), name: z.string() });
const day = z.string().transform((written) => Temporal.PlainDate.from(written));
const moment = z.date().transform((at) => Temporal.Instant.fromEpochMilliseconds(at.getTime()));
/** A next step as the statements answer it. */
export const step = z
  .object({
    id: z.string(),
    text: z.string(),
    ownerId: z.string(),
    ownerName: z.string(),
    dueOn: day.nullable(),
    open: z.boolean(),
  })
  .transform((row): Step => row);

const said = z.object({ id: z.string(), kind: z.enum(feedbackKinds), words: z.string() });

const visitRow = z
  .object({
    id: z.string(),
    account: named,
    author: named.extend({ timeZone: z.string() }),
    kind: z.enum(visitKinds),
    date: day,
    purpose: z.string().nullable(),
    note: z.string().nullable(),
    outcome: z.enum(visitOutcomes).nullable(),
    sourceLink: z.string().nullable(),
    version: z.number(),
    loggedAt: moment,
    undoneAt: moment.nullable(),
    colleagues: z.array(named),
    contacts: z.array(named),
    steps: z.array(step),
    fulfilled: z.array(step),
    heard: z.array(said),
    answersTo: z.array(said),
    authorTeamIds: z.array(z.string()),
    teamIds: z.array(z.string()),
  })
  .transform((row): Visit => row);

/** A step of a visit as JSON, for a row `a` of "Action" with its owner `o`. */
const stepAsJson = `json_build_object('id', a.id, 'text', a.text, 'ownerId', a."ownerId", 'ownerName', o.name,
  'dueOn', a."dueOn", 'open', a.state = 'open')`;

const saidAsJson = `json_build_object('id', f.id, 'kind', f.kind, 'words', f.words)`;

/** Everything of visits `v`; what is read with it is one statement, whatever their number. */
const wholeVisit = `
SELECT v.id, json_build_object('id', acc.id, 'name', acc.name) AS account,
  json_build_object('id', au.id, 'name', au.name, 'timeZone', au."timeZone") AS author,
  v.kind::text, v.date::text, v.purpose, v.note, v.outcome::text, v."sourceLink", v.version, v."loggedAt", v."undoneAt",
  (SELECT coalesce(json_agg(json_build_object('id', p.id, 'name', p.name) ORDER BY p.name), '[]')
   FROM "VisitPerson" vp JOIN "Person" p ON p."organizationId" = vp."organizationId" AND p.id = vp."personId"
   WHERE vp."organizationId" = v."organizationId" AND vp."visitId" = v.id AND vp."personId" <> v."authorId") AS colleagues,
  (SELECT coalesce(json_agg(json_build_object('id', c.id, 'name', c.name) ORDER BY c.name), '[]')
   FROM "VisitContact" vc JOIN "Contact" c ON c."organizationId" = vc."organizationId" AND c.id = vc."contactId"
   WHERE vc."organizationId" = v."organizationId" AND vc."visitId" = v.id) AS contacts,
  (SELECT coalesce(json_agg(${stepAsJson} ORDER BY a.id), '[]')
   FROM "Action" a JOIN "Person" o ON o."organizationId" = a."organizationId" AND o.id = a."ownerId"
   WHERE a."organizationId" = v."organizationId" AND a."visitId" = v.id AND a.state <> 'dropped') AS steps,
  (SELECT coalesce(json_agg(${stepAsJson} ORDER BY a.id), '[]')
   FROM "Action" a JOIN "Person" o ON o."organizationId" = a."organizationId" AND o.id = a."ownerId"
   WHERE a."organizationId" = v."organizationId" AND a."fulfilledById" = v.id) AS fulfilled,
  (SELECT coalesce(json_agg(${saidAsJson} ORDER BY f.id), '[]') FROM "Feedback" f
   WHERE f."organizationId" = v."organizationId" AND f."visitId" = v.id AND f."undoneAt" IS NULL) AS heard,
  (SELECT coalesce(json_agg(${saidAsJson} ORDER BY f.id), '[]')
   FROM "FeedbackResult" r JOIN "Feedback" f ON f."organizationId" = r."organizationId" AND f.id = r."feedbackId"
   WHERE r."organizationId" = v."organizationId" AND r."visitId" = v.id AND f."undoneAt" IS NULL) AS "answersTo",
  ARRAY(SELECT m."teamId"::text FROM "Membership" m
   WHERE m."organizationId" = v."organizationId" AND m."personId" = v."authorId") AS "authorTeamIds",
  ARRAY(SELECT m."teamId"::text FROM "Membership" m JOIN "VisitPerson" vp
     ON vp."organizationId" = m."organizationId" AND vp."personId" = m."personId"
   WHERE m."organizationId" = v."organizationId" AND vp."visitId" = v.id
   UNION SELECT acc."teamId"::text WHERE acc."teamId" IS NOT NULL) AS "teamIds"
FROM "Visit" v
JOIN "Account" acc ON acc."organizationId" = v."organizationId" AND acc.id = v."accountId"
JOIN "Person" au ON au."organizationId" = v."organizationId" AND au.id = v."authorId"`;

/** Which visits are looked for. */
export interface Search {
  personId?: string;
  accountId?: string;
  period?: Period;
  /** Whose visits may be seen: everybody's, or those that this person or these teams have part in. */
  seenBy: 'all' | { personId: string; teamIds: readonly string[] };
  limit: number;
  skip: number;
}

/** What an account offers to choose from in the form. */
export interface Choices {
  account: Named;
  contacts: readonly (Named & { title: string | null })[];
  /** Open actions that this person may close. */
  actions: readonly { id: string; text: string; ownerName: string; dueOn: Temporal.PlainDate | null }[];
}

const choicesRow = z.object({
  account: named,
  contacts: z.array(named.extend({ title: z.string().nullable() })),
  actions: z.array(z.object({ id: z.string(), text: z.string(), ownerName: z.string(), dueOn: day.nullable() })),
});

/** Reads visits; every question is one statement within one organisation. */
export function visitStore({ pool }: { pool: Pick<Database['pool'], 'query'> }) {
  const read = async (where: string, values: readonly unknown[], name: string): Promise<Visit[]> => {
    const { rows } = await pool.query({ name, text: `${wholeVisit}\n${where}`, values: [...values] });
    return rows.map((row) => visitRow.parse(row));
  };
  return {
    /** A visit, undone ones too; null when there is none. */
    async load(organizationId: string, id: string): Promise<Visit | null> {
      const where = 'WHERE v."organizationId" = $1 AND v.id = $2';
      return (await read(where, [organizationId, id], 'visits.load'))[0] ?? null;
    },

    /** Visits that were not undone, the latest first. */
    search(organizationId: string, { personId, accountId, period, seenBy, limit, skip }: Search): Promise<Visit[]> {
      const where = `WHERE v."organizationId" = $1 AND v."undoneAt" IS NULL
        AND ($2::uuid IS NULL OR v."accountId" = $2)
        AND ($3::uuid IS NULL OR EXISTS (SELECT FROM "VisitPerson" w
          WHERE w."organizationId" = v."organizationId" AND w."visitId" = v.id AND w."personId" = $3))
        AND v.date BETWEEN coalesce($4::date, '-infinity') AND coalesce($5::date, 'infinity')
        AND ($6::uuid IS NULL OR acc."teamId" = ANY ($7::uuid[]) OR EXISTS (SELECT FROM "VisitPerson" w
          WHERE w."organizationId" = v."organizationId" AND w."visitId" = v.id AND (w."personId" = $6 OR EXISTS (
            SELECT FROM "Membership" m WHERE m."organizationId" = w."organizationId" AND m."personId" = w."personId"
              AND m."teamId" = ANY ($7::uuid[])))))
        ORDER BY v.date DESC, v.id DESC LIMIT $8 OFFSET $9`;
      const [seer, teams] = seenBy === 'all' ? [null, []] : [seenBy.personId, seenBy.teamIds];
      return read(
        where,
        [
          organizationId,
          accountId ?? null,
          personId ?? null,
          period?.from.toString() ?? null,
          period?.to.toString() ?? null,
          seer,
          teams,
          limit,
          skip,
        ],
        'visits.search',
      );
    },

    /** The account, its contacts and the open actions that the person may close; null when it is not there. */
    async choices(
      organizationId: string,
      accountId: string,
      by: { personId: string; all: boolean; teamIds: readonly string[] },
    ): Promise<Choices | null> {
      const { rows } = await pool.query({
        name: 'visits.choices',
        text: `SELECT json_build_object('id', acc.id, 'name', acc.name) AS account,
          (SELECT coalesce(json_agg(c), '[]') FROM (SELECT id, name, title FROM "Contact" c
             WHERE c."organizationId" = acc."organizationId" AND c."accountId" = acc.id AND c."archivedAt" IS NULL
             ORDER BY name LIMIT 100) c) AS contacts,
          (SELECT coalesce(json_agg(a), '[]') FROM (
             SELECT a.id, a.text, o.name AS "ownerName", a."dueOn"
             FROM "Action" a JOIN "Person" o ON o."organizationId" = a."organizationId" AND o.id = a."ownerId"
             WHERE a."organizationId" = acc."organizationId" AND a."accountId" = acc.id AND a.state = 'open'
               AND (a."ownerId" = $3 OR a."createdById" = $3 OR $4::boolean OR acc."teamId" = ANY ($5::uuid[])
                 OR EXISTS (SELECT FROM "Membership" m WHERE m."organizationId" = a."organizationId"
                   AND m."personId" = a."ownerId" AND m."teamId" = ANY ($5::uuid[])))
             ORDER BY a."dueOn" NULLS LAST, a.id LIMIT 100) a) AS actions
          FROM "Account" acc WHERE acc."organizationId" = $1 AND acc.id = $2 AND acc."archivedAt" IS NULL`,
        values: [organizationId, accountId, by.personId, by.all, by.teamIds],
      });
      return rows.length === 0 ? null : choicesRow.parse(rows[0]);
    },

    /** The last visit's day of each account; accounts that nobody visited are left out. */
    async lastVisits(organizationId: string, accountIds: readonly string[]): Promise<Map<string, Temporal.PlainDate>> {
      const { rows } = await pool.query({
        name: 'visits.last',
        text: `SELECT "accountId", max(date)::text AS date FROM "Visit"
          WHERE "organizationId" = $1 AND "accountId" = ANY ($2::uuid[]) AND "undoneAt" IS NULL GROUP BY "accountId"`,
        values: [organizationId, accountIds],
      });
      const parsed = z.array(z.object({ accountId: z.string(), date: day })).parse(rows);
      return new Map(parsed.map((row) => [row.accountId, row.date]));
    },
  };
}

export type VisitStore = ReturnType<typeof visitStore>;
