import type pg from 'pg';

/** PostgreSQL, appendix A: deadlock_detected. */
const deadlock = '40P01';
/** What the driver says of a statement that the server has not answered (pg, client.js: `query_timeout`). */
const silent = 'Query read timeout';

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
      client.release(!(await isRolledBack(client, error)));
      const again = error instanceof Error && 'code' in error && error.code === deadlock && attempt < attempts;
      if (!again) throw error;
    }
  }
}

/**
 * Rolls back before anybody goes on: whoever passes over what is locked would pass over these rows too. False: the
 * connection does not answer, or not in time, and is to be closed, which rolls back as soon as the server sees it.
 */
async function isRolledBack(client: pg.PoolClient, error: unknown): Promise<boolean> {
  if (error instanceof Error && error.message === silent) return false;
  try {
    await client.query('ROLLBACK');
    return true;
  } catch {
    return false;
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

/** How many are asked for, and the ids of those that are left alone. */
export interface Some {
  most: number;
  but: readonly string[];
}

/** What became of some: so many were taken; or nothing is stored of those with these ids, and why. */
export type TakenSome = { taken: number } | { failed: readonly string[]; because: unknown };

/**
 * Takes many in one transaction, as they are cheaper together: `find` reads and locks them, `work` stores what becomes of
 * them. Throws only when they cannot even be found.
 */
export async function takeMany<R>(
  pool: Pick<pg.Pool, 'connect'>,
  find: (client: pg.PoolClient) => Promise<readonly R[]>,
  work: (client: pg.PoolClient, rows: readonly R[]) => Promise<void>,
  idOf: (row: R) => string,
): Promise<TakenSome> {
  let ids: string[] = [];
  try {
    return await inTransaction(pool, async (client) => {
      const rows = await find(client);
      ids = rows.map(idOf);
      if (rows.length > 0) await work(client, rows);
      return { taken: rows.length };
    });
  } catch (because) {
    if (ids.length === 0) throw because;
    return { failed: ids, because };
  }
}

/**
 * A way to take all that is due, so many at once. Where some fail, the rest of the way is taken one by one, and those that
 * fail alone are left out: what is wrong with one must not hold up the others. `told` hears of each failure. The function
 * that it gives takes the next ones, and answers whether there may be more.
 */
export function bySome(
  size: number,
  told: (failed: readonly string[], because: unknown) => void,
): (take: (some: Some) => Promise<TakenSome>) => Promise<boolean> {
  const but: string[] = [];
  let most = size;
  return async (take) => {
    const asked = most;
    const became = await take({ most: asked, but });
    if ('taken' in became) return became.taken === asked;
    most = 1;
    if (became.failed.length === 1) but.push(...became.failed);
    told(became.failed, became.because);
    return true;
  };
}
