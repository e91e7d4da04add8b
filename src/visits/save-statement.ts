import type { NewVisit } from './log-store.ts';

/** A statement as the database's client takes it; statements of one name have the same text. */
export interface Statement {
  name: string;
  text: string;
  values: unknown[];
}

/** Numbers what is handed over in the order in which it is mentioned. */
function numbered() {
  const values: unknown[] = [];
  const add = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
  return { values, add };
}

/** A text as it stands inside the quotes of JSON. */
const insideJson = (text: string) => `substr(to_json(${text})::text, 2, length(to_json(${text})::text) - 2)`;

/**
 * The whole of a visit in one statement, because a transaction's round trips would be most of what a person waits for.
 * The visit is inserted only when every pointer leads to something of the same organisation that the author may use;
 * everything else hangs on that insert. Unique keys, not the reads, decide between two forms at the same moment. What a
 * visit does not have is not in its statement: that halves the time of a plain one.
 */
export function saveStatement(visit: NewVisit): Statement {
  const { values, add } = numbered();
  const { nextStep, newContacts, contactIds, colleagueIds, fulfils, heard, answersTo, told, gaps } = visit;
  const has = {
    others: othersOf(visit).length > 0,
    colleagues: colleagueIds.length > 0,
    contacts: contactIds.length > 0,
    newContacts: newContacts.length > 0,
    nextStep: nextStep !== null,
    fulfils: fulfils !== null,
    heard: heard !== null,
    answersTo: answersTo !== null,
    told: told.length > 0,
    second: visit.second,
  };
  const organization = add(visit.organizationId, 'uuid');
  const id = add(visit.id, 'uuid');
  const accountId = add(visit.accountId, 'uuid');
  const author = add(visit.authorId, 'uuid');
  const day = add(visit.date.toString(), 'date');
  const at = add(visit.loggedAt.toString(), 'timestamptz');
  const requestKey = add(visit.requestKey, 'text');

  const pointers = pointerConditions(visit, { organization, accountId, author }, add);
  const conditions = [...(has.second ? [] : ['NOT same_day.found']), ...pointers];

  const parts: string[] = [];
  const part = (name: string, sql: string) => void parts.push(`${name} AS (\n${sql}\n)`);
  part(
    'account',
    `SELECT id, name, "teamId", class FROM "Account"
     WHERE "organizationId" = ${organization} AND id = ${accountId} AND "archivedAt" IS NULL`,
  );
  part(
    'same_day',
    `SELECT count(*) > 0 AS found, max(v."nthThatDay") FILTER (WHERE v."authorId" = ${author}) AS nth
     FROM "Visit" v
     WHERE v."organizationId" = ${organization} AND v."accountId" = ${accountId} AND v.date = ${day}
       AND v."undoneAt" IS NULL AND (v."authorId" = ${author} OR EXISTS (SELECT FROM "VisitPerson" c
         WHERE c."organizationId" = v."organizationId" AND c."visitId" = v.id AND c."personId" = ${author}))`,
  );
  part(
    'visit',
    `INSERT INTO "Visit" ("organizationId", id, "accountId", "authorId", kind, date, purpose, note, outcome, "sourceLink",
       "loggedAt", "requestKey", "nthThatDay")
     SELECT ${organization}, ${id}, account.id, ${author}, ${add(visit.kind, '"VisitKind"')}, ${day},
       ${add(visit.purpose, 'text')}, ${add(visit.note, 'text')}, ${add(visit.outcome, '"VisitOutcome"')},
       ${add(visit.sourceLink, 'text')}, ${at}, ${requestKey}, coalesce(same_day.nth, 0) + 1
     FROM account, same_day${conditions.length > 0 ? ` WHERE ${conditions.join('\n AND ')}` : ''}
     ON CONFLICT DO NOTHING
     RETURNING "organizationId", id, "accountId"`,
  );
  part(
    'people',
    has.colleagues
      ? `INSERT INTO "VisitPerson" ("organizationId", "visitId", "personId")
         SELECT visit."organizationId", visit.id, one
         FROM visit, unnest(${add(colleagueIds, 'uuid[]')} || ${author}) AS one ON CONFLICT DO NOTHING`
      : `INSERT INTO "VisitPerson" ("organizationId", "visitId", "personId")
         SELECT visit."organizationId", visit.id, ${author} FROM visit`,
  );
  if (has.newContacts) {
    const ids = add(
      newContacts.map((contact) => contact.id),
      'uuid[]',
    );
    const names = add(
      newContacts.map((contact) => contact.name),
      'text[]',
    );
    part(
      'new_contact',
      `INSERT INTO "Contact" ("organizationId", id, "accountId", name)
       SELECT visit."organizationId", one.id, visit."accountId", one.name
       FROM visit, unnest(${ids}, ${names}) AS one (id, name)
       ON CONFLICT ("organizationId", "accountId", name) DO UPDATE SET "archivedAt" = NULL
       RETURNING id, name`,
    );
  }
  const met = [
    ...(has.newContacts ? ['SELECT id, name FROM new_contact'] : []),
    ...(has.contacts
      ? [
          `SELECT c.id, c.name FROM "Contact" c
           WHERE c."organizationId" = ${organization} AND c.id = ANY (${add(contactIds, 'uuid[]')})`,
        ]
      : []),
  ];
  if (met.length > 0) {
    part('met', met.join(' UNION '));
    part(
      'met_by',
      `INSERT INTO "VisitContact" ("organizationId", "visitId", "contactId")
       SELECT visit."organizationId", visit.id, met.id FROM visit, met`,
    );
  }
  if (nextStep) {
    part(
      'next_step',
      `INSERT INTO "Action" ("organizationId", id, "accountId", "visitId", text, "ownerId", "createdById", "dueOn",
         "remindAt", "createdAt", "requestKey")
       SELECT visit."organizationId", ${add(nextStep.id, 'uuid')}, visit."accountId", visit.id,
         ${add(nextStep.text, 'text')}, ${add(nextStep.ownerId, 'uuid')}, ${author},
         ${add(nextStep.dueOn?.toString() ?? null, 'date')}, ${add(nextStep.remindAt?.toString() ?? null, 'timestamptz')},
         ${at}, ${requestKey}
       FROM visit`,
    );
  }
  if (has.fulfils) {
    part(
      'fulfilled',
      `UPDATE "Action" a SET state = 'done', "closedAt" = ${at}, "fulfilledById" = visit.id, "remindAt" = NULL
       FROM visit WHERE a."organizationId" = visit."organizationId" AND a.id = ${add(fulfils, 'uuid')} AND a.state = 'open'
       RETURNING a."organizationId", a.id, a.text, a."ownerId", a."dueOn"`,
    );
    part(
      'fulfilled_change',
      `INSERT INTO "ActionChange" ("organizationId", id, "actionId", "changedById", at, changes)
       SELECT f."organizationId", ${id}, f.id, ${author}, ${at}, jsonb_build_object(
         'state', jsonb_build_array('open', 'done'), 'fulfilledById', jsonb_build_array(NULL, ${id}))
       FROM fulfilled f`,
    );
  }
  if (heard) {
    const day_ = (date: typeof heard.dueOn) => add(date?.toString() ?? null, 'date');
    const instant = (moment: typeof heard.remindAt) => add(moment?.toString() ?? null, 'timestamptz');
    const state = add(heard.state, '"FeedbackState"');
    // The visit itself and its next step are not there yet for what this statement reads.
    part(
      'heard',
      `INSERT INTO "Feedback" ("organizationId", id, "accountId", "contactId", kind, "dimensionId", severity, words,
         "saidOn", "authorId", "ownerId", "dueOn", state, "closedAt", "remindAt", "raiseAt", "visitId", "createdAt",
         "requestKey", "accountClass", "openActions", "lastVisitOn")
       SELECT visit."organizationId", ${add(heard.id, 'uuid')}, visit."accountId",
         ${met.length > 0 ? '(SELECT min(id::text)::uuid FROM met HAVING count(*) = 1)' : 'NULL'},
         ${add(heard.kind, '"FeedbackKind"')}, ${add(heard.dimensionId, 'uuid')},
         ${add(heard.severity, '"FeedbackSeverity"')}, ${add(heard.words, 'text')}, ${day}, ${author},
         ${add(heard.ownerId, 'uuid')}, ${day_(heard.dueOn)}, ${state}, CASE WHEN ${state} = 'closed' THEN ${at} END,
         ${instant(heard.remindAt)}, ${instant(heard.raiseAt)}, visit.id, ${at}, ${requestKey}, account.class,
         (SELECT count(*) FROM "Action" a WHERE a."organizationId" = ${organization} AND a."accountId" = ${accountId}
            AND a.state = 'open'),
         (SELECT max(v.date) FROM "Visit" v WHERE v."organizationId" = ${organization}
            AND v."accountId" = ${accountId} AND v."undoneAt" IS NULL AND v.date <= ${day})
       FROM visit, account`,
    );
  }
  if (has.answersTo) {
    part(
      'answers',
      `INSERT INTO "FeedbackResult" ("organizationId", id, "feedbackId", "visitId", "createdById", "createdAt")
       SELECT visit."organizationId", ${id}, f.id, visit.id, ${author}, ${at}
       FROM visit JOIN "Feedback" f ON f."organizationId" = visit."organizationId" AND f."accountId" = visit."accountId"
         AND f.id = ${add(answersTo, 'uuid')} AND f."undoneAt" IS NULL`,
    );
  }
  const accountGap = add(gaps.account, 'text');
  const withAccount = (message: string) => `replace(${message}, ${accountGap}, ${insideJson('account.name')})`;
  const [workspaceGap, channelGap] = [add(gaps.workspace, 'text'), add(gaps.channel, 'text')];
  const announcements = add(JSON.stringify(visit.announcements), 'jsonb');
  const outbox = `INSERT INTO "Outbox" ("organizationId", id, key, lane, message, "notBefore", "createdAt")
     SELECT visit."organizationId", (said->>'id')::uuid, said->>'key'`;
  part(
    'team',
    `SELECT t."channelWorkspaceId"::text AS workspace, t."channelId" AS channel, t.locale
     FROM "Team" t, account
     WHERE t."organizationId" = ${organization} AND t."announceVisits" AND t."archivedAt" IS NULL
       AND t."channelWorkspaceId" IS NOT NULL AND t."channelId" IS NOT NULL
       AND (t."managerId" = ${author} OR EXISTS (SELECT FROM "Membership" m
         WHERE m."organizationId" = t."organizationId" AND m."teamId" = t.id AND m."personId" = ${author}))
     ORDER BY t.id IS NOT DISTINCT FROM account."teamId" DESC, t.id LIMIT 1`,
  );
  part(
    'announced',
    `${outbox}, replace(replace(said->>'lane', ${workspaceGap}, team.workspace), ${channelGap}, team.channel),
       replace(replace(${withAccount(`(said->'message')::text`)}, ${workspaceGap}, ${insideJson('team.workspace')}),
         ${channelGap}, ${insideJson('team.channel')})::jsonb,
       (said->>'notBefore')::timestamptz, ${at}
     FROM visit, account, team, coalesce(${announcements}->team.locale, ${announcements}->'en') AS said
     ON CONFLICT ("organizationId", key) DO NOTHING
     RETURNING id`,
  );
  if (has.told) {
    part(
      'told',
      `${outbox}, said->>'lane', ${withAccount(`(said->'message')::text`)}::jsonb, (said->>'notBefore')::timestamptz, ${at}
       FROM visit, account, jsonb_array_elements(${add(JSON.stringify(told), 'jsonb')}) AS said
       ON CONFLICT ("organizationId", key) DO NOTHING`,
    );
  }
  part(
    'draft',
    `DELETE FROM "Draft" d USING visit
     WHERE d."organizationId" = visit."organizationId" AND d.id = ${add(visit.draftId, 'uuid')} AND d."personId" = ${author}`,
  );
  const fulfilled = has.fulfils
    ? `(SELECT coalesce(json_agg(json_build_object('id', f.id, 'text', f.text, 'ownerId', f."ownerId",
        'ownerName', p.name, 'dueOn', f."dueOn", 'open', false)), '[]')
       FROM fulfilled f JOIN "Person" p ON p."organizationId" = f."organizationId" AND p.id = f."ownerId")`
    : `'[]'::json`;
  const metNames =
    met.length > 0
      ? `(SELECT coalesce(json_agg(json_build_object('id', id, 'name', name) ORDER BY name), '[]') FROM met)`
      : `'[]'::json`;
  const text = `WITH ${parts.join(', ')}
SELECT account.name AS account, EXISTS (SELECT FROM announced) AS announced, ${metNames} AS contacts,
  ${fulfilled} AS fulfilled
FROM visit, account`;
  const name = `visits.save ${Object.values(has).map(Number).join('')}`;
  return { name, text, values };
}

/** Colleagues who were there or have something to do now. */
const othersOf = ({ authorId, colleagueIds, nextStep }: NewVisit): string[] =>
  [...new Set([...colleagueIds, ...(nextStep ? [nextStep.ownerId] : [])])].filter((id) => id !== authorId);

/** What must be true of the pointers that a visit has, where there is an `account`. */
function pointerConditions(
  visit: NewVisit,
  { organization, accountId, author }: Record<'organization' | 'accountId' | 'author', string>,
  add: (value: unknown, type: string) => string,
): string[] {
  const { contactIds, fulfils, mayClose } = visit;
  const others = othersOf(visit);
  const conditions: string[] = [];
  if (others.length > 0) {
    const ids = add(others, 'uuid[]');
    conditions.push(`(SELECT count(*) FROM "Person" p WHERE p."organizationId" = ${organization} AND p.id = ANY (${ids})
      AND p."deactivatedAt" IS NULL) = cardinality(${ids})`);
  }
  if (contactIds.length > 0) {
    const ids = add(contactIds, 'uuid[]');
    conditions.push(`(SELECT count(*) FROM "Contact" c WHERE c."organizationId" = ${organization}
      AND c."accountId" = ${accountId} AND c.id = ANY (${ids})) = cardinality(${ids})`);
  }
  if (fulfils !== null) {
    const teams = add(mayClose.teamIds, 'uuid[]');
    conditions.push(`EXISTS (
      SELECT FROM "Action" a
      WHERE a."organizationId" = ${organization} AND a.id = ${add(fulfils, 'uuid')} AND a."accountId" = ${accountId}
        AND a.state = 'open' AND (a."ownerId" = ${author} OR a."createdById" = ${author}
          OR ${add(mayClose.all, 'boolean')} OR account."teamId" = ANY (${teams}) OR EXISTS (
            SELECT FROM "Membership" m WHERE m."organizationId" = ${organization} AND m."personId" = a."ownerId"
              AND m."teamId" = ANY (${teams}))))`);
  }
  return conditions;
}

/** Why a visit was not inserted. A form that was saved before leaves no draft. */
export function whyStatement(visit: NewVisit): Omit<Statement, 'name'> {
  const { values, add } = numbered();
  const organization = add(visit.organizationId, 'uuid');
  const accountId = add(visit.accountId, 'uuid');
  const author = add(visit.authorId, 'uuid');
  const pointers = pointerConditions(visit, { organization, accountId, author }, add);
  const text = `
WITH earlier AS (
  SELECT id, "authorId" FROM "Visit"
  WHERE "organizationId" = ${organization} AND "requestKey" = ${add(visit.requestKey, 'text')}
), account AS (
  SELECT name, "teamId" FROM "Account"
  WHERE "organizationId" = ${organization} AND id = ${accountId} AND "archivedAt" IS NULL
), draft AS (
  DELETE FROM "Draft" d USING earlier
  WHERE d."organizationId" = ${organization} AND d.id = ${add(visit.draftId, 'uuid')} AND d."personId" = ${author}
    AND earlier."authorId" = ${author}
)
SELECT (SELECT id FROM earlier) AS earlier, (SELECT "authorId" FROM earlier) AS "earlierBy",
  (SELECT name FROM account) AS account, (SELECT ${['true', ...pointers].join(' AND ')} FROM account) AS pointers,
  EXISTS (
    SELECT FROM "Visit" v
    WHERE v."organizationId" = ${organization} AND v."accountId" = ${accountId} AND v."undoneAt" IS NULL
      AND v.date = ${add(visit.date.toString(), 'date')} AND (v."authorId" = ${author} OR EXISTS (
        SELECT FROM "VisitPerson" c
        WHERE c."organizationId" = v."organizationId" AND c."visitId" = v.id AND c."personId" = ${author}))
  ) AS "sameDay"`;
  return { text, values };
}
