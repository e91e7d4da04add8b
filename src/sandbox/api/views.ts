import { z } from 'zod';
import { isObject, type Json, text } from '../json.ts';
import { SlackError } from '../slack-error.ts';
import type { Trigger } from '../triggers.ts';
import { type ApiContext, json, type Method, method, tier } from './method.ts';

const pace = { scopes: [], perMinute: tier.four };
const view = json.pipe(z.unknown());

/** A view must be a JSON object; urlencoded bodies carry it as a string. */
function viewOf(value: unknown): Json {
  if (isObject(value)) return value;
  const messages = ['[ERROR] must provide an object [json-pointer:/view]'];
  throw new SlackError('invalid_arguments', { response_metadata: { messages } });
}

function triggerOf(id: string, context: ApiContext): Trigger {
  const trigger = context.triggers.find(id);
  if (typeof trigger === 'string') throw new SlackError(trigger);
  return trigger;
}

const opening = z.object({ trigger_id: z.string().min(1), view });

const open = method(pace, opening, (args, context) => {
  const opened = context.views.open(triggerOf(args.trigger_id, context), viewOf(args.view));
  return { view: context.views.asSlack(opened) };
});

const push = method(pace, opening, (args, context) => {
  const trigger = triggerOf(args.trigger_id, context);
  if (!trigger.viewId || context.views.stack(trigger.user).length === 0) throw new SlackError('not_found');
  return { view: context.views.asSlack(context.views.open(trigger, viewOf(args.view))) };
});

const update = method(
  pace,
  z.object({ view_id: z.string().optional(), external_id: z.string().optional(), hash: z.string().optional(), view }),
  (args, context) => {
    if (!args.view_id && !args.external_id) throw new SlackError('invalid_arguments');
    const stored = context.workspace.findView((each) =>
      args.view_id ? each.id === args.view_id : text(each.payload.external_id) === args.external_id,
    );
    if (!stored) throw new SlackError('not_found');
    return { view: context.views.asSlack(context.views.update(stored, viewOf(args.view), args.hash)) };
  },
);

const publish = method(
  pace,
  z.object({ user_id: z.string().min(1), hash: z.string().optional(), view }),
  (args, context) => {
    const { workspace } = context;
    if (workspace.homeEnabled === false) throw new SlackError('not_enabled');
    if (!workspace.people.has(args.user_id)) throw new SlackError('user_not_found');
    return { view: context.views.asSlack(context.views.publish(args.user_id, viewOf(args.view), args.hash)) };
  },
);

/** `views.*` */
export const views: Record<string, Method> = {
  'views.open': open,
  'views.push': push,
  'views.update': update,
  'views.publish': publish,
};
