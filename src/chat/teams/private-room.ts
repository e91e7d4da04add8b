import type { ActivityParams } from '@microsoft/teams.api';
import type { Actor, Adapter } from './adapter.ts';
import { type Connector, type Fault, faultOf, type Where } from './calls.ts';
import { isClosed } from './faults.ts';

/**
 * What becomes of private words: they stand where the person spoke, or elsewhere, so that they may want to be told; they
 * come `later`, when Teams is no longer busy; or they come `nowhere`.
 */
export type Brought = 'here' | 'elsewhere' | 'later' | 'nowhere';

const attempts = 3;

/**
 * Says something to the one who acts, and to nobody else: in their own conversation with the bot; among others only where
 * they themselves spoke so that nobody else heard it, since then their client has such messages. Never throws.
 */
export async function sayPrivately(adapter: Adapter, actor: Actor, message: ActivityParams): Promise<Brought> {
  const { interactive, background } = adapter.connectors;
  const first = await attempt(adapter, actor, message, interactive);
  if (typeof first === 'string') return first;
  // Somebody waits for it. Where Teams may have taken it all the same, a second answer is better than none.
  const again = async () => {
    let wait = first.ms;
    for (let attempted = 1; attempted < attempts; attempted += 1) {
      await adapter.work.pause(Math.min(wait, 60_000));
      const next = await attempt(adapter, actor, message, background);
      if (typeof next === 'string') return;
      wait = next.ms;
    }
    adapter.log.warn({ reason: first.code, user: actor.user }, 'private words did not reach Teams');
  };
  adapter.work.go(again(), (err) => adapter.log.error({ err }, 'private words were lost'));
  return 'later';
}

async function attempt(
  adapter: Adapter,
  actor: Actor,
  message: ActivityParams,
  connector: Connector,
): Promise<Exclude<Brought, 'later'> | (Fault & { fault: 'later' })> {
  try {
    if (actor.kind === 'personal') {
      await connector.post(actor.where, message);
      return 'here';
    }
    if (actor.targeted) {
      await connector.postTargeted(actor.where, actor.teamsId, message);
      return 'here';
    }
    await inOwnConversation(adapter, actor, message, connector);
    return 'elsewhere';
  } catch (error) {
    const fault = faultOf(error);
    if (fault.fault === 'later') return fault;
    adapter.log.warn({ reason: fault.code, user: actor.user }, 'private words did not reach Teams');
    if (actor.kind === 'personal' && isClosed(fault)) await refused(adapter, actor.where, fault.code);
    return 'nowhere';
  }
}

async function inOwnConversation(
  adapter: Adapter,
  actor: Actor,
  message: ActivityParams,
  connector: Connector,
): Promise<void> {
  const known = await ownOf(adapter, actor.user);
  if (known !== null) {
    try {
      await connector.post(known, message);
      return;
    } catch (error) {
      const fault = faultOf(error);
      if (!isClosed(fault)) throw error;
      await refused(adapter, known, fault.code);
    }
  }
  const where = await openOwn(adapter, actor.user, actor.where.serviceUrl, connector);
  await connector.post(where, message);
  await keepOwn(adapter, actor.user, where);
}

/** A database that is away must not keep a person from being told so: Teams itself knows their conversation. */
async function ownOf({ conversations, log }: Adapter, user: string): Promise<Where | null> {
  try {
    return await conversations.store.personal(user);
  } catch (err) {
    log.warn({ err }, 'a conversation could not be looked up');
    return null;
  }
}

async function refused({ conversations, clock, log }: Adapter, { conversation }: Where, code: string): Promise<void> {
  try {
    await conversations.refused(conversation, code, clock.now());
  } catch (err) {
    log.warn({ err }, 'a refusal could not be written down');
  }
}

/** Opens a person's own conversation with the bot, which Teams allows where the bot is installed for them or their team. */
export async function openOwn(
  { tenantId }: Pick<Adapter, 'tenantId'>,
  user: string,
  serviceUrl: string,
  connector: Connector,
): Promise<Where> {
  return { serviceUrl, conversation: await connector.openDirect({ serviceUrl, tenantId, userAadId: user }) };
}

/** Writes such a conversation down, once a message has been taken there. */
export async function keepOwn(
  { conversations, clock, log }: Pick<Adapter, 'conversations' | 'clock' | 'log'>,
  userId: string,
  where: Where,
): Promise<void> {
  const nothingElse = { teamId: null, teamName: null, name: null };
  try {
    await conversations.store.heard([{ ...where, kind: 'personal', userId, ...nothingElse }], clock.now());
  } catch (err) {
    log.warn({ err }, 'a conversation could not be written down');
  }
}
