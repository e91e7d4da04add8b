import { z } from 'zod';
import { userObject } from '../payloads.ts';
import { SlackError } from '../slack-error.ts';
import { count, flag, type Method, method, page, tier } from './method.ts';

const localeFlag = { include_locale: flag.default(false) };

const info = method(
  { scopes: ['users:read'], perMinute: tier.four },
  z.object({ user: z.string().min(1), ...localeFlag }),
  (args, { workspace }) => {
    const person = workspace.people.get(args.user);
    if (!person) throw new SlackError('user_not_found');
    const email = workspace.app.scopes.includes('users:read.email');
    return { user: userObject(workspace, person, { locale: args.include_locale, email }) };
  },
);

const list = method(
  { scopes: ['users:read'], perMinute: tier.two },
  z.object({ limit: count.default(1000), cursor: z.string().default(''), ...localeFlag }),
  (args, { workspace }) => {
    const email = workspace.app.scopes.includes('users:read.email');
    const { items, next } = page([...workspace.people.values()], args.limit, args.cursor);
    return {
      members: items.map((person) => userObject(workspace, person, { locale: args.include_locale, email })),
      cache_ts: Math.floor(workspace.clock.now().epochMilliseconds / 1000),
      response_metadata: { next_cursor: next },
    };
  },
);

const lookupByEmail = method(
  { scopes: ['users:read.email'], perMinute: tier.three },
  z.object({ email: z.string().min(1) }),
  ({ email }, { workspace }) => {
    const person = [...workspace.people.values()].find((each) => each.email?.toLowerCase() === email.toLowerCase());
    if (!person) throw new SlackError('users_not_found');
    return { user: userObject(workspace, person, { locale: false, email: true }) };
  },
);

/** `users.*` */
export const people: Record<string, Method> = {
  'users.info': info,
  'users.list': list,
  'users.lookupByEmail': lookupByEmail,
};
