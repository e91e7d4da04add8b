import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { Temporal } from 'temporal-polyfill';
import type { Config } from '../config.ts';
import { MigrationError, pendingMigrations } from '../database/migrate.ts';
import { type DatabaseServer, reachServer } from '../database/server.ts';
import { reachableDirectory, serverAccount } from '../database/server-account.ts';
import { withoutSecrets } from '../log.ts';
import { type DoctorTools, examineClock, type Finding } from './finding.ts';

/** The oldest PostgreSQL that its makers still mend (November 2026). */
const neededServer = 15;
const subject = 'database';

/** Looks at the database: reachable, version, encoding, search in every script, migrations, clock. */
export async function examineDatabase(config: Config, tools: DoctorTools): Promise<Finding[]> {
  let server: DatabaseServer;
  try {
    if (config.databaseUrl === null && !(await hasData(config.dataDir))) {
      return [
        { subject, state: 'note', says: `There are no data in ${config.dataDir} yet: the first start makes them.` },
      ];
    }
    server = await reachServer(config, tools.log);
  } catch (error) {
    return [{ subject, state: 'fault', says: reason(error) }];
  }
  try {
    const findings = await askServer(server.url, tools);
    return findings.some((finding) => finding.state === 'fault' && finding.subject === subject)
      ? findings
      : [...findings, await examineMigrations(server.url)];
  } catch (error) {
    const mend = 'See that the server runs and that DATABASE_URL names it rightly.';
    return [{ subject, state: 'fault', says: `The database cannot be reached: ${reason(error)}.`, mend }];
  } finally {
    await server.stop();
  }
}

async function hasData(dataDir: string): Promise<boolean> {
  const directory = await reachableDirectory(dataDir, await serverAccount(join(dataDir, 'postgresql')));
  return existsSync(join(directory, 'postgresql'));
}

async function askServer(url: string, tools: DoctorTools): Promise<Finding[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000, query_timeout: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const asked = tools.clock.now();
    const { rows } = await client.query<{ version: string; number: string; encoding: string; ms: string }>(
      `SELECT current_setting('server_version') AS version, current_setting('server_version_num') AS number,
         current_setting('server_encoding') AS encoding,
         floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS ms`,
    );
    const answered = tools.clock.now();
    const [row] = rows;
    if (!row) throw new Error('the server did not answer');
    const theirs = Temporal.Instant.fromEpochMilliseconds(Number(row.ms));
    return [
      examineVersion(row.version, Math.floor(Number(row.number) / 10_000)),
      ...(row.encoding === 'UTF8' ? [] : [wrongEncoding(row.encoding)]),
      ...(await examineSearch(client)),
      examineClock('clock', "the database server's", theirs, asked, answered),
    ];
  } finally {
    await client.end();
  }
}

function examineVersion(version: string, major: number): Finding {
  if (major >= neededServer) return { subject, state: 'ok', says: `PostgreSQL ${version} answers.` };
  const mend = 'Upgrade the server, or leave DATABASE_URL out for the embedded one.';
  return { subject, state: 'fault', says: `PostgreSQL ${version} answers, ${neededServer} is needed.`, mend };
}

const wrongEncoding = (encoding: string): Finding => ({
  subject,
  state: 'fault',
  says: `The database's encoding is ${encoding}, which does not hold every script.`,
  mend: "Make it anew with CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8'.",
});

/** pg_trgm takes letters for what LC_CTYPE takes for letters; with C those are the English ones alone. */
async function examineSearch(client: pg.Client): Promise<Finding[]> {
  const found = await client.query<{ schema: string }>(
    `SELECT quote_ident(nspname) AS schema FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace
     WHERE extname = 'pg_trgm'`,
  );
  const schema = found.rows[0]?.schema;
  if (schema === undefined) return [];
  const { rows } = await client.query<{ parts: number }>(`SELECT cardinality(${schema}.show_trgm('客户')) AS parts`);
  if ((rows[0]?.parts ?? 0) > 0) return [];
  const mend = "Make the database anew with CREATE DATABASE … TEMPLATE template0 LOCALE 'C.UTF-8'.";
  return [{ subject: 'search', state: 'fault', says: 'The database cannot search in Chinese names.', mend }];
}

async function examineMigrations(url: string): Promise<Finding> {
  try {
    const pending = await pendingMigrations(url);
    if (pending.length === 0) return { subject: 'migrations', state: 'ok', says: 'All are applied.' };
    return { subject: 'migrations', state: 'note', says: `The next start applies ${pending.join(', ')}.` };
  } catch (error) {
    if (error instanceof MigrationError) return { subject: 'migrations', state: 'fault', says: error.message };
    throw error;
  }
}

const reason = (error: unknown): string => {
  if (error instanceof AggregateError) return error.errors.map(reason).join(', ');
  return withoutSecrets(error instanceof Error ? error.message : String(error));
};
