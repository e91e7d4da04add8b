import type { ActivityParams } from '@microsoft/teams.api';
import type { Actor, Adapter } from './adapter.ts';
import { faultOf, type Where } from './calls.ts';

/** Where a message stands that only one person sees. */
export interface Stands extends Where {
  /** Null: Teams did not tell, and it cannot be changed any more. */
  message: string | null;
}

/** What became of private words. `elsewhere`: not where the person spoke, so that they may want to be told. */
export type Brought = { brought: true; stands: Stands; elsewhere: boolean } | { brought: false; reason: string };

/**
 * Says something to the one who acts, and to nobody else: in their own conversation with the bot; among others only where
 * they themselves spoke so that nobody else heard it, since then their client has such messages. Never throws.
 */
export async function sayPrivately(adapter: Adapter, actor: Actor, message: ActivityParams): Promise<Brought> {
  const { connectors, log } = adapter;
  try {
    if (actor.kind === 'personal')
      return brought(actor.where, await connectors.interactive.post(actor.where, message), false);
    if (actor.targeted) {
      const posted = await connectors.interactive.postTargeted(actor.where, actor.teamsId, message);
      return brought(actor.where, posted, false);
    }
    return await inOwnConversation(adapter, actor, message);
  } catch (error) {
    const { code } = faultOf(error);
    log.warn({ reason: code, user: actor.user }, 'private words did not reach Teams');
    return { brought: false, reason: code };
  }
}

const brought = (where: Where, { id }: { id: string | null }, elsewhere: boolean): Brought => ({
  brought: true,
  stands: { ...where, message: id },
  elsewhere,
});

async function inOwnConversation(adapter: Adapter, actor: Actor, message: ActivityParams): Promise<Brought> {
  const { connectors, conversations, clock } = adapter;
  const known = await conversations.store.personal(actor.user);
  if (known !== null) {
    try {
      return brought(known, await connectors.interactive.post(known, message), true);
    } catch (error) {
      const fault = faultOf(error);
      if (fault.fault !== 'refused') throw error;
      await conversations.refused(known.conversation, fault.code, clock.now());
    }
  }
  const where = await openOwn(adapter, actor.user, actor.where.serviceUrl, connectors.interactive);
  return brought(where, await connectors.interactive.post(where, message), true);
}

/** Opens a person's own conversation with the bot, which Teams allows where the bot is installed for them or their team. */
export async function openOwn(
  adapter: Pick<Adapter, 'conversations' | 'clock' | 'tenantId'>,
  user: string,
  serviceUrl: string,
  connector: Adapter['connectors']['interactive'],
): Promise<Where> {
  const { conversations, clock, tenantId } = adapter;
  const conversation = await connector.openDirect({ serviceUrl, tenantId, userAadId: user });
  const nothingElse = { teamId: null, teamName: null, name: null };
  await conversations.store.heard(
    [{ conversation, kind: 'personal', serviceUrl, userId: user, ...nothingElse }],
    clock.now(),
  );
  return { serviceUrl, conversation };
}
