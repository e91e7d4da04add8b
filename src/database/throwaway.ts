import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../log.ts';
import { isAlive } from './cluster.ts';
import { type EmbeddedServer, startEmbedded } from './embedded.ts';
import { findPostmaster } from './postmaster.ts';

const prefix = 'kam-throwaway-';

/**
 * Starts an empty server in the system's temporary folder, quick instead of safe; `stop` removes it with its data. For
 * tests and for comparing schemas. What an earlier process left because it was killed is removed first.
 */
export async function startThrowaway(log: Log): Promise<EmbeddedServer> {
  await removeLeft(log);
  const dataDir = await mkdtemp(join(tmpdir(), `${prefix}${process.pid}-`));
  try {
    // Others may pass through, or the server's account could not when this is root's.
    await chmod(dataDir, 0o711);
    return await startEmbedded({ dataDir, log, throwaway: true });
  } catch (error) {
    await rm(dataDir, { recursive: true, force: true });
    throw error;
  }
}

async function removeLeft(log: Log): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : Number.NaN;
    if (Number.isNaN(owner) || isAlive(owner)) continue;
    const directory = join(tmpdir(), name);
    try {
      const left = await findPostmaster(join(directory, 'postgresql'));
      if (left) process.kill(left.pid, 'SIGQUIT');
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    } catch (error) {
      // It may be another person's.
      log.debug({ err: error, directory }, 'left data folder stays');
    }
  }
}
