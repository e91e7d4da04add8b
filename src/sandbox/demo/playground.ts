import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TeamsConfig } from '../../config.ts';
import { organization, people } from './company.ts';

/** Microsoft's Agents Playground: a person runs it and accepts its terms; it is no part of this program. */
const playground = '@microsoft/m365agentsplayground@0.2.28';
const configFile = '.m365agentsplayground.yml';

/** The demo's company as a tenant whose people nobody asks who they are. */
export function playgroundTenant(port: number): TeamsConfig {
  return { authentication: 'none', tenantId: 'local', administrators: [], port };
}

/**
 * Writes the Playground's own configuration, so that the people in it are the demo's: the same as in the local Slack, by
 * their e-mail addresses. It has one current user; which one is changed in the file. Answers the folder it is started in.
 */
export async function writePlayground(dataDir: string): Promise<string> {
  const folder = join(dataDir, 'playground');
  const [currentUser, ...users] = people
    .filter((person) => !('isGuest' in person))
    .toSorted((a, b) => Number(b.id === 'U0BECKER') - Number(a.id === 'U0BECKER'))
    .map(({ id, realName, email }) => {
      const [givenName = '', ...rest] = realName.split(' ');
      const surname = rest.join(' ') || givenName;
      // So spelled by the Playground.
      return { id, name: realName, userPrincipleName: email, aadObjectId: uuidOf(id), givenName, surname, email };
    });
  const config = {
    version: '0.1.1',
    tenantId: uuidOf('tenant'),
    bot: { id: uuidOf('bot'), name: 'KAM' },
    currentUser,
    users,
    personalChat: { id: 'personal-chat-id' },
    groupChat: { id: 'group-chat-id', name: 'Project Alps' },
    team: {
      id: 'team-id',
      name: organization.name,
      aadGroupId: uuidOf('team'),
      channels: [{ id: 'sales-europe-id', name: 'sales-europe' }],
    },
  };
  await mkdir(folder, { recursive: true });
  // JSON is YAML too. A file that somebody has changed, to be another person in it, stays as it is.
  await writeFile(join(folder, configFile), `${JSON.stringify(config, null, 2)}\n`, { flag: 'wx' }).catch(ifThere);
  return folder;
}

function ifThere(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
}

/** The one line that a person runs. */
export function playgroundCommand(folder: string, address: string): string {
  return `cd ${folder} && npx ${playground} -e ${address} -c msteams --disable-telemetry`;
}

function uuidOf(key: string): string {
  const hex = createHash('sha256').update(`playground:${key}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
