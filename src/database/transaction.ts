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
