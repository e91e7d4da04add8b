import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { homedir, platform } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The system account that runs the server: null for the one that runs the bot. PostgreSQL refuses to run as root. */
export type Account = { uid: number; gid: number } | null;

/**
 * The account for the server. As root this is the owner of the existing data, else the account `postgres`, which is
 * created when there is none. Throws with a sentence for the person when that is not possible.
 */
export async function serverAccount(existingData: string): Promise<Account> {
  const owner = await stat(existingData).catch(() => null);
  const self = process.getuid?.();
  if (self !== 0) {
    if (owner && self !== undefined && owner.uid !== self) throw new Error(foreignData(existingData, owner.uid));
    return null;
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  try {
    return await lookUp();
  } catch {
    // There is no such account yet.
  }
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', 'postgres']);
    return await lookUp();
  } catch (cause) {
    throw new Error(
      'PostgreSQL refuses to run as root, and the account "postgres" could not be created. ' +
        'Start the bot as an ordinary user, or set DATABASE_URL to a PostgreSQL server.',
      { cause },
    );
  }
}

const foreignData = (directory: string, uid: number) =>
  `The database in ${directory} belongs to another account of this machine (number ${uid}). ` +
  'Start the bot with that account (or as root, if it was root before), or set DATA_DIR to another folder.';

async function lookUp(): Promise<{ uid: number; gid: number }> {
  const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/** Whether the account can enter a folder; of folders that do not exist yet, their nearest existing parent counts. */
export async function canReach(directory: string, account: Account): Promise<boolean> {
  if (!account) return true;
  for (let folder = resolve(directory); ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => null);
    if (found) {
      const bit = found.uid === account.uid ? 0o100 : found.gid === account.gid ? 0o010 : 0o001;
      if ((found.mode & bit) === 0) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}

/** Where the system keeps the state of services: for root /var/lib/kam, else in the person's home. */
export function stateDirectory(): string {
  if (process.getuid?.() === 0) return platform() === 'darwin' ? '/usr/local/var/kam' : '/var/lib/kam';
  return join(homedir(), '.local', 'state', 'kam');
}

/**
 * The folder that really holds the data, which need not exist yet: the one asked for, or, when the server's account cannot enter that one, a
 * folder of the state directory that belongs to the asked one alone.
 */
export async function reachableDirectory(asked: string, account: Account): Promise<string> {
  const wanted = resolve(asked);
  const mark = createHash('sha256').update(wanted).digest('hex').slice(0, 8);
  if (await canReach(wanted, account)) return wanted;
  return join(stateDirectory(), `${basename(dirname(wanted))}-${basename(wanted)}-${mark}`);
}
