import { z } from 'zod';
import { type PersonPointer, pointersSql, repointing, type Statement } from './person-pointers.ts';

/** A connection with an open transaction. */
export interface Queries {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[]; rowCount: number | null }>;
}

/** Who stays, and who becomes them. */
export interface Joining {
  organizationId: string;
  keeper: string;
  lost: string;
}

const pointerRows = z.array(
  z.object({
    table: z.string(),
    column: z.string(),
    keys: z.array(
      z.object({ columns: z.array(z.string()), counts: z.string().nullable(), where: z.string().nullable() }),
    ),
  }),
);

const lockedRows = z.array(z.object({ id: z.string(), name: z.string(), timeZone: z.string() }));

/** The columns that name people. */
export async function personPointers(through: Queries): Promise<PersonPointer[]> {
  return pointerRows.parse((await through.query(pointersSql)).rows);
}

/**
 * Holds both people until the transaction ends: whoever is about to write something that names one of them waits, and
 * then finds one person. Null: one of them is not there any more, or not active.
 */
export async function lockBoth(
  through: Queries,
  { organizationId, keeper, lost }: Joining,
): Promise<Record<'keeper' | 'lost', z.infer<typeof lockedRows>[number]> | null> {
  const values = [organizationId, [keeper, lost]];
  // Everybody locks in this order: identities, then people, each by their ids.
  await through.query(
    `SELECT FROM "Identity" WHERE "organizationId" = $1 AND "personId" = ANY ($2::uuid[]) ORDER BY id FOR UPDATE`,
    values,
  );
  const { rows } = await through.query(
    `SELECT id, name, "timeZone" FROM "Person"
     WHERE "organizationId" = $1 AND id = ANY ($2::uuid[]) AND "deactivatedAt" IS NULL ORDER BY id FOR UPDATE`,
    values,
  );
  const people = lockedRows.parse(rows);
  const [kept, gone] = [keeper, lost].map((id) => people.find((person) => person.id === id));
  return kept && gone ? { keeper: kept, lost: gone } : null;
}

/**
 * Makes two people one, as part of a transaction that holds both: everything that names `lost` names `keeper`, and the
 * row of `lost` goes. The organisation keeps an administrator, since the keeper is one when either was.
 */
export async function joinPeople(through: Queries, joining: Joining): Promise<void> {
  const { organizationId, keeper, lost } = joining;
  const pointers = await personPointers(through);
  const moving = pointers.flatMap((pointer) => repointing(pointer, { organizationId, from: lost, to: keeper }));
  for (const { text, values } of [...renaming(joining), ...moving, uniting(joining)]) await through.query(text, values);
}

/**
 * Where a person is named inside of JSON that is read again: drafts, what has not been sent yet, and earlier versions of
 * visits, which are compared with the visit as it is. Journals of changes (of accounts, of next steps) stay as written.
 */
function renaming({ organizationId, keeper, lost }: Joining): Statement[] {
  const values = [organizationId, lost, keeper];
  const renamed = (column: string) => `replace(${column}::text, $2::uuid::text, $3::uuid::text)::jsonb`;
  const names = (column: string) => `strpos(${column}::text, $2::uuid::text) > 0`;
  return [
    {
      text: `UPDATE "Draft" SET context = ${renamed('context')}, answers = ${renamed('answers')}
        WHERE "organizationId" = $1 AND (${names('context')} OR ${names('answers')})`,
      values,
    },
    {
      text: `UPDATE "Outbox" SET message = ${renamed('message')}, lane = replace(lane, $2::uuid::text, $3::uuid::text)
        WHERE "organizationId" = $1 AND state IN ('waiting', 'sending') AND ${names('message')}`,
      values,
    },
    {
      text: `UPDATE "VisitVersion" v SET content = ${renamed('v.content')} FROM "VisitPerson" c
        WHERE v."organizationId" = $1 AND c."organizationId" = $1 AND c."visitId" = v."visitId" AND c."personId" = $2
          AND ${names('v.content')}`,
      values,
    },
  ];
}

/** Nothing names the lost one any more; what only they had becomes the keeper's. */
const uniting = ({ organizationId, keeper, lost }: Joining): Statement => ({
  text: `WITH gone AS (
      DELETE FROM "Person" WHERE "organizationId" = $1 AND id = $2
      RETURNING email, locale, "chosenLocale", administrator, observer, "createdAt"
    )
    UPDATE "Person" p SET email = coalesce(p.email, gone.email), locale = coalesce(p.locale, gone.locale),
      "chosenLocale" = coalesce(p."chosenLocale", gone."chosenLocale"),
      administrator = (p.administrator AND NOT p.observer) OR (gone.administrator AND NOT gone.observer),
      observer = p.observer AND gone.observer, "createdAt" = least(p."createdAt", gone."createdAt")
    FROM gone WHERE p."organizationId" = $1 AND p.id = $3`,
  values: [organizationId, lost, keeper],
});
