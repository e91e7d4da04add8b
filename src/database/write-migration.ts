import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Clock, systemClock } from '../clock.ts';
import { createLog, type Log } from '../log.ts';
import { migrate } from './migrate.ts';
import { migrationsDirectory, readMigrations } from './migrations.ts';
import { differenceTo, readSchema, schemaDirectory } from './schema-engine.ts';
import { startThrowaway } from './throwaway.ts';

/** Where the history and the schema lie; tests give their own. */
export interface Places {
  migrations: string;
  schema: string;
}

const ownPlaces: Places = { migrations: migrationsDirectory, schema: schemaDirectory };

/**
 * The SQL that leads from the migrations to the schema, or null when they agree. It needs no database and no internet:
 * the migrations are applied to a server of its own in the system's temporary folder.
 */
export async function schemaDifference(log: Log, places: Places = ownPlaces): Promise<string | null> {
  const server = await startThrowaway(log);
  try {
    await migrate(server.url, { log, migrations: await readMigrations(places.migrations) });
    return await differenceTo(await readSchema(places.schema), server.url);
  } finally {
    await server.stop();
  }
}

/** Writes the next step of the history and returns its file; `sql` as written, or a first line to go on from. */
export async function writeMigration(
  name: string,
  sql: string,
  clock: Clock = systemClock,
  places: Places = ownPlaces,
): Promise<string> {
  const stamp = clock.now().toString({ smallestUnit: 'second' }).replace(/\D/g, '');
  const directory = join(places.migrations, `${stamp}_${name}`);
  await mkdir(directory, { recursive: true });
  await writeFile(join(places.migrations, 'migration_lock.toml'), 'provider = "postgresql"\n');
  const file = join(directory, 'migration.sql');
  await writeFile(file, sql);
  return file;
}

const usage = `Usage:
  npm run migration -- <name>           write the next migration from the difference between prisma/*.prisma and prisma/migrations
  npm run migration -- <name> --empty   write an empty one for SQL that the schema cannot express
  npm run migration -- --check          say whether the two agree, exit code 1 when not
`;

async function main(args: string[]): Promise<number> {
  const options = { check: { type: 'boolean' }, empty: { type: 'boolean' } } as const;
  const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
  const name = positionals.join('_').toLowerCase();
  if (!values.check && !/^[a-z][a-z0-9_]*$/.test(name)) {
    process.stderr.write(`A name of letters, digits and _ is needed.\n${usage}`);
    return 2;
  }
  if (values.empty) {
    process.stdout.write(`Wrote ${await writeMigration(name, '')}: put your SQL there.\n`);
    return 0;
  }
  const difference = await schemaDifference(createLog('warn'));
  if (difference === null) {
    process.stdout.write('prisma/migrations leads to prisma/*.prisma: nothing to write.\n');
    return 0;
  }
  if (difference.includes('DROP INDEX')) {
    process.stderr.write(
      'An index that the schema cannot express stays when it is over an expression or has a WHERE; ' +
        'operator classes of ordinary (B-tree) indexes cannot be expressed.\n',
    );
  }
  if (values.check) {
    process.stdout.write(`prisma/migrations lacks this, run "npm run migration -- <name>":\n\n${difference}`);
    return 1;
  }
  const file = await writeMigration(name, difference);
  process.stdout.write(`Wrote ${file}. Read it before you commit it; restart the bot to apply it.\n`);
  return 0;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
