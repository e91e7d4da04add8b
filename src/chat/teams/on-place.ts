import { cardOf } from '../reply-card.ts';
import { type Adapter, actorOf, gestureOf } from './adapter.ts';
import { faultOf, type Where } from './calls.ts';
import { heardOf } from './conversations.ts';
import { mostRosters } from './conversations-store.ts';
import { isClosed } from './faults.ts';
import { messageOf } from './messages.ts';
import { type Activity, conversationChange, installation } from './payloads.ts';
import { sayPrivately } from './private-room.ts';

/**
 * The bot was installed somewhere, or removed. Comes more than once and in any order with what else is told of the
 * conversation: each only says what is true from now on.
 */
export async function onInstallation(adapter: Adapter, activity: Activity): Promise<void> {
  const { action } = installation.parse(activity);
  if (action.startsWith('remove')) return gone(adapter, activity);
  if (action.startsWith('add')) await arrived(adapter, activity);
}

/** Who is in a conversation, what it is called, whether it is still there. */
export async function onConversationChange(adapter: Adapter, activity: Activity): Promise<void> {
  const change = conversationChange.parse(activity);
  const { conversations, clock } = adapter;
  const { store } = conversations;
  const { team, channel, eventType } = change.channelData ?? {};
  const ours = ({ id }: { id: string }) => id === change.recipient.id;
  if (change.membersRemoved?.some(ours)) return gone(adapter, change);
  if (change.membersAdded?.some(ours)) return arrived(adapter, change);
  switch (eventType) {
    case 'teamRenamed':
      if (team?.id && team.name) await store.teamRenamed(team.id, team.name);
      return;
    case 'channelCreated':
    case 'channelRenamed':
    case 'channelRestored':
      if (channel?.id) {
        const named = { conversation: channel.id, name: channel.name ?? null };
        const heard = { ...heardOf(change), ...named, kind: 'channel', userId: null } as const;
        // Word of a new name may come when the channel is already gone.
        await (eventType === 'channelRestored' ? store.heard([heard], clock.now()) : store.named(heard, clock.now()));
      }
      return;
    case 'channelDeleted':
      if (channel?.id) {
        conversations.forget();
        await store.removed(channel.id, clock.now());
      }
      return;
    case 'teamDeleted':
    case 'teamHardDeleted':
    case 'teamArchived':
      return gone(adapter, change);
    case 'teamRestored':
    case 'teamUnarchived':
      return arrived(adapter, change);
  }
  for (const { aadObjectId } of change.membersRemoved ?? []) {
    if (typeof aadObjectId === 'string') await lookAgain(adapter, change, aadObjectId);
  }
}

async function gone({ conversations, clock }: Adapter, activity: Activity): Promise<void> {
  const { conversation, kind, teamId } = heardOf(activity);
  conversations.forget();
  if (kind === 'channel' && teamId !== null) await conversations.store.teamRemoved(teamId, clock.now());
  await conversations.store.removed(conversation, clock.now());
}

/** A person is greeted with what the bot can do; among others the bot says nothing that nobody asked for. */
async function arrived(adapter: Adapter, activity: Activity): Promise<void> {
  const { conversations, clock } = adapter;
  const heard = heardOf(activity);
  const isNew = heard.kind === 'personal' && (await conversations.store.reach(heard.conversation)) === null;
  await conversations.store.heard([heard], clock.now());
  if (heard.kind === 'channel' && heard.teamId !== null) await nameChannels(adapter, activity, heard.teamId);
  if (isNew) await greet(adapter, activity);
}

/** The channels of a team, so that one can be chosen before anybody has spoken there. */
async function nameChannels(adapter: Adapter, activity: Activity, teamId: string): Promise<void> {
  const { connectors, conversations, clock, log } = adapter;
  try {
    const channels = await connectors.background.channels(activity.serviceUrl, teamId);
    const heard = channels.map(({ id, name }) => ({
      ...heardOf(activity),
      conversation: id,
      kind: 'channel' as const,
      name,
      userId: null,
    }));
    await conversations.store.heard(heard, clock.now());
  } catch (error) {
    log.warn({ reason: faultOf(error).code }, 'the channels of a team could not be read');
  }
}

async function greet(adapter: Adapter, activity: Activity): Promise<void> {
  const actor = actorOf(activity);
  if (actor === null) return;
  const { reply, text } = await adapter.dispatch(gestureOf(adapter, actor, { did: 'said', words: 'help' }));
  const card = cardOf(reply);
  if (card === null) return;
  await sayPrivately(adapter, actor, messageOf(card, text));
}

/** Somebody left a team. Who is in none of the bot's conversations any more has left for the bot too. */
async function lookAgain(adapter: Adapter, activity: Activity, user: string): Promise<void> {
  const { store } = adapter.conversations;
  if ((await store.personal(user)) !== null) return;
  const places: Where[] = await store.rosters();
  for (const where of places) {
    try {
      await adapter.connectors.background.member(where, user);
      return;
    } catch (error) {
      // Who cannot be asked about now is taken to be there.
      if (!isClosed(faultOf(error))) return;
    }
  }
  if (places.length >= mostRosters) return;
  const left = { name: '', email: null, timeZone: null, locale: null, mayAdminister: false, outsider: false };
  const what = { did: 'profileChanged', user, profile: { ...left, deactivated: true } } as const;
  const about = { ...activity, from: { id: activity.recipient.id, aadObjectId: user } };
  const actor = actorOf(about);
  if (actor !== null) await adapter.dispatch(gestureOf(adapter, actor, what));
}
