import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Account } from './server-account.ts';
import type { ServerFiles } from './server-files.ts';

const run = promisify(execFile);
const accessFile = 'kam.json';
const access = z.object({ password: z.string().min(1), port: z.int().min(0).max(65535) });

/** One PostgreSQL data directory, what is needed to reach it, and the programs that run it. */
export interface Cluster {
  directory: string;
  password: string;
  /** The TCP port that it listened on last; 0 before the first start. */
  port: number;
  files: ServerFiles;
  account: Account;
}

/** The server's superuser, the only one: the server listens on loopback and serves the bot alone. */
export const serverUser = 'kam';

/**
 * Opens the data directory, or makes a new one. A new one appears complete or not at all: it is made under another
 * name and renamed, so that a kill in between, or a second bot that does the same, leaves nothing half made.
 * Throws with a sentence for the person when the data was written by another major version.
 */
export async function openCluster(
  directory: string,
  files: ServerFiles,
  account: Account,
  throwaway: boolean,
): Promise<Cluster> {
  if (!existsSync(directory)) await create(directory, files, account, throwaway);
  const version = await readFile(join(directory, 'PG_VERSION'), 'utf8').catch(() => null);
  if (version === null)
    throw new Error(`${directory} is not a PostgreSQL data directory. Set DATA_DIR to another folder.`);
  if (Number.parseInt(version, 10) !== files.majorVersion) {
    throw new Error(
      `${directory} holds data of PostgreSQL ${version.trim()}, but this version of KAM brings PostgreSQL ` +
        `${files.majorVersion}, which cannot open it. Start the version of KAM that wrote it and dump its data, ` +
        'or set DATABASE_URL to a server that has them, or DATA_DIR to another folder to begin anew.',
    );
  }
  const known = access.parse(JSON.parse(await readFile(join(directory, accessFile), 'utf8')));
  return { directory, ...known, files, account };
}

/** Remembers the port for the next start, so that the address stays the same when it can. */
export async function rememberPort(cluster: Cluster, port: number): Promise<void> {
  if (cluster.port === port) return;
  const file = join(cluster.directory, accessFile);
  await writeAccess(`${file}.new`, { password: cluster.password, port }, cluster.account);
  await rename(`${file}.new`, file);
}

/** Runs one of the server's programs with the account of the data; rejects with what it wrote on standard error. */
export async function runServerProgram(
  program: string,
  args: string[],
  account: Account,
  directory: string,
): Promise<string> {
  // The bot's own environment holds tokens, which are no business of the server.
  const { stdout } = await run(program, args, {
    ...account,
    cwd: directory,
    env: { LC_ALL: 'C', PATH: '/usr/bin:/bin' },
  });
  return stdout;
}

async function create(directory: string, files: ServerFiles, account: Account, throwaway: boolean): Promise<void> {
  await removeUnfinished(directory);
  const partial = `${directory}.${process.pid}.partial`;
  const passwordFile = `${partial}.password`;
  const password = randomBytes(24).toString('base64url');
  try {
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (account) await chown(passwordFile, account.uid, account.gid);
    await initialise(partial, passwordFile, files, account, throwaway);
    await writeAccess(join(partial, accessFile), { password, port: 0 }, account);
    await rename(partial, directory).catch((error: unknown) => {
      // Another bot was quicker: its data directory is as good.
      if (!existsSync(join(directory, 'PG_VERSION'))) throw error;
    });
  } finally {
    await rm(passwordFile, { force: true });
    await rm(partial, { recursive: true, force: true });
  }
}

/**
 * Letters and digits of all scripts must count as such, or a part of a Chinese name is not found (pg_trgm asks
 * LC_CTYPE, whatever the collation). Machines differ in which UTF-8 locale they know.
 */
const characterTypes = ['C.UTF-8', 'en_US.UTF-8', 'C'];

async function initialise(
  directory: string,
  passwordFile: string,
  files: ServerFiles,
  account: Account,
  throwaway: boolean,
): Promise<void> {
  for (const characterType of characterTypes) {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    if (account) await chown(directory, account.uid, account.gid);
    const args = [
      ...['-D', directory, '-U', serverUser, '--pwfile', passwordFile, '--auth', 'scram-sha-256', '--encoding', 'UTF8'],
      ...['--locale', 'C', '--lc-ctype', characterType, '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
      ...(throwaway ? ['--no-sync'] : []),
    ];
    try {
      await runServerProgram(files.initdb, args, account, directory);
      return;
    } catch (cause) {
      if (!String(cause).includes('invalid locale name') || characterType === characterTypes.at(-1)) {
        throw new Error(`The database could not be created in ${directory}: ${String(cause)}`, { cause });
      }
    }
  }
}

async function writeAccess(file: string, content: z.infer<typeof access>, account: Account): Promise<void> {
  await writeFile(file, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  if (account) await chown(file, account.uid, account.gid);
}

async function removeUnfinished(directory: string): Promise<void> {
  const parent = dirname(directory);
  for (const name of await readdir(parent)) {
    const pid = /\.(\d+)\.partial(?:\.password)?$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(parent, name), { recursive: true, force: true });
  }
}

/** Whether a process with this number exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
