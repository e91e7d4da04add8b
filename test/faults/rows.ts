import pg from 'pg';

/** Everything that people have made, row by row. What is only bookkeeping of sending and refreshing is not in it. */
const made = [
  'SELECT * FROM "Visit"',
  'SELECT * FROM "VisitVersion"',
  'SELECT * FROM "VisitPerson"',
  'SELECT * FROM "VisitContact"',
  'SELECT * FROM "Action"',
  'SELECT * FROM "ActionChange"',
  'SELECT * FROM "Account"',
  'SELECT * FROM "AccountMember"',
  'SELECT * FROM "AccountChange"',
  'SELECT * FROM "Contact"',
  'SELECT * FROM "Team"',
  'SELECT * FROM "Membership"',
  'SELECT id, "personId", "externalId" FROM "Identity"',
  'SELECT id, name, administrator FROM "Person"',
  'SELECT id, key FROM "Outbox"',
];

/** All of it in a database, by the statement that reads it. */
export async function rowsOf(url: string): Promise<Record<string, string[]>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const tables: Record<string, string[]> = {};
    for (const sql of made) tables[sql] = (await client.query(sql)).rows.map((row) => JSON.stringify(row)).sort();
    return tables;
  } finally {
    await client.end();
  }
}
