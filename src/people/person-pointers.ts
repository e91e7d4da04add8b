/** A column in which people are named by their id. */
export interface PersonPointer {
  /** Quoted, ready for a statement. */
  table: string;
  /** Quoted too. */
  column: string;
  /** The unique keys that this column is part of. */
  keys: readonly UniqueKey[];
}

export interface UniqueKey {
  /** The other columns of the key, quoted; without the number that `counts` names. */
  columns: readonly string[];
  /** The number at the end of a key that is not the table's first: what it counts, it counts for each person. */
  counts: string | null;
  /** What a row must be to be in the key, for an index over a part of the table. */
  where: string | null;
}

/** A statement with its values. */
export interface Statement {
  text: string;
  values: unknown[];
}

/**
 * Every column that names a person, as the database itself knows them, so that a feature which adds a table needs to say
 * nothing here: what a foreign key ties to "Person", and the uuid columns called `…ById` that no foreign key covers (who
 * did something, in histories).
 */
export const pointersSql = `
WITH pointer AS (
  SELECT c.conrelid AS "table", a.attnum AS "column"
  FROM pg_constraint c
  CROSS JOIN LATERAL unnest(c.conkey, c.confkey) AS pair(own, theirs)
  JOIN pg_attribute f ON f.attrelid = c.confrelid AND f.attnum = pair.theirs AND f.attname = 'id'
  JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = pair.own
  WHERE c.contype = 'f' AND c.confrelid = '"Person"'::regclass
  UNION
  SELECT a.attrelid, a.attnum
  FROM pg_attribute a JOIN pg_class t ON t.oid = a.attrelid AND t.relkind = 'r'
  WHERE t.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = '"Person"'::regclass)
    AND a.atttypid = 'uuid'::regtype AND a.attname LIKE '%ById' AND NOT a.attisdropped
    AND NOT EXISTS (SELECT FROM pg_constraint c
      WHERE c.contype = 'f' AND c.conrelid = a.attrelid AND a.attnum = ANY (c.conkey))
), key AS (
  SELECT i.indexrelid, i.indrelid, i.indisprimary, pg_get_expr(i.indpred, i.indrelid) AS "where",
    (i.indkey::int2[])[0:i.indnkeyatts - 1] AS columns
  FROM pg_index i
  WHERE i.indisunique AND i.indrelid IN (SELECT "table" FROM pointer) AND 0 <> ALL (i.indkey::int2[])
), key_column AS (
  SELECT k.indexrelid, a.attnum, quote_ident(a.attname) AS name, o.nth,
    o.nth = cardinality(k.columns) AND NOT k.indisprimary
      AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype) AS counts
  FROM key k CROSS JOIN LATERAL unnest(k.columns) WITH ORDINALITY AS o(attnum, nth)
  JOIN pg_attribute a ON a.attrelid = k.indrelid AND a.attnum = o.attnum
)
SELECT p."table"::regclass::text AS "table", quote_ident(a.attname) AS "column",
  coalesce((
    SELECT json_agg(json_build_object('where', k."where",
      'columns', ARRAY(SELECT c.name FROM key_column c
        WHERE c.indexrelid = k.indexrelid AND c.attnum <> p."column" AND NOT c.counts ORDER BY c.nth),
      'counts', (SELECT c.name FROM key_column c WHERE c.indexrelid = k.indexrelid AND c.counts)))
    FROM key k WHERE k.indrelid = p."table" AND p."column" = ANY (k.columns)), '[]') AS keys
FROM pointer p JOIN pg_attribute a ON a.attrelid = p."table" AND a.attnum = p."column"
ORDER BY 1, 2`;

/**
 * Makes what points at `from` point at `to`, in the organisation. Where a unique key has room for one of the two only, a
 * row that counts something per person is counted on after the other's, and a row that says the same as the other's (a
 * membership, a seat, a credit) goes. A row that goes must not be one that others hang on: then the database refuses.
 */
export function repointing(
  { table, column, keys }: PersonPointer,
  ids: { organizationId: string; from: string; to: string },
): Statement[] {
  const values = [ids.organizationId, ids.from, ids.to];
  const mine = `"organizationId" = $1::uuid AND ${column} = $2::uuid`;
  const room = keys.map(({ columns, counts, where }) => {
    const inKey = where === null ? table : `(SELECT * FROM ${table} WHERE ${where})`;
    const same = columns.map((name) => `theirs.${name} = mine.${name} AND `).join('');
    const others = `FROM ${inKey} AS theirs WHERE ${same}theirs.${column} = $3::uuid`;
    const here = `${mine} AND ${where === null ? 'true' : `(${where})`}`;
    return counts === null
      ? `DELETE FROM ${table} AS mine WHERE ${here} AND EXISTS (SELECT ${others})`
      : `UPDATE ${table} AS mine SET ${column} = $3::uuid,
           ${counts} = ${counts} + coalesce((SELECT max(theirs.${counts}) ${others}), 0)
         WHERE ${here} AND ${counts} IS NOT NULL`;
  });
  const rest = `UPDATE ${table} SET ${column} = $3::uuid WHERE ${mine}`;
  return [...room.map((text) => ({ text, values })), { text: rest, values }];
}
