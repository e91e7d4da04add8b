import type { Database } from '../../src/database.ts';

/** A row as JSON has it. */
export type Row = Record<string, unknown>;
export type Tables = Record<string, Row[]>;

/** All tables in which rows belong to an organisation. */
export async function tablesOf({ pool }: Pick<Database, 'pool'>): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
     WHERE table_schema = current_schema() AND column_name = 'organizationId' ORDER BY table_name`,
  );
  return rows.map(({ name }) => name);
}

/** Every row of an organisation, in every table. */
export async function rowsOf(database: Pick<Database, 'pool'>, organizationId: string): Promise<Tables> {
  const tables: Tables = {};
  for (const table of await tablesOf(database)) {
    const sql = `SELECT to_jsonb(t) AS row FROM "${table}" t WHERE "organizationId" = $1 ORDER BY to_jsonb(t)::text`;
    tables[table] = (await database.pool.query<{ row: Row }>(sql, [organizationId])).rows.map(({ row }) => row);
  }
  return tables;
}
