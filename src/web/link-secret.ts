import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const fileName = 'link-secret';

/**
 * The secret that links are signed with: the configured one, else the one that lies beside the embedded database, made at
 * the first need. Null where there is neither: processes on a shared database must be given the same one.
 */
export async function linkSecretOf(configured: string | null, dataDirectory: string | null): Promise<string | null> {
  if (configured !== null) return configured;
  if (dataDirectory === null) return null;
  const path = join(dataDirectory, fileName);
  return (await readSecret(path)) ?? makeSecret(path);
}

async function readSecret(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** Written whole before it has its name: another process that makes one at the same moment finds this one or wins. */
async function makeSecret(path: string): Promise<string> {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, path);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const secret = await readSecret(path);
  if (secret === null) throw new Error('the secret for links vanished while it was made');
  return secret;
}

const isCode = (error: unknown, code: string) => error instanceof Error && 'code' in error && error.code === code;
