import { execFile } from 'node:child_process';
import { readFile, rename, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { platform } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Cluster, isAlive, rememberPort, runServerProgram } from './cluster.ts';

const run = promisify(execFile);
const keepLogUpTo = 5_000_000;

/** The server that runs on a data directory now. */
export interface Postmaster {
  pid: number;
  port: number;
}

/** Finds the running server by `postmaster.pid`; null when there is none on this data directory. A stale file is removed on the way. */
export async function findPostmaster(directory: string): Promise<Postmaster | null> {
  const file = join(directory, 'postmaster.pid');
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!pid || !isAlive(pid)) return null;
  if (await isServerOf(directory, pid)) return port ? { pid, port } : null;
  // The number went to another program after a crash; PostgreSQL itself would take that one for a running server.
  await rm(file, { force: true });
  return null;
}

async function isServerOf(directory: string, pid: number): Promise<boolean> {
  if (platform() === 'win32') return true;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(async () => {
    const { stdout } = await run('ps', ['-ww', '-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
    return stdout;
  });
  return command.includes(directory);
}

/** Speed instead of safety, for data that nobody will miss: a crash of the machine may lose them. */
const throwawaySettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/**
 * Starts the server in a session of its own, so that Ctrl+C in the terminal reaches the bot, which drains, and not the
 * database under it. Throws with the server's own words when it does not come up.
 */
export async function startPostmaster(cluster: Cluster, throwaway: boolean): Promise<void> {
  const port = await freePort(cluster.port);
  await rememberPort(cluster, port);
  const log = join(cluster.directory, 'server.log');
  const size = (await stat(log).catch(() => null))?.size ?? 0;
  if (size > keepLogUpTo) await rename(log, `${log}.1`);
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // What the values of a failed statement were is customers' business and stays out of the log.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    ...(throwaway ? throwawaySettings : {}),
  };
  const options = Object.entries(settings).map(([name, value]) => `-c ${name}=${value}`);
  const args = ['start', '-s', '-w', '-t', '300', '-D', cluster.directory, '-l', log, '-o', options.join(' ')];
  try {
    await runServerProgram(cluster.files.control, args, cluster.account, cluster.directory);
  } catch (cause) {
    const words = (await readFile(log, 'utf8').catch(() => '')).slice(size > keepLogUpTo ? 0 : size).trim();
    throw new Error(`The database in ${cluster.directory} did not start. ${words || String(cause)}`, { cause });
  }
}

/** Stops the server: `fast` ends open transactions and writes everything down, `immediate` is for one that hangs. */
export async function stopPostmaster(cluster: Cluster, mode: 'fast' | 'immediate', seconds = 60): Promise<void> {
  const args = ['stop', '-s', '-w', '-t', String(seconds), '-m', mode, '-D', cluster.directory];
  await runServerProgram(cluster.files.control, args, cluster.account, cluster.directory);
}

/** Ends a server that hangs. Its children leave when they find it gone, and the next start waits for them. */
export async function endPostmaster(cluster: Cluster, postmaster: Postmaster): Promise<void> {
  try {
    await stopPostmaster(cluster, 'immediate', 5);
  } catch {
    process.kill(postmaster.pid, 'SIGKILL');
  }
}

/** The wanted port when it is free, else any free one of the loopback interface. */
async function freePort(wanted: number): Promise<number> {
  const found = await new Promise<number | null>((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(null));
    probe.listen({ port: wanted, host: '127.0.0.1' }, () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : null;
      probe.close(() => resolve(port));
    });
  });
  return found ?? (await freePort(0));
}
