import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { OutboxRow } from '../chat/outbox.ts';
import type { Database } from '../database.ts';
import type { Locale } from '../text/locale.ts';
import { step } from './store.ts';
import type { VisitKind, VisitOutcome } from './visit.ts';

/** A visit as it is to be stored, with all that follows from it. Ids are pointers: the statement checks them. */
export interface NewVisit {
  organizationId: string;
  id: string;
  accountId: string;
  authorId: string;
  kind: VisitKind;
  date: Temporal.PlainDate;
  purpose: string | null;
  note: string | null;
  outcome: VisitOutcome | null;
  sourceLink: string | null;
  loggedAt: Temporal.Instant;
  requestKey: string;
  colleagueIds: readonly string[];
  contactIds: readonly string[];
  newContacts: readonly { id: string; name: string }[];
  nextStep: {
    id: string;
    text: string;
    ownerId: string;
    dueOn: Temporal.PlainDate | null;
    remindAt: Temporal.Instant | null;
  } | null;
  fulfils: string | null;
  /** Whose actions the author may close besides their own: everybody's, or those of these teams. */
  mayClose: { all: boolean; teamIds: readonly string[] };
  /** The person has said that it is a further visit on the same day. */
  second: boolean;
  draftId: string | null;
  /** The announcement for the team's channel in each language; which it is, and where, only the database knows. */
  announcements: Readonly<Record<Locale, OutboxRow>>;
  /** What others are told. */
  told: readonly OutboxRow[];
  gaps: Gaps;
}

/** Texts that stand in messages where a value of the database belongs; plain letters, not to be guessed by anybody. */
export interface Gaps {
  account: string;
  workspace: string;
  channel: string;
}

const savedRow = z.object({
  saved: z.string().nullable(),
  earlier: z.string().nullable(),
  earlierBy: z.string().nullable(),
  account: z.string().nullable(),
  pointers: z.boolean().nullable(),
  sameDay: z.boolean(),
  announced: z.boolean(),
  contacts: z.array(z.object({ id: z.string(), name: z.string() })),
  fulfilled: z.array(step),
});

/**
 * What became of it: `saved`; `earlier`, an answer to the same form was saved before, as that visit; `sameDay`, the
 * author has a visit there on that day and has not said that this is another; `gone`, something it points at is not
 * there for them.
 */
export type SaveResult =
  | { became: 'saved'; account: string; announced: boolean; contacts: Row['contacts']; fulfilled: Row['fulfilled'] }
  | { became: 'earlier'; visitId: string }
  | { became: 'sameDay'; account: string }
  | { became: 'gone'; what: 'account' | 'pointers' };
type Row = z.infer<typeof savedRow>;

/**
 * All of it in one statement, because a transaction's round trips would be most of what a person waits for. The visit
 * is inserted only when every pointer leads to something of the same organisation that the author may use; everything
 * else hangs on that insert. Unique keys, not the reads, decide between two forms at the same moment.
 */
const statement = `
WITH account AS (
  SELECT id, name, "teamId" FROM "Account" WHERE "organizationId" = $1::uuid AND id = $3::uuid AND "archivedAt" IS NULL
), earlier AS (
  SELECT id, "authorId" FROM "Visit" WHERE "organizationId" = $1::uuid AND "requestKey" = $12
), same_day AS (
  SELECT count(*) > 0 AS found, max(v."nthThatDay") FILTER (WHERE v."authorId" = $4::uuid) AS nth
  FROM "Visit" v
  WHERE v."organizationId" = $1::uuid AND v."accountId" = $3::uuid AND v.date = $6::date AND v."undoneAt" IS NULL
    AND (v."authorId" = $4::uuid OR EXISTS (
      SELECT FROM "VisitPerson" c
      WHERE c."organizationId" = v."organizationId" AND c."visitId" = v.id AND c."personId" = $4::uuid))
), pointers AS (
  SELECT
    (SELECT count(*) FROM "Person" p
     WHERE p."organizationId" = $1::uuid AND p.id = ANY ($13::uuid[] || $19::uuid) AND p."deactivatedAt" IS NULL
    ) = (SELECT count(DISTINCT one) FROM unnest($13::uuid[] || $19::uuid) AS one WHERE one IS NOT NULL)
    AND (SELECT count(*) FROM "Contact" c
     WHERE c."organizationId" = $1::uuid AND c."accountId" = $3::uuid AND c.id = ANY ($14::uuid[])
    ) = cardinality($14::uuid[])
    AND ($22::uuid IS NULL OR EXISTS (
      SELECT FROM "Action" a
      WHERE a."organizationId" = $1::uuid AND a.id = $22::uuid AND a."accountId" = $3::uuid AND a.state = 'open'
        AND (a."ownerId" = $4::uuid OR a."createdById" = $4::uuid OR $23::boolean
          OR account."teamId" = ANY ($24::uuid[]) OR EXISTS (
            SELECT FROM "Membership" m WHERE m."organizationId" = $1::uuid AND m."personId" = a."ownerId"
              AND m."teamId" = ANY ($24::uuid[])))
    )) AS good
  FROM account
), visit AS (
  INSERT INTO "Visit" ("organizationId", id, "accountId", "authorId", kind, date, purpose, note, outcome, "sourceLink",
    "loggedAt", "requestKey", "nthThatDay")
  SELECT $1::uuid, $2::uuid, account.id, $4::uuid, $5::"VisitKind", $6::date, $7, $8, $9::"VisitOutcome", $10,
    $11::timestamptz, $12, coalesce(same_day.nth, 0) + 1
  FROM account, same_day, pointers
  WHERE pointers.good AND ($25::boolean OR NOT same_day.found) AND NOT EXISTS (SELECT FROM earlier)
  ON CONFLICT DO NOTHING
  RETURNING "organizationId", id, "accountId"
), people AS (
  INSERT INTO "VisitPerson" ("organizationId", "visitId", "personId")
  SELECT visit."organizationId", visit.id, one FROM visit, unnest($13::uuid[] || $4::uuid) AS one
  ON CONFLICT DO NOTHING
), new_contact AS (
  INSERT INTO "Contact" ("organizationId", id, "accountId", name)
  SELECT visit."organizationId", one.id, visit."accountId", one.name
  FROM visit, unnest($15::uuid[], $16::text[]) AS one (id, name)
  ON CONFLICT ("organizationId", "accountId", name) DO UPDATE SET "archivedAt" = NULL
  RETURNING id, name
), met AS (
  SELECT id, name FROM new_contact
  UNION SELECT c.id, c.name FROM "Contact" c WHERE c."organizationId" = $1::uuid AND c.id = ANY ($14::uuid[])
), contacts AS (
  INSERT INTO "VisitContact" ("organizationId", "visitId", "contactId")
  SELECT visit."organizationId", visit.id, met.id FROM visit, met
  ON CONFLICT DO NOTHING
), next_step AS (
  INSERT INTO "Action" ("organizationId", id, "accountId", "visitId", text, "ownerId", "createdById", "dueOn", "remindAt",
    "createdAt", "requestKey")
  SELECT visit."organizationId", $17::uuid, visit."accountId", visit.id, $18, $19::uuid, $4::uuid, $20::date,
    $21::timestamptz, $11::timestamptz, $12
  FROM visit WHERE $18::text IS NOT NULL
), fulfilled AS (
  UPDATE "Action" a SET state = 'done', "closedAt" = $11::timestamptz, "fulfilledById" = visit.id, "remindAt" = NULL
  FROM visit WHERE a."organizationId" = visit."organizationId" AND a.id = $22::uuid AND a.state = 'open'
  RETURNING a."organizationId", a.id, a.text, a."ownerId", a."dueOn"
), fulfilled_change AS (
  INSERT INTO "ActionChange" ("organizationId", id, "actionId", "changedById", at, changes)
  SELECT f."organizationId", $2::uuid, f.id, $4::uuid, $11::timestamptz, jsonb_build_object('state', jsonb_build_array('open', 'done'),
    'fulfilledById', jsonb_build_array(NULL, $2::text)) FROM fulfilled f
), team AS (
  SELECT t."channelWorkspaceId"::text AS workspace, t."channelId" AS channel, t.locale
  FROM "Team" t, account
  WHERE t."organizationId" = $1::uuid AND t."announceVisits" AND t."archivedAt" IS NULL
    AND t."channelWorkspaceId" IS NOT NULL AND t."channelId" IS NOT NULL
    AND (t."managerId" = $4::uuid OR EXISTS (
      SELECT FROM "Membership" m
      WHERE m."organizationId" = t."organizationId" AND m."teamId" = t.id AND m."personId" = $4::uuid))
  ORDER BY t.id IS NOT DISTINCT FROM account."teamId" DESC, t.id LIMIT 1
), announced AS (
  INSERT INTO "Outbox" ("organizationId", id, key, lane, message, "notBefore", "createdAt")
  SELECT visit."organizationId", (said->>'id')::uuid, said->>'key',
    replace(replace(said->>'lane', $28, team.workspace), $29, team.channel),
    replace(replace(replace((said->'message')::text, $27, substr(to_json(account.name)::text, 2, length(to_json(account.name)::text) - 2)), $28, substr(to_json(team.workspace)::text, 2, length(to_json(team.workspace)::text) - 2)),
      $29, substr(to_json(team.channel)::text, 2, length(to_json(team.channel)::text) - 2))::jsonb,
    (said->>'notBefore')::timestamptz, (said->>'createdAt')::timestamptz
  FROM visit, account, team, coalesce($26::jsonb->team.locale, $26::jsonb->'en') AS said
  ON CONFLICT ("organizationId", key) DO NOTHING
  RETURNING id
), told AS (
  INSERT INTO "Outbox" ("organizationId", id, key, lane, message, "notBefore", "createdAt")
  SELECT visit."organizationId", (said->>'id')::uuid, said->>'key', said->>'lane',
    replace((said->'message')::text, $27, substr(to_json(account.name)::text, 2, length(to_json(account.name)::text) - 2))::jsonb,
    (said->>'notBefore')::timestamptz, (said->>'createdAt')::timestamptz
  FROM visit, account, jsonb_array_elements($31::jsonb) AS said
  ON CONFLICT ("organizationId", key) DO NOTHING
), draft AS (
  DELETE FROM "Draft" WHERE "organizationId" = $1::uuid AND id = $30::uuid AND "personId" = $4::uuid
    AND (EXISTS (SELECT FROM visit) OR EXISTS (SELECT FROM earlier))
)
SELECT
  (SELECT id FROM visit) AS saved, (SELECT id FROM earlier) AS earlier, (SELECT "authorId" FROM earlier) AS "earlierBy", (SELECT name FROM account) AS account,
  (SELECT good FROM pointers) AS pointers, (SELECT found FROM same_day) AS "sameDay",
  EXISTS (SELECT FROM announced) AS announced,
  (SELECT coalesce(json_agg(json_build_object('id', id, 'name', name) ORDER BY name), '[]') FROM met) AS contacts,
  (SELECT coalesce(json_agg(json_build_object('id', f.id, 'text', f.text, 'ownerId', f."ownerId", 'ownerName', p.name,
     'dueOn', f."dueOn", 'open', false)), '[]')
   FROM fulfilled f JOIN "Person" p ON p."organizationId" = f."organizationId" AND p.id = f."ownerId") AS fulfilled`;

/** Another form of the same person can take the place on the day between reading and writing; then it is read again. */
const attempts = 20;

/** Stores new visits. */
export function logStore({ pool }: Database) {
  return {
    async save(visit: NewVisit): Promise<SaveResult> {
      const { nextStep, newContacts, mayClose, gaps } = visit;
      const values = [
        visit.organizationId,
        visit.id,
        visit.accountId,
        visit.authorId,
        visit.kind,
        visit.date.toString(),
        visit.purpose,
        visit.note,
        visit.outcome,
        visit.sourceLink,
        visit.loggedAt.toString(),
        visit.requestKey,
        visit.colleagueIds,
        visit.contactIds,
        newContacts.map((contact) => contact.id),
        newContacts.map((contact) => contact.name),
        nextStep?.id ?? null,
        nextStep?.text ?? null,
        nextStep?.ownerId ?? null,
        nextStep?.dueOn?.toString() ?? null,
        nextStep?.remindAt?.toString() ?? null,
        visit.fulfils,
        mayClose.all,
        mayClose.teamIds,
        visit.second,
        JSON.stringify(visit.announcements),
        gaps.account,
        gaps.workspace,
        gaps.channel,
        visit.draftId,
        JSON.stringify(visit.told),
      ];
      for (let attempt = 1; attempt <= attempts; attempt += 1) {
        const { rows } = await pool.query({ name: 'visits.save', text: statement, values });
        const row = savedRow.parse(rows[0]);
        if (row.saved !== null && row.account !== null) return { became: 'saved', ...row, account: row.account };
        if (row.earlier !== null) {
          return row.earlierBy === visit.authorId
            ? { became: 'earlier', visitId: row.earlier }
            : { became: 'gone', what: 'account' };
        }
        if (row.account === null) return { became: 'gone', what: 'account' };
        if (!row.pointers) return { became: 'gone', what: 'pointers' };
        if (row.sameDay && !visit.second) return { became: 'sameDay', account: row.account };
      }
      throw new Error(`a visit found no place on its day in ${attempts} attempts`);
    },
  };
}

export type LogStore = ReturnType<typeof logStore>;
