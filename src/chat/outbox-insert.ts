import type { OutboxRow } from './outbox.ts';

/**
 * SQL that inserts outbox rows which are one JSON parameter, for the statement that decides them; a key that is there
 * already stays as it is. `only`: a join or condition on the rows, which are `r`.
 */
export const outboxInsert = (parameter: string, only = ''): string => `
  INSERT INTO "Outbox" ("organizationId", id, key, lane, message, "notBefore", "createdAt")
  SELECT r."organizationId", r.id, r.key, r.lane, r.message, r."notBefore", r."createdAt"
  FROM jsonb_to_recordset(${parameter}::jsonb) AS r("organizationId" uuid, id uuid, key text, lane text, message jsonb,
    "notBefore" timestamptz, "createdAt" timestamptz) ${only}
  ON CONFLICT ("organizationId", key) DO NOTHING`;

const sql = outboxInsert('$1');

/** Puts messages into the outbox, on a connection whose transaction decides them or on any. */
export async function putIntoOutbox(
  through: { query(text: string, values: unknown[]): Promise<unknown> },
  rows: readonly OutboxRow[],
): Promise<void> {
  if (rows.length > 0) await through.query(sql, [JSON.stringify(rows)]);
}
