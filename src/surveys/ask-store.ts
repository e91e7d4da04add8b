import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { OutboxRow } from '../chat/outbox.ts';
import { putIntoOutbox } from '../chat/outbox-insert.ts';
import { inTransaction } from '../database/transaction.ts';
import type { Database } from '../database.ts';
import { newId } from '../ids.ts';
import { hold, keepVersion, named, putScores, readSurvey, wholeSurvey } from './store.ts';
import { isClosed, isOpen, type Named, type PageOf, type Survey, type SurveyContent, sameContent } from './survey.ts';
import type { SurveyLink } from './survey-link.ts';

/** Whom somebody wants to ask. */
export interface NewLink {
  organizationId: string;
  /** Its form's own id, which is its request key too. */
  id: string;
  accountId: string;
  contactId: string | null;
  authorId: string;
  locale: string;
  expiresAt: Temporal.Instant;
  today: Temporal.PlainDate;
  at: Temporal.Instant;
}

export type Asking = { became: 'asked'; survey: Survey } | { became: 'refused' } | { became: 'gone' };

/** That somebody does not want to be asked, as a person of ours wrote it down. */
export interface Silence {
  organizationId: string;
  /** Its form's own id. */
  id: string;
  account: Named;
  /** Null: nobody of the account. */
  contact: Named | null;
}

export type Answered = { became: 'answered' | 'changed' | 'same' | 'stale'; page: PageOf } | { became: 'gone' };

const placeRow = z.object({
  company: z.string(),
  timeZone: z.string(),
  accountOwnerId: z.string().nullable(),
  refusal: z.enum(['them', 'link']).nullable(),
});
/** Refusals of whoever a link is for: their own, or everybody's there. */
const theirsSql = `SELECT FROM "SurveyRefusal" WHERE "organizationId" = $1 AND "accountId" = $2
  AND ("contactId" = $3 OR ("contactId" IS NULL AND "surveyId" IS NULL))`;
const placeSql = `SELECT o.name AS company, coalesce(a."timeZone", o."timeZone") AS "timeZone",
    a."ownerId" AS "accountOwnerId", CASE WHEN EXISTS (${theirsSql}) THEN 'them'
      WHEN EXISTS (SELECT FROM "SurveyRefusal" r WHERE r."organizationId" = $1 AND r."accountId" = $2
        AND r."surveyId" = $4) THEN 'link' END AS refusal
  FROM "Account" a JOIN "Organization" o ON o.id = a."organizationId" WHERE a."organizationId" = $1 AND a.id = $2`;
const silenceSql = `SELECT r.id, json_build_object('id', a.id, 'name', a.name) AS account,
    CASE WHEN c.id IS NOT NULL THEN json_build_object('id', c.id, 'name', c.name) END AS contact
  FROM "SurveyRefusal" r JOIN "Account" a ON a."organizationId" = r."organizationId" AND a.id = r."accountId"
  LEFT JOIN "Contact" c ON c."organizationId" = r."organizationId" AND c.id = r."contactId"
  WHERE r."organizationId" = $1 AND r.id = $2 AND r."byId" IS NOT NULL`;
const silenceRow = z.object({ id: z.string(), account: named, contact: named.nullable() });

/** Holds an account until the transaction ends: what is asked and refused there happens one after the other. */
const holdAccountSql = `SELECT FROM "Account" WHERE "organizationId" = $1 AND id = $2 FOR NO KEY UPDATE`;
/** Closes what was asked and not answered: this survey, those of a contact, or (without either) all of the account. */
const declineSql = `UPDATE "Survey" SET state = 'declined' WHERE "organizationId" = $1 AND "accountId" = $2
  AND source = 'customer' AND state = 'asked'
  AND (id = $3::uuid OR "contactId" = $4::uuid OR ($3::uuid IS NULL AND $4::uuid IS NULL))`;

type Queries = Pick<Database['pool'], 'query'>;

/** Links to customers: given out, taken back, answered, refused. */
export function askStore({ pool }: Pick<Database, 'pool'>) {
  const place = async (through: Queries, survey: Survey): Promise<PageOf> => {
    const { rows } = await through.query(placeSql, [
      survey.organizationId,
      survey.account.id,
      survey.contact?.id ?? null,
      survey.id,
    ]);
    return { survey, ...placeRow.parse(rows[0]) };
  };

  /** The survey of a link, when it is the last link that was given out for it and is good now. */
  const good = (survey: Survey | null, { linkVersion }: SurveyLink, now: Temporal.Instant): Survey | null =>
    survey !== null &&
    survey.linkVersion === linkVersion &&
    (survey.state === 'declined' ? survey.source === 'customer' : isOpen(survey, now))
      ? survey
      : null;

  return {
    /** Who of an account does not want to be asked; `null` among them: nobody there does. */
    async refusals(organizationId: string, accountId: string): Promise<ReadonlySet<string | null>> {
      const { rows } = await pool.query<{ contactId: string | null }>(
        `SELECT "contactId" FROM "SurveyRefusal" WHERE "organizationId" = $1 AND "accountId" = $2
           AND ("contactId" IS NOT NULL OR "surveyId" IS NULL)`,
        [organizationId, accountId],
      );
      return new Set(rows.map(({ contactId }) => contactId));
    },

    /** Gives out a link; the earlier ones to the same person are no longer good. The same form again gives out the same. */
    ask(link: NewLink): Promise<Asking> {
      const { organizationId, id, accountId, contactId, authorId, locale, expiresAt, today, at } = link;
      return inTransaction(pool, async (client): Promise<Asking> => {
        // Two who ask the same person at one moment do so one after the other.
        const account = await client.query(
          'SELECT FROM "Account" WHERE "organizationId" = $1 AND id = $2 AND "archivedAt" IS NULL FOR NO KEY UPDATE',
          [organizationId, accountId],
        );
        const contact = await client.query(
          'SELECT FROM "Contact" WHERE "organizationId" = $1 AND id = $2 AND "accountId" = $3',
          [organizationId, contactId, accountId],
        );
        if (account.rows.length === 0 || (contactId !== null && contact.rows.length === 0)) return { became: 'gone' };
        const known = await client.query(`${wholeSurvey} WHERE s."organizationId" = $1 AND s."requestKey" = $2`, [
          organizationId,
          id,
        ]);
        if (known.rows[0] !== undefined) {
          const survey = readSurvey(known.rows[0]);
          // A form's id is a pointer as well: somebody else's leads to nothing.
          const isOwn = survey.author.id === authorId && survey.account.id === accountId;
          return isOwn ? { became: 'asked', survey } : { became: 'gone' };
        }
        const refused = await client.query(theirsSql, [organizationId, accountId, contactId]);
        if (refused.rows.length > 0) return { became: 'refused' };
        await client.query(
          `UPDATE "Survey" SET "linkVersion" = "linkVersion" + 1,
             state = CASE WHEN state = 'asked' THEN 'revoked'::"SurveyState" ELSE state END
           WHERE "organizationId" = $1 AND "accountId" = $2 AND "contactId" IS NOT DISTINCT FROM $3::uuid
             AND source = 'customer' AND state IN ('asked', 'answered') AND "expiresAt" > $4`,
          [organizationId, accountId, contactId, at.toString()],
        );
        await client.query(
          `INSERT INTO "Survey" ("organizationId", id, "accountId", "contactId", source, state, "authorId", "scoredOn", locale,
             "expiresAt", "createdAt", "requestKey")
           VALUES ($1, $2, $3, $4, 'customer', 'asked', $5, $6, $7, $8, $9, $2::uuid::text)`,
          [
            organizationId,
            id,
            accountId,
            contactId,
            authorId,
            today.toString(),
            locale,
            expiresAt.toString(),
            at.toString(),
          ],
        );
        const survey = await hold(client, organizationId, id);
        if (survey === null) throw new Error('a survey vanished while it was made');
        return { became: 'asked', survey };
      });
    },

    /** Takes the link back that the person saw; false: it is another one by now. What was answered stays. */
    async revoke(organizationId: string, id: string, linkVersion: number): Promise<boolean> {
      const { rowCount } = await pool.query(
        `UPDATE "Survey" SET "linkVersion" = "linkVersion" + 1,
           state = CASE WHEN state = 'asked' THEN 'revoked'::"SurveyState" ELSE state END
         WHERE "organizationId" = $1 AND id = $2 AND "linkVersion" = $3 AND source = 'customer'
           AND state IN ('asked', 'answered')`,
        [organizationId, id, linkVersion],
      );
      return rowCount === 1;
    },

    /** What a link leads to; null: nowhere, whatever the reason. `look`: whether it counts as opened. */
    async page(link: SurveyLink, now: Temporal.Instant, look: boolean): Promise<PageOf | null> {
      const { organizationId, surveyId } = link;
      const { rows } = await pool.query(`${wholeSurvey} WHERE s."organizationId" = $1 AND s.id = $2`, [
        organizationId,
        surveyId,
      ]);
      const survey = good(rows[0] === undefined ? null : readSurvey(rows[0]), link, now);
      if (survey === null) return null;
      if (look && survey.openedAt === null)
        await pool.query(
          `UPDATE "Survey" SET "openedAt" = $3 WHERE "organizationId" = $1 AND id = $2 AND "openedAt" IS NULL`,
          [organizationId, surveyId, now.toString()],
        );
      return place(pool, survey);
    },

    /**
     * Stores what the customer answers, and what is said of it. `stale`: it was changed from another window since
     * `version` was drawn. The same answers again are no change, and nobody hears of them.
     */
    answer(
      link: SurveyLink,
      given: SurveyContent & { version: number; now: Temporal.Instant },
      told: (after: PageOf, before: Survey) => readonly OutboxRow[],
    ): Promise<Answered> {
      const { organizationId, surveyId } = link;
      const { version, now, recommend, remark, scores } = given;
      return inTransaction(pool, async (client): Promise<Answered> => {
        const before = good(await hold(client, organizationId, surveyId), link, now);
        if (before === null) return { became: 'gone' };
        const where = await place(client, before);
        if (isClosed(where)) return { became: 'gone' };
        const isFirst = before.state === 'asked';
        if (!isFirst && sameContent(before, given)) return { became: 'same', page: where };
        if (!isFirst && before.version !== version) return { became: 'stale', page: where };
        if (!isFirst) await keepVersion(client, before, { personId: null, at: now, requestKey: null });
        await client.query(
          `UPDATE "Survey" SET state = 'answered', "scoredOn" = $3, recommend = $4, remark = $5,
             "answeredAt" = coalesce("answeredAt", $6), "openedAt" = coalesce("openedAt", $6),
             version = version + CASE WHEN state = 'answered' THEN 1 ELSE 0 END
           WHERE "organizationId" = $1 AND id = $2`,
          [
            ...[organizationId, surveyId, now.toZonedDateTimeISO(where.timeZone).toPlainDate().toString()],
            ...[recommend, remark, now.toString()],
          ],
        );
        await putScores(client, organizationId, surveyId, scores);
        const survey = await hold(client, organizationId, surveyId);
        if (survey === null) throw new Error('a survey vanished while it was answered');
        const page = { ...where, survey };
        await putIntoOutbox(client, told(page, before));
        return { became: isFirst ? 'answered' : 'changed', page };
      });
    },

    /**
     * The customer does not want to be asked again. Whom the link names is not, and what else they could answer is closed;
     * where it names nobody that link is closed, and nobody else of the account is silent for it. What they have answered
     * stays; twice is once.
     */
    refuse(
      link: SurveyLink,
      now: Temporal.Instant,
      told: (page: PageOf) => readonly OutboxRow[],
    ): Promise<PageOf | null> {
      const { organizationId, surveyId } = link;
      return inTransaction(pool, async (client) => {
        const found = await client.query<{ accountId: string }>(
          'SELECT "accountId" FROM "Survey" WHERE "organizationId" = $1 AND id = $2',
          [organizationId, surveyId],
        );
        await client.query(holdAccountSql, [organizationId, found.rows[0]?.accountId]);
        const survey = good(await hold(client, organizationId, surveyId), link, now);
        if (survey === null) return null;
        const page = await place(client, survey);
        if (page.refusal !== null) return page;
        const [accountId, contactId] = [survey.account.id, survey.contact?.id ?? null];
        await client.query(
          `INSERT INTO "SurveyRefusal" ("organizationId", id, "accountId", "contactId", "surveyId", at)
           VALUES ($1, $2, $3, $4, $5, $6)`,
          [organizationId, newId(), accountId, contactId, surveyId, now.toString()],
        );
        await client.query(declineSql, [organizationId, accountId, surveyId, contactId]);
        await putIntoOutbox(client, told(page));
        return { ...page, refusal: contactId === null ? 'link' : 'them' };
      });
    },

    /**
     * Writes down that a contact, or nobody of an account, wants to be asked, as they said elsewhere; what they could
     * answer is closed. The same form again is the same. `refused`: they have said so already.
     */
    silence(given: {
      organizationId: string;
      id: string;
      accountId: string;
      contactId: string | null;
      byId: string;
      at: Temporal.Instant;
    }): Promise<Silence | 'refused' | 'gone'> {
      const { organizationId, id, accountId, contactId, byId, at } = given;
      return inTransaction(pool, async (client) => {
        await client.query(holdAccountSql, [organizationId, accountId]);
        const refused = await client.query(theirsSql, [organizationId, accountId, contactId]);
        if (refused.rows.length === 0) {
          const { rowCount } = await client.query(
            `INSERT INTO "SurveyRefusal" ("organizationId", id, "accountId", "contactId", "byId", at)
             SELECT $1, $2, a.id, c.id, $5, $6 FROM "Account" a
             LEFT JOIN "Contact" c ON c."organizationId" = $1 AND c.id = $4 AND c."accountId" = a.id
             WHERE a."organizationId" = $1 AND a.id = $3 AND ($4::uuid IS NULL OR c.id IS NOT NULL)
             ON CONFLICT DO NOTHING`,
            [organizationId, id, accountId, contactId, byId, at.toString()],
          );
          if (rowCount === 0) return 'gone';
          await client.query(declineSql, [organizationId, accountId, null, contactId]);
        }
        const { rows } = await client.query(`${silenceSql} AND r."byId" = $3 AND r."accountId" = $4`, [
          organizationId,
          id,
          byId,
          accountId,
        ]);
        return rows[0] === undefined ? 'refused' : { organizationId, ...silenceRow.parse(rows[0]) };
      });
    },

    /** What one of ours wrote down; null: there is no such thing, or the customer said so themself. */
    async silenceOf(organizationId: string, id: string): Promise<Silence | null> {
      const { rows } = await pool.query(silenceSql, [organizationId, id]);
      return rows[0] === undefined ? null : { organizationId, ...silenceRow.parse(rows[0]) };
    },

    /** They can be asked again; links that were closed stay closed. What a customer said themself is left alone. */
    async speakAgain({ organizationId, id }: Pick<Silence, 'organizationId' | 'id'>): Promise<void> {
      await pool.query('DELETE FROM "SurveyRefusal" WHERE "organizationId" = $1 AND id = $2 AND "byId" IS NOT NULL', [
        organizationId,
        id,
      ]);
    },
  };
}

export type AskStore = ReturnType<typeof askStore>;
