import { z } from 'zod';
import { SlackError } from '../slack-error.ts';
import { type Method, method, tier } from './method.ts';

const nothing = z.looseObject({});

/** `api.test`, `auth.test`, `team.info`, `bots.info`, `apps.connections.open` */
export const app: Record<string, Method> = {
  'api.test': method({ scopes: [], perMinute: tier.special, token: 'none' }, nothing, (args) => {
    if (args.error) throw new SlackError(String(args.error), { args });
    return { args };
  }),
  'auth.test': method({ scopes: [], perMinute: tier.special }, nothing, (_, { workspace }) => ({
    url: `https://${workspace.team.domain}.slack.com/`,
    team: workspace.team.name,
    user: workspace.people.get(workspace.app.botUserId)?.name ?? workspace.app.name,
    team_id: workspace.team.id,
    user_id: workspace.app.botUserId,
    bot_id: workspace.botId,
    is_enterprise_install: false,
  })),
  'team.info': method({ scopes: ['team:read'], perMinute: tier.three }, nothing, (_, { workspace }) => ({
    team: { ...workspace.team, email_domain: '' },
  })),
  'bots.info': method(
    { scopes: ['users:read'], perMinute: tier.three },
    z.object({ bot: z.string().optional() }),
    (args, { workspace }) => {
      if (args.bot && args.bot !== workspace.botId) throw new SlackError('bot_not_found');
      const { app } = workspace;
      return { bot: { id: workspace.botId, deleted: false, name: app.name, app_id: app.id, user_id: app.botUserId } };
    },
  ),
  'apps.connections.open': method({ scopes: [], perMinute: tier.one * 60, token: 'app' }, nothing, (_, context) => ({
    url: context.openSocket(),
  })),
};
