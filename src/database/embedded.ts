import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import type { Log } from '../log.ts';
import { type Cluster, openCluster, serverUser } from './cluster.ts';
import { endPostmaster, findPostmaster, type Postmaster, startPostmaster, stopPostmaster } from './postmaster.ts';
import { reachableDirectory, serverAccount } from './server-account.ts';
import { findServerFiles } from './server-files.ts';

/** A running embedded server, as one bot sees it. */
export interface EmbeddedServer {
  /** The address of the database `kam`, password included: never to be logged. */
  url: string;
  /** True when the server was running already: left by a bot that was killed, or in use by another bot. */
  adopted: boolean;
  /** The folder that really holds the data. */
  directory: string;
  /** Leaves the server; the last bot that leaves stops it. Call it when the own connections are closed. */
  stop(): Promise<void>;
}

const databaseName = 'kam';
const pauseBetweenTries = 25;
/** How long a server may be busy with recovery after a crash, ms. */
const patienceWithStarting = 300_000;
/** How long a server may be silent before it is replaced, and how often another start is tried, ms. */
const patienceWithSilence = 15_000;
/** Another bot was quicker, or took the port, or the children of a killed server are about to leave. */
const worthAnotherTry = /lock file|still in use|could not bind|could not create any TCP/;

/**
 * Starts the PostgreSQL server that comes with the dependencies on `dataDir`/postgresql, or adopts the one that runs
 * there already: there are never two on one data directory. It listens on loopback only, with a random password.
 * `throwaway` trades safety for speed and removes the data at the end; it is for tests.
 * Throws an error with a sentence for the person when the folder, the account or the version does not allow it.
 */
export async function startEmbedded(options: {
  dataDir: string;
  log: Log;
  throwaway?: boolean;
}): Promise<EmbeddedServer> {
  const { dataDir, log, throwaway = false } = options;
  const account = await serverAccount(join(resolve(dataDir), 'postgresql'));
  const directory = await reachableDirectory(dataDir, account);
  if (directory !== resolve(dataDir)) {
    log.warn(
      { asked: resolve(dataDir), directory },
      'the data folder cannot be entered by the database, using another',
    );
  }
  await mkdir(directory, { recursive: true, mode: 0o755 });
  const files = await findServerFiles(account);
  const cluster = await openCluster(join(directory, 'postgresql'), files, account, throwaway);
  const { adopted, postmaster } = await bringUp(cluster, throwaway, log);
  const name = `kam-${randomBytes(6).toString('hex')}`;
  log.info({ directory, port: postmaster.port, adopted }, 'embedded database is running');
  return {
    url: address(cluster, postmaster, databaseName, name),
    adopted,
    directory,
    stop: async () => {
      const running = await findPostmaster(cluster.directory);
      if (running && (await othersUse(cluster, running, name))) {
        log.info({ directory }, 'embedded database stays, another bot uses it');
        return;
      }
      if (running) await stopPostmaster(cluster, throwaway ? 'immediate' : 'fast');
      if (throwaway) await rm(directory, { recursive: true, force: true });
      log.info({ directory }, 'embedded database is stopped');
    },
  };
}

async function bringUp(cluster: Cluster, throwaway: boolean, log: Log) {
  const begun = performance.now();
  let adopted = true;
  for (;;) {
    const postmaster = await findPostmaster(cluster.directory);
    const state = postmaster ? await ask(cluster, postmaster) : 'absent';
    if (postmaster && state === 'ready') return { adopted, postmaster };
    const waited = performance.now() - begun;
    if (state === 'starting' && waited > patienceWithStarting) {
      throw new Error(`The database in ${cluster.directory} is still recovering; see server.log there.`);
    }
    if (postmaster && state === 'silent' && waited > patienceWithSilence) {
      log.warn({ pid: postmaster.pid }, 'embedded database does not answer, replacing it');
      await endPostmaster(cluster, postmaster);
    }
    if (state === 'absent') {
      try {
        await startPostmaster(cluster, throwaway);
        adopted = false;
        continue;
      } catch (error) {
        if (!worthAnotherTry.test(String(error)) || waited > patienceWithSilence) throw error;
      }
    }
    await setTimeout(pauseBetweenTries);
  }
}

/** Whether the server lets us in; makes the database on the way when it is the first time. */
async function ask(cluster: Cluster, postmaster: Postmaster): Promise<'ready' | 'starting' | 'silent'> {
  try {
    await withClient(address(cluster, postmaster, databaseName, 'start'), (client) => client.query('SELECT 1'));
    return 'ready';
  } catch (error) {
    const code = errorCode(error);
    if (code === wrongPassword) throw error;
    if (code === notYet) return 'starting';
    if (code !== noSuchDatabase) return 'silent';
  }
  await withClient(address(cluster, postmaster, 'postgres', 'start'), (client) =>
    client.query(`CREATE DATABASE ${databaseName}`),
  ).catch((error: unknown) => {
    if (!madeByAnother.includes(errorCode(error))) throw error;
  });
  return 'ready';
}

const wrongPassword = '28P01';
/** Starting up, recovering or shutting down. */
const notYet = '57P03';
const noSuchDatabase = '3D000';
const madeByAnother = ['42P04', '23505'];

async function othersUse(cluster: Cluster, postmaster: Postmaster, own: string): Promise<boolean> {
  const sql = `SELECT 1 FROM pg_stat_activity WHERE application_name LIKE 'kam-%' AND application_name <> $1 LIMIT 1`;
  const found = await withClient(address(cluster, postmaster, 'postgres', own), (client) => client.query(sql, [own]));
  return found.rows.length > 0;
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000, query_timeout: 30_000 });
  // What breaks the connection also rejects the query under way.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}

function address(cluster: Cluster, postmaster: Postmaster, database: string, applicationName: string): string {
  const host = `127.0.0.1:${postmaster.port}`;
  return `postgresql://${serverUser}:${cluster.password}@${host}/${database}?application_name=${applicationName}`;
}

const errorCode = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
