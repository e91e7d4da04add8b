import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { OutboxRow } from '../chat/outbox.ts';
import { putIntoOutbox } from '../chat/outbox-insert.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Database } from '../database.ts';
import type { Locale } from '../text/locale.ts';
import type { Named } from './find-name.ts';
import { type Joining, joinPeople, lockBoth, type Queries } from './join-store.ts';
import { earlierAttempt, noteAttempt, wrongAttempts } from './link-attempts-store.ts';
import { linkTime, mostWrongCodes } from './link-code.ts';
import { localeOf } from './locale-of.ts';

/** A code that somebody typed: who, where, and the gesture that brought it. */
export interface TypedCode {
  organizationId: string;
  personId: string;
  workspaceId: string;
  /** Null: what was typed cannot be a code. */
  codeHash: string | null;
  requestKey: string;
  now: Temporal.Instant;
}

/**
 * What became of a typed code. `joined`: the one who typed is now the keeper, who asked for the code; `moved` says that
 * they lived by another clock. `wrong`: mistyped, too old or used; `left` more tries. `wait`: too many wrong ones.
 * `own`: their own, from this very workspace. `already`: their own, from another one: there is nothing to join.
 * `colleague`: both have an account in one workspace, so they are two people. `gone`: who typed is somebody else by now.
 */
export type Redeemed =
  | { became: 'joined'; keeper: Named; lost: string | null; moved: boolean }
  | { became: 'wrong'; left: number }
  | { became: 'wait'; until: Temporal.Instant }
  | { became: 'own' | 'already' | 'gone' }
  | { became: 'colleague'; name: string };

/** What is said where the code came from: to the keeper's user there, in the person's language, of whom they were. */
export type Tell = (about: {
  to: { workspaceId: string; conversation: string };
  locale: Locale;
  lostName: string;
}) => OutboxRow;

const issuerRow = z.object({ id: z.string(), name: z.string(), workspaceId: z.string(), user: z.string().nullable() });
const localesRow = z.object({
  chosen: z.string().nullable(),
  platform: z.string().nullable(),
  organization: z.string(),
});

/** Codes that join the accounts of one person, and those who type them. */
export function linkStore({ pool }: Pick<Database, 'pool'>) {
  return {
    /** Keeps a new code in place of the person's last one. False: this gesture has brought one already. */
    async issue(
      from: { organizationId: string; personId: string; workspaceId: string; requestKey: string },
      codeHash: string,
      expiresAt: Temporal.Instant,
    ): Promise<boolean> {
      const { rowCount } = await pool.query(
        `INSERT INTO "LinkCode" ("organizationId", "personId", "workspaceId", "codeHash", "expiresAt", "requestKey")
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT ("organizationId", "personId") DO UPDATE SET "workspaceId" = EXCLUDED."workspaceId",
           "codeHash" = EXCLUDED."codeHash", "expiresAt" = EXCLUDED."expiresAt", "requestKey" = EXCLUDED."requestKey"
         WHERE "LinkCode"."requestKey" <> EXCLUDED."requestKey"`,
        [from.organizationId, from.personId, from.workspaceId, codeHash, expiresAt.toString(), from.requestKey],
      );
      return rowCount === 1;
    },

    /**
     * Joins who typed the code with who asked for it, in one transaction; one at a time in an organisation. Takes seconds
     * where there is much to move, half a minute at most.
     */
    redeem: (typed: TypedCode, tell: Tell): Promise<Redeemed> =>
      patiently(pool, async (through) => {
        await through.query(`SELECT pg_advisory_xact_lock(hashtextextended('people.link:' || $1::text, 0))`, [
          typed.organizationId,
        ]);
        return judge(through, typed, tell);
      }),

    /** Writes a message; one that was written before stays as it is. */
    say: (row: OutboxRow): Promise<void> => putIntoOutbox(pool, [row]),
  };
}

export type LinkStore = ReturnType<typeof linkStore>;

async function judge(through: Queries, typed: TypedCode, tell: Tell): Promise<Redeemed> {
  const { organizationId, personId, workspaceId } = typed;
  const before = await earlierAttempt(through, typed);
  if (before?.joined) return { became: 'joined', keeper: before.by, lost: null, moved: false };
  const wrong = await wrongAttempts(through, typed);
  if (before || wrong.length >= mostWrongCodes) return afterWrong(wrong);
  const issuer = await issuerOf(through, typed);
  if (!issuer)
    return (await noteAttempt(through, typed, false)) ? afterWrong([typed.now, ...wrong]) : { became: 'gone' };
  if (issuer.id === personId) return { became: issuer.workspaceId === workspaceId ? 'own' : 'already' };
  const joining = { organizationId, keeper: issuer.id, lost: personId };
  const both = await lockBoth(through, joining);
  if (!both) return { became: 'gone' };
  if (await shareWorkspace(through, joining)) return { became: 'colleague', name: issuer.name };
  await through.query('DELETE FROM "LinkCode" WHERE "organizationId" = $1 AND "personId" = ANY ($2::uuid[])', [
    organizationId,
    [issuer.id, personId],
  ]);
  await joinPeople(through, joining);
  await noteAttempt(through, { ...typed, personId: issuer.id }, true);
  if (issuer.user !== null) {
    const to = { workspaceId: issuer.workspaceId, conversation: issuer.user };
    const row = tell({ to, locale: await localeOfPerson(through, joining), lostName: both.lost.name });
    await putIntoOutbox(through, [row]);
  }
  const moved = both.keeper.timeZone !== both.lost.timeZone;
  return { became: 'joined', keeper: both.keeper, lost: personId, moved };
}

/** Who asked for the code, where, and as whom; null when it is no valid code. */
async function issuerOf(through: Queries, { organizationId, codeHash, now }: TypedCode) {
  const { rows } = await through.query(
    `SELECT p.id, p.name, c."workspaceId", (
       SELECT i."externalId" FROM "Identity" i WHERE i."organizationId" = $1 AND i."personId" = p.id
         AND i."workspaceId" = c."workspaceId" AND i."leftAt" IS NULL ORDER BY i.id DESC LIMIT 1) AS user
     FROM "LinkCode" c JOIN "Person" p ON p."organizationId" = c."organizationId" AND p.id = c."personId"
     WHERE c."organizationId" = $1 AND c."codeHash" = $2 AND c."expiresAt" > $3 AND p."deactivatedAt" IS NULL`,
    [organizationId, codeHash, now.toString()],
  );
  return rows.length === 0 ? null : issuerRow.parse(rows[0]);
}

async function localeOfPerson(through: Queries, { organizationId, keeper }: Joining): Promise<Locale> {
  const { rows } = await through.query(
    `SELECT p."chosenLocale" AS chosen, p.locale AS platform, o.locale AS organization
     FROM "Person" p JOIN "Organization" o ON o.id = p."organizationId" WHERE p."organizationId" = $1 AND p.id = $2`,
    [organizationId, keeper],
  );
  const { chosen, platform, organization } = localesRow.parse(rows[0]);
  return localeOf(chosen, platform, organization);
}

/** Two accounts of one workspace belong to two people. */
async function shareWorkspace(through: Queries, { organizationId, keeper, lost }: Joining): Promise<boolean> {
  const { rows } = await through.query(
    `SELECT FROM "Identity" a JOIN "Identity" b ON b."organizationId" = a."organizationId"
       AND b."workspaceId" = a."workspaceId" AND b."leftAt" IS NULL
     WHERE a."organizationId" = $1 AND a."personId" = $2 AND b."personId" = $3 AND a."leftAt" IS NULL LIMIT 1`,
    [organizationId, keeper, lost],
  );
  return rows.length > 0;
}

/** The wrong codes that count, the newest first. */
function afterWrong(wrong: readonly Temporal.Instant[]): Redeemed {
  const first = wrong[mostWrongCodes - 1];
  return first
    ? { became: 'wait', until: first.add(linkTime) }
    : { became: 'wrong', left: mostWrongCodes - wrong.length };
}

const attempts = 3;
/** Milliseconds: whoever has imported all customers is named in a great many rows. */
const longEnough = 30_000;

/** In one transaction that may last, and the whole work again where the database ended it for somebody else's. */
function patiently<T>(pool: Database['pool'], work: (through: Queries) => Promise<T>): Promise<T> {
  const inTime = (text: string, values: unknown[] = []) => ({ text, values, query_timeout: longEnough });
  return inTransaction(
    pool,
    async (client) => {
      await client.query(`SET LOCAL statement_timeout = ${longEnough}`);
      return work({ query: (text, values) => client.query(inTime(text, values)) });
    },
    { attempts },
  );
}
