import type { Database } from '../database.ts';
import type { Wanted } from './plan-item.ts';

const chosenSql = `
SELECT 'step:' || s.id AS value, s.text, c.id, c.name FROM "Action" s
JOIN "Account" c ON c."organizationId" = s."organizationId" AND c.id = s."accountId"
WHERE s."organizationId" = $1 AND s."ownerId" = $2 AND 'step:' || s.id = ANY ($3::text[]) AND s.id = ANY ($4::uuid[])
UNION ALL
SELECT 'visit:' || c.id, '', c.id, c.name FROM "Account" c
WHERE c."organizationId" = $1 AND 'visit:' || c.id = ANY ($3::text[]) AND c.id = ANY ($4::uuid[])`;

const pointer = /^(?:step|visit):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** What suggestions stand for when they come back from a form. */
export function planChosenStore({ pool }: Pick<Database, 'pool'>) {
  return {
    /** The person's own next steps and the organisation's customers among these, by their values; others are left out. */
    async chosen(
      { organizationId, id }: { organizationId: string; id: string },
      values: readonly string[],
    ): Promise<ReadonlyMap<string, Wanted>> {
      const known = values.filter((value) => pointer.test(value));
      if (known.length === 0) return new Map();
      const ids = known.map((value) => value.slice(value.indexOf(':') + 1));
      const { rows } = await pool.query<{ value: string; text: string; id: string; name: string }>({
        name: 'plan.chosen',
        text: chosenSql,
        values: [organizationId, id, known, ids],
      });
      return new Map(rows.map((row) => [row.value, { account: { id: row.id, name: row.name }, text: row.text }]));
    },
  };
}

export type PlanChosenStore = ReturnType<typeof planChosenStore>;
