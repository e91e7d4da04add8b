import type { Temporal } from 'temporal-polyfill';
import { inPlainText } from '../../src/chat/card.ts';
import type { Call } from '../../src/chat/slice.ts';
import { newPlatformId, type SeededOrganization } from '../support/seed.ts';
import { type Acting, cardIn } from './acting.ts';

/** The same organisation as another workspace of it sees it. */
export async function anotherWorkspace(
  { people }: Acting,
  organization: SeededOrganization,
  platform = 'teams',
): Promise<SeededOrganization> {
  const externalId = newPlatformId('T');
  const workspace = { platform, externalId, name: 'Another', organizationId: organization.id };
  const { workspaceId } = await people.ensureWorkspace(workspace);
  return { ...organization, workspaceId, platform, workspace: externalId };
}

/** The same call as another gesture, or at another time. */
export const again = (call: Call, given: { id?: string; now?: Temporal.Instant } = {}): Call => ({ ...call, ...given });

/** What is answered to `link`. */
export async function link({ registry }: Pick<Acting, 'registry'>, call: Call, code = ''): Promise<string> {
  const command = registry.commands.find(({ words }) => words.includes('link'));
  if (!command) throw new Error('there is no such command');
  return inPlainText(cardIn(await command.run(call, code)));
}

/** A code, as the person reads it. */
export async function codeFor(acting: Acting, call: Call): Promise<string> {
  const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}/.exec(await link(acting, call))?.[0];
  if (code === undefined) throw new Error('no code was shown');
  return code;
}
