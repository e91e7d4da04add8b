import type { Logger } from 'pino';
import { type Adapter, gestureOf } from './adapter.ts';
import { eventEnvelope } from './payloads.ts';
import { profileOf } from './profile.ts';

/** What Slack tells of its own accord; it is acknowledged before it comes here. */
export async function onEvent(adapter: Adapter, body: unknown): Promise<void> {
  const { workspace, homes, log } = adapter;
  const { team_id: team, event, event_id: id } = eventEnvelope.parse(body);
  // Events of workspaces that are not served are heard and dropped; refusing them would count against the whole app.
  if (team !== workspace.teamId) return ignored(log, event.type);
  const ours = { id, user: workspace.botUserId, place: { kind: 'home' } } as const;
  switch (event.type) {
    case 'app_home_opened':
      if (event.tab !== 'home') return;
      homes.opened(event.user);
      return drawHome(adapter, { id, user: event.user, hash: event.view?.hash });
    case 'user_change': {
      const profile = profileOf(event.user, workspace.teamId);
      const what = { did: 'profileChanged', user: event.user.id, profile } as const;
      await adapter.dispatch(gestureOf(adapter, ours, what));
      return;
    }
    case 'tokens_revoked':
      if (event.tokens.bot.length === 0) return;
      await adapter.dispatch(gestureOf(adapter, ours, { did: 'removedBot' }));
      return;
    case 'app_uninstalled':
      await adapter.dispatch(gestureOf(adapter, ours, { did: 'removedBot' }));
  }
}

const ignored = (log: Logger, event: string) => log.info({ event }, 'event of a workspace that is not served');

/** Draws a person's own page. */
export async function drawHome(
  adapter: Adapter,
  visit: { id: string; user: string; hash?: string | undefined },
): Promise<void> {
  const from = { id: visit.id, user: visit.user, place: { kind: 'home' } } as const;
  const { reply } = await adapter.dispatch(gestureOf(adapter, from, { did: 'visitedHome' }));
  if (reply.reply === 'home' || reply.reply === 'show') await adapter.homes.publish(visit.user, reply.card, visit.hash);
}
