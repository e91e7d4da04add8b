import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Queries } from '../actions/index.ts';
import type { OutboxRow } from '../chat/outbox.ts';
import { putIntoOutbox } from '../chat/outbox-insert.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Database } from '../database.ts';
import { type Locale, nearestLocale } from '../text/locale.ts';
import { visitStore } from './store.ts';
import {
  contentOf,
  type Named,
  type Visit,
  type VisitContent,
  type VisitKind,
  type VisitOutcome,
  visitKinds,
  visitOutcomes,
} from './visit.ts';

/** Who changes a visit, when, why; and what it was like when they began. */
export interface Turn {
  organizationId: string;
  visitId: string;
  /** The version that the person had before their eyes. */
  version: number;
  by: string;
  at: Temporal.Instant;
  reason: string | null;
  /** The id of the form or gesture: a retry changes nothing. */
  requestKey: string;
}

/** What the visit is to be from now on. Ids are pointers: they are checked. */
export interface Correction extends Turn {
  accountId: string;
  kind: VisitKind;
  date: Temporal.PlainDate;
  purpose: string | null;
  note: string | null;
  outcome: VisitOutcome | null;
  colleagueIds: readonly string[];
  contactIds: readonly string[];
  newContacts: readonly { id: string; name: string }[];
}

export type TurnResult =
  | { became: 'corrected'; visit: Visit; announced: boolean }
  /** A retry: it was done before. */
  | { became: 'earlier'; visit: Visit }
  /** Somebody else was faster. */
  | { became: 'changed'; visit: Visit }
  | { became: 'gone'; what: 'account' | 'pointers' };

/** What follows from a change in the same transaction. */
export interface Consequences {
  /** Redraws the announcement where it stands. */
  redraw(after: Visit, locale: Locale): OutboxRow;
  /** Anything more; the visit is read again afterwards. */
  also?(through: Queries, before: Visit): Promise<void>;
}

const named = z.object({ id: z.string(), name: z.string() });
const contentRow = z.object({
  account: named,
  kind: z.enum(visitKinds),
  date: z.string(),
  purpose: z.string().nullable(),
  note: z.string().nullable(),
  outcome: z.enum(visitOutcomes).nullable(),
  colleagues: z.array(named),
  contacts: z.array(named),
  undone: z.boolean().default(false),
});
const versionRow = z.object({
  version: z.number(),
  content: contentRow,
  replacedAt: z.date().transform((at) => Temporal.Instant.fromEpochMilliseconds(at.getTime())),
  who: named,
  reason: z.string().nullable(),
});

/** A visit as it was, and why it is not any more. */
export interface VersionRow {
  version: number;
  content: VisitContent & { undone: boolean };
  replacedAt: Temporal.Instant;
  who: Named;
  reason: string | null;
}

/** Two people can take the same place on a day at the same moment; then it is tried again. */
const attempts = 3;
const uniqueViolation = '23505';
const isUniqueViolation = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === uniqueViolation;

/** Corrects, takes back and restores visits: each in one transaction that keeps what was before. */
export function correctStore({ pool }: Pick<Database, 'pool'>) {
  /** Locks the visit, keeps it as a version, lets `change` work on it, and sets right what is shown of it elsewhere. */
  async function turn(
    { organizationId, visitId, version, by, at, reason, requestKey }: Turn,
    change: (through: Queries, before: Visit) => Promise<'account' | 'pointers' | null>,
    { redraw, also }: Consequences,
  ): Promise<TurnResult> {
    const ids = [organizationId, visitId];
    return inTransaction(pool, async (through) => {
      await through.query('SELECT FROM "Visit" WHERE "organizationId" = $1 AND id = $2 FOR UPDATE', ids);
      const visits = visitStore({ pool: through });
      const before = await visits.load(organizationId, visitId);
      if (!before) return { became: 'gone', what: 'pointers' };
      const retry = await through.query(
        'SELECT FROM "VisitVersion" WHERE "organizationId" = $1 AND "visitId" = $2 AND "requestKey" = $3',
        [...ids, requestKey],
      );
      if (retry.rows.length > 0) return { became: 'earlier', visit: before };
      if (before.version !== version) return { became: 'changed', visit: before };
      const gone = await change(through, before);
      if (gone) return { became: 'gone', what: gone };
      await through.query(
        `WITH kept AS (
           INSERT INTO "VisitVersion" ("organizationId", "visitId", version, content, "replacedAt", "replacedById", reason,
             "requestKey")
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         )
         UPDATE "Visit" SET version = version + 1 WHERE "organizationId" = $1 AND id = $2`,
        [
          ...[...ids, before.version, JSON.stringify({ ...contentOf(before), undone: before.undoneAt !== null })],
          ...[at.toString(), by, reason, requestKey],
        ],
      );
      await also?.(through, before);
      const after = await visits.load(organizationId, visitId);
      if (!after) throw new Error('a visit vanished while it was locked');
      const locale = await announcedIn(through, organizationId, visitId);
      if (locale !== null) await putIntoOutbox(through, [redraw(after, locale)]);
      return { became: 'corrected', visit: after, announced: locale !== null };
    });
  }

  async function again<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (!isUniqueViolation(error) || attempt === attempts) throw error;
      }
    }
  }

  return {
    correct: (to: Correction, consequences: Consequences): Promise<TurnResult> =>
      again(() => turn(to, (through, before) => write(through, to, before), consequences)),

    /** Takes a visit back; it is in no list any more, and its place on the day is free. */
    undo: (by: Turn, consequences: Consequences): Promise<TurnResult> =>
      turn(
        by,
        async (through) => {
          await through.query(
            `UPDATE "Visit" SET "undoneAt" = $3, "undoneById" = $4, "nthThatDay" = NULL
             WHERE "organizationId" = $1 AND id = $2`,
            [by.organizationId, by.visitId, by.at.toString(), by.by],
          );
          return null;
        },
        consequences,
      ),

    restore: (by: Turn, consequences: Consequences): Promise<TurnResult> =>
      again(() =>
        turn(
          by,
          async (through, before) => {
            await through.query(
              `UPDATE "Visit" SET "undoneAt" = NULL, "undoneById" = NULL, "nthThatDay" = ${nextThatDay('$3', '$4')}
               WHERE "organizationId" = $1 AND id = $2`,
              [by.organizationId, by.visitId, before.account.id, before.date.toString()],
            );
            return null;
          },
          consequences,
        ),
      ),

    /** All that a visit once was, the first version first. */
    async history(organizationId: string, visitId: string): Promise<VersionRow[]> {
      const { rows } = await pool.query(
        `SELECT v.version, v.content, v."replacedAt", v.reason, json_build_object('id', p.id, 'name', p.name) AS who
         FROM "VisitVersion" v JOIN "Person" p ON p."organizationId" = v."organizationId" AND p.id = v."replacedById"
         WHERE v."organizationId" = $1 AND v."visitId" = $2 ORDER BY v.version`,
        [organizationId, visitId],
      );
      return rows.map((row) => versionRow.parse(row));
    },
  };
}

/** The next free place among the author's visits to an account on a day, for the visit that is being updated. */
const nextThatDay = (account: string, day: string) => `(
  SELECT coalesce(max(o."nthThatDay"), 0) + 1 FROM "Visit" o
  WHERE o."organizationId" = "Visit"."organizationId" AND o."authorId" = "Visit"."authorId" AND o.id <> "Visit".id
    AND o."accountId" = ${account}::uuid AND o.date = ${day}::date)`;

async function write(through: Queries, to: Correction, before: Visit): Promise<'account' | 'pointers' | null> {
  const { organizationId, visitId, accountId, colleagueIds, contactIds, newContacts } = to;
  const moved = before.account.id !== accountId || !before.date.equals(to.date);
  const pointers = await through.query<{ account: boolean; others: boolean }>(
    `SELECT EXISTS (SELECT FROM "Account" WHERE "organizationId" = $1 AND id = $2
         AND ("archivedAt" IS NULL OR id = $3)) AS account,
       (SELECT count(*) FROM "Person" WHERE "organizationId" = $1 AND id = ANY ($4::uuid[])) = cardinality($4::uuid[])
       AND (SELECT count(*) FROM "Contact" WHERE "organizationId" = $1 AND "accountId" = $2 AND id = ANY ($5::uuid[]))
         = cardinality($5::uuid[]) AS others`,
    [organizationId, accountId, before.account.id, colleagueIds, contactIds],
  );
  if (!pointers.rows[0]?.account) return 'account';
  if (!pointers.rows[0].others) return 'pointers';
  await through.query(
    `UPDATE "Visit" SET "accountId" = $3, kind = $4::"VisitKind", date = $5::date, purpose = $6, note = $7,
       outcome = $8::"VisitOutcome", "nthThatDay" = CASE WHEN $9 THEN ${nextThatDay('$3', '$5')} ELSE "nthThatDay" END
     WHERE "organizationId" = $1 AND id = $2`,
    [...[organizationId, visitId, accountId, to.kind, to.date.toString()], ...[to.purpose, to.note, to.outcome, moved]],
  );
  await through.query(
    `WITH left_out AS (
       DELETE FROM "VisitPerson" WHERE "organizationId" = $1 AND "visitId" = $2 AND "personId" <> ALL ($3::uuid[])
         AND "personId" <> $4
     )
     INSERT INTO "VisitPerson" ("organizationId", "visitId", "personId") SELECT $1, $2, one FROM unnest($3::uuid[]) AS one
     ON CONFLICT DO NOTHING`,
    [organizationId, visitId, colleagueIds, before.author.id],
  );
  await through.query('DELETE FROM "VisitContact" WHERE "organizationId" = $1 AND "visitId" = $2', [
    organizationId,
    visitId,
  ]);
  await through.query(
    `WITH new_contact AS (
       INSERT INTO "Contact" ("organizationId", id, "accountId", name)
       SELECT $1, one.id, $3, one.name FROM unnest($5::uuid[], $6::text[]) AS one (id, name)
       ON CONFLICT ("organizationId", "accountId", name) DO UPDATE SET "archivedAt" = NULL RETURNING id
     )
     INSERT INTO "VisitContact" ("organizationId", "visitId", "contactId")
     SELECT $1, $2, met.id FROM (SELECT id FROM new_contact UNION SELECT unnest($4::uuid[])) AS met (id)`,
    [
      ...[organizationId, visitId, accountId, contactIds],
      ...[newContacts.map((contact) => contact.id), newContacts.map((contact) => contact.name)],
    ],
  );
  // What was promised in the visit was promised to the account that it turns out to have been.
  if (before.account.id !== accountId) {
    await through.query('UPDATE "Action" SET "accountId" = $3 WHERE "organizationId" = $1 AND "visitId" = $2', [
      ...[organizationId, visitId, accountId],
    ]);
    // So was what was said in it, by nobody of the other account.
    await through.query(
      `UPDATE "Feedback" SET "accountId" = $3, "contactId" = NULL, version = version + 1
       WHERE "organizationId" = $1 AND "visitId" = $2`,
      [organizationId, visitId, accountId],
    );
  }
  return null;
}

/** The language of the channel that the visit was or is about to be announced in; null when it is in none. */
async function announcedIn(through: Queries, organizationId: string, visitId: string): Promise<Locale | null> {
  const { rows } = await through.query<{ locale: string | null }>(
    `SELECT coalesce(t.locale, o.locale) AS locale
     FROM (
       SELECT message->'to'->>'workspaceId' AS workspace, message->'to'->>'conversation' AS channel FROM "Outbox"
       WHERE "organizationId" = $1 AND key = 'visit-announced:' || $2::text
       UNION ALL
       SELECT "workspaceId"::text, conversation FROM "Sent"
       WHERE "organizationId" = $1 AND thing = 'visit' AND "thingId" = $2::uuid AND card = 'announcement'
     ) a
     JOIN "Organization" o ON o.id = $1
     LEFT JOIN "Team" t ON t."organizationId" = $1 AND t."channelWorkspaceId"::text = a.workspace AND t."channelId" = a.channel
     LIMIT 1`,
    [organizationId, visitId],
  );
  return rows.length === 0 ? null : (nearestLocale(rows[0]?.locale) ?? 'en');
}

export type CorrectStore = ReturnType<typeof correctStore>;
