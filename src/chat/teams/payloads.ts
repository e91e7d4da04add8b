import { z } from 'zod';

/**
 * What Teams sends, of which only what is used is asked for (Bot Framework Activity schema, with Teams' channelData).
 * Ids are pointers: who may do what is asked each time.
 */

const id = z.string().min(1).max(500);
const words = z.string().max(100_000);

/** A person or bot; `aadObjectId` is what the whole tenant knows a person by, `id` what this bot does. */
export const account = z.looseObject({ id, aadObjectId: id.nullish(), name: words.nullish() });

const conversation = z.looseObject({
  id,
  /** What is of no known kind may be read by others. */
  conversationType: z.enum(['personal', 'groupChat', 'channel']).catch('groupChat').optional(),
  isGroup: z.boolean().nullish(),
  name: words.nullish(),
});

/** Who reads along: where Teams does not say, only the person when it is no group. */
export const kindOf = ({ conversationType, isGroup }: z.infer<typeof conversation>) =>
  conversationType ?? (isGroup === true ? 'groupChat' : 'personal');

const channelData = z.looseObject({
  eventType: z.string().nullish(),
  team: z.looseObject({ id: id.nullish(), name: words.nullish() }).nullish(),
  channel: z.looseObject({ id: id.nullish(), name: words.nullish() }).nullish(),
});

const entity = z.looseObject({ type: z.string().nullish() });

/** What all activities have. */
export const activity = z.looseObject({
  type: z.string().max(100),
  id: id.nullish(),
  serviceUrl: z.string().max(2000),
  from: account,
  recipient: account.extend({ isTargeted: z.boolean().nullish() }),
  conversation,
  channelData: channelData.nullish(),
  locale: z.string().max(100).nullish(),
  localTimezone: z.string().max(100).nullish(),
  entities: z.array(entity).max(1_000).nullish(),
});
export type Activity = z.infer<typeof activity>;

/** A mention in a message: the words that stand for it, and whom it means. */
export const mention = z.looseObject({
  type: z.literal('mention'),
  text: words,
  mentioned: z.looseObject({ id }),
});

/** A file that somebody sent in their chat with the bot (Teams, Send and receive files). */
export const sentFile = z.looseObject({
  contentType: z.literal('application/vnd.microsoft.teams.file.download.info'),
  name: z.string().max(500).catch('file'),
  content: z.looseObject({ downloadUrl: z.url({ protocol: /^https?$/ }) }),
});

export const message = activity.extend({
  type: z.literal('message'),
  id,
  text: words.nullish(),
  value: z.unknown().optional(),
  attachments: z.array(z.unknown()).max(100).nullish(),
  replyToId: id.nullish(),
});
export type Message = z.infer<typeof message>;

export const invoke = activity.extend({
  type: z.literal('invoke'),
  name: z.string().max(200),
  value: z.unknown().optional(),
  replyToId: id.nullish(),
});
export type Invoke = z.infer<typeof invoke>;

/** `adaptiveCard/action`: a button of a card in a message. */
export const cardAction = z.looseObject({
  action: z.looseObject({ data: z.record(z.string(), z.unknown()).catch({}) }),
});

/** `application/search`: typing into a look-up of a card. */
export const typed = z.looseObject({ queryText: words.catch(''), dataset: z.string().max(100) });

/** `composeExtension/query`: typing into the extension's search. */
export const extensionQuery = z.looseObject({
  commandId: z.string().max(100).nullish(),
  parameters: z
    .array(z.looseObject({ name: z.string().max(100), value: z.unknown() }))
    .max(20)
    .nullish(),
});

/** The message that the extension was used on (Teams, Action commands: messagePayload). */
const onMessage = z.looseObject({
  body: z.looseObject({ contentType: z.string().nullish(), content: words.nullish() }).nullish(),
  linkToMessage: z.string().max(4000).nullish(),
});

/** `composeExtension/fetchTask` and `…/submitAction`: the extension's dialog. */
export const extensionAction = z.looseObject({
  commandId: z.string().max(100).nullish(),
  data: z.record(z.string(), z.unknown()).nullish().catch(null),
  messagePayload: onMessage.nullish(),
});

export const installation = activity.extend({ type: z.literal('installationUpdate'), action: z.string().max(100) });

export const conversationChange = activity.extend({
  type: z.literal('conversationUpdate'),
  membersAdded: z.array(account).max(1_000).nullish(),
  membersRemoved: z.array(account).max(1_000).nullish(),
});
