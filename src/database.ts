import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './database/generated/client.ts';
import type { Log } from './log.ts';

/** One set of connections to the database, with its time limits. */
export interface Database {
  prisma: PrismaClient;
  /** The same connections for raw SQL and pg-boss. A client taken from it must be released. */
  pool: pg.Pool;
  /** Whether the database answers in time, now. */
  healthy(): Promise<boolean>;
  /** Waits for what is under way, then closes the connections. */
  close(): Promise<void>;
}

/** Someone waits for the answer and the platform waits 3 s at most, the way there and back included. */
export const interactiveLimits = { poolSize: 10, statementTimeout: 2000 };
/** Nobody waits for a job; still none may hold a connection for ever. */
export const jobLimits = { poolSize: 6, statementTimeout: 15_000 };

const connectionTimeout = 1500;
const networkAllowance = 500;
const keptStatements = 500;

/**
 * Opens connections to a PostgreSQL database. Nothing is connected before the first query, and lost connections are
 * replaced by themselves: after a restart of the server the next query succeeds. `statementTimeout` is in ms and bounds
 * a statement and a whole transaction; waiting for a connection is bounded by 1.5 s.
 */
export function openDatabase(
  url: string,
  options: { log: Log; poolSize?: number; statementTimeout?: number },
): Database {
  const { log, poolSize, statementTimeout } = { ...interactiveLimits, ...options };
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: connectionTimeout,
    statement_timeout: statementTimeout,
    // The server's own limit does not help when the server or the network is silent.
    query_timeout: statementTimeout + networkAllowance,
    idle_in_transaction_session_timeout: statementTimeout + networkAllowance,
    keepAlive: true,
  });
  const onError = (error: Error) => log.warn({ err: error }, 'database connection is lost');
  pool.on('error', onError);
  // Connections that are in use have no other listener, and an error nobody listens to ends the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const adapter = new PrismaPg(pool, { statementNameGenerator: statementNames(), onPoolError: () => undefined });
  const limits = { maxWait: connectionTimeout, timeout: statementTimeout };
  const prisma = new PrismaClient({ adapter, errorFormat: 'minimal', transactionOptions: limits });
  return {
    prisma,
    pool,
    healthy: async () => {
      try {
        await pool.query('SELECT 1');
        return true;
      } catch (error) {
        log.warn({ err: error }, 'database does not answer');
        return false;
      }
    },
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}

/**
 * Names for statements, so that the server parses and plans each once per connection. Only the first ones get a name:
 * lists of many lengths would otherwise fill the server's memory with statements.
 */
function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= keptStatements) return '';
    const name = createHash('sha256').update(sql).digest('base64url').slice(0, 24);
    names.set(sql, name);
    return name;
  };
}
