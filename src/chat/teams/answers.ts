import { z } from 'zod';

/** What Teams answers, of which only what the bot uses is asked for. */

/** A message's id; Teams answers nothing, or an empty object, when it has none to tell. */
export const posted = z
  .union([z.object({ id: z.string().min(1).nullish() }), z.literal(''), z.null(), z.undefined()])
  .transform((answer) => ({ id: (answer || null)?.id ?? null }));

/** The id of a conversation that was opened. */
export const created = z.object({ id: z.string().min(1) }).transform(({ id }) => id);

const word = z
  .string()
  .nullish()
  .transform((said) => said || null);

/** A person (or bot) as a conversation's roster knows them (Bot Connector, TeamsChannelAccount). */
export const member = z.object({
  id: z.string().min(1),
  aadObjectId: word,
  name: word,
  givenName: word,
  surname: word,
  email: word,
  userPrincipalName: word,
  tenantId: word,
  /** "user", "guest", "anonymous". */
  userRole: word,
});
export type Member = z.infer<typeof member>;

export const memberPage = z.object({
  members: z.array(member),
  continuationToken: z
    .string()
    .nullish()
    .transform((token) => token || undefined),
});

/** A channel; the General channel has its team's id and no name. */
const channel = z.object({ id: z.string().min(1), name: word });
export type Channel = z.infer<typeof channel>;

export const channelList = z.array(channel);
