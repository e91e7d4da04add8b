import type pg from 'pg';

/** PostgreSQL, appendix A: deadlock_detected. */
const deadlock = '40P01';

/**
 * Does the work on one connection, in one transaction: all of it is stored, or, when it throws, nothing. With more than
 * one attempt it begins again where the database ended it because it and somebody else's work waited for each other.
 */
export async function inTransaction<T>(
  pool: Pick<pg.Pool, 'connect'>,
  work: (client: pg.PoolClient) => Promise<T>,
  { attempts = 1 }: { attempts?: number } = {},
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const done = await work(client);
      await client.query('COMMIT');
      client.release();
      return done;
    } catch (error) {
      // A connection in an unknown state is closed, which rolls back.
      client.release(true);
      const again = error instanceof Error && 'code' in error && error.code === deadlock && attempt < attempts;
      if (!again) throw error;
    }
  }
}

/**
 * Takes one row that is due and does the work on it, in one transaction; null: there is none. When the work throws, the
 * row stays as it was and `failed` says why: what is wrong with one must not hold up the others.
 */
export async function takeOne<R extends { id: string }>(
  pool: Pick<pg.Pool, 'connect'>,
  find: (client: pg.PoolClient) => Promise<R | undefined>,
  work: (client: pg.PoolClient, row: R) => Promise<void>,
): Promise<{ id: string; failed: unknown } | null> {
  let id: string | undefined;
  try {
    return await inTransaction(pool, async (client) => {
      const row = await find(client);
      if (row === undefined) return null;
      id = row.id;
      await work(client, row);
      return { id: row.id, failed: null };
    });
  } catch (failed) {
    if (id === undefined) throw failed;
    return { id, failed };
  }
}
