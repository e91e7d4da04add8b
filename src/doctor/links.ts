import type { Config } from '../config.ts';
import type { Finding } from './finding.ts';

const subject = 'links';

/** Looks at what links to customers' pages and to files need: a secret that signs them, and an address that is reached. */
export function examineLinks(
  config: Pick<Config, 'linkSecret' | 'publicUrl' | 'databaseUrl' | 'slack' | 'teams'>,
): Finding[] {
  const { linkSecret, publicUrl, databaseUrl, slack, teams } = config;
  if (linkSecret === null && databaseUrl !== null) {
    const mend = 'Set LINK_SECRET, the same for all processes: openssl rand -base64 32';
    return [{ subject, state: 'note', says: 'Nothing signs links to customers and files, so none are made.', mend }];
  }
  if (publicUrl === null && (slack !== null || teams !== null)) {
    const mend = 'Set PUBLIC_URL to where your proxy passes requests on to WEB_PORT.';
    return [{ subject, state: 'note', says: 'Links to customers and files open on this machine only.', mend }];
  }
  const what = linkSecret === null ? 'the secret beside the embedded database' : 'LINK_SECRET';
  return [{ subject, state: 'ok', says: `Links to customers and files are signed with ${what}.` }];
}
